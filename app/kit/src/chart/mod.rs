//! Charts, drawn as SVG wherever the page is rendered. Scales are pure; words and axes around them are HTML.
mod bars;
mod funnel;
mod lines;
mod parts;
mod scale;
mod share;
mod spark;

pub use bars::*;
pub use funnel::*;
pub use lines::*;
pub use parts::*;
pub use scale::*;
pub use share::*;
pub use spark::*;

//! Charts, drawn as SVG wherever the page is rendered. Scales are pure; words and axes around them are HTML.
//!
//! Every chart is a [`plan::Plan`] first: its words, the table below it and the files it is taken along as
//! (`take`) are made from that. As a file a chart is drawn anew ([`picture`]), because what is HTML around it on the
//! page has to be in the drawing.
mod bars;
mod funnel;
mod gauge;
mod heat;
mod lines;
mod parts;
mod picture;
mod picture_parts;
mod plan;
mod png;
mod scale;
mod share;
mod sheet;
mod spark;
mod take;
mod walk;

pub use bars::*;
pub use funnel::*;
pub use gauge::*;
pub use heat::*;
pub use lines::*;
pub use parts::*;
pub use plan::Measure;
pub use scale::*;
pub use share::*;
pub use spark::*;

//! What can be asked about leads.
mod ask;
mod moves;
mod pins;
mod rules;
mod write;

pub use ask::*;
pub use moves::*;
pub use pins::*;
pub use rules::*;
pub use write::*;

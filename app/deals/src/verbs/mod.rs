//! What can be asked about deals.
mod ask;
mod moves;
mod register;

pub use ask::*;
pub use moves::*;
pub use register::*;

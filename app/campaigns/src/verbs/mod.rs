//! What can be asked of campaigns and audiences.
mod audiences;
mod card;
mod look;
mod moves;

pub use audiences::*;
pub use card::*;
pub use look::*;
pub use moves::*;

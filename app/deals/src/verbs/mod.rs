//! What can be asked about deals.
mod ask;
mod board;
mod bulk;
mod dry_run;
mod life;
mod moves;
mod register;
mod scorecard;
mod views;

pub use ask::*;
pub use board::*;
pub use bulk::*;
pub use dry_run::*;
pub use life::*;
pub use moves::*;
pub use register::*;
pub use scorecard::*;
pub use views::*;

use crate::model::Evidence;

fn at_most_pieces<C>(pieces: &[Evidence], _: &C) -> garde::Result {
    if pieces.len() > 20 {
        return Err(garde::Error::new("too_long: At most 20 entries."));
    }
    Ok(())
}

//! The sums behind every figure: written in the transaction of each event, read by days and months, computed anew.
mod days;
mod observe;
mod rebuild;
mod store;
#[cfg(test)]
mod tests;

use base::db::Migrations;
use base::migrations;

pub use days::{day, today};
pub use observe::OBSERVER;
pub use rebuild::{Difference, rebuild};
pub use store::{
    Axis, Begun, Board, Extent, Filter, Month, Named, Narrowed, Of, Piece, Recent, Sum, Ways, Whose, begun,
    board, brands_of, by, by_partner, names, peers, reached, reached_each, recent, ways, weeks, zones,
};

/// The tables of sums.
pub const MIGRATIONS: fn() -> Migrations = || migrations!();

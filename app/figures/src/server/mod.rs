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
    Activity, Axis, Filter, Month, Named, Narrowed, Of, Piece, Sum, Ways, Whose, activity, brands_of, by,
    by_partner, by_product, first_day, flowed, months, names, peers, reached, standing, ways, weeks, zone_of,
};

/// The tables of sums.
pub const MIGRATIONS: fn() -> Migrations = || migrations!();

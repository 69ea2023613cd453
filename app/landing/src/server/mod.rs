//! Shows landing pages to everybody, takes their forms, hands out what was made for campaigns.
mod answer;
mod count;
mod documents;
mod download;
mod dress;
mod files;
mod front;
mod live;
mod make;
mod memory;
mod plain;
mod seal;
mod show;
mod sitemap;
mod store;
#[cfg(test)]
mod tests;
mod visits;

use base::db::Migrations;
use base::http::{Mounted, mounted};

use crate::verbs::GetVisits;
pub use documents::openapi;
pub use download::routes;
pub use front::{OwnName, public_routes};

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();

/// What can be asked over the wire.
pub const VERBS: &[Mounted] = &[mounted::<GetVisits>()];

//! Campaigns: a partner takes a kit, puts its own words and card in, chooses people who agreed, and launches; the vendor
//! approves where it must, and both see what comes of it.
mod access;
mod model;
pub mod rules;
mod screen;
#[cfg(feature = "ssr")]
pub mod server;
mod verbs;
mod words;

kit::texts!();

pub use access::Do;
pub use model::*;
pub use screen::{AudiencePage, AudiencesPage, CampaignPage, CampaignsPage, NewCampaignPage};
#[cfg(feature = "ssr")]
pub use server::{JOBS, MIGRATIONS, OBSERVER, VERBS, openapi, routes};
pub use verbs::*;

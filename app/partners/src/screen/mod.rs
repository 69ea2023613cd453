//! Screens: the vendor's partners, and one of them.
mod filters;
mod list;
mod page;
mod words;

pub use list::PartnersPage;
pub use page::PartnerPage;
pub use words::{tier_name, type_name};

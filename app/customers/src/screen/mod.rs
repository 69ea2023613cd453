//! The screen of opportunities.
mod filters;
mod list;

pub use list::OpportunitiesPage;

//! The screens of imports.
mod list;
mod one;
mod parts;
mod start;

pub use list::ImportsPage;
pub use one::ImportPage;

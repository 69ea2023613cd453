//! Audiences on screen: all of them, one with its people, and bringing people in from a file.
mod add;
mod import;
mod list;
mod one;
mod people;

pub(super) use import::import_form;
pub use list::AudiencesPage;
pub use one::AudiencePage;

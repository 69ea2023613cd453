//! Brands on screen: the list of them, and the studio in which one is dressed.
mod brands;
mod controls;
mod files;
mod paint;
mod preview;
mod publish;
mod readable;
mod state;
mod studio;
mod website;

pub use brands::BrandsPage;
pub use studio::StudioPage;

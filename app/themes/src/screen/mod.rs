//! Brands on screen: the list of them, the studio in which one is dressed, and what a link to a preview shows.
mod brands;
mod compare;
mod controls;
mod files;
mod glance;
mod links;
mod own_words;
mod paint;
mod pictures;
mod presets;
mod preview;
mod publish;
mod readable;
mod samples;
mod shared;
mod state;
mod studio;
mod waiting;
mod website;
mod words;

pub use brands::BrandsPage;
pub use shared::PreviewPage;
pub use studio::StudioPage;

//! Faces of brands: colours, corners, density and type, made in the studio, published in versions, worn by every page of the
//! brand. The colours are computed by [`palette`], the same in the browser's preview and on the server.
pub mod icons;
mod model;
mod pictures;
pub mod rules;
mod screen;
#[cfg(feature = "ssr")]
pub mod server;
mod verbs;
mod words;

kit::texts!();

pub use self::pictures::*;
pub use model::*;
pub use palette::Rgb;
pub use screen::{BrandsPage, PreviewPage, StudioPage};
#[cfg(feature = "ssr")]
pub use server::{JOBS, MIGRATIONS, VERBS, openapi, routes};
pub use verbs::*;

//! The dashboards' pages: a partner's home and a vendor's overview.
mod chosen;
#[cfg(feature = "ssr")]
mod digest;
mod explore;
mod export;
mod filters;
mod home;
mod needs;
mod overview;
mod partners;
mod parts;
mod peers;
mod start;
mod views;
mod wall;
mod words;

#[cfg(feature = "ssr")]
pub(crate) use digest::{explored_lines, name_of_tile, tile_lines};
pub use explore::ExplorePage;
#[cfg(feature = "ssr")]
pub(crate) use explore::name_of_row;
use home::HomePage;
pub use overview::OverviewPage;
pub use start::StartPage;
pub use views::ViewsPage;
pub use wall::WallPage;

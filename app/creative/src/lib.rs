//! What a campaign shows: e-mails, landing pages, posts, banners and sheets of paper, made of blocks with zones, filled with
//! a brand's face, a partner's card and a person's name, checked and drawn.
//!
//! Pure: no files, no network, no clock. What draws is compiled for the server alone.
mod blocks;
pub mod check;
#[cfg(feature = "ssr")]
pub mod draw;
mod files;
pub mod links;
mod logo;
mod model;
mod overrides;
#[cfg(feature = "ssr")]
pub mod ready;
pub mod text;
mod tokens;
mod topic;

pub use blocks::flat;
pub use files::BANNERS;
pub use logo::drawn_size;
pub use model::*;
pub use overrides::{Override, Overrides, Refused, Spot};
pub use tokens::{Segment, Token, Values, segments, tokens_in};
pub use topic::Topic;

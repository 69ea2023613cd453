//! What a campaign shows: e-mails, landing pages, posts, banners and sheets of paper, made of blocks with zones, filled with
//! a brand's face, a partner's card and a person's name, checked and drawn.
//!
//! Pure: no files, no network, no clock. What draws is compiled for the server alone.
pub mod check;
#[cfg(feature = "ssr")]
pub mod draw;
mod model;
mod overrides;
mod tokens;

pub use model::*;
pub use overrides::{Override, Overrides, Refused, Spot};
pub use tokens::{Token, Values, tokens_in};

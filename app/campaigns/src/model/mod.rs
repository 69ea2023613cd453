//! Nouns: a campaign, the people it goes to, what the partner says of itself, what came of it.
mod audience;
mod campaign;
mod card;
mod results;

pub use audience::*;
pub use campaign::*;
pub use card::*;
pub use results::*;

//! The laws of leads: pure, with clock, seed and the program's rules handed in.
mod draw;
mod eligible;
mod moves;
mod own;
mod refusal;
mod step;
mod table;
#[cfg(test)]
mod tests;

pub use draw::{Drawn, PinFacts, draw, pick, seed_text};
pub use eligible::{PartnerFacts, excluded, fits, win_percent};
pub use moves::{moves, step_of};
pub use own::keeps;
pub use refusal::Refusal;
pub use step::{Effect, Next, Outcome, Past, Step, Terms, UNDO};
pub use table::apply;

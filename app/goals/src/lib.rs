//! Goals: what a program, a territory or a partner is to reach in a period, agreed with the partner, with its pace.
mod access;
mod model;
pub mod rules;
mod screen;
#[cfg(feature = "ssr")]
pub mod server;
mod verbs;
mod words;

kit::texts!();

pub use access::Do;
pub use model::*;
pub use screen::{GoalPage, GoalsPage, NewGoalPage, goals_card};
#[cfg(feature = "ssr")]
pub use server::{JOBS, MIGRATIONS, VERBS};
pub use verbs::*;

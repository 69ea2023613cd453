//! Goals on screen: the list, one goal, a new one, and the card that home pages show.
mod card;
mod list;
mod new;
mod one;
mod parts;

pub use card::goals_card;
pub use list::GoalsPage;
pub use new::NewGoalPage;
pub use one::GoalPage;

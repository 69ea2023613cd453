//! Kits on screen: the list, a new one, the editor of one, and the card that galleries show.
mod card;
mod desk;
mod list;
mod motif;
mod new;
mod parts;

pub use card::KitCard;
pub use desk::KitPage;
pub use list::KitsPage;
pub use new::NewKitPage;

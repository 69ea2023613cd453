//! Campaigns on screen: lists, the gallery of kits, one campaign from its words to its results, audiences.
mod adoption;
mod audience;
mod desk;
mod list;
mod new;
mod parts;

pub use audience::{AudiencePage, AudiencesPage};
pub use desk::CampaignPage;
pub use list::CampaignsPage;
pub use new::NewCampaignPage;

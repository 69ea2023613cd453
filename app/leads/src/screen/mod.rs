//! The pages of leads: the list, one lead, bringing one in, how they are handed out, and who is pinned to whom.
mod form;
mod lead;
mod list;
mod new;
mod parts;
mod pins;
mod rules;
mod why;

pub use lead::LeadPage;
pub use list::LeadsPage;
pub use new::NewLeadPage;
pub use pins::PinsPage;
pub use rules::LeadRulesPage;

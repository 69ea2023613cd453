//! Who may see how a landing page does, and take what was made for a campaign: whoever may see the campaign.
use base::{Actor, Problem};
use campaigns::Campaign;

/// What can be done with landing pages beside filling them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    /// See how often a page was opened.
    ReadVisits,
    /// Take banners, papers, posts.
    Download,
}

impl Do {
    /// Whether the actor's role lets them, and, with a campaign, whether it is theirs to see.
    ///
    /// # Errors
    /// As [`campaigns::Do::by`].
    pub fn by(self, actor: &Actor, campaign: Option<&Campaign>) -> Result<(), Problem> {
        match self {
            Self::ReadVisits | Self::Download => campaigns::Do::Read.by(actor, campaign),
        }
    }
}

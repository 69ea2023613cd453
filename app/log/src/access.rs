//! Who may read the audit log.
use base::{Actor, Problem, Role};

/// What an actor wants with the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    /// Read what happened.
    ReadEvents,
}

impl Do {
    /// Whether the actor may.
    ///
    /// # Errors
    /// Why not, in words a person can act on.
    pub fn by(self, actor: &Actor) -> Result<(), Problem> {
        const READERS: [Role; 6] = [
            Role::VendorOwner,
            Role::ProgramAdmin,
            Role::ChannelManager,
            Role::Analyst,
            Role::Auditor,
            Role::PartnerOwner,
        ];
        match self {
            Self::ReadEvents => actor
                .must_be(&READERS, "Only owners and the people who run or audit programs see the activity."),
        }
    }
}

//! Who may do what with partners and enrollments, and why not in words.
use base::{Actor, Problem, Role};

/// What can be done here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    /// See partners and enrollments in scope.
    Read,
    /// Add a partner, enroll it.
    Enroll,
    /// Change tier, types, territory, manager or status.
    ChangeEnrollment,
}

impl Do {
    /// All of it, for the table of roles and verbs.
    pub const ALL: [Self; 3] = [Self::Read, Self::Enroll, Self::ChangeEnrollment];

    /// Lets the actor pass, or says why not.
    ///
    /// # Errors
    /// `Unauthenticated`, or `Forbidden` with the reason.
    pub fn by(self, actor: &Actor) -> Result<(), Problem> {
        match self {
            Self::Read if actor.is_system() => Ok(()),
            Self::Read => actor.organization().map(drop),
            Self::Enroll | Self::ChangeEnrollment => actor.must_be(
                &[Role::VendorOwner, Role::ProgramAdmin, Role::ChannelManager],
                "Partners are kept by the vendor's owners, program admins and channel managers.",
            ),
        }
    }
}

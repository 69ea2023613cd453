//! Who may do what with host names, and why not in words.
use base::{Actor, Problem, Role};

/// What can be done with host names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    /// See, add, check, choose and remove them.
    Keep,
}

impl Do {
    /// Lets the actor pass, or says why not.
    ///
    /// # Errors
    /// `Unauthenticated`, or `Forbidden` with the reason.
    pub fn by(self, actor: &Actor) -> Result<(), Problem> {
        match self {
            Self::Keep => actor.must_be(
                &[Role::VendorOwner, Role::ProgramAdmin],
                "Host names are kept by the vendor's owners and program admins.",
            ),
        }
    }
}

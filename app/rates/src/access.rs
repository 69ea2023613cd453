//! Who may read and set rates, and why not, in words a person can act on.
use base::{Actor, Problem, Role};

/// What can be done with rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    Read,
    Set,
}

const READERS: [Role; 8] = [
    Role::VendorOwner,
    Role::ProgramAdmin,
    Role::ChannelManager,
    Role::Marketer,
    Role::Enablement,
    Role::VendorFinance,
    Role::Analyst,
    Role::Auditor,
];
const SETTERS: [Role; 3] = [Role::VendorOwner, Role::ProgramAdmin, Role::VendorFinance];

impl Do {
    /// Whether the actor's role lets them; whose rates is decided by its organisation.
    ///
    /// # Errors
    /// `Unauthenticated`, or `Forbidden` (`role`) with who can.
    pub fn by(self, actor: &Actor) -> Result<(), Problem> {
        match self {
            Self::Read => actor.must_be(&READERS, "Exchange rates belong to the vendor's own people."),
            Self::Set => actor.must_be(
                &SETTERS,
                "Exchange rates are set by the vendor's finance, program administrators and owners.",
            ),
        }
    }
}

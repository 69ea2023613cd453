//! Who may bring in files, and who may look on.
use base::{Actor, Problem, Role};

/// What can be done here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    Read,
    Start,
    Cancel,
}

const VENDOR: &[Role] = &[
    Role::VendorOwner,
    Role::ProgramAdmin,
    Role::ChannelManager,
    Role::Marketer,
    Role::Enablement,
    Role::VendorFinance,
    Role::Analyst,
    Role::Auditor,
];
const IMPORTERS: &[Role] = &[Role::VendorOwner, Role::ProgramAdmin, Role::ChannelManager];

impl Do {
    /// Whether the actor may; which rows is decided by its scope.
    ///
    /// # Errors
    /// `Unauthenticated`, or `Forbidden` with a sentence that says who can.
    pub fn by(self, actor: &Actor) -> Result<(), Problem> {
        match self {
            Self::Read => actor.must_be(VENDOR, "Imports belong to the vendor's own people."),
            Self::Start | Self::Cancel => {
                actor.must_be(IMPORTERS, "Owners, program admins and channel managers import files.")
            }
        }
    }
}

//! Who may bring in files, and who may look on.
use base::{Actor, Problem, Role, Side};

use crate::model::Kind;

/// What can be done here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    Read,
    Start(Kind),
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
/// Who brings in a partner's own registrations, and looks on.
const REGISTRANTS: &[Role] = &[Role::PartnerOwner, Role::Sales];

impl Do {
    /// Whether the actor may; which rows is decided by its scope.
    ///
    /// # Errors
    /// `Unauthenticated`, or `Forbidden` with a sentence that says who can.
    pub fn by(self, actor: &Actor) -> Result<(), Problem> {
        let own = matches!(self, Self::Read | Self::Cancel | Self::Start(Kind::Deals));
        if own && actor.side() == Some(Side::Partner) {
            return actor.must_be(
                REGISTRANTS,
                "Registrations are imported by sales people and owners. Ask an owner for the sales role.",
            );
        }
        match self {
            Self::Start(Kind::Rates) => rates::Do::Set.by(actor),
            Self::Start(Kind::Goals) => goals::Do::Set.by(actor, None),
            Self::Read => actor.must_be(VENDOR, "Imports belong to the vendor's own people."),
            Self::Start(_) | Self::Cancel => {
                actor.must_be(IMPORTERS, "Owners, program admins and channel managers import files.")
            }
        }
    }
}

/// The kinds of files that somebody may bring in.
#[must_use]
pub fn kinds_of(actor: &Actor) -> Vec<Kind> {
    Kind::ALL.into_iter().filter(|kind| Do::Start(*kind).by(actor).is_ok()).collect()
}

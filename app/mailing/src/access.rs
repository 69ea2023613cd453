//! Who may do what with suppressions and sender domains, and why not in words.
use base::{Actor, Problem, Role};

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    /// Read the list of addresses that are not written to.
    ReadSuppressed,
    /// Put addresses on that list, and take off what was put there by hand.
    Suppress,
    /// See, add, check and remove domains that mails come from.
    KeepSenders,
    /// Hand in mails that came back.
    TakeReturns,
}

impl Do {
    /// Lets the actor pass, or says why not.
    ///
    /// # Errors
    /// `Unauthenticated`, or `Forbidden` with the reason.
    pub fn by(self, actor: &Actor) -> Result<(), Problem> {
        use Role::{Marketer, Marketing, PartnerOwner, ProgramAdmin, VendorOwner};
        match self {
            Self::ReadSuppressed | Self::Suppress => actor.must_be(
                &[VendorOwner, ProgramAdmin, Marketer, PartnerOwner, Marketing],
                "Suppressed addresses are kept by owners and marketing people.",
            ),
            Self::KeepSenders => actor.must_be(
                &[VendorOwner, ProgramAdmin, PartnerOwner],
                "Sender domains are kept by owners and program admins.",
            ),
            Self::TakeReturns => actor.must_be(
                &[VendorOwner, ProgramAdmin],
                "Returned mails are handed in with a key of the vendor’s owners or program admins.",
            ),
        }
    }
}

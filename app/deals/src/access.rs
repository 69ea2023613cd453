//! Who may do what with deals, and why not, in words a person can act on.
use base::{Actor, Problem, Role, Scope, Side};
use serde::{Deserialize, Serialize};

use crate::model::Deal;

/// What can be done with deals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Do {
    List,
    Read,
    Register,
    Check,
    Edit,
    Submit,
    Withdraw,
    Amend,
    RequestExtension,
    Appeal,
    Approve,
    Reject,
    Return,
    GrantExtension,
    Revoke,
    Rule,
    /// The partner shows that it works on the deal.
    ShowActivity,
    /// The vendor links the deal with the CRM.
    Convert,
    /// The vendor says how it ended.
    Close,
    /// Either side writes to the other.
    Write,
    /// Shares saved views in the organisation.
    ShareViews,
}

/// What the partner's side does with a deal, in the order in which it is offered.
pub const PARTNER_MOVES: [Do; 7] =
    [Do::Submit, Do::Edit, Do::ShowActivity, Do::Amend, Do::RequestExtension, Do::Appeal, Do::Withdraw];
/// What the vendor's side does with a deal, in the order in which it is offered.
pub const VENDOR_MOVES: [Do; 8] =
    [Do::Approve, Do::Return, Do::Reject, Do::Rule, Do::GrantExtension, Do::Convert, Do::Close, Do::Revoke];

const READERS: [Role; 13] = [
    Role::VendorOwner,
    Role::ProgramAdmin,
    Role::ChannelManager,
    Role::Marketer,
    Role::Enablement,
    Role::VendorFinance,
    Role::Analyst,
    Role::Auditor,
    Role::PartnerOwner,
    Role::Sales,
    Role::Marketing,
    Role::Technical,
    Role::PartnerFinance,
];
const DECIDERS: [Role; 3] = [Role::VendorOwner, Role::ProgramAdmin, Role::ChannelManager];
const REGISTRANTS: [Role; 5] =
    [Role::PartnerOwner, Role::Sales, Role::VendorOwner, Role::ProgramAdmin, Role::ChannelManager];
const SHARERS: [Role; 4] = [Role::VendorOwner, Role::ProgramAdmin, Role::ChannelManager, Role::PartnerOwner];
const PARTNER_SALES: [Role; 2] = [Role::PartnerOwner, Role::Sales];

impl Do {
    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Read => "read",
            Self::Register => "register",
            Self::Check => "check",
            Self::Edit => "edit",
            Self::Submit => "submit",
            Self::Withdraw => "withdraw",
            Self::Amend => "amend",
            Self::RequestExtension => "request_extension",
            Self::Appeal => "appeal",
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Return => "return",
            Self::GrantExtension => "grant_extension",
            Self::Revoke => "revoke",
            Self::Rule => "rule",
            Self::ShowActivity => "show_activity",
            Self::Convert => "convert",
            Self::Close => "close",
            Self::Write => "write",
            Self::ShareViews => "share_views",
        }
    }

    /// Whether the actor's role lets them, and, with a deal, whether it is theirs.
    ///
    /// # Errors
    /// `NotFound` for somebody else's deal, `Unauthenticated`, or `Forbidden` (`role`) with what to do about it.
    pub fn by(self, actor: &Actor, deal: Option<&Deal>) -> Result<(), Problem> {
        if let Some(deal) = deal
            && !sees(actor.scope(), deal)
        {
            return Err(Problem::NotFound);
        }
        let (roles, otherwise): (&[Role], &str) = match self {
            Self::List | Self::Read => {
                (&READERS, "Learners do not see deals. Ask an owner for another role.")
            }
            Self::Register | Self::Check => (
                &REGISTRANTS,
                "Deals are registered by sales people and owners. Ask an owner for the sales role.",
            ),
            Self::Write => (
                &REGISTRANTS,
                "Messages are written by sales people, owners and those who decide. Ask an owner for another role.",
            ),
            Self::ShareViews => (
                &SHARERS,
                "Views are shared by owners, program administrators and channel managers. Keep it as your own.",
            ),
            Self::Edit | Self::Submit | Self::Withdraw if actor.side() == Some(Side::Vendor) => (
                &DECIDERS,
                "Only channel managers, program administrators and owners act on a partner's behalf.",
            ),
            Self::Edit
            | Self::Submit
            | Self::Withdraw
            | Self::Amend
            | Self::RequestExtension
            | Self::ShowActivity
            | Self::Appeal => (
                &PARTNER_SALES,
                "This is done by the partner's sales people and owners. Ask an owner for the sales role.",
            ),
            Self::Approve
            | Self::Reject
            | Self::Return
            | Self::GrantExtension
            | Self::Revoke
            | Self::Convert
            | Self::Close
            | Self::Rule => (
                &DECIDERS,
                "Decisions are made by channel managers, program administrators and owners of the vendor.",
            ),
        };
        actor.must_be(roles, otherwise)
    }

    /// What an actor's side does with deals, whether or not their role lets them.
    #[must_use]
    pub fn of_side(actor: &Actor) -> &'static [Self] {
        match actor.side() {
            Some(Side::Partner) => &PARTNER_MOVES,
            Some(Side::Vendor) => &VENDOR_MOVES,
            None => &[],
        }
    }
}

fn sees(scope: Scope, deal: &Deal) -> bool {
    match scope {
        Scope::Vendor(id) => deal.vendor == id,
        Scope::Partner(id) => deal.partner == id,
        Scope::System => true,
        Scope::Nothing => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{Means, OrganizationId, Standing};

    fn actor(role: Role) -> Actor {
        let standing = Standing { organization: OrganizationId(Default::default()), role, program: None };
        Actor { means: Means::Session, user: None, name: "A".into(), standing: Some(standing) }
    }

    #[test]
    fn a_learner_may_do_nothing() {
        for action in [Do::List, Do::Read, Do::Register, Do::Check, Do::Submit, Do::Approve] {
            assert_eq!(action.by(&actor(Role::Learner), None).unwrap_err().code(), "role");
        }
    }

    #[test]
    fn a_partner_registers_and_a_vendor_decides() {
        assert!(Do::Register.by(&actor(Role::Sales), None).is_ok());
        assert!(Do::Approve.by(&actor(Role::Sales), None).is_err());
        assert!(Do::Approve.by(&actor(Role::ChannelManager), None).is_ok());
        assert!(Do::Appeal.by(&actor(Role::ChannelManager), None).is_err());
        assert!(Do::Approve.by(&actor(Role::Analyst), None).is_err());
        assert!(Do::List.by(&actor(Role::Analyst), None).is_ok());
    }

    #[test]
    fn nobody_is_asked_to_sign_in() {
        assert_eq!(Do::List.by(&Actor::nobody(), None), Err(Problem::Unauthenticated));
    }
}

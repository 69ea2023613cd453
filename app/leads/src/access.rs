//! Who may do what with leads, and why not, in words a person can act on.
use base::{Actor, Problem, Role, Scope, Side};
use serde::{Deserialize, Serialize};

use crate::model::Lead;

/// What can be done with leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "DoWithLead"))]
#[serde(rename_all = "snake_case")]
pub enum Do {
    List,
    Read,
    Create,
    Edit,
    /// Offer it to a partner, by the rules or by hand.
    Assign,
    Accept,
    /// Decline it, or give it back.
    Decline,
    /// Undo an answer that was just given.
    Undo,
    /// Begin to work on it.
    Start,
    /// Write down what happened.
    Note,
    /// Begin a deal registration with it.
    Register,
    /// Take it back.
    Recycle,
    /// Give it up.
    Die,
    /// Begin again with it.
    Reopen,
    /// See how leads are handed out, and who is pinned to whom.
    ReadRules,
    /// Write, try and publish rules.
    EditRules,
    /// Pin customers to partners.
    EditPins,
}

/// What the partner's side does with a lead, in the order in which it is offered.
pub const PARTNER_MOVES: [Do; 6] = [Do::Accept, Do::Register, Do::Start, Do::Note, Do::Decline, Do::Undo];
/// What the vendor's side does with a lead, in the order in which it is offered.
pub const VENDOR_MOVES: [Do; 6] = [Do::Assign, Do::Edit, Do::Note, Do::Reopen, Do::Recycle, Do::Die];

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
const CREATORS: [Role; 4] = [Role::VendorOwner, Role::ProgramAdmin, Role::ChannelManager, Role::Marketer];
const MANAGERS: [Role; 3] = [Role::VendorOwner, Role::ProgramAdmin, Role::ChannelManager];
const RULERS: [Role; 2] = [Role::VendorOwner, Role::ProgramAdmin];
const VENDORS: [Role; 8] = [
    Role::VendorOwner,
    Role::ProgramAdmin,
    Role::ChannelManager,
    Role::Marketer,
    Role::Enablement,
    Role::VendorFinance,
    Role::Analyst,
    Role::Auditor,
];
const PARTNER_SALES: [Role; 2] = [Role::PartnerOwner, Role::Sales];
const WRITERS: [Role; 6] = [
    Role::VendorOwner,
    Role::ProgramAdmin,
    Role::ChannelManager,
    Role::Marketer,
    Role::PartnerOwner,
    Role::Sales,
];

impl Do {
    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Read => "read",
            Self::Create => "create",
            Self::Edit => "edit",
            Self::Assign => "assign",
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Undo => "undo",
            Self::Start => "start",
            Self::Note => "note",
            Self::Register => "register",
            Self::Recycle => "recycle",
            Self::Die => "die",
            Self::Reopen => "reopen",
            Self::ReadRules => "read_rules",
            Self::EditRules => "edit_rules",
            Self::EditPins => "edit_pins",
        }
    }

    /// Whether the actor's role lets them, and, with a lead, whether it is theirs.
    ///
    /// # Errors
    /// `NotFound` for somebody else's lead, `Unauthenticated`, or `Forbidden` (`role`) with what to do about it.
    pub fn by(self, actor: &Actor, lead: Option<&Lead>) -> Result<(), Problem> {
        if let Some(lead) = lead
            && !sees(actor.scope(), lead)
        {
            return Err(Problem::NotFound);
        }
        let (roles, otherwise): (&[Role], &str) = match self {
            Self::List | Self::Read => {
                (&READERS, "Learners do not see leads. Ask an owner for another role.")
            }
            Self::Create => (
                &CREATORS,
                "Leads are brought in by the vendor's marketers, channel managers, program administrators and owners.",
            ),
            Self::Note => (
                &WRITERS,
                "Notes are written by sales people, owners and those who manage leads. Ask an owner for another role.",
            ),
            Self::Edit | Self::Assign | Self::Recycle | Self::Die | Self::Reopen => (
                &MANAGERS,
                "Leads are managed by the vendor's channel managers, program administrators and owners.",
            ),
            Self::Accept | Self::Decline | Self::Undo | Self::Start | Self::Register => (
                &PARTNER_SALES,
                "This is done by the partner's sales people and owners. Ask an owner for the sales role.",
            ),
            Self::ReadRules => (&VENDORS, "How leads are handed out is the vendor's own affair."),
            Self::EditRules => (
                &RULERS,
                "How leads are handed out is decided by the vendor's owners and program administrators.",
            ),
            Self::EditPins => (
                &MANAGERS,
                "Customers are pinned by the vendor's channel managers, program administrators and owners.",
            ),
        };
        actor.must_be(roles, otherwise)
    }

    /// What an actor's side does with leads, whether or not their role lets them.
    #[must_use]
    pub fn of_side(actor: &Actor) -> &'static [Self] {
        match actor.side() {
            Some(Side::Partner) => &PARTNER_MOVES,
            Some(Side::Vendor) => &VENDOR_MOVES,
            None => &[],
        }
    }
}

fn sees(scope: Scope, lead: &Lead) -> bool {
    match scope {
        Scope::Vendor(id) => lead.vendor == id,
        Scope::Partner(id) => lead.partner == Some(id),
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
        for action in [Do::List, Do::Read, Do::Create, Do::Accept, Do::Note, Do::ReadRules] {
            assert_eq!(action.by(&actor(Role::Learner), None).unwrap_err().code(), "role");
        }
    }

    #[test]
    fn a_vendor_hands_out_and_a_partner_answers() {
        assert!(Do::Assign.by(&actor(Role::ChannelManager), None).is_ok());
        assert!(Do::Assign.by(&actor(Role::Marketer), None).is_err());
        assert!(Do::Create.by(&actor(Role::Marketer), None).is_ok());
        assert!(Do::Accept.by(&actor(Role::Sales), None).is_ok());
        assert!(Do::Accept.by(&actor(Role::ChannelManager), None).is_err());
        assert!(Do::EditRules.by(&actor(Role::ChannelManager), None).is_err());
        assert!(Do::ReadRules.by(&actor(Role::PartnerOwner), None).is_err());
    }
}

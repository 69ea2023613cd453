//! Who may do what with campaigns and audiences, and why not, in words a person can act on.
use base::{Actor, OrganizationId, Problem, Role, Scope};
use serde::{Deserialize, Serialize};

use crate::model::Campaign;

/// What can be done with campaigns and audiences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "DoWithCampaign"))]
#[serde(rename_all = "snake_case")]
pub enum Do {
    /// Lists and figures of campaigns.
    Read,
    /// Make, change, launch and stop campaigns; keep the partner's card.
    Make,
    /// See and change who is written to: the partner's people alone.
    People,
    /// Approve and send back.
    Decide,
}

const READERS: [Role; 11] = [
    Role::VendorOwner,
    Role::ProgramAdmin,
    Role::ChannelManager,
    Role::Marketer,
    Role::Enablement,
    Role::Analyst,
    Role::Auditor,
    Role::PartnerOwner,
    Role::Sales,
    Role::Marketing,
    Role::Technical,
];
const MAKERS: [Role; 3] = [Role::PartnerOwner, Role::Sales, Role::Marketing];
const DECIDERS: [Role; 4] = [Role::VendorOwner, Role::ProgramAdmin, Role::ChannelManager, Role::Marketer];

impl Do {
    /// Whether the actor's role lets them, and, with a campaign, whether it is theirs to see.
    ///
    /// # Errors
    /// `NotFound` for somebody else's campaign, `Unauthenticated`, or `Forbidden` (`role`) with what to do about it.
    pub fn by(self, actor: &Actor, campaign: Option<&Campaign>) -> Result<(), Problem> {
        if let Some(campaign) = campaign
            && !sees(actor.scope(), campaign.vendor, campaign.partner)
        {
            return Err(Problem::NotFound);
        }
        let (roles, otherwise): (&[Role], &str) = match self {
            Self::Read => (
                &READERS,
                "Campaigns are for those who market and sell, and for those who lead. Ask an owner for another role.",
            ),
            Self::Make => {
                (&MAKERS, "Campaigns are made by the partner's owners, marketing and sales people.")
            }
            Self::People => (
                &MAKERS,
                "Audiences belong to the partner: only its owners, marketing and sales people see who is in them.",
            ),
            Self::Decide => (
                &DECIDERS,
                "Campaigns are approved by the vendor's channel managers, marketers, program administrators and owners.",
            ),
        };
        actor.must_be(roles, otherwise)
    }

    /// The partner that the actor makes campaigns for.
    ///
    /// # Errors
    /// As [`Do::by`].
    pub fn partner(self, actor: &Actor) -> Result<OrganizationId, Problem> {
        self.by(actor, None)?;
        match actor.scope() {
            Scope::Partner(partner) => Ok(partner),
            Scope::Vendor(_) | Scope::System | Scope::Nothing => {
                Err(Problem::forbidden("role", "This is for partners."))
            }
        }
    }
}

fn sees(scope: Scope, vendor: OrganizationId, partner: OrganizationId) -> bool {
    match scope {
        Scope::Vendor(id) => vendor == id,
        Scope::Partner(id) => partner == id,
        Scope::System => true,
        Scope::Nothing => false,
    }
}

#[cfg(test)]
mod tests {
    use base::{Means, Standing};

    use super::*;

    fn actor(role: Role) -> Actor {
        let standing = Standing { organization: OrganizationId(Default::default()), role, program: None };
        Actor { means: Means::Session, user: None, name: "Sam".into(), standing: Some(standing) }
    }

    #[test]
    fn no_role_of_a_vendor_sees_people_and_none_of_a_partner_decides() {
        for role in Role::ALL {
            let is_partner = role.side() == base::Side::Partner;
            let someone = actor(role);
            assert!(is_partner || Do::People.by(&someone, None).is_err(), "{role:?}");
            assert!(is_partner || Do::Make.by(&someone, None).is_err(), "{role:?}");
            assert!(!is_partner || Do::Decide.by(&someone, None).is_err(), "{role:?}");
        }
        assert!(Do::People.by(&actor(Role::Marketing), None).is_ok());
        assert!(Do::People.by(&actor(Role::Learner), None).is_err());
        assert!(Do::Decide.by(&actor(Role::ChannelManager), None).is_ok());
    }

    #[test]
    fn the_system_makes_campaigns_for_nobody() {
        assert!(Do::Make.partner(&Actor::system()).is_err());
    }
}

//! Who may do what with goals, and why not, in words a person can act on.
use base::{Actor, Problem, Role, Scope};
use serde::{Deserialize, Serialize};

use crate::model::Goal;

/// What can be done with goals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "DoWithGoal"))]
#[serde(rename_all = "snake_case")]
pub enum Do {
    Read,
    /// Set, change, share out and take back.
    Set,
    /// Say yes or no to a goal that was proposed.
    Answer,
}

const READERS: [Role; 11] = [
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
    Role::PartnerFinance,
];
const SETTERS: [Role; 3] = [Role::VendorOwner, Role::ProgramAdmin, Role::ChannelManager];
const ANSWERERS: [Role; 1] = [Role::PartnerOwner];

impl Do {
    /// Whether the actor's role lets them, and, with a goal, whether it is theirs.
    ///
    /// # Errors
    /// `NotFound` for somebody else's goal, `Unauthenticated`, or `Forbidden` (`role`) with what to do about it.
    pub fn by(self, actor: &Actor, goal: Option<&Goal>) -> Result<(), Problem> {
        if let Some(goal) = goal
            && !sees(actor.scope(), goal)
        {
            return Err(Problem::NotFound);
        }
        let (roles, otherwise): (&[Role], &str) = match self {
            Self::Read => {
                (&READERS, "Goals are for those who sell and those who lead. Ask an owner for another role.")
            }
            Self::Set => (
                &SETTERS,
                "Goals are set by the vendor's channel managers, program administrators and owners.",
            ),
            Self::Answer => (&ANSWERERS, "Goals are agreed by the partner's owners."),
        };
        actor.must_be(roles, otherwise)
    }
}

fn sees(scope: Scope, goal: &Goal) -> bool {
    match scope {
        Scope::Vendor(id) => goal.vendor == id,
        Scope::Partner(id) => goal.partner == Some(id),
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
    fn a_vendor_sets_and_a_partner_s_owner_answers() {
        assert!(Do::Set.by(&actor(Role::ChannelManager), None).is_ok());
        assert!(Do::Set.by(&actor(Role::Analyst), None).is_err());
        assert!(Do::Answer.by(&actor(Role::PartnerOwner), None).is_ok());
        assert!(Do::Answer.by(&actor(Role::Sales), None).is_err());
        assert!(Do::Read.by(&actor(Role::Sales), None).is_ok());
        assert_eq!(Do::Read.by(&actor(Role::Learner), None).unwrap_err().code(), "role");
    }
}

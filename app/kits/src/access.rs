//! Who may do what with kits, and why not, in words a person can act on.
use base::{Actor, Problem, Role};
use serde::{Deserialize, Serialize};

/// What can be done with kits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "DoWithKit"))]
#[serde(rename_all = "snake_case")]
pub enum Do {
    /// See what is in scope: a vendor its kits, a partner what is published for it.
    Read,
    /// See drafts, and the versions there were.
    ReadDrafts,
    /// Make and change drafts.
    Edit,
    /// Publish, recall and retire.
    Publish,
}

/// What a brand says is the marketers' work, as how it looks is; channel managers work with it.
const EDITORS: [Role; 3] = [Role::VendorOwner, Role::ProgramAdmin, Role::Marketer];
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

impl Do {
    /// All of it.
    pub const ALL: [Self; 4] = [Self::Read, Self::ReadDrafts, Self::Edit, Self::Publish];

    /// Lets the actor pass, or says why not.
    ///
    /// # Errors
    /// `Unauthenticated`, or `Forbidden` with what to do about it.
    pub fn by(self, actor: &Actor) -> Result<(), Problem> {
        match self {
            Self::Read if actor.is_system() => Ok(()),
            Self::Read => actor.organization().map(drop),
            Self::ReadDrafts => {
                actor.must_be(&READERS, "Drafts of kits are seen by the vendor's own people.")
            }
            Self::Edit => {
                actor.must_be(&EDITORS, "Kits are made by the vendor's owners, program admins and marketers.")
            }
            Self::Publish => actor.must_be(
                &EDITORS,
                "Kits are published and recalled by the vendor's owners, program admins and marketers.",
            ),
        }
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
    fn marketers_make_kits_and_channel_managers_read_them() {
        assert!(Do::Publish.by(&actor(Role::Marketer)).is_ok());
        assert!(Do::ReadDrafts.by(&actor(Role::ChannelManager)).is_ok());
        assert_eq!(Do::Edit.by(&actor(Role::ChannelManager)).unwrap_err().code(), "role");
        assert!(Do::Read.by(&actor(Role::Marketing)).is_ok());
        assert_eq!(Do::ReadDrafts.by(&actor(Role::PartnerOwner)).unwrap_err().code(), "role");
        assert_eq!(Do::Read.by(&Actor::nobody()), Err(Problem::Unauthenticated));
    }
}

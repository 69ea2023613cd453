//! Who may do what with people, keys and profiles, and why not, in words.
use base::{Actor, Problem, Role};

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    /// One's own profile, password and sessions.
    KeepProfile,
    /// Act for another of one's organisations.
    SwitchContext,
    ListKeys,
    CreateKey,
    RevokeKey,
    ListMembers,
    InviteMember,
    ChangeRole,
    RemoveMember,
}

impl Do {
    /// All of it, for the table of roles and verbs.
    pub const ALL: [Self; 9] = [
        Self::KeepProfile,
        Self::SwitchContext,
        Self::ListKeys,
        Self::CreateKey,
        Self::RevokeKey,
        Self::ListMembers,
        Self::InviteMember,
        Self::ChangeRole,
        Self::RemoveMember,
    ];

    /// Whether the actor may. Rows are limited besides: keys to one's own unless one owns the organisation,
    /// members to one's own organisation.
    ///
    /// # Errors
    /// `Unauthenticated` for nobody, `Forbidden` with the reason otherwise.
    pub fn by(self, actor: &Actor) -> Result<(), Problem> {
        match self {
            Self::KeepProfile | Self::SwitchContext => match actor.user {
                Some(_) => Ok(()),
                None if actor.is_known() => {
                    Err(Problem::forbidden("no_person", "Only a person has a profile."))
                }
                None => Err(Problem::Unauthenticated),
            },
            // Whoever works on deals, content or money needs to know with whom; whoever takes courses does not.
            Self::ListMembers if actor.role() == Some(Role::Learner) => Err(Problem::forbidden(
                "role",
                "Learners do not see the list of people. Ask an owner for another role.",
            )),
            Self::ListKeys | Self::CreateKey | Self::RevokeKey | Self::ListMembers => {
                actor.organization().map(drop)
            }
            Self::InviteMember | Self::ChangeRole | Self::RemoveMember => {
                actor.organization()?;
                if owns(actor) {
                    return Ok(());
                }
                Err(Problem::forbidden(
                    "role",
                    "Only an owner manages the people of an organisation. Ask an owner of yours.",
                ))
            }
        }
    }
}

/// Whether the actor owns the organisation acted for.
#[must_use]
pub fn owns(actor: &Actor) -> bool {
    matches!(actor.role(), Some(Role::VendorOwner | Role::PartnerOwner))
}

//! Who may do what with organisations, and why not, in words.
use base::{Actor, OrganizationId, Problem, Role};

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    List,
    Read,
    Change,
}

impl Do {
    /// All of it, for the table of roles and verbs.
    pub const ALL: [Self; 3] = [Self::List, Self::Read, Self::Change];

    /// Whether the actor's role allows it. Which rows is the scope's matter, see [`may_see`].
    ///
    /// # Errors
    /// `Unauthenticated` for nobody, `Forbidden` with the reason otherwise.
    pub fn by(self, actor: &Actor) -> Result<(), Problem> {
        match self {
            Self::List | Self::Read if actor.is_system() => Ok(()),
            Self::List | Self::Read => actor.organization().map(drop),
            Self::Change => actor.must_be(
                &[Role::VendorOwner, Role::PartnerOwner],
                "Only an owner can change the organisation. Ask an owner of yours.",
            ),
        }
    }
}

/// Whether the actor sees an organisation here: its own; the system sees all. A vendor finds its partners in
/// the list of partners.
#[must_use]
pub fn may_see(actor: &Actor, id: OrganizationId) -> bool {
    actor.is_system() || actor.standing.is_some_and(|standing| standing.organization == id)
}

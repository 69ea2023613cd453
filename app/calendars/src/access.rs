//! Who may have a calendar feed: everybody who sees deals, each for what they see.
use base::{Actor, Problem};

/// What can be done with one's own feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    Read,
    Make,
    End,
}

impl Do {
    /// Whether the actor may.
    ///
    /// # Errors
    /// What listing deals says; `Forbidden` (`no_person`) for what is no person.
    pub fn by(self, actor: &Actor) -> Result<(), Problem> {
        deals::Do::List.by(actor, None)?;
        match (self, actor.user) {
            (Self::Read | Self::Make | Self::End, Some(_)) => Ok(()),
            (_, None) => Err(Problem::forbidden("no_person", "A calendar feed belongs to a person.")),
        }
    }
}

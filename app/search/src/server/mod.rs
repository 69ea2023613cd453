//! Performs the look-up.
mod store;
#[cfg(test)]
mod tests;

use base::http::{Mounted, Perform, mounted};
use base::{Actor, Page, Parts, Problem, Role, Scope};

use crate::verbs::{Found, Search};

/// What can be asked.
pub const VERBS: &[Mounted] = &[mounted::<Search>()];

impl Perform for Search {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Found>, Problem> {
        actor.organization()?;
        let words = self.q.trim().to_lowercase();
        if words.chars().count() < 2 {
            return Ok(Page::whole(Vec::new()));
        }
        let scope = actor.scope();
        let mut tx = parts.db().read().await?;
        let mut found = Vec::new();
        // Learners see neither deals nor leads.
        if actor.role() != Some(Role::Learner) {
            found.extend(store::deals(&mut tx, scope, &words).await?);
            found.extend(store::leads(&mut tx, scope, &words).await?);
        }
        if let Scope::Vendor(vendor) = scope {
            found.extend(store::partners(&mut tx, vendor, &words).await?);
            found.extend(store::opportunities(&mut tx, vendor, &words).await?);
        }
        Ok(Page::whole(found))
    }
}

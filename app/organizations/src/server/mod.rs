//! Performs the verbs of organisations.
mod store;
#[cfg(test)]
mod tests;

use base::db::{Migrations, Tx};
use base::events::{self, Happened};
use base::http::{Mounted, Perform, mounted};
use base::jobs::JobKind;
use base::{Actor, OrganizationId, Page, Parts, Problem, Side, migrations};
use serde_json::{Value, json};

use crate::access::{Do, may_see};
use crate::{GetOrganization, ListOrganizations, Organization, PatchOrganization, rules};
pub use store::{by_name, by_slug, find, insert};

/// The verbs of this slice.
pub const VERBS: &[Mounted] =
    &[mounted::<ListOrganizations>(), mounted::<GetOrganization>(), mounted::<PatchOrganization>()];
/// The jobs of this slice: none.
pub const JOBS: &[JobKind] = &[];
/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || migrations!();

impl Perform for ListOrganizations {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Organization>, Problem> {
        Do::List.by(actor)?;
        let mut tx = parts.db().read().await?;
        let only = if actor.is_system() { None } else { Some(actor.organization()?) };
        store::list(&mut tx, &self, only).await
    }
}

impl Perform for GetOrganization {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Organization, Problem> {
        Do::Read.by(actor)?;
        if !may_see(actor, self.id) {
            return Err(Problem::NotFound);
        }
        let mut tx = parts.db().read().await?;
        find(&mut tx, self.id).await?.ok_or(Problem::NotFound)
    }
}

impl Perform for PatchOrganization {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Organization, Problem> {
        if !may_see(actor, self.id) {
            actor.organization()?;
            return Err(Problem::NotFound);
        }
        Do::Change.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let before = find(tx, self.id).await?.ok_or(Problem::NotFound)?;
                if self.version.is_some_and(|seen| seen != before.version) {
                    return Err(Problem::Stale);
                }
                let after = changed(&before, &self);
                let fields = differing(&before, &after);
                if fields.is_empty() {
                    return Ok(before);
                }
                store::update(tx, &after).await?;
                let data = json!({ "fields": fields });
                record(tx, &parts_, &actor_, (after.id, after.side), "organization.changed", after.id, data)
                    .await?;
                Ok(after)
            })
            .await
    }
}

fn changed(before: &Organization, patch: &PatchOrganization) -> Organization {
    let mut after = before.clone();
    if let Some(name) = &patch.name {
        name.trim().clone_into(&mut after.name);
    }
    if let Some(country) = &patch.country {
        after.country = Some(country.trim().to_ascii_uppercase()).filter(|text| !text.is_empty());
    }
    if let Some(website) = &patch.website {
        after.website = rules::website_of(website);
    }
    after.version += 1;
    after
}

fn differing(before: &Organization, after: &Organization) -> Vec<&'static str> {
    let all = [
        ("name", before.name != after.name),
        ("country", before.country != after.country),
        ("website", before.website != after.website),
    ];
    all.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
}

/// Appends an event about an organisation's own affairs to its own chain. A partner sees its own.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn record(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    (organization, side): (OrganizationId, Side),
    kind: &'static str,
    subject: impl ToString,
    data: Value,
) -> Result<(), Problem> {
    let partner = (side == Side::Partner).then_some(organization);
    let noun = kind.split('.').next().unwrap_or_default();
    let happened = Happened {
        vendor: organization,
        kind,
        subject: subject.to_string(),
        program: None,
        partner,
        keys: vec![format!("{noun}s")],
        data,
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}

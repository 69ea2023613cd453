//! Performs the verbs, and gives other slices what they need of customers and opportunities.
mod aliases;
mod duplicates;
mod merges;
mod record;
mod rekey;
mod store;
#[cfg(test)]
mod tests;

use base::db::{Migrations, Tx};
use base::events::{self, Happened};
use base::http::{Mounted, Perform, mounted};
use base::jobs::{JobKind, job};
use base::{Actor, CustomerId, OrganizationId, Page, Parts, Problem, Scope};
use serde_json::json;

use crate::access::Do;
use crate::model::{Customer, Opportunity, OpportunityFilters};
use crate::rules::tidy;
use crate::verbs::*;
pub use duplicates::sweep as sweep_duplicates;
pub use record::{Described, described, save_opportunities};
pub use rekey::rebuild_keys;
pub use store::aliases::{matcher, matcher_of_all};
pub use store::customers::{
    company, insert as insert_customers, known as known_customers, merged as merged_customers, profile,
    update as update_customer,
};
pub use store::keys;
pub use store::moved::{forget_moved, take_all, take_moved};
pub use store::opportunities::{StoredOpportunity, known as known_opportunities};

/// The verbs of this slice.
pub const VERBS: &[Mounted] = &[
    mounted::<ListCustomers>(),
    mounted::<GetCustomer>(),
    mounted::<CreateCustomer>(),
    mounted::<UpdateCustomer>(),
    mounted::<GetCustomerAliases>(),
    mounted::<SetCustomerAliases>(),
    mounted::<CompareCustomers>(),
    mounted::<KeepApart>(),
    mounted::<ReconsiderPair>(),
    mounted::<MergeCustomers>(),
    mounted::<ListMerges>(),
    mounted::<UndoMerge>(),
    mounted::<ListDuplicates>(),
    mounted::<FindDuplicates>(),
    mounted::<GetMatchWeights>(),
    mounted::<FitMatchWeights>(),
    mounted::<PublishMatchWeights>(),
    mounted::<ListOpportunities>(),
    mounted::<GetOpportunity>(),
    mounted::<ListOpportunityFilters>(),
];
/// The jobs of this slice.
pub const JOBS: &[JobKind] = &[job::<duplicates::SweepDuplicates>(), job::<duplicates::CompareCustomer>()];
/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();

impl Perform for ListCustomers {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Customer>, Problem> {
        Do::ReadCustomers.by(actor)?;
        let mut tx = parts.db().read().await?;
        store::customers::list(&mut tx, &self, actor.scope()).await
    }
}

impl Perform for GetCustomer {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Customer, Problem> {
        Do::ReadCustomers.by(actor)?;
        let mut tx = parts.db().read().await?;
        let asked =
            store::customers::find(&mut tx, self.id, actor.scope()).await?.ok_or(Problem::NotFound)?;
        let gone = merged_customers(&mut tx, actor.organization()?, &[asked.id.0]).await?;
        match gone.get(&asked.id) {
            Some(kept) => {
                store::customers::find(&mut tx, *kept, actor.scope()).await?.ok_or(Problem::NotFound)
            }
            None => Ok(asked),
        }
    }
}

/// A vendor's customer that was not merged into another.
///
/// # Errors
/// `NotFound`; `Refused` (`merged`) for one that was merged.
async fn standing(tx: &mut Tx, vendor: OrganizationId, id: CustomerId) -> Result<Customer, Problem> {
    let found = store::customers::find(tx, id, Scope::Vendor(vendor)).await?.ok_or(Problem::NotFound)?;
    if merged_customers(tx, vendor, &[id.0]).await?.is_empty() {
        return Ok(found);
    }
    Err(Problem::refused("merged", "This record was merged into another; undo that first."))
}

impl Perform for CreateCustomer {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Customer, Problem> {
        Do::EditCustomers.by(actor)?;
        let vendor = actor.organization()?;
        let now = parts.clock().now();
        let website = self.website.as_deref().and_then(tidy);
        let customer = Customer {
            id: CustomerId(parts.id(now)),
            external_id: self.external_id.as_deref().and_then(tidy),
            name: self.name.trim().to_owned(),
            domain: domain(website.as_deref()),
            website,
            country: self.country.as_deref().and_then(matching::normalise::country),
            registration_number: self.registration_number.as_deref().and_then(tidy),
            phone: self.phone.as_deref().and_then(tidy),
            city: self.city.as_deref().and_then(tidy),
            postal_code: self.postal_code.as_deref().and_then(tidy),
            street: self.street.as_deref().and_then(tidy),
            sector: self.sector.as_deref().and_then(tidy),
            founded_year: self.founded_year,
            employees: self.employees,
            revenue: self.revenue,
            parent_name: self.parent_name.as_deref().and_then(tidy),
            created_at: now,
            version: 1,
        };
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                insert_customers(tx, vendor, std::slice::from_ref(&customer)).await?;
                duplicates::compare_soon(tx, &parts_, vendor, customer.id).await?;
                tell(tx, &parts_, &actor_, vendor, "customer.created", &customer).await?;
                Ok(customer)
            })
            .await
    }
}

impl Perform for UpdateCustomer {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Customer, Problem> {
        Do::EditCustomers.by(actor)?;
        let vendor = actor.organization()?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let scope = Scope::Vendor(vendor);
                let before = store::customers::find(tx, self.id, scope).await?.ok_or(Problem::NotFound)?;
                standing(tx, vendor, before.id).await?;
                if self.version.is_some_and(|seen| seen != before.version) {
                    return Err(Problem::Stale);
                }
                let after = self.applied_to(before.clone());
                if after == before {
                    return Ok(before);
                }
                let customer = update_customer(tx, vendor, &after).await?;
                duplicates::compare_soon(tx, &parts_, vendor, customer.id).await?;
                tell(tx, &parts_, &actor_, vendor, "customer.changed", &customer).await?;
                Ok(customer)
            })
            .await
    }
}

impl UpdateCustomer {
    fn applied_to(self, before: Customer) -> Customer {
        let text = |new: Option<String>, old: Option<String>| new.map_or(old, |new| tidy(&new));
        let country = text(self.country, before.country);
        let website = text(self.website, before.website);
        Customer {
            name: self.name.map_or(before.name, |name| name.trim().to_owned()),
            external_id: text(self.external_id, before.external_id),
            domain: domain(website.as_deref()),
            website,
            country: country.as_deref().and_then(matching::normalise::country),
            registration_number: text(self.registration_number, before.registration_number),
            phone: text(self.phone, before.phone),
            city: text(self.city, before.city),
            postal_code: text(self.postal_code, before.postal_code),
            street: text(self.street, before.street),
            sector: text(self.sector, before.sector),
            founded_year: self.founded_year.or(before.founded_year),
            employees: self.employees.or(before.employees),
            revenue: self.revenue.or(before.revenue),
            parent_name: text(self.parent_name, before.parent_name),
            ..before
        }
    }
}

impl Perform for ListOpportunities {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Opportunity>, Problem> {
        Do::ReadOpportunities.by(actor)?;
        let mut tx = parts.db().read().await?;
        store::opportunities::list(&mut tx, &self, actor.scope()).await
    }
}

impl Perform for GetOpportunity {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Opportunity, Problem> {
        Do::ReadOpportunities.by(actor)?;
        let mut tx = parts.db().read().await?;
        store::opportunities::find(&mut tx, self.id, actor.scope()).await?.ok_or(Problem::NotFound)
    }
}

impl Perform for ListOpportunityFilters {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<OpportunityFilters, Problem> {
        Do::ReadOpportunities.by(actor)?;
        let mut tx = parts.db().read().await?;
        store::choices::filters(&mut tx, actor.scope()).await
    }
}

/// The registrable domain of a website, where that says who it is.
#[must_use]
pub fn domain(website: Option<&str>) -> Option<String> {
    website.and_then(matching::normalise::registrable_domain)
}

async fn tell(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    vendor: OrganizationId,
    kind: &'static str,
    customer: &Customer,
) -> Result<(), Problem> {
    let data = json!({ "version": customer.version });
    tell_of(tx, parts, actor, vendor, kind, customer.id, &["customers"], data).await
}

/// What moves duplicates and opportunities too.
async fn tell_more(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    vendor: OrganizationId,
    kind: &'static str,
    customer: CustomerId,
    data: serde_json::Value,
) -> Result<(), Problem> {
    let keys = ["customers", "duplicates", "opportunities"];
    tell_of(tx, parts, actor, vendor, kind, customer, &keys, data).await
}

#[expect(clippy::too_many_arguments, reason = "one event; a struct would only rename its parts")]
async fn tell_of(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    vendor: OrganizationId,
    kind: &'static str,
    customer: CustomerId,
    keys: &[&str],
    data: serde_json::Value,
) -> Result<(), Problem> {
    let happened = Happened {
        vendor,
        kind,
        subject: customer.to_string(),
        program: None,
        partner: None,
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        data,
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}

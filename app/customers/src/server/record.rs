//! Opportunities kept together with the keys of their customers, and candidates described for the score.
use std::borrow::Cow;
use std::collections::HashMap;

use base::db::Tx;
use base::{CustomerId, OrganizationId, Problem};
use matching::{Aliases, BlockingKey, Company, Profile};
use sqlx::types::Uuid;

use super::store::keys::{self, Candidate, Kind};
use super::store::{customers, opportunities};
use crate::model::{Customer, Opportunity};
use opportunities::StoredOpportunity;

/// Adds new opportunities and writes changed ones. Open ones are found by what is known of their customer; closed
/// ones are not looked for any more.
///
/// # Errors
/// `Stale` or `Unavailable` when somebody else changed one meanwhile.
pub async fn save_opportunities(
    tx: &mut Tx,
    vendor: OrganizationId,
    new: &[StoredOpportunity],
    changed: &[StoredOpportunity],
) -> Result<(), Problem> {
    let (new, changed) = (standing(tx, vendor, new).await?, standing(tx, vendor, changed).await?);
    let wanted = || new.iter().chain(changed.iter()).filter(|opportunity| opportunity.stage.is_open());
    let mut ids: Vec<Uuid> = wanted().filter_map(|opportunity| opportunity.customer).map(|id| id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    let known: HashMap<CustomerId, Vec<BlockingKey>> = customers::many(tx, vendor, &ids)
        .await?
        .iter()
        .map(|customer| (customer.id, matching::keys(&customers::profile(customer))))
        .collect();
    opportunities::insert(tx, vendor, &new).await?;
    for opportunity in changed.iter() {
        opportunities::update(tx, vendor, opportunity).await?;
    }
    let moved: Vec<Uuid> = changed.iter().map(|opportunity| opportunity.id.0).collect();
    keys::remove(tx, Kind::Opportunity, &moved).await?;
    let stored: Vec<_> = wanted()
        .flat_map(|opportunity| {
            let keys = match (opportunity.customer.and_then(|id| known.get(&id)), &opportunity.customer_name)
            {
                (Some(keys), _) => keys.clone(),
                (None, Some(name)) => matching::keys(&named(name)),
                (None, None) => Vec::new(),
            };
            keys.into_iter().map(|key| (Kind::Opportunity, opportunity.id.0, key))
        })
        .collect();
    keys::insert(tx, vendor, &stored).await
}

/// The same opportunities; a customer that was merged into another gives way to that one.
async fn standing<'a>(
    tx: &mut Tx,
    vendor: OrganizationId,
    all: &'a [StoredOpportunity],
) -> Result<Cow<'a, [StoredOpportunity]>, Problem> {
    let mut ids: Vec<Uuid> = all.iter().filter_map(|one| one.customer).map(|id| id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    let gone = customers::merged(tx, vendor, &ids).await?;
    if gone.is_empty() {
        return Ok(Cow::Borrowed(all));
    }
    let standing = |one: &StoredOpportunity| StoredOpportunity {
        customer: one.customer.map(|id| gone.get(&id).copied().unwrap_or(id)),
        ..one.clone()
    };
    Ok(Cow::Owned(all.iter().map(standing).collect()))
}

pub(super) fn named(name: &str) -> Profile {
    Profile::new(&Company { name: name.to_owned(), ..Company::default() }, &Aliases::default())
}

/// A candidate that is a customer or an opportunity, with what the score compares.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    pub kind: Kind,
    pub record: Uuid,
    /// What is known of the company.
    pub company: Company,
    /// The customer's record; none for an opportunity of an unknown customer.
    pub customer: Option<Customer>,
    /// For an opportunity: whose, of what, how far.
    pub opportunity: Option<Opportunity>,
}

/// Describes the customers and opportunities among candidates; those of other slices and those that are gone are
/// left out. Two statements, whatever their number.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn described(
    tx: &mut Tx,
    vendor: OrganizationId,
    candidates: &[Candidate],
) -> Result<Vec<Described>, Problem> {
    let of = |kind: Kind| candidates.iter().filter(move |candidate| candidate.kind == kind);
    let ids: Vec<Uuid> = of(Kind::Opportunity).map(|candidate| candidate.record).collect();
    let opportunities = opportunities::many(tx, vendor, &ids).await?;
    let linked =
        opportunities.iter().filter_map(|opportunity| opportunity.customer.as_ref()?.id).map(|id| id.0);
    let mut ids: Vec<Uuid> = of(Kind::Customer).map(|candidate| candidate.record).chain(linked).collect();
    ids.sort_unstable();
    ids.dedup();
    let customers: HashMap<Uuid, Customer> = customers::many(tx, vendor, &ids)
        .await?
        .into_iter()
        .map(|customer| (customer.id.0, customer))
        .collect();
    let mut opportunities: HashMap<Uuid, Opportunity> =
        opportunities.into_iter().map(|opportunity| (opportunity.id.0, opportunity)).collect();
    let describe = |candidate: &Candidate| {
        let (kind, record) = (candidate.kind, candidate.record);
        let opportunity = opportunities.remove(&record);
        let linked = opportunity.as_ref().and_then(|opportunity| opportunity.customer.clone());
        let customer = match kind {
            Kind::Customer => customers.get(&record),
            Kind::Opportunity => linked.as_ref().and_then(|linked| customers.get(&linked.id?.0)),
            Kind::Deal => None,
        };
        let company = match (customer, linked) {
            (Some(customer), _) => customers::company(customer),
            (None, Some(linked)) => Company { name: linked.name, ..Company::default() },
            (None, None) => return None,
        };
        Some(Described { kind, record, company, customer: customer.cloned(), opportunity })
    };
    Ok(candidates.iter().filter_map(describe).collect())
}

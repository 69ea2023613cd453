//! Performs what concerns the names and websites that customers are known by.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, CustomerId, OrganizationId, Parts, Problem};

use super::store::{aliases, customers};
use super::{standing, tell};
use crate::access::Do;
use crate::model::CustomerAliases;
use crate::rules::tidy;
use crate::verbs::{GetCustomerAliases, SetCustomerAliases};

impl Perform for GetCustomerAliases {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<CustomerAliases, Problem> {
        Do::ReadCustomers.by(actor)?;
        let mut tx = parts.db().read().await?;
        let customer = standing(&mut tx, actor.organization()?, self.id).await?;
        answer(&mut tx, customer.id, customer.version).await
    }
}

impl Perform for SetCustomerAliases {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<CustomerAliases, Problem> {
        Do::EditCustomers.by(actor)?;
        let vendor = actor.organization()?;
        for (at, website) in self.websites.iter().enumerate() {
            if matching::normalise::registrable_domain(website).is_none() {
                let problem = "Name a website with a domain of its own; free mail and shared hosting tell nobody apart.";
                return Err(Problem::field(format!("websites[{at}]"), "not_a_domain", problem));
            }
        }
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts.db().write(async move |tx: &mut Tx| set(tx, &parts_, &actor_, vendor, self).await).await
    }
}

async fn set(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    vendor: OrganizationId,
    ask: SetCustomerAliases,
) -> Result<CustomerAliases, Problem> {
    let customer = standing(tx, vendor, ask.id).await?;
    if ask.version.is_some_and(|seen| seen != customer.version) {
        return Err(Problem::Stale);
    }
    let before = aliases::of(tx, customer.id).await?;
    let tidied = |all: &[String]| all.iter().filter_map(|text| tidy(text)).collect();
    let wanted = aliases::Known { names: tidied(&ask.names), websites: tidied(&ask.websites) };
    aliases::clear(tx, customer.id).await?;
    aliases::add(tx, vendor, &customer, &wanted, None, parts.clock().now()).await?;
    if aliases::of(tx, customer.id).await? == before {
        return answer(tx, customer.id, customer.version).await;
    }
    let customer = customers::update(tx, vendor, &customer).await?;
    tell(tx, parts, actor, vendor, "customer.aliases_changed", &customer).await?;
    answer(tx, customer.id, customer.version).await
}

async fn answer(tx: &mut Tx, customer: CustomerId, version: u32) -> Result<CustomerAliases, Problem> {
    let aliases::Known { names, websites } = aliases::of(tx, customer).await?;
    Ok(CustomerAliases { names, websites, version })
}

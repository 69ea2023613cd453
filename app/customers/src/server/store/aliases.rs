//! What else customers are known by. Their match keys carry it, so that the customer is found under every name and
//! website; whoever asks is asked about all of them, so that what was stored under another one is found as well.
use std::collections::BTreeMap;

use base::db::Tx;
use base::{CustomerId, OrganizationId, Problem, Timestamp};
use matching::{Aliases, BlockingKey, Company, Matcher, Profile, Weights};
use sqlx::types::Uuid;

use super::customers;
use crate::model::Customer;

/// Customers with aliases that are looked at for one question.
const MOST: u32 = 64;
/// Aliases that are looked at when all records are compared.
const MOST_OF_ALL: u32 = 50_000;

/// Names and websites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub names: Vec<String>,
    pub websites: Vec<String>,
}

/// The aliases of one customer, in the order of their letters.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn of(tx: &mut Tx, customer: CustomerId) -> Result<Known, Problem> {
    const SQL: &str = "select kind, value from customer_alias where customer_id = $1 order by kind, key";
    let rows: Vec<(String, String)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(customer.0).fetch_all(conn).await)?;
    let mut known = Known::default();
    for (kind, value) in rows {
        let list = if kind == "name" { &mut known.names } else { &mut known.websites };
        list.push(value);
    }
    Ok(known)
}

/// Adds aliases; those that are there already, or say nothing beyond the customer's own name and website, are left out.
/// `merge` names the merge they came with, which takes them away again when it is undone.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn add(
    tx: &mut Tx,
    vendor: OrganizationId,
    customer: &Customer,
    known: &Known,
    merge: Option<Uuid>,
    now: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into customer_alias (customer_id, vendor_id, kind, key, value, merge_id, created_at)
        values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing";
    let names = known.names.iter().map(|name| ("name", name_letters(name), name));
    let websites = known
        .websites
        .iter()
        .filter_map(|site| Some(("website", matching::normalise::registrable_domain(site)?, site)));
    let own = [Some(name_letters(&customer.name)), customer.domain.clone()];
    for (kind, key, value) in names.chain(websites) {
        if key.is_empty() || own.contains(&Some(key.clone())) {
            continue;
        }
        base::execute!(
            tx,
            sqlx::query(SQL)
                .bind(customer.id.0)
                .bind(vendor.0)
                .bind(kind)
                .bind(&key)
                .bind(value.trim())
                .bind(merge)
                .bind(now.0)
        )?;
    }
    Ok(())
}

fn name_letters(name: &str) -> String {
    matching::normalise::name(name, None).squashed()
}

/// Takes all aliases of a customer away.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn clear(tx: &mut Tx, customer: CustomerId) -> Result<(), Problem> {
    base::execute!(tx, sqlx::query("delete from customer_alias where customer_id = $1").bind(customer.0))?;
    Ok(())
}

/// Takes the aliases that came with a merge away.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn drop_of_merge(tx: &mut Tx, customer: CustomerId, merge: Uuid) -> Result<(), Problem> {
    const SQL: &str = "delete from customer_alias where customer_id = $1 and merge_id = $2";
    base::execute!(tx, sqlx::query(SQL).bind(customer.0).bind(merge))?;
    Ok(())
}

/// The keys under which a customer is found: those of all its names and websites.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn keys_of(tx: &mut Tx, customer: &Customer) -> Result<Vec<BlockingKey>, Problem> {
    let known = of(tx, customer.id).await?;
    let mut aliases = Aliases::default();
    join(&mut aliases, customer.website.as_deref(), &customer.name, &known);
    Ok(matching::keys(&Profile::new(&customers::company(customer), &aliases)))
}

fn join(aliases: &mut Aliases, website: Option<&str>, name: &str, known: &Known) {
    let names: Vec<&str> = std::iter::once(name).chain(known.names.iter().map(String::as_str)).collect();
    let websites: Vec<&str> = website.into_iter().chain(known.websites.iter().map(String::as_str)).collect();
    aliases.add(&names, &websites);
}

/// A customer's id, name, website, and the kind, key and value of one of its aliases; or, with nothing else, the weights
/// in force.
type Row = (Option<Uuid>, Option<String>, Option<String>, String, String, String);

const ALIASES: &str = "
    select a.customer_id, c.name, c.website, a.kind, a.key, a.value
    from customer_alias a join customer c on c.id = a.customer_id
    where c.merged_into is null";
const WEIGHTS: &str = "
    union all
    select null, null, null, 'weights', '', weights from (
        select weights from match_weights where vendor_id = $1 order by number desc limit 1) newest";

/// How a vendor's records are compared with a company: the weights in force, and what the vendor knows of the company's
/// other names and websites. Use it for the company that is looked for and for its candidates. One indexed statement.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn matcher(tx: &mut Tx, vendor: OrganizationId, company: &Company) -> Result<Matcher, Problem> {
    let sql = format!(
        "{ALIASES} and a.customer_id in (
             select record_id from (
                 select record_id from match_key
                 where vendor_id = $1 and kind = 'customer' and key in ($2, $3)
                 order by record_id limit {MOST}) near)
         {WEIGHTS}"
    );
    let keys = matching::keys(&Profile::new(company, &Aliases::default()));
    let first = |prefix: &str| keys.iter().find(|key| key.as_str().starts_with(prefix));
    let stored = |key: Option<&BlockingKey>| key.map(BlockingKey::stored).unwrap_or_default();
    let (domain, name) = (stored(first("d:")), stored(first("w:")));
    let rows: Vec<Row> = base::on!(tx, |conn| {
        let query = sqlx::query_as(sqlx::AssertSqlSafe(sql));
        query.bind(vendor.0).bind(domain).bind(name).fetch_all(conn).await
    })?;
    of_rows(rows)
}

/// How all of a vendor's records are compared: for work on many companies at once. Of more than [`MOST_OF_ALL`] aliases
/// the oldest customers' are taken.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn matcher_of_all(tx: &mut Tx, vendor: OrganizationId) -> Result<Matcher, Problem> {
    let sql = format!(
        "select * from ({ALIASES} and a.vendor_id = $1 order by a.customer_id limit {MOST_OF_ALL}) known {WEIGHTS}"
    );
    let rows: Vec<Row> = base::on!(tx, |conn| {
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(vendor.0).fetch_all(conn).await
    })?;
    of_rows(rows)
}

fn of_rows(mut rows: Vec<Row>) -> Result<Matcher, Problem> {
    rows.sort_unstable();
    let mut matcher = Matcher::default();
    let mut groups: BTreeMap<Uuid, (String, Option<String>, Known)> = BTreeMap::new();
    for (customer, name, website, kind, _, value) in rows {
        let Some(customer) = customer else {
            let own: Option<Weights> = serde_json::from_str(&value).map_err(Problem::internal)?;
            matcher.weights = own.unwrap_or_default();
            continue;
        };
        let of = (name.unwrap_or_default(), website, Known::default());
        let (_, _, known) = groups.entry(customer).or_insert(of);
        let list = if kind == "name" { &mut known.names } else { &mut known.websites };
        list.push(value);
    }
    for (name, website, known) in groups.into_values() {
        join(&mut matcher.aliases, website.as_deref(), &name, &known);
    }
    Ok(matcher)
}

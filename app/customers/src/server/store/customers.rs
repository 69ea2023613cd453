//! Customers in the database, with their match keys kept in the same transaction.
use std::collections::HashMap;

use base::db::{Tx, violates};
use base::{Currency, CustomerId, Money, OrganizationId, Page, Problem, Scope, Timestamp, page_rows};
use matching::{Aliases, Company, Profile};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::filter::{Bind, Filter, bound, cursor, part_of, places, read_cursor, rounded, rows};
use super::keys::{self, Kind};
use crate::model::Customer;
use crate::rules::name_key;
use crate::verbs::ListCustomers;

const COLUMNS: &str = "id, vendor_id, external_id, name, name_key, website, domain, country, registration_number, phone, \
     city, postal_code, street, sector, founded_year, employees, revenue_minor, currency, parent_name, created_at, version";
const WIDTH: usize = 21;
/// Rows of one insert.
const ROWS: usize = 100;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    external_id: Option<String>,
    name: String,
    website: Option<String>,
    domain: Option<String>,
    country: Option<String>,
    registration_number: Option<String>,
    phone: Option<String>,
    city: Option<String>,
    postal_code: Option<String>,
    street: Option<String>,
    sector: Option<String>,
    founded_year: Option<i64>,
    employees: Option<i64>,
    revenue_minor: Option<i64>,
    currency: Option<String>,
    parent_name: Option<String>,
    created_at: i64,
    version: i64,
}

impl From<Row> for Customer {
    fn from(row: Row) -> Self {
        let currency = row.currency.as_deref().and_then(Currency::from_code);
        Self {
            id: CustomerId(row.id),
            external_id: row.external_id,
            name: row.name,
            website: row.website,
            domain: row.domain,
            country: row.country,
            registration_number: row.registration_number,
            phone: row.phone,
            city: row.city,
            postal_code: row.postal_code,
            street: row.street,
            sector: row.sector,
            founded_year: row.founded_year,
            employees: row.employees,
            revenue: row.revenue_minor.zip(currency).map(|(minor, currency)| Money::new(minor, currency)),
            parent_name: row.parent_name,
            created_at: Timestamp(row.created_at),
            version: row.version as u32,
        }
    }
}

/// The profile that a customer is matched by.
#[must_use]
pub fn profile(customer: &Customer) -> Profile {
    Profile::new(&company(customer), &Aliases::default())
}

/// A customer as the matching understands companies.
#[must_use]
pub fn company(customer: &Customer) -> Company {
    Company {
        name: customer.name.clone(),
        trade_names: Vec::new(),
        website: customer.website.clone(),
        country: customer.country.clone(),
        registration_number: customer.registration_number.clone(),
        phone: customer.phone.clone(),
        city: customer.city.clone(),
        postal_code: customer.postal_code.clone(),
        street: customer.street.clone(),
    }
}

/// One customer, if the scope sees it; merged or not.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn find(tx: &mut Tx, id: CustomerId, scope: Scope) -> Result<Option<Customer>, Problem> {
    let mut filter = Filter::of(scope, "c");
    filter.and("c.id = ?", Bind::Id(id.0));
    let sql = format!("select {COLUMNS} from customer c where {}", filter.sql);
    let row: Option<Row> = base::on!(tx, |conn| {
        bound!(sqlx::query_as(AssertSqlSafe(sql)), &filter.binds).fetch_optional(conn).await
    })?;
    Ok(row.map(Customer::from))
}

/// A page of customers by name.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn list(tx: &mut Tx, ask: &ListCustomers, scope: Scope) -> Result<Page<Customer>, Problem> {
    let mut filter = Filter::of(scope, "c");
    filter.sql.push_str(" and c.merged_into is null");
    if let Some(q) = ask.q.as_deref() {
        let condition = "(lower(c.name) like ? escape '!' or lower(c.domain) like ? escape '!' or lower(c.external_id) like ? escape '!')";
        filter.and(condition, Bind::Text(part_of(q)));
    }
    if let Some(country) = ask.country.as_deref() {
        filter.and("c.country = ?", Bind::Text(country.to_uppercase()));
    }
    if let Some(sector) = ask.sector.as_deref() {
        filter.and("lower(c.sector) = lower(?)", Bind::Text(sector.to_owned()));
    }
    let count = format!("select count(*) from customer c where {}", filter.sql);
    let total: i64 = base::on!(tx, |conn| {
        bound!(sqlx::query_scalar(AssertSqlSafe(count)), &filter.binds).fetch_one(conn).await
    })?;
    if let Some((name, id)) = read_cursor(ask.cursor.as_deref()) {
        let name = filter.place(Bind::Text(name.to_owned()));
        filter.and(&format!("(c.name_key, c.id) > ({name}, ?)"), Bind::Id(id));
    }
    let limit = page_rows(ask.limit);
    let sql = format!(
        "select {COLUMNS} from customer c where {} order by c.name_key, c.id limit {}",
        filter.sql,
        limit + 1
    );
    let found: Vec<Row> = base::on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &filter.binds)
        .fetch_all(conn)
        .await)?;
    let items = found.into_iter().map(Customer::from).collect();
    Ok(Page::cut(items, limit, total as u64, |last: &Customer| cursor(&name_key(&last.name), last.id.0)))
}

/// A vendor's customers whose name is one of these beyond doubt (see [`name_key`]), or whose external id is. A record
/// that was merged into another is among them unless its name is also that of one that stands.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn known(
    tx: &mut Tx,
    vendor: OrganizationId,
    name_keys: &[String],
    external_ids: &[String],
) -> Result<Vec<Customer>, Problem> {
    let mut found = Vec::new();
    for (column, values) in [("name_key", name_keys), ("external_id", external_ids)] {
        for chunk in values.chunks(512) {
            let Some(last) = chunk.last() else { continue };
            let count = rounded(chunk.len());
            let sql = format!(
                "select {COLUMNS} from customer where vendor_id = $1 and {column} in ({})",
                places(2, count)
            );
            let rows: Vec<Row> = base::on!(tx, |conn| {
                let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(vendor.0);
                for value in chunk.iter().chain(std::iter::repeat(last)).take(count) {
                    query = query.bind(value);
                }
                query.fetch_all(conn).await
            })?;
            found.extend(rows.into_iter().map(Customer::from));
        }
    }
    found.sort_by_key(|customer: &Customer| customer.id);
    found.dedup_by_key(|customer| customer.id);
    let gone = merged(tx, vendor, &found.iter().map(|customer| customer.id.0).collect::<Vec<_>>()).await?;
    let standing: Vec<String> =
        found.iter().filter(|one| !gone.contains_key(&one.id)).map(|one| name_key(&one.name)).collect();
    found.retain(|one| {
        let by_id = one.external_id.as_ref().is_some_and(|id| external_ids.contains(id));
        !gone.contains_key(&one.id) || by_id || !standing.contains(&name_key(&one.name))
    });
    Ok(found)
}

/// Of these customers, those that were merged, with the record that stands for each now.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn merged(
    tx: &mut Tx,
    vendor: OrganizationId,
    ids: &[Uuid],
) -> Result<HashMap<CustomerId, CustomerId>, Problem> {
    let mut into: HashMap<Uuid, Uuid> = HashMap::new();
    let mut asked: Vec<Uuid> = ids.to_vec();
    // A record that stands may have been merged in its turn.
    while !asked.is_empty() {
        let mut next = Vec::new();
        for chunk in asked.chunks(512) {
            let Some(last) = chunk.last() else { continue };
            let count = rounded(chunk.len());
            let sql = format!(
                "select id, merged_into from customer where coalesce(vendor_id, vendor_id) = $1 and merged_into is not null and id in ({})",
                places(2, count)
            );
            let rows: Vec<(Uuid, Uuid)> = base::on!(tx, |conn| {
                let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(vendor.0);
                for id in chunk.iter().chain(std::iter::repeat(last)).take(count) {
                    query = query.bind(*id);
                }
                query.fetch_all(conn).await
            })?;
            next.extend(rows.iter().filter(|(_, kept)| !into.contains_key(kept)).map(|(_, kept)| *kept));
            into.extend(rows);
        }
        asked = next;
    }
    let last =
        |gone: Uuid| std::iter::successors(Some(gone), |id| into.get(id).copied()).last().unwrap_or(gone);
    Ok(into.keys().map(|gone| (CustomerId(*gone), CustomerId(last(*gone)))).collect())
}

/// Adds customers and their match keys.
///
/// # Errors
/// `Invalid` when an external id is taken.
pub async fn insert(tx: &mut Tx, vendor: OrganizationId, customers: &[Customer]) -> Result<(), Problem> {
    for chunk in customers.chunks(ROWS) {
        let sql = format!("insert into customer ({COLUMNS}) values {}", rows(chunk.len(), WIDTH));
        let done = base::execute!(tx, {
            let mut query = sqlx::query(AssertSqlSafe(sql.as_str()));
            for c in chunk {
                query = query
                    .bind(c.id.0)
                    .bind(vendor.0)
                    .bind(&c.external_id)
                    .bind(&c.name)
                    .bind(name_key(&c.name))
                    .bind(&c.website)
                    .bind(&c.domain)
                    .bind(&c.country)
                    .bind(&c.registration_number)
                    .bind(&c.phone)
                    .bind(&c.city)
                    .bind(&c.postal_code)
                    .bind(&c.street)
                    .bind(&c.sector)
                    .bind(c.founded_year)
                    .bind(c.employees)
                    .bind(c.revenue.map(|money| money.amount_minor))
                    .bind(c.revenue.map(|money| money.currency.code()))
                    .bind(&c.parent_name)
                    .bind(c.created_at.0)
                    .bind(i64::from(c.version));
            }
            query
        });
        done.map_err(taken)?;
    }
    let stored: Vec<_> = customers
        .iter()
        .flat_map(|c| matching::keys(&profile(c)).into_iter().map(|key| (Kind::Customer, c.id.0, key)))
        .collect();
    keys::insert(tx, vendor, &stored).await
}

/// Writes a changed customer and its match keys, and those of its open opportunities.
///
/// # Errors
/// `Stale` when somebody else was first (the version is the one that was read); `Invalid` when the external id is taken.
pub async fn update(tx: &mut Tx, vendor: OrganizationId, c: &Customer) -> Result<Customer, Problem> {
    const SQL: &str = "
        update customer
        set external_id = $3, name = $4, name_key = $5, website = $6, domain = $7, country = $8, registration_number = $9,
            phone = $10, city = $11, postal_code = $12, street = $13, sector = $14, founded_year = $15, employees = $16,
            revenue_minor = $17, currency = $18, parent_name = $19, version = version + 1
        where id = $1 and vendor_id = $2 and version = $20";
    let done = base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(c.id.0)
            .bind(vendor.0)
            .bind(&c.external_id)
            .bind(&c.name)
            .bind(name_key(&c.name))
            .bind(&c.website)
            .bind(&c.domain)
            .bind(&c.country)
            .bind(&c.registration_number)
            .bind(&c.phone)
            .bind(&c.city)
            .bind(&c.postal_code)
            .bind(&c.street)
            .bind(&c.sector)
            .bind(c.founded_year)
            .bind(c.employees)
            .bind(c.revenue.map(|money| money.amount_minor))
            .bind(c.revenue.map(|money| money.currency.code()))
            .bind(&c.parent_name)
            .bind(i64::from(c.version))
    );
    if done.map_err(taken)? == 0 {
        return Err(Problem::Stale);
    }
    rekey(tx, vendor, c).await?;
    Ok(Customer { version: c.version + 1, ..c.clone() })
}

/// Writes the match keys of a customer and its open opportunities anew. A record that was merged into another has none:
/// that one is found in its place.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn rekey(tx: &mut Tx, vendor: OrganizationId, c: &Customer) -> Result<(), Problem> {
    let gone = merged(tx, vendor, &[c.id.0]).await?.contains_key(&c.id);
    let wanted = if gone { Vec::new() } else { super::aliases::keys_of(tx, c).await? };
    keys::replace(tx, vendor, Kind::Customer, c.id.0, &wanted).await?;
    for open in super::opportunities::follow_customer(tx, c).await? {
        keys::replace(tx, vendor, Kind::Opportunity, open.0, &wanted).await?;
    }
    Ok(())
}

/// A page of the customers that stand, in the order of their names, after a name and an id.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn in_turn(
    tx: &mut Tx,
    vendor: OrganizationId,
    after: (&str, Uuid),
    limit: u32,
) -> Result<Vec<Customer>, Problem> {
    let sql = format!(
        "select {COLUMNS} from customer where vendor_id = $1 and merged_into is null and (name_key, id) > ($2, $3)
         order by name_key, id limit {limit}"
    );
    let rows: Vec<Row> = base::on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(vendor.0).bind(after.0).bind(after.1).fetch_all(conn).await
    })?;
    Ok(rows.into_iter().map(Customer::from).collect())
}

/// Says into which record a customer was merged, or that it stands again.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn set_merged(tx: &mut Tx, gone: CustomerId, kept: Option<CustomerId>) -> Result<(), Problem> {
    const SQL: &str = "update customer set merged_into = $2, version = version + 1 where id = $1";
    base::execute!(tx, sqlx::query(SQL).bind(gone.0).bind(kept.map(|kept| kept.0)))?;
    Ok(())
}

fn taken(error: sqlx::Error) -> Problem {
    if violates(&error, "customer.vendor_id, customer.external_id", "customer_external") {
        return Problem::field("external_id", "taken", "Another customer has this external id.");
    }
    error.into()
}

/// These customers of a vendor; those that are gone are left out.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn many(tx: &mut Tx, vendor: OrganizationId, ids: &[Uuid]) -> Result<Vec<Customer>, Problem> {
    let mut found = Vec::new();
    for chunk in ids.chunks(512) {
        let Some(last) = chunk.last() else { continue };
        let count = rounded(chunk.len());
        let sql = format!(
            "select {COLUMNS} from customer where coalesce(vendor_id, vendor_id) = $1 and id in ({})",
            places(2, count)
        );
        let rows: Vec<Row> = base::on!(tx, |conn| {
            let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(vendor.0);
            for id in chunk.iter().chain(std::iter::repeat(last)).take(count) {
                query = query.bind(*id);
            }
            query.fetch_all(conn).await
        })?;
        found.extend(rows.into_iter().map(Customer::from));
    }
    Ok(found)
}

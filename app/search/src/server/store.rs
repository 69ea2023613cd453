//! SQL over other slices' tables, for reading only. Each look-up walks an index of the scope and stops early.
use base::db::Tx;
use base::{DealId, LeadId, OpportunityId, OrganizationId, Problem, Scope, on};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

use crate::verbs::{Found, FoundKind};

/// Records of each kind at most.
const EACH: usize = 8;
/// A part of a name is looked for among so many of the newest records; a number is looked for among all.
const NEWEST: i64 = 20_000;

type Row = (Uuid, String, String, String);

/// Deals by number, or by part of customer or website; the newest first.
pub(super) async fn deals(tx: &mut Tx, scope: Scope, words: &str) -> Result<Vec<Found>, Problem> {
    let Some((column, organization)) = scope.column() else { return Ok(Vec::new()) };
    let by_number = format!(
        "select id, customer_name, number, status from deal
         where {column} = $1 and number >= $2 and number < $3 order by number limit $4"
    );
    let by_part = format!(
        "select id, customer_name, number, status from (
             select id, customer_name, number, status, search from deal where {column} = $1 order by id desc limit $3
         ) newest where search like $2 escape '!' order by id desc limit $4"
    );
    let (number, after, part) =
        (words.to_uppercase(), format!("{}\u{10ffff}", words.to_uppercase()), part_of(words));
    let limit = EACH as i64;
    let (numbered, parts): (Vec<Row>, Vec<Row>) = on!(tx, |conn| {
        let query = sqlx::query_as(AssertSqlSafe(by_number)).bind(organization.0).bind(number).bind(after);
        let numbered = query.bind(limit).fetch_all(&mut *conn).await?;
        let query = sqlx::query_as(AssertSqlSafe(by_part)).bind(organization.0).bind(part).bind(NEWEST);
        (numbered, query.bind(limit).fetch_all(conn).await?)
    });
    let mut found: Vec<Found> = Vec::new();
    for (id, title, number, status) in numbered.into_iter().chain(parts) {
        let id = DealId(id).to_string();
        if found.len() < EACH && !found.iter().any(|one| one.id == id) {
            found.push(Found { kind: FoundKind::Deal, id, title, number, status });
        }
    }
    Ok(found)
}

/// Leads by number, or by part of company, website or contact; the newest first.
pub(super) async fn leads(tx: &mut Tx, scope: Scope, words: &str) -> Result<Vec<Found>, Problem> {
    let Some((column, organization)) = scope.column() else { return Ok(Vec::new()) };
    let sql = format!(
        "select id, customer_name, number, status from (
             select id, customer_name, number, status, search from lead where {column} = $1 order by id desc limit $3
         ) newest where search like $2 escape '!' order by id desc limit $4"
    );
    let rows: Vec<Row> = on!(tx, |conn| {
        let query = sqlx::query_as(AssertSqlSafe(sql)).bind(organization.0).bind(part_of(words)).bind(NEWEST);
        query.bind(EACH as i64).fetch_all(conn).await
    })?;
    let found = |(id, title, number, status)| Found {
        kind: FoundKind::Lead,
        id: LeadId(id).to_string(),
        title,
        number,
        status,
    };
    Ok(rows.into_iter().map(found).collect())
}

/// A vendor's partners by part of their name.
pub(super) async fn partners(
    tx: &mut Tx,
    vendor: OrganizationId,
    words: &str,
) -> Result<Vec<Found>, Problem> {
    const SQL: &str = "
        select o.id, o.name from organization o
        where o.id in (select e.partner_id from enrollment e where e.vendor_id = $1)
          and lower(o.name) like $2 escape '!'
        order by lower(o.name), o.id limit $3";
    let part = part_of(words);
    let rows: Vec<(Uuid, String)> = on!(tx, |conn| sqlx::query_as(SQL)
        .bind(vendor.0)
        .bind(part)
        .bind(EACH as i64)
        .fetch_all(conn)
        .await)?;
    let found = |(id, title)| Found {
        kind: FoundKind::Partner,
        id: OrganizationId(id).to_string(),
        title,
        number: String::new(),
        status: String::new(),
    };
    Ok(rows.into_iter().map(found).collect())
}

/// A vendor's opportunities by the CRM's id, or by part of the customer's name; the newest first.
pub(super) async fn opportunities(
    tx: &mut Tx,
    vendor: OrganizationId,
    words: &str,
) -> Result<Vec<Found>, Problem> {
    const BY_ID: &str = "
        select o.id, coalesce(c.name, o.customer_name, ''), coalesce(o.external_id, ''), o.stage
        from opportunity o left join customer c on c.id = o.customer_id
        where o.vendor_id = $1 and o.external_id in ($2, $3)";
    const BY_PART: &str = "
        select newest.id, coalesce(c.name, newest.customer_name, ''), coalesce(newest.external_id, ''), newest.stage
        from (
            select id, external_id, customer_id, customer_name, stage from opportunity
            where vendor_id = $1 order by coalesce(opened_on, '') desc, id desc limit $3
        ) newest left join customer c on c.id = newest.customer_id
        where lower(coalesce(c.name, newest.customer_name, '')) like $2 escape '!' limit $4";
    let (upper, part) = (words.to_uppercase(), part_of(words));
    let limit = EACH as i64;
    let (exact, parts): (Vec<Row>, Vec<Row>) = on!(tx, |conn| {
        let query = sqlx::query_as(BY_ID).bind(vendor.0).bind(words).bind(upper);
        let exact = query.fetch_all(&mut *conn).await?;
        let query = sqlx::query_as(BY_PART).bind(vendor.0).bind(part).bind(NEWEST).bind(limit);
        (exact, query.fetch_all(conn).await?)
    });
    let found = |(id, title, number, status)| Found {
        kind: FoundKind::Opportunity,
        id: OpportunityId(id).to_string(),
        title,
        number,
        status,
    };
    Ok(exact.into_iter().chain(parts).take(EACH).map(found).collect())
}

/// The words anywhere in a text, as a `like` pattern.
fn part_of(words: &str) -> String {
    let escaped: String = words
        .chars()
        .flat_map(|letter| matches!(letter, '%' | '_' | '!').then_some('!').into_iter().chain([letter]))
        .collect();
    format!("%{escaped}%")
}

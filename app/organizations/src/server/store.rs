//! SQL of organisations; nothing else writes the table.
use base::db::Tx;
use base::{OrganizationId, Page, Problem, Side, execute, on, page_rows};
use sqlx::FromRow;
use sqlx::types::Uuid;

use crate::{ListOrganizations, Organization, rules};

#[derive(FromRow)]
struct Row {
    id: Uuid,
    side: String,
    name: String,
    slug: String,
    country: Option<String>,
    website: Option<String>,
    version: i64,
}

impl From<Row> for Organization {
    fn from(row: Row) -> Self {
        let side = if row.side == "vendor" { Side::Vendor } else { Side::Partner };
        Self {
            id: OrganizationId(row.id),
            side,
            name: row.name,
            slug: row.slug,
            country: row.country,
            website: row.website,
            version: row.version as u32,
        }
    }
}

const fn side_text(side: Side) -> &'static str {
    match side {
        Side::Vendor => "vendor",
        Side::Partner => "partner",
    }
}

/// Adds an organisation. A slug that is taken gets the next free number: `acme`, `acme-2`; the answer says
/// which it became. The time of creation is the id's own (UUIDv7, RFC 9562, section 5.7).
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn insert(tx: &mut Tx, organization: &Organization) -> Result<String, Problem> {
    const SQL: &str = "
        insert into organization (id, side, name, slug, country, website, created_at, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let slug = free_slug(tx, &organization.slug).await?;
    let created_at = (organization.id.0.as_u128() >> 80) as i64;
    execute!(
        tx,
        sqlx::query(SQL)
            .bind(organization.id.0)
            .bind(side_text(organization.side))
            .bind(&organization.name)
            .bind(&slug)
            .bind(organization.country.as_deref())
            .bind(organization.website.as_deref())
            .bind(created_at)
            .bind(i64::from(organization.version))
    )?;
    Ok(slug)
}

async fn free_slug(tx: &mut Tx, wanted: &str) -> Result<String, Problem> {
    const SQL: &str = "select slug from organization where slug = $1 or slug like $2";
    let wanted = rules::slug_of(wanted);
    let like = format!("{wanted}-%");
    let taken: Vec<String> =
        on!(tx, |conn| sqlx::query_scalar(SQL).bind(&wanted).bind(&like).fetch_all(conn).await)?;
    if !taken.contains(&wanted) {
        return Ok(wanted);
    }
    // One number more than there are slugs: one of them is free.
    let free = (2..taken.len() + 3).map(|n| format!("{wanted}-{n}")).find(|slug| !taken.contains(slug));
    Ok(free.unwrap_or(wanted))
}

/// One organisation, whoever asks: the caller has checked that the actor may see it.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn find(tx: &mut Tx, id: OrganizationId) -> Result<Option<Organization>, Problem> {
    const SQL: &str =
        "select id, side, name, slug, country, website, version from organization where id = $1";
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(SQL).bind(id.0).fetch_optional(conn).await)?;
    Ok(row.map(Organization::from))
}

/// The oldest organisation of a name on a side; case does not count.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn by_name(tx: &mut Tx, side: Side, name: &str) -> Result<Option<Organization>, Problem> {
    const SQL: &str = "
        select id, side, name, slug, country, website, version from organization
        where lower(name) = lower($1) and side = $2 order by created_at, id limit 1";
    let side = side_text(side);
    let row: Option<Row> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(name.trim()).bind(side).fetch_optional(conn).await)?;
    Ok(row.map(Organization::from))
}

/// The organisation of a slug.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Organization>, Problem> {
    const SQL: &str =
        "select id, side, name, slug, country, website, version from organization where slug = $1";
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(SQL).bind(slug).fetch_optional(conn).await)?;
    Ok(row.map(Organization::from))
}

/// By name, then slug. The cursor is the last row's slug: unique, and sorted the same on both engines only
/// because slugs are ASCII, so the list is sorted by slug.
pub(super) async fn list(
    tx: &mut Tx,
    ask: &ListOrganizations,
    only: Option<OrganizationId>,
) -> Result<Page<Organization>, Problem> {
    const PAGE: &str = "
        select id, side, name, slug, country, website, version from organization
        where ($1 = 0 or id = $2) and ($3 = '' or side = $3) and lower(name) like $4 and slug > $5
        order by slug limit $6";
    const COUNT: &str = "
        select count(*) from organization
        where ($1 = 0 or id = $2) and ($3 = '' or side = $3) and lower(name) like $4";
    let id = only.map_or_else(Uuid::nil, |id| id.0);
    let limited = i64::from(only.is_some());
    let side = ask.side.map_or("", side_text);
    let like = format!("%{}%", ask.q.as_deref().unwrap_or_default().trim().to_lowercase());
    let after = ask.cursor.as_deref().unwrap_or_default();
    let limit = page_rows(ask.limit);
    let (rows, total): (Vec<Row>, i64) = on!(tx, |conn| {
        let page = sqlx::query_as(PAGE).bind(limited).bind(id).bind(side).bind(&like).bind(after);
        let rows = page.bind(i64::from(limit) + 1).fetch_all(&mut *conn).await?;
        let count = sqlx::query_scalar(COUNT).bind(limited).bind(id).bind(side).bind(&like);
        (rows, count.fetch_one(conn).await?)
    });
    let items = rows.into_iter().map(Organization::from).collect();
    Ok(Page::cut(items, limit, total as u64, |last: &Organization| last.slug.clone()))
}

pub(super) async fn update(tx: &mut Tx, organization: &Organization) -> Result<(), Problem> {
    const SQL: &str = "
        update organization set name = $3, country = $4, website = $5, version = $6
        where id = $1 and version = $2";
    let touched = execute!(
        tx,
        sqlx::query(SQL)
            .bind(organization.id.0)
            .bind(i64::from(organization.version) - 1)
            .bind(&organization.name)
            .bind(organization.country.as_deref())
            .bind(organization.website.as_deref())
            .bind(i64::from(organization.version))
    )?;
    if touched == 0 { Err(Problem::Stale) } else { Ok(()) }
}

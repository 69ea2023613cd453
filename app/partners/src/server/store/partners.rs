//! SQL of partners: their organisations, seen through their enrollments.
use base::db::Tx;
use base::{OrganizationId, Problem, Scope};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

use super::enrollments::{COLUMNS, FROM, Row as EnrollmentRow};
use super::{after, anywhere, program, user, visible, whose};
use crate::{Enrollment, EnrollmentStatus, ListPartners, Partner, PartnerType, Tier};

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    slug: String,
    country: Option<String>,
    website: Option<String>,
    people: i64,
}

const SELECT: &str = "
    select o.id, o.name, o.slug, o.country, o.website,
           (select count(*) from membership m where m.organization_id = o.id) as people
    from organization o";

pub(in crate::server) async fn find_partner(
    tx: &mut Tx,
    id: OrganizationId,
    scope: Scope,
) -> Result<Option<Partner>, Problem> {
    let seen = visible(scope);
    let sql = format!(
        "{SELECT} where o.id = $2 and exists (select 1 from enrollment e where e.partner_id = o.id and {seen})"
    );
    let row: Option<Row> = base::on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(whose(scope)).bind(id.0).fetch_optional(conn).await
    })?;
    let Some(row) = row else { return Ok(None) };
    let sql =
        format!("select {COLUMNS} {FROM} where {seen} and e.partner_id = $2 order by e.joined_at, e.id");
    let enrollments: Vec<EnrollmentRow> = base::on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(whose(scope)).bind(id.0).fetch_all(conn).await
    })?;
    let enrollments = enrollments.into_iter().map(Enrollment::try_from).collect::<Result<_, _>>()?;
    Ok(Some(partner(row, enrollments)))
}

fn partner(row: Row, enrollments: Vec<Enrollment>) -> Partner {
    Partner {
        id: OrganizationId(row.id),
        name: row.name,
        slug: row.slug,
        country: row.country,
        website: row.website,
        people: row.people as u32,
        enrollments,
    }
}

pub(in crate::server) async fn partner_by_name(
    tx: &mut Tx,
    vendor: OrganizationId,
    name: &str,
) -> Result<Option<OrganizationId>, Problem> {
    const SQL: &str = "
        select o.id from organization o
        where lower(o.name) = lower($2) and exists (
            select 1 from enrollment e where e.partner_id = o.id and e.vendor_id = $1)
        order by o.created_at, o.id limit 1";
    let id: Option<Uuid> = base::on!(tx, |conn| {
        sqlx::query_scalar(SQL).bind(vendor.0).bind(name.trim()).fetch_optional(conn).await
    })?;
    Ok(id.map(OrganizationId))
}

/// A page of partners, then the enrollments of the whole page in one more statement.
pub(in crate::server) async fn list_partners(
    tx: &mut Tx,
    asked: &ListPartners,
    scope: Scope,
    limit: u32,
) -> Result<(Vec<Partner>, u64), Problem> {
    let seen = visible(scope);
    let filter = format!(
        r"lower(o.name) like lower($2) escape '\' and exists (
              select 1 from enrollment e where e.partner_id = o.id and {seen}
                and ($3 is null or e.program_id = $3) and ($4 = '' or ' ' || e.partner_types || ' ' like $4)
                and ($5 = '' or e.tier = $5) and ($6 = '' or e.territory = $6)
                and ($7 is null or e.channel_manager_id = $7) and ($8 = '' or e.status = $8))"
    );
    let (key, above, down) = order(asked.sort.as_deref());
    let page = format!(
        "where {filter} and ($9 is null or ({key}, o.id) {above} (select {key}, o.id from organization o where o.id = $9))
         order by {key}{down}, o.id{down} limit $10"
    );
    let rows = format!("{SELECT} {page}");
    let count = format!("select count(*) from organization o where {filter}");
    let details = format!(
        "select {COLUMNS} {FROM} where {seen} and e.partner_id in (select o.id from organization o {page})
         order by e.joined_at, e.id"
    );
    let (part, kind) = (anywhere(asked.q.as_deref()), asked.partner_type.map_or("", PartnerType::as_str));
    let kind = if kind.is_empty() { String::new() } else { format!("% {kind} %") };
    let (of, by) = (program(asked.program), user(asked.channel_manager));
    let tier = asked.tier.map_or("", Tier::as_str);
    let territory = asked.territory.as_deref().unwrap_or_default().trim();
    let status = asked.status.map_or("", EnrollmentStatus::as_str);
    let from = after::<OrganizationId>(asked.cursor.as_ref())?.map(|id| id.0);
    let (most, organization) = (i64::from(limit) + 1, whose(scope));
    let (rows, enrollments, total): (Vec<Row>, Vec<EnrollmentRow>, i64) = base::on!(tx, |conn| {
        let rows = sqlx::query_as(AssertSqlSafe(rows))
            .bind(organization)
            .bind(&part)
            .bind(of)
            .bind(&kind)
            .bind(tier);
        let rows =
            rows.bind(territory).bind(by).bind(status).bind(from).bind(most).fetch_all(&mut *conn).await?;
        let all = sqlx::query_as(AssertSqlSafe(details))
            .bind(organization)
            .bind(&part)
            .bind(of)
            .bind(&kind)
            .bind(tier);
        let all =
            all.bind(territory).bind(by).bind(status).bind(from).bind(most).fetch_all(&mut *conn).await?;
        let count =
            sqlx::query_scalar(AssertSqlSafe(count)).bind(organization).bind(&part).bind(of).bind(&kind);
        let total = count.bind(tier).bind(territory).bind(by).bind(status).fetch_one(conn).await?;
        (rows, all, total)
    });
    let mut enrollments =
        enrollments.into_iter().map(Enrollment::try_from).collect::<Result<Vec<Enrollment>, Problem>>()?;
    let partners = rows.into_iter().map(|row| {
        let own = enrollments.extract_if(.., |enrollment| enrollment.partner.0 == row.id).collect();
        partner(row, own)
    });
    Ok((partners.collect(), total as u64))
}

/// Sort key, comparison and direction of an order.
fn order(sort: Option<&str>) -> (&'static str, &'static str, &'static str) {
    let sort = sort.unwrap_or_default();
    let key = match sort.trim_start_matches('-') {
        "country" => "coalesce(o.country, '')",
        "joined_at" => "o.created_at",
        _ => "lower(o.name)",
    };
    if sort.starts_with('-') { (key, "<", " desc") } else { (key, ">", "") }
}

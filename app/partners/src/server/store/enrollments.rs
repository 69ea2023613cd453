//! SQL of enrollments.
use base::db::{Tx, violates};
use base::{EnrollmentId, OrganizationId, Problem, ProgramId, Scope, Timestamp, UserId};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

use super::{after, organization, program, user, visible, whose};
use crate::{ChannelManager, Enrollment, EnrollmentStatus, ListEnrollments, PartnerType, Tier};

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    vendor_id: Uuid,
    vendor_name: String,
    program_id: Uuid,
    program_name: String,
    partner_id: Uuid,
    partner_name: String,
    status: String,
    tier: String,
    partner_types: String,
    territory: Option<String>,
    manager_id: Option<Uuid>,
    manager_name: Option<String>,
    joined_at: i64,
    version: i64,
}

impl TryFrom<Row> for Enrollment {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let inconsistent =
            |what: &str| Problem::internal(format!("enrollment {} has an unknown {what}", row.id));
        Ok(Self {
            id: EnrollmentId(row.id),
            vendor: OrganizationId(row.vendor_id),
            vendor_name: row.vendor_name,
            program: ProgramId(row.program_id),
            program_name: row.program_name,
            partner: OrganizationId(row.partner_id),
            partner_name: row.partner_name,
            status: EnrollmentStatus::parse(&row.status).ok_or_else(|| inconsistent("status"))?,
            tier: Tier::parse(&row.tier).ok_or_else(|| inconsistent("tier"))?,
            partner_types: row.partner_types.split_whitespace().filter_map(PartnerType::parse).collect(),
            territory: row.territory,
            channel_manager: row
                .manager_id
                .zip(row.manager_name)
                .map(|(id, name)| ChannelManager { id: UserId(id), name }),
            joined_at: Timestamp(row.joined_at),
            version: row.version as u32,
        })
    }
}

pub(super) const COLUMNS: &str = "
    e.id, e.vendor_id, v.name as vendor_name, e.program_id, p.name as program_name, e.partner_id,
    o.name as partner_name, e.status, e.tier, e.partner_types, e.territory, e.channel_manager_id as manager_id,
    u.name as manager_name, e.joined_at, e.version";

pub(super) const FROM: &str = "
    from enrollment e
    join organization v on v.id = e.vendor_id
    join program p on p.id = e.program_id
    join organization o on o.id = e.partner_id
    left join person u on u.id = e.channel_manager_id";

pub(in crate::server) async fn enrolled(
    tx: &mut Tx,
    partner: OrganizationId,
    program: ProgramId,
) -> Result<Option<Enrollment>, Problem> {
    let sql = format!("select {COLUMNS} {FROM} where e.partner_id = $1 and e.program_id = $2");
    let row: Option<Row> = base::on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(partner.0).bind(program.0).fetch_optional(conn).await
    })?;
    row.map(Enrollment::try_from).transpose()
}

pub(in crate::server) async fn find_enrollment(
    tx: &mut Tx,
    id: EnrollmentId,
    scope: Scope,
) -> Result<Option<Enrollment>, Problem> {
    let sql = format!("select {COLUMNS} {FROM} where {} and e.id = $2", visible(scope));
    let row: Option<Row> = base::on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(whose(scope)).bind(id.0).fetch_optional(conn).await
    })?;
    row.map(Enrollment::try_from).transpose()
}

pub(in crate::server) async fn list_enrollments(
    tx: &mut Tx,
    asked: &ListEnrollments,
    scope: Scope,
    limit: u32,
) -> Result<(Vec<Enrollment>, u64), Problem> {
    let filter = format!(
        "{} and ($2 is null or e.program_id = $2) and ($3 is null or e.partner_id = $3) and ($4 = '' or e.status = $4)",
        visible(scope)
    );
    let page = format!(
        "select {COLUMNS} {FROM} where {filter}
         and ($5 is null or (e.joined_at, e.id) > (select joined_at, id from enrollment where id = $5))
         order by e.joined_at, e.id limit $6"
    );
    let count = format!("select count(*) from enrollment e where {filter}");
    let from = after::<EnrollmentId>(asked.cursor.as_ref())?.map(|id| id.0);
    let (of_program, of_partner) = (program(asked.program), organization(asked.partner));
    let status = asked.status.map_or("", EnrollmentStatus::as_str);
    let (rows, total): (Vec<Row>, i64) = base::on!(tx, |conn| {
        let page = sqlx::query_as(AssertSqlSafe(page))
            .bind(whose(scope))
            .bind(of_program)
            .bind(of_partner)
            .bind(status);
        let rows = page.bind(from).bind(i64::from(limit) + 1).fetch_all(&mut *conn).await?;
        let count = sqlx::query_scalar(AssertSqlSafe(count)).bind(whose(scope));
        let total = count.bind(of_program).bind(of_partner).bind(status).fetch_one(conn).await?;
        (rows, total)
    });
    Ok((rows.into_iter().map(Enrollment::try_from).collect::<Result<_, _>>()?, total as u64))
}

pub(in crate::server) async fn insert_enrollment(
    tx: &mut Tx,
    enrollment: &Enrollment,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into enrollment (id, vendor_id, program_id, partner_id, status, tier, partner_types, territory,
                                channel_manager_id, joined_at, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(enrollment.id.0)
            .bind(enrollment.vendor.0)
            .bind(enrollment.program.0)
            .bind(enrollment.partner.0)
            .bind(enrollment.status.as_str())
            .bind(enrollment.tier.as_str())
            .bind(types(enrollment))
            .bind(enrollment.territory.as_deref())
            .bind(manager(enrollment))
            .bind(enrollment.joined_at.0)
            .bind(i64::from(enrollment.version))
    )
    .map_err(|error| {
        if violates(&error, "enrollment.program_id, enrollment.partner_id", "enrollment_once") {
            return Problem::refused("already_enrolled", "This partner is in this program already.");
        }
        error.into()
    })?;
    Ok(())
}

pub(in crate::server) async fn update_enrollment(
    tx: &mut Tx,
    enrollment: &Enrollment,
) -> Result<(), Problem> {
    const SQL: &str = "
        update enrollment set status = $2, tier = $3, partner_types = $4, territory = $5, channel_manager_id = $6,
                              version = $7
        where id = $1 and version = $7 - 1";
    let touched = base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(enrollment.id.0)
            .bind(enrollment.status.as_str())
            .bind(enrollment.tier.as_str())
            .bind(types(enrollment))
            .bind(enrollment.territory.as_deref())
            .bind(manager(enrollment))
            .bind(i64::from(enrollment.version))
    )?;
    if touched == 1 { Ok(()) } else { Err(Problem::Stale) }
}

fn types(enrollment: &Enrollment) -> String {
    enrollment.partner_types.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(" ")
}

fn manager(enrollment: &Enrollment) -> Option<Uuid> {
    user(enrollment.channel_manager.as_ref().map(|manager| manager.id))
}

/// The name of one of an organisation's people.
pub(in crate::server) async fn member_name(
    tx: &mut Tx,
    organization: OrganizationId,
    id: UserId,
) -> Result<Option<String>, Problem> {
    const SQL: &str = "
        select u.name from membership m join person u on u.id = m.user_id where m.organization_id = $1 and u.id = $2";
    Ok(base::on!(tx, |conn| {
        sqlx::query_scalar(SQL).bind(organization.0).bind(id.0).fetch_optional(conn).await
    })?)
}

/// One of an organisation's people by name in whatever case; the oldest of several.
pub(in crate::server) async fn member_by_name(
    tx: &mut Tx,
    organization: OrganizationId,
    name: &str,
) -> Result<Option<UserId>, Problem> {
    const SQL: &str = "
        select u.id from membership m join person u on u.id = m.user_id
        where m.organization_id = $1 and lower(u.name) = lower($2) order by u.created_at, u.id limit 1";
    let id: Option<Uuid> = base::on!(tx, |conn| {
        sqlx::query_scalar(SQL).bind(organization.0).bind(name).fetch_optional(conn).await
    })?;
    Ok(id.map(UserId))
}

//! Who is an active member of a program: read, never written.
use base::db::Tx;
use base::{OrganizationId, Problem, ProgramId, on};
use sqlx::types::Uuid;

/// The name of an active member.
pub(in crate::server) async fn member_name(
    tx: &mut Tx,
    program: ProgramId,
    partner: OrganizationId,
) -> Result<Option<String>, Problem> {
    const SQL: &str = "
        select o.name from enrollment e join organization o on o.id = e.partner_id
        where e.program_id = $1 and e.partner_id = $2 and e.status = 'active'";
    Ok(on!(tx, |conn| sqlx::query_scalar(SQL).bind(program.0).bind(partner.0).fetch_optional(conn).await)?)
}

/// The one active member of this name, whatever its case.
pub(in crate::server) async fn member_named(
    tx: &mut Tx,
    program: ProgramId,
    name: &str,
) -> Result<Option<OrganizationId>, Problem> {
    const SQL: &str = "
        select o.id from enrollment e join organization o on o.id = e.partner_id
        where e.program_id = $1 and lower(o.name) = lower($2) and e.status = 'active' order by o.id limit 2";
    let found: Vec<Uuid> =
        on!(tx, |conn| sqlx::query_scalar(SQL).bind(program.0).bind(name).fetch_all(conn).await)?;
    Ok(match found.as_slice() {
        [only] => Some(OrganizationId(*only)),
        _ => None,
    })
}

/// The active members of a program, of one territory or of all, by name.
pub(in crate::server) async fn members(
    tx: &mut Tx,
    program: ProgramId,
    territory: Option<&str>,
) -> Result<Vec<(OrganizationId, String)>, Problem> {
    const SQL: &str = "
        select o.id, o.name from enrollment e join organization o on o.id = e.partner_id
        where e.program_id = $1 and e.status = 'active' and ($2 = '' or e.territory = $2) order by o.name, o.id";
    let rows: Vec<(Uuid, String)> = on!(tx, |conn| {
        sqlx::query_as(SQL).bind(program.0).bind(territory.unwrap_or_default()).fetch_all(conn).await
    })?;
    Ok(rows.into_iter().map(|(id, name)| (OrganizationId(id), name)).collect())
}

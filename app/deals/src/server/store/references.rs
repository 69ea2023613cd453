//! By which reference registrations came in from files.
use base::db::Tx;
use base::{DealId, OrganizationId, Problem, ProgramId};
use sqlx::types::Uuid;

use crate::model::Deal;

/// The deal of a partner's reference, and what a file said of it last.
pub(in crate::server) async fn by_reference(
    tx: &mut Tx,
    program: ProgramId,
    partner: OrganizationId,
    reference: &str,
) -> Result<Option<(DealId, String)>, Problem> {
    const SQL: &str = "
        select deal_id, said from deal_reference where program_id = $1 and partner_id = $2 and reference = $3";
    let found: Option<(Uuid, String)> = base::on!(tx, |conn| {
        sqlx::query_as(SQL).bind(program.0).bind(partner.0).bind(reference).fetch_optional(conn).await
    })?;
    Ok(found.map(|(deal, said)| (DealId(deal), said)))
}

/// Keeps what a file said of a deal.
pub(in crate::server) async fn keep_reference(
    tx: &mut Tx,
    deal: &Deal,
    reference: &str,
    said: &str,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into deal_reference (program_id, partner_id, reference, deal_id, said) values ($1, $2, $3, $4, $5)
        on conflict (program_id, partner_id, reference) do update set said = excluded.said";
    base::execute!(
        tx,
        sqlx::query(SQL).bind(deal.program.0).bind(deal.partner.0).bind(reference).bind(deal.id.0).bind(said)
    )?;
    Ok(())
}

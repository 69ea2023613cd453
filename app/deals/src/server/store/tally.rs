//! How many deals there are in each status, counted along with every change: a list knows its total without counting.
use base::db::Tx;
use base::{OrganizationId, Problem, ProgramId};
use sqlx::types::Uuid;

use super::filter::places;
use crate::model::{Deal, Status};

/// Moves a deal from one status to its own, for its vendor and its partner; `None` for a new deal.
pub(in crate::server) async fn tally(tx: &mut Tx, deal: &Deal, from: Option<Status>) -> Result<(), Problem> {
    const MORE: &str = "
        insert into deal_tally (scope_id, program_id, status, total) values ($1, $2, $3, 1), ($4, $2, $3, 1)
        on conflict (scope_id, program_id, status) do update set total = deal_tally.total + 1";
    const LESS: &str = "
        update deal_tally set total = total - 1 where scope_id in ($1, $4) and program_id = $2 and status = $3";
    for (sql, status) in [(LESS, from), (MORE, Some(deal.status))] {
        let Some(status) = status else { continue };
        base::execute!(
            tx,
            sqlx::query(sql)
                .bind(deal.vendor.0)
                .bind(deal.program.0)
                .bind(status.as_str())
                .bind(deal.partner.0)
        )?;
    }
    Ok(())
}

/// How many deals a vendor or a partner has, in one program or all, in some statuses or all.
pub(super) async fn total(
    tx: &mut Tx,
    scope: Uuid,
    program: Option<ProgramId>,
    statuses: &[Status],
) -> Result<u64, Problem> {
    let mut sql =
        "select cast(coalesce(sum(total), 0) as bigint) from deal_tally where scope_id = $1".to_owned();
    if program.is_some() {
        sql.push_str(" and program_id = $2");
    }
    if !statuses.is_empty() {
        let first = 2 + usize::from(program.is_some());
        sql = format!("{sql} and status in ({})", places(first, statuses.len()));
    }
    let total: i64 = base::on!(tx, |conn| {
        let mut query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(scope);
        if let Some(program) = program {
            query = query.bind(program.0);
        }
        for status in statuses {
            query = query.bind(status.as_str());
        }
        query.fetch_one(conn).await
    })?;
    Ok(total as u64)
}

/// How many registrations a partner holds open in a program.
pub(in crate::server) async fn open_registrations(
    tx: &mut Tx,
    partner: OrganizationId,
    program: ProgramId,
) -> Result<u64, Problem> {
    let open: Vec<Status> = Status::ALL.iter().copied().filter(|status| status.is_open()).collect();
    total(tx, partner.0, Some(program), &open).await
}

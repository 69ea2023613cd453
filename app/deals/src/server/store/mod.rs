//! The tables of deals; nothing else writes them.
mod answers;
pub(super) mod bulk;
mod checks;
mod crm;
mod dated;
pub(super) mod dry_run;
mod filter;
mod holds;
mod kept;
mod list;
mod others;
mod references;
mod row;
mod shared;
mod shown;
mod tally;
pub(super) mod views;

pub(super) use answers::{Answer, Whose, asked_at, keep_answer, keep_escalation, scorecard, waiting};
pub(super) use checks::{Asker, count_check, forget_checks};
pub(super) use crm::{BATCH, approved_after, closed, deal_of, stage_of};
pub(super) use dated::dated;
pub(super) use holds::{drop_holds, take_free_holds, take_holds};
pub(super) use kept::{keep_note, keep_version, notes};
pub(super) use list::{counts, list};
pub(super) use others::{Found, others};
pub(super) use references::{by_reference, keep_reference};
pub(super) use row::{find, in_turn, insert, update, vendor_of};
pub(super) use shared::{Part, Sharer, drop_sharer, holder_of, keep_sharer, sharers};
pub(super) use shown::{evidence, keep_evidence, keep_message, messages, versions};
use tally::{open_registrations, tally};

use base::db::Tx;
use base::{OrganizationId, Problem, ProgramId};

/// Takes the vendor's turn for the rest of the transaction, so that deals of one vendor change one after another:
/// whoever screens or approves sees everything that was decided before. Gives the next number of a deal when one is
/// wanted, else the last one.
pub(super) async fn take_turn(tx: &mut Tx, vendor: OrganizationId, numbered: bool) -> Result<i64, Problem> {
    const SQL: &str = "
        insert into deal_turn (vendor_id, turn, last_number) values ($1, 1, 1000 + $2)
        on conflict (vendor_id) do update
        set turn = deal_turn.turn + 1, last_number = deal_turn.last_number + $2
        returning last_number";
    let step = i64::from(numbered);
    Ok(base::on!(tx, |conn| sqlx::query_scalar(SQL).bind(vendor.0).bind(step).fetch_one(conn).await)?)
}

/// Whether a partner is an active member of a program; `None` when it is no member at all.
pub(super) async fn enrolled(
    tx: &mut Tx,
    partner: OrganizationId,
    program: ProgramId,
) -> Result<Option<bool>, Problem> {
    const SQL: &str = "select status from enrollment where program_id = $1 and partner_id = $2";
    let status: Option<String> = base::on!(tx, |conn| {
        sqlx::query_scalar(SQL).bind(program.0).bind(partner.0).fetch_optional(conn).await
    })?;
    Ok(status.map(|status| status == "active"))
}

/// How a partner stands in a program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Membership {
    /// Whether it is an active member.
    pub(super) is_active: bool,
    /// How many registrations it holds open.
    pub(super) open: u64,
}

/// How a partner stands in a program now.
pub(super) async fn membership(
    tx: &mut Tx,
    partner: OrganizationId,
    program: ProgramId,
) -> Result<Membership, Problem> {
    let is_active = enrolled(tx, partner, program).await? == Some(true);
    Ok(Membership { is_active, open: open_registrations(tx, partner, program).await? })
}

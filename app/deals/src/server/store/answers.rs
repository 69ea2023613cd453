//! How long answers took, and which were late.
use base::db::Tx;
use base::{DealId, OrganizationId, Problem, ProgramId, Span, Timestamp};
use sqlx::types::Uuid;

use super::filter::{Bind, bound, places};
use crate::model::{Deal, Status};
use crate::verbs::Scorecard;

/// An answer that the vendor gave.
pub(in crate::server) struct Answer {
    pub(in crate::server) deal: DealId,
    pub(in crate::server) vendor: OrganizationId,
    pub(in crate::server) program: ProgramId,
    pub(in crate::server) kind: &'static str,
    /// When the clock began.
    pub(in crate::server) asked_at: Timestamp,
    pub(in crate::server) due: Option<Timestamp>,
    pub(in crate::server) at: Timestamp,
    /// Business time between the two.
    pub(in crate::server) took: Span,
}

/// Where a deal stands and when its answer is due.
pub(in crate::server) async fn waiting(
    tx: &mut Tx,
    deal: DealId,
) -> Result<Option<(Status, Option<Timestamp>)>, Problem> {
    const SQL: &str = "select status, answer_due from deal where id = $1";
    let row: Option<(String, Option<i64>)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(deal.0).fetch_optional(conn).await)?;
    Ok(row.and_then(|(status, due)| Some((Status::parse(&status)?, due.map(Timestamp)))))
}

/// When a deal was last asked about, by the events that ask.
pub(in crate::server) async fn asked_at(
    tx: &mut Tx,
    deal: DealId,
    kinds: &[&str],
) -> Result<Option<Timestamp>, Problem> {
    let kinds: Vec<String> = kinds.iter().map(|kind| format!("'{kind}'")).collect();
    let sql = format!(
        "select at from event where subject = $1 and kind in ({}) order by seq desc limit 1",
        kinds.join(", ")
    );
    let subject = deal.to_string();
    let at: Option<i64> = base::on!(tx, |conn| {
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(&subject).fetch_optional(conn).await
    })?;
    Ok(at.map(Timestamp))
}

/// Keeps an answer; the same one again changes nothing.
pub(in crate::server) async fn keep_answer(tx: &mut Tx, answer: &Answer) -> Result<(), Problem> {
    const SQL: &str = "
        insert into deal_answer (deal_id, at, vendor_id, program_id, kind, asked_at, due_at, business_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (deal_id, at) do nothing";
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(answer.deal.0)
            .bind(answer.at.0)
            .bind(answer.vendor.0)
            .bind(answer.program.0)
            .bind(answer.kind)
            .bind(answer.asked_at.0)
            .bind(answer.due.map(|due| due.0))
            .bind(answer.took.0)
    )?;
    Ok(())
}

/// Keeps that a deal was escalated; whether it was not before, for the same time.
pub(in crate::server) async fn keep_escalation(
    tx: &mut Tx,
    deal: &Deal,
    due: Timestamp,
    now: Timestamp,
) -> Result<bool, Problem> {
    const SQL: &str = "
        insert into deal_escalation (deal_id, due_at, vendor_id, program_id, at) values ($1, $2, $3, $4, $5)
        on conflict (deal_id, due_at) do nothing";
    let touched = base::execute!(
        tx,
        sqlx::query(SQL).bind(deal.id.0).bind(due.0).bind(deal.vendor.0).bind(deal.program.0).bind(now.0)
    )?;
    Ok(touched > 0)
}

/// What the figures of a scorecard are taken from.
pub(in crate::server) struct Whose {
    pub(in crate::server) vendor: OrganizationId,
    pub(in crate::server) program: Option<ProgramId>,
    pub(in crate::server) since: Timestamp,
    pub(in crate::server) now: Timestamp,
}

impl Whose {
    /// The column that narrows, and its value.
    fn narrowed(&self) -> (&'static str, Uuid) {
        self.program.map_or(("vendor_id", self.vendor.0), |program| ("program_id", program.0))
    }
}

const CLOCKED: [&str; 5] = ["approved", "rejected", "returned", "upheld", "reversed"];

/// The figures of a scorecard.
pub(in crate::server) async fn scorecard(tx: &mut Tx, whose: &Whose) -> Result<Scorecard, Problem> {
    let (column, id) = whose.narrowed();
    let clocked = CLOCKED.map(|kind| format!("'{kind}'")).join(", ");
    let sql = format!(
        "select kind, count(*), cast(coalesce(sum(case when due_at is null or at <= due_at then 1 else 0 end), 0) as bigint)
         from deal_answer where {column} = $1 and at >= $2 group by kind"
    );
    let tallies: Vec<(String, i64, i64)> = base::on!(tx, |conn| {
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id).bind(whose.since.0).fetch_all(conn).await
    })?;
    let of = |kinds: &[&str]| {
        let rows = tallies.iter().filter(|(kind, ..)| kinds.contains(&kind.as_str()));
        rows.fold((0, 0), |(all, kept), (_, count, in_time)| (all + count, kept + in_time))
    };
    let (answers, in_time) = of(&CLOCKED);
    let nth = async |tx: &mut Tx, at: i64| -> Result<Option<i64>, Problem> {
        let sql = format!(
            "select business_ms from deal_answer where {column} = $1 and at >= $2 and kind in ({clocked})
             order by business_ms limit 1 offset $3"
        );
        Ok(base::on!(tx, |conn| {
            let query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(id).bind(whose.since.0).bind(at);
            query.fetch_optional(conn).await
        })?)
    };
    // Nearest rank: the smallest value that so many per cent do not exceed.
    let rank = |percent: i64| ((answers * percent + 99) / 100 - 1).max(0);
    let hours = |ms: i64| ms as f64 / 3_600_000.0;
    let (median, p90) = (nth(tx, rank(50)).await?.map(hours), nth(tx, rank(90)).await?.map(hours));
    let sql = format!("select count(*) from deal_escalation where {column} = $1 and at >= $2");
    let escalated: i64 = base::on!(tx, |conn| {
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(id).bind(whose.since.0).fetch_one(conn).await
    })?;
    let (waiting, overdue) = open(tx, whose).await?;
    let count = |kinds: &[&str]| of(kinds).0 as u64;
    Ok(Scorecard {
        program: whose.program,
        since: whose.since,
        answers: answers as u64,
        automatic: count(&["automatic"]),
        median_business_hours: median,
        p90_business_hours: p90,
        in_time: in_time as u64,
        decided: count(&["approved", "rejected", "upheld", "reversed", "automatic"]),
        reversed: count(&["reversed"]),
        revoked: count(&["revoked"]),
        escalated: escalated as u64,
        waiting,
        overdue,
    })
}

/// How many registrations wait for the vendor now, and how many of them longer than was promised.
async fn open(tx: &mut Tx, whose: &Whose) -> Result<(u64, u64), Problem> {
    let mut binds = vec![Bind::Id(whose.vendor.0), Bind::Number(whose.now.0)];
    let mut sql =
        "select count(*), cast(coalesce(sum(case when d.answer_due < $2 then 1 else 0 end), 0) as bigint)
                   from deal d where d.vendor_id = $1 and d.needs_vendor = 1"
            .to_owned();
    if let Some(program) = whose.program {
        binds.push(Bind::Id(program.0));
        sql = format!("{sql} and d.program_id in ({})", places(3, 1));
    }
    let (waiting, overdue): (i64, i64) = base::on!(tx, |conn| {
        bound!(sqlx::query_as(sqlx::AssertSqlSafe(sql)), &binds).fetch_one(conn).await
    })?;
    Ok((waiting as u64, overdue as u64))
}

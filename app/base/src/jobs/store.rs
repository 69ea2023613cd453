//! The table of jobs; nothing else writes it.
use sqlx::FromRow;
use uuid::Uuid;

use super::Job;
use crate::db::{Db, Tx};
use crate::{Parts, Problem, Timestamp};

#[derive(FromRow)]
pub(super) struct Leased {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) payload: String,
    pub(super) attempts: i64,
}

/// Enqueues a job in the transaction of its cause. With `once`, a second job of the same mark replaces the
/// first one's time and payload instead of being added.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn enqueue<J: Job>(
    tx: &mut Tx,
    parts: &Parts,
    job: &J,
    at: Timestamp,
    once: Option<&str>,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into job (id, name, payload, run_at, once) values ($1, $2, $3, $4, $5)
        on conflict (once) do update
        set payload = excluded.payload, run_at = excluded.run_at, state = 'waiting', attempts = 0, leased_until = 0";
    let payload = serde_json::to_string(job).map_err(Problem::internal)?;
    let id = parts.id(at);
    crate::execute!(tx, sqlx::query(SQL).bind(id).bind(J::NAME).bind(&payload).bind(at.0).bind(once))?;
    Ok(())
}

/// Enqueues a job unless one of the same mark waits: that one keeps its time. A mark whose job is running, or has
/// failed for good, is used for a new one.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn enqueue_unless<J: Job>(
    tx: &mut Tx,
    parts: &Parts,
    job: &J,
    at: Timestamp,
    once: &str,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into job (id, name, payload, run_at, once) values ($1, $2, $3, $4, $5)
        on conflict (once) do update
        set run_at = case when job.state = 'waiting' and job.leased_until <= $6 then job.run_at
                          else excluded.run_at end,
            attempts = case when job.state = 'waiting' and job.leased_until <= $6 then job.attempts else 0 end,
            state = 'waiting', leased_until = 0";
    let payload = serde_json::to_string(job).map_err(Problem::internal)?;
    let now = parts.clock().now();
    let id = parts.id(at);
    crate::execute!(
        tx,
        sqlx::query(SQL).bind(id).bind(J::NAME).bind(&payload).bind(at.0).bind(once).bind(now.0)
    )?;
    Ok(())
}

/// How many jobs there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// To be done, now or later.
    pub waiting: u64,
    /// Given up, for a person to look at.
    pub failed: u64,
}

/// How many jobs there are whose names start so.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn tally(db: &Db, prefix: &str) -> Result<Tally, Problem> {
    const SQL: &str = "select state, count(*) from job where name like $1 group by state";
    let mut tx = db.read().await?;
    let like = format!("{prefix}%");
    let rows: Vec<(String, i64)> =
        crate::on!(tx, |conn| sqlx::query_as(SQL).bind(&like).fetch_all(conn).await)?;
    let of = |state: &str| rows.iter().find(|(one, _)| one == state).map_or(0, |(_, count)| *count as u64);
    Ok(Tally { waiting: of("waiting"), failed: of("failed") })
}

/// Gives the jobs that were given up, and whose names start so, another row of tries; how many they are.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn revive(parts: &Parts, prefix: &str) -> Result<u64, Problem> {
    const SQL: &str = "
        update job set state = 'waiting', attempts = 0, leased_until = 0, run_at = $2
        where state = 'failed' and name like $1";
    let (like, now) = (format!("{prefix}%"), parts.clock().now());
    let work = async move |tx: &mut Tx| Ok(crate::execute!(tx, sqlx::query(SQL).bind(&like).bind(now.0))?);
    parts.db().write(work).await
}

/// When the next job is due, if any waits.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn next_due(db: &Db) -> Result<Option<Timestamp>, Problem> {
    let mut tx = db.read().await?;
    let at: Option<i64> = crate::on!(tx, |conn| {
        sqlx::query_scalar("select min(run_at) from job where state = 'waiting'").fetch_one(conn).await
    })?;
    Ok(at.map(Timestamp))
}

/// Takes what is due and whose name is like the first of `terms` and not like the second, at most as many as the third.
pub(super) async fn lease(
    db: &Db,
    now: Timestamp,
    until: Timestamp,
    terms: (&'static str, &'static str, i64),
) -> Result<Vec<Leased>, Problem> {
    const DUE: &str = "
        select 1 from job
        where state = 'waiting' and run_at <= $1 and leased_until <= $1 and name like $2 and name not like $3 limit 1";
    const SQLITE: &str = "
        update job set leased_until = $2
        where id in (select id from job where state = 'waiting' and run_at <= $1 and leased_until <= $1
                     and name like $3 and name not like $4 order by run_at limit $5)
        returning id, name, payload, attempts";
    const POSTGRES: &str = "
        update job set leased_until = $2
        where id in (select id from job where state = 'waiting' and run_at <= $1 and leased_until <= $1
                     and name like $3 and name not like $4 order by run_at limit $5 for update skip locked)
        returning id, name, payload, attempts";
    let (like, unlike, most) = terms;
    // A look before the lease keeps an idle server from writing.
    let mut tx = db.read().await?;
    let due: Option<i32> = crate::on!(tx, |conn| sqlx::query_scalar(DUE)
        .bind(now.0)
        .bind(like)
        .bind(unlike)
        .fetch_optional(conn)
        .await)?;
    drop(tx);
    if due.is_none() {
        return Ok(Vec::new());
    }
    let rows = db
        .write(async move |tx: &mut Tx| {
            let sql = crate::dialect!(tx, sqlite: SQLITE, postgres: POSTGRES);
            let rows: Vec<(Uuid, String, String, i64)> = crate::on!(tx, |conn| {
                let query = sqlx::query_as(sql).bind(now.0).bind(until.0).bind(like).bind(unlike).bind(most);
                query.fetch_all(conn).await
            })?;
            Ok(rows)
        })
        .await?;
    Ok(rows.into_iter().map(|(id, name, payload, attempts)| Leased { id, name, payload, attempts }).collect())
}

/// Takes a job away, unless its mark was used again while it ran: then it is new work.
pub(super) async fn done(db: &Db, id: Uuid, leased_until: Timestamp) -> Result<(), Problem> {
    db.write(async move |tx: &mut Tx| {
        const SQL: &str = "delete from job where id = $1 and leased_until = $2";
        crate::execute!(tx, sqlx::query(SQL).bind(id).bind(leased_until.0))?;
        Ok(())
    })
    .await
}

/// Keeps a failure with its job: to be tried again, or, without a time, for a person to look at.
pub(super) async fn fail(
    db: &Db,
    id: Uuid,
    attempts: i64,
    again: Option<Timestamp>,
    error: String,
) -> Result<(), Problem> {
    const SQL: &str = "
        update job set attempts = $2, run_at = coalesce($3, run_at), leased_until = 0, state = $4, error = $5
        where id = $1";
    db.write(async move |tx: &mut Tx| {
        let state = if again.is_some() { "waiting" } else { "failed" };
        let at = again.map(|at| at.0);
        crate::execute!(tx, sqlx::query(SQL).bind(id).bind(attempts).bind(at).bind(state).bind(&error))?;
        Ok(())
    })
    .await
}

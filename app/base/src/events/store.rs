//! The tables of the event log; nothing else writes them.
use std::sync::Arc;

use sqlx::FromRow;
use uuid::Uuid;

use super::{ActorRef, Event, Happened, ZERO_HASH, chain};
use crate::db::Tx;
use crate::{Actor, EventId, OrganizationId, Parts, Problem, ProgramId, Scope, Timestamp};

#[derive(FromRow)]
pub(super) struct Row {
    id: Uuid,
    vendor_id: Uuid,
    seq: i64,
    at: i64,
    actor: String,
    kind: String,
    subject: String,
    program_id: Option<Uuid>,
    partner_id: Option<Uuid>,
    keys: String,
    data: String,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
}

impl TryFrom<Row> for Event {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let inconsistent = |error: serde_json::Error| Problem::internal(format!("event {}: {error}", row.id));
        Ok(Self {
            id: EventId(row.id),
            seq: row.seq,
            vendor: OrganizationId(row.vendor_id),
            at: Timestamp(row.at),
            actor: serde_json::from_str(&row.actor).map_err(inconsistent)?,
            kind: row.kind,
            subject: row.subject,
            program: row.program_id.map(ProgramId),
            partner: row.partner_id.map(OrganizationId),
            keys: row.keys.split(' ').filter(|key| !key.is_empty()).map(str::to_owned).collect(),
            data: serde_json::from_str(&row.data).map_err(inconsistent)?,
            prev_hash: hex::encode(row.prev_hash),
            hash: hex::encode(row.hash),
        })
    }
}

/// Appends to a vendor's log. Takes the vendor's chain for the rest of the transaction, so call it last.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn append(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    happened: Happened,
) -> Result<Arc<Event>, Problem> {
    let mut events = append_all(tx, parts, happened.vendor, vec![(actor, happened)]).await?;
    events.pop().ok_or_else(|| Problem::internal("an event was lost"))
}

/// Appends what happened at once, each by its actor, to the log of one vendor, in this order. Like [`append`], but the chain is taken and
/// given back once; observers see the events one after another when all of them are written.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn append_all(
    tx: &mut Tx,
    parts: &Parts,
    vendor: OrganizationId,
    happened: Vec<(&Actor, Happened)>,
) -> Result<Vec<Arc<Event>>, Problem> {
    let count = happened.len() as i64;
    if count == 0 {
        return Ok(Vec::new());
    }
    let now = parts.clock().now();
    let (last, mut prev) = take_places(tx, vendor, count).await?;
    let mut events = Vec::with_capacity(happened.len());
    for (seq, (actor, happened)) in (last - count + 1..).zip(happened) {
        let actor = ActorRef::from(actor);
        let actor_text = serde_json::to_string(&actor).map_err(Problem::internal)?;
        let mut event = Event {
            id: EventId(parts.id(now)),
            seq,
            vendor,
            at: now,
            actor,
            kind: happened.kind.to_owned(),
            subject: happened.subject,
            program: happened.program,
            partner: happened.partner,
            keys: happened.keys,
            data: happened.data,
            prev_hash: hex::encode(&prev),
            hash: String::new(),
        };
        let hash = chain::hash(&event).map_err(Problem::internal)?;
        event.hash = hex::encode(hash);
        insert(tx, &event, &actor_text, &prev, &hash).await?;
        prev = hash.to_vec();
        events.push(Arc::new(event));
    }
    give_back(tx, vendor, &prev).await?;
    for event in &events {
        for observer in parts.observers() {
            observer(tx, parts, event).await?;
        }
        tx.announce(event.clone());
    }
    Ok(events)
}

/// Takes a vendor's chain and its next places: the last of them, and the hash of the entry before the first.
async fn take_places(tx: &mut Tx, vendor: OrganizationId, count: i64) -> sqlx::Result<(i64, Vec<u8>)> {
    const SQL: &str = "
        insert into chain (vendor_id, seq, hash) values ($1, $3, $2)
        on conflict (vendor_id) do update set seq = chain.seq + $3
        returning seq, hash";
    crate::on!(tx, |conn| {
        sqlx::query_as(SQL).bind(vendor.0).bind(&ZERO_HASH[..]).bind(count).fetch_one(conn).await
    })
}

async fn give_back(tx: &mut Tx, vendor: OrganizationId, hash: &[u8]) -> sqlx::Result<()> {
    const SQL: &str = "update chain set hash = $2 where vendor_id = $1";
    crate::execute!(tx, sqlx::query(SQL).bind(vendor.0).bind(hash)).map(drop)
}

async fn insert(
    tx: &mut Tx,
    event: &Event,
    actor: &str,
    prev: &[u8],
    hash: &[u8; 32],
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into event (id, vendor_id, seq, at, actor, actor_id, kind, subject, program_id, partner_id,
                           keys, data, prev_hash, hash)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    crate::execute!(
        tx,
        sqlx::query(SQL)
            .bind(event.id.0)
            .bind(event.vendor.0)
            .bind(event.seq)
            .bind(event.at.0)
            .bind(actor)
            .bind(event.actor.user.map(|user| user.0))
            .bind(&event.kind)
            .bind(&event.subject)
            .bind(event.program.map(|id| id.0))
            .bind(event.partner.map(|id| id.0))
            .bind(event.keys.join(" "))
            .bind(event.data.to_string())
            .bind(prev)
            .bind(&hash[..])
    )?;
    if let crate::db::Conn::Postgres(conn) = tx.conn() {
        let place = format!("{}:{}", event.vendor.0, event.seq);
        sqlx::query("select pg_notify('rialto_event', $1)").bind(place).execute(&mut **conn).await?;
    }
    Ok(())
}

pub(super) const COLUMNS: &str =
    "id, vendor_id, seq, at, actor, kind, subject, program_id, partner_id, keys, data, prev_hash, hash";

/// The timeline of one thing, oldest first; the caller has checked that the actor may see the thing.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn by_subject(tx: &mut Tx, subject: &str, scope: Scope) -> Result<Vec<Event>, Problem> {
    let (column, id) = scope.column().unwrap_or(("$2", OrganizationId(Uuid::nil())));
    let sql =
        format!("select {COLUMNS} from event where subject = $1 and {column} = $2 order by seq limit 500");
    let rows: Vec<Row> = crate::on!(tx, |conn| {
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(subject).bind(id.0).fetch_all(conn).await
    })?;
    rows.into_iter().map(Event::try_from).collect()
}

/// What a scope sees after a vendor's place `seq` (for one vendor) or after an instant (a partner's log
/// spans vendors), oldest first, at most `limit`.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn after(
    tx: &mut Tx,
    scope: Scope,
    seq: i64,
    at: Timestamp,
    limit: i64,
) -> Result<Vec<Event>, Problem> {
    let sql = match scope {
        Scope::Vendor(_) | Scope::Nothing => {
            format!(
                "select {COLUMNS} from event where vendor_id = $1 and seq > $2 and $3 = $3 order by seq limit $4"
            )
        }
        Scope::Partner(_) => {
            format!(
                "select {COLUMNS} from event where partner_id = $1 and at >= $3 and $2 = $2 order by at, seq limit $4"
            )
        }
        Scope::System => format!(
            "select {COLUMNS} from event where $1 = $1 and $2 = $2 and at >= $3 order by at, seq limit $4"
        ),
    };
    let id = scope.column().map_or_else(Uuid::nil, |(_, id)| id.0);
    let rows: Vec<Row> = crate::on!(tx, |conn| {
        sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .bind(seq)
            .bind(at.0)
            .bind(limit)
            .fetch_all(conn)
            .await
    })?;
    rows.into_iter().map(Event::try_from).collect()
}

/// Where an event stands: its vendor, place and time; `None` when the scope does not see it.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn position(tx: &mut Tx, id: EventId, scope: Scope) -> Result<Option<(i64, Timestamp)>, Problem> {
    let (column, whose) = scope.column().unwrap_or(("$2", OrganizationId(Uuid::nil())));
    let sql = format!("select seq, at from event where id = $1 and {column} = $2");
    let row: Option<(i64, i64)> = crate::on!(tx, |conn| {
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id.0).bind(whose.0).fetch_optional(conn).await
    })?;
    Ok(row.map(|(seq, at)| (seq, Timestamp(at))))
}

/// A page of a scope's log, newest first, before an event's (time, id); with how many there are in all.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn list(
    tx: &mut Tx,
    scope: Scope,
    kind: Option<&str>,
    subject: Option<&str>,
    before: Option<EventId>,
    limit: i64,
) -> Result<(Vec<Event>, u64), Problem> {
    let (column, id) = scope.column().unwrap_or(("$1", OrganizationId(Uuid::nil())));
    let filter = format!("{column} = $1 and ($2 = '' or kind = $2) and ($3 = '' or subject = $3)");
    let page = format!("select {COLUMNS} from event where {filter} and id < $4 order by id desc limit $5");
    let count = format!("select count(*) from event where {filter}");
    let before = before.map_or_else(Uuid::max, |id| id.0);
    let (kind, subject) = (kind.unwrap_or_default(), subject.unwrap_or_default());
    let (rows, total): (Vec<Row>, i64) = crate::on!(tx, |conn| {
        let rows = sqlx::query_as(sqlx::AssertSqlSafe(page))
            .bind(id.0)
            .bind(kind)
            .bind(subject)
            .bind(before)
            .bind(limit)
            .fetch_all(&mut *conn)
            .await?;
        let total = sqlx::query_scalar(sqlx::AssertSqlSafe(count))
            .bind(id.0)
            .bind(kind)
            .bind(subject)
            .fetch_one(conn)
            .await?;
        (rows, total)
    });
    Ok((rows.into_iter().map(Event::try_from).collect::<Result<_, _>>()?, total as u64))
}

/// Every vendor that has a log.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn vendors(tx: &mut Tx) -> Result<Vec<OrganizationId>, Problem> {
    let ids: Vec<Uuid> = crate::on!(tx, |conn| {
        sqlx::query_scalar("select vendor_id from chain order by vendor_id").fetch_all(conn).await
    })?;
    Ok(ids.into_iter().map(OrganizationId).collect())
}

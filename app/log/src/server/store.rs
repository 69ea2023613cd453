//! The tables of the log; nothing else writes them.
use base::db::Tx;
use base::{OrganizationId, Problem, Timestamp, execute, on};
use sqlx::AssertSqlSafe;

use crate::merkle::{Hash, Node, Peaks};
use crate::receipt::Receipt;
use crate::signing::LogKey;

/// The right edge of a vendor's log.
pub(super) struct Head {
    pub(super) peaks: Peaks,
    pub(super) last_hash: Hash,
    pub(super) last_at: i64,
    pub(super) key_id: String,
}

type HeadRow = (i64, Vec<u8>, i64, Vec<u8>, String);

fn head((size, last_hash, last_at, peaks, key_id): HeadRow) -> Result<Head, Problem> {
    let damaged = || Problem::internal("the head of a log is damaged");
    let peaks = Peaks::read(size as u64, &peaks).ok_or_else(damaged)?;
    Ok(Head { peaks, last_hash: last_hash.try_into().map_err(|_| damaged())?, last_at, key_id })
}

/// The head, for appending: nobody else appends to this log until the transaction ends.
pub(super) async fn take_head(tx: &mut Tx, vendor: OrganizationId) -> Result<Head, Problem> {
    const SQL: &str = "
        insert into log_head (vendor_id, size, last_hash, last_at, peaks, key_id) values ($1, 0, $2, $3, $4, '')
        on conflict (vendor_id) do update set size = log_head.size
        returning size, last_hash, last_at, peaks, key_id";
    let row: HeadRow = on!(tx, |conn| {
        sqlx::query_as(SQL)
            .bind(vendor.0)
            .bind(&[0_u8; 32][..])
            .bind(i64::MIN)
            .bind(&[][..] as &[u8])
            .fetch_one(conn)
            .await
    })?;
    head(row)
}

/// The head, for reading; `None` when the vendor has no log.
pub(super) async fn find_head(tx: &mut Tx, vendor: OrganizationId) -> Result<Option<Head>, Problem> {
    const SQL: &str = "select size, last_hash, last_at, peaks, key_id from log_head where vendor_id = $1";
    let row: Option<HeadRow> = on!(tx, |conn| sqlx::query_as(SQL).bind(vendor.0).fetch_optional(conn).await)?;
    row.map(head).transpose()
}

pub(super) async fn set_head(
    tx: &mut Tx,
    vendor: OrganizationId,
    peaks: &Peaks,
    hash: &Hash,
    receipt: &Receipt,
) -> sqlx::Result<()> {
    const SQL: &str = "
        update log_head set size = $2, last_hash = $3, last_at = $4, peaks = $5, key_id = $6 where vendor_id = $1";
    let bytes = peaks.to_bytes();
    execute!(
        tx,
        sqlx::query(SQL)
            .bind(vendor.0)
            .bind(peaks.size() as i64)
            .bind(&hash[..])
            .bind(receipt.priority_at.0)
            .bind(&bytes)
            .bind(&receipt.key_id)
    )?;
    Ok(())
}

pub(super) async fn insert_entry(
    tx: &mut Tx,
    receipt: &Receipt,
    leaf: &str,
    prev: &Hash,
    hash: &Hash,
) -> Result<(), Problem> {
    const ENTRY: &str = "
        insert into log_entry (vendor_id, log_index, seq, priority_at, leaf, prev_hash, hash)
        values ($1, $2, $3, $4, $5, $6, $7)";
    const RECEIPT: &str =
        "insert into log_receipt (vendor_id, log_index, subject, receipt) values ($1, $2, $3, $4)";
    let text = serde_json::to_string(receipt).map_err(Problem::internal)?;
    execute!(
        tx,
        sqlx::query(ENTRY)
            .bind(receipt.vendor.0)
            .bind(receipt.log_index)
            .bind(receipt.seq)
            .bind(receipt.priority_at.0)
            .bind(leaf)
            .bind(&prev[..])
            .bind(&hash[..])
    )?;
    execute!(
        tx,
        sqlx::query(RECEIPT).bind(receipt.vendor.0).bind(receipt.log_index).bind(&receipt.deal).bind(&text)
    )?;
    Ok(())
}

pub(super) async fn insert_nodes(
    tx: &mut Tx,
    vendor: OrganizationId,
    completed: &[(Node, Hash)],
) -> sqlx::Result<()> {
    const SQL: &str = "insert into log_node (vendor_id, level, place, hash) values ($1, $2, $3, $4)";
    for (node, hash) in completed {
        let (level, place) = (i64::from(node.level), node.place as i64);
        execute!(tx, sqlx::query(SQL).bind(vendor.0).bind(level).bind(place).bind(&hash[..]))?;
    }
    Ok(())
}

/// Heads of complete subtrees, in no order; those that do not exist are left out.
pub(super) async fn nodes(
    tx: &mut Tx,
    vendor: OrganizationId,
    wanted: &[Node],
) -> Result<Vec<(Node, Hash)>, Problem> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let (leaves, inner): (Vec<&Node>, Vec<&Node>) = wanted.iter().partition(|node| node.level == 0);
    let places = leaves.iter().map(|node| node.place.to_string()).collect::<Vec<_>>().join(", ");
    let pairs = inner.iter().map(|node| format!("level = {} and place = {}", node.level, node.place));
    let pairs = std::iter::once("1 = 0".to_owned()).chain(pairs).collect::<Vec<_>>().join(" or ");
    let places = if places.is_empty() { "-1".to_owned() } else { places };
    let sql = format!(
        "select cast(0 as bigint) as level, log_index as place, hash from log_entry
         where vendor_id = $1 and log_index in ({places})
         union all select level, place, hash from log_node where vendor_id = $1 and ({pairs})"
    );
    let rows: Vec<(i64, i64, Vec<u8>)> =
        on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(vendor.0).fetch_all(conn).await)?;
    rows.into_iter().map(node).collect()
}

/// The stored subtrees of one level, from a place on, before another.
pub(super) async fn nodes_between(
    tx: &mut Tx,
    vendor: OrganizationId,
    level: u32,
    from: u64,
    to: u64,
) -> Result<Vec<(Node, Hash)>, Problem> {
    const SQL: &str = "
        select level, place, hash from log_node
        where vendor_id = $1 and level = $2 and place >= $3 and place < $4 order by place";
    let rows: Vec<(i64, i64, Vec<u8>)> = on!(tx, |conn| {
        sqlx::query_as(SQL)
            .bind(vendor.0)
            .bind(i64::from(level))
            .bind(from as i64)
            .bind(to as i64)
            .fetch_all(conn)
            .await
    })?;
    rows.into_iter().map(node).collect()
}

fn node((level, place, hash): (i64, i64, Vec<u8>)) -> Result<(Node, Hash), Problem> {
    let hash = hash.try_into().map_err(|_| Problem::internal("a hash of a log is damaged"))?;
    Ok((Node { level: level as u32, place: place as u64 }, hash))
}

/// One entry as it is stored: sequence, text, hash before, own hash.
pub(super) type EntryRow = (i64, i64, String, Vec<u8>, Vec<u8>);

/// Entries from a place on, at most `limit`.
pub(super) async fn entries(
    tx: &mut Tx,
    vendor: OrganizationId,
    from: i64,
    limit: i64,
) -> sqlx::Result<Vec<EntryRow>> {
    const SQL: &str = "
        select log_index, seq, leaf, prev_hash, hash from log_entry
        where vendor_id = $1 and log_index >= $2 order by log_index limit $3";
    on!(tx, |conn| sqlx::query_as(SQL).bind(vendor.0).bind(from).bind(limit).fetch_all(conn).await)
}

/// The newest receipt about a subject; `None` when there is none or it was erased. The caller has checked that
/// the actor may see the subject.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn receipt_of(tx: &mut Tx, subject: impl std::fmt::Display) -> Result<Option<Receipt>, Problem> {
    const SQL: &str = "select receipt from log_receipt where subject = $1 order by log_index desc limit 1";
    let subject = subject.to_string();
    let text: Option<String> =
        on!(tx, |conn| sqlx::query_scalar(SQL).bind(&subject).fetch_optional(conn).await)?;
    text.map(|text| serde_json::from_str(&text).map_err(Problem::internal)).transpose()
}

/// The receipt at a place of a vendor's log.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn receipt_at(
    tx: &mut Tx,
    vendor: OrganizationId,
    log_index: i64,
) -> Result<Option<Receipt>, Problem> {
    const SQL: &str = "select receipt from log_receipt where vendor_id = $1 and log_index = $2";
    let text: Option<String> =
        on!(tx, |conn| sqlx::query_scalar(SQL).bind(vendor.0).bind(log_index).fetch_optional(conn).await)?;
    text.map(|text| serde_json::from_str(&text).map_err(Problem::internal)).transpose()
}

/// Erases what was claimed about a subject. The log keeps its hashes and stays whole.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn erase(tx: &mut Tx, subject: impl std::fmt::Display) -> Result<(), Problem> {
    let subject = subject.to_string();
    execute!(tx, sqlx::query("delete from log_receipt where subject = $1").bind(&subject))?;
    Ok(())
}

/// Hashes of entries in their order, from a place on.
pub(super) async fn hashes(
    tx: &mut Tx,
    vendor: OrganizationId,
    from: i64,
    limit: i64,
) -> sqlx::Result<Vec<Vec<u8>>> {
    const SQL: &str = "
        select hash from log_entry where vendor_id = $1 and log_index >= $2 order by log_index limit $3";
    on!(tx, |conn| sqlx::query_scalar(SQL).bind(vendor.0).bind(from).bind(limit).fetch_all(conn).await)
}

pub(super) async fn remember_key(
    tx: &mut Tx,
    key: &LogKey,
    bytes: &[u8],
    since: Timestamp,
) -> sqlx::Result<()> {
    const SQL: &str = "
        insert into log_key (key_id, public_key, since) values ($1, $2, $3) on conflict (key_id) do nothing";
    execute!(tx, sqlx::query(SQL).bind(&key.key_id).bind(bytes).bind(since.0)).map(drop)
}

/// Writes down a key that takes over from the one that endorsed it; changes nothing when it has done so already.
pub(super) async fn succeed(tx: &mut Tx, key: &LogKey, bytes: &[u8], now: Timestamp) -> sqlx::Result<()> {
    const NEW: &str = "
        insert into log_key (key_id, public_key, since, endorsed_by, endorsement) values ($1, $2, $3, $4, $5)
        on conflict (key_id) do nothing";
    const OLD: &str = "update log_key set retired_at = $2 where key_id = $1 and retired_at is null";
    execute!(
        tx,
        sqlx::query(NEW)
            .bind(&key.key_id)
            .bind(bytes)
            .bind(now.0)
            .bind(key.endorsed_by.as_deref())
            .bind(key.endorsement.as_deref())
    )?;
    execute!(tx, sqlx::query(OLD).bind(key.endorsed_by.as_deref()).bind(now.0)).map(drop)
}

type KeyRow = (Vec<u8>, i64, Option<i64>, Option<String>, Option<String>);

/// Every key that ever signed or is to sign, the newest first.
pub(super) async fn keys(tx: &mut Tx) -> sqlx::Result<Vec<LogKey>> {
    const SQL: &str = "
        select public_key, since, retired_at, endorsed_by, endorsement from log_key order by since desc, key_id";
    let rows: Vec<KeyRow> = on!(tx, |conn| sqlx::query_as(SQL).fetch_all(conn).await)?;
    let key = |(bytes, since, retired_at, endorsed_by, endorsement): KeyRow| LogKey {
        since: Some(Timestamp(since)),
        retired_at: retired_at.map(Timestamp),
        endorsed_by,
        endorsement,
        ..LogKey::of(&bytes)
    };
    Ok(rows.into_iter().map(key).collect())
}

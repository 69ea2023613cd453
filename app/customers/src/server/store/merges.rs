//! Merges of customers, with what is needed to undo them.
use base::db::Tx;
use base::{CustomerId, OrganizationId, Page, Problem, Timestamp, page_rows};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::filter::{cursor, places, read_cursor, rounded};
use crate::model::{Customer, Merge, MergeId};
use crate::verbs::ListMerges;

/// A merge as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredMerge {
    pub merge: Merge,
    /// The staying record before and right after.
    pub before: Customer,
    pub after: Customer,
    /// Opportunities that moved.
    pub moved: Vec<Uuid>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    kept_id: Uuid,
    kept_name: String,
    gone_id: Uuid,
    gone_name: String,
    before: String,
    after: String,
    opportunities: String,
    taken: String,
    merged_at: i64,
    merged_by: String,
    undone_at: Option<i64>,
}

impl TryFrom<Row> for StoredMerge {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let moved: Vec<Uuid> = serde_json::from_str(&row.opportunities).map_err(Problem::internal)?;
        Ok(Self {
            merge: Merge {
                id: MergeId(row.id),
                kept: CustomerId(row.kept_id),
                kept_name: row.kept_name,
                gone: CustomerId(row.gone_id),
                gone_name: row.gone_name,
                taken: serde_json::from_str(&row.taken).map_err(Problem::internal)?,
                opportunities: moved.len() as u64,
                merged_at: Timestamp(row.merged_at),
                merged_by: row.merged_by,
                undone_at: row.undone_at.map(Timestamp),
            },
            before: serde_json::from_str(&row.before).map_err(Problem::internal)?,
            after: serde_json::from_str(&row.after).map_err(Problem::internal)?,
            moved,
        })
    }
}

const SHOWN: &str = "
    select m.id, m.kept_id, k.name as kept_name, m.gone_id, g.name as gone_name, m.before, m.after, m.opportunities, m.taken,
           m.merged_at, m.merged_by, m.undone_at
    from customer_merge m join customer k on k.id = m.kept_id join customer g on g.id = m.gone_id
    where m.vendor_id = $1";

/// Stores a merge.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn insert(tx: &mut Tx, vendor: OrganizationId, stored: &StoredMerge) -> Result<(), Problem> {
    const SQL: &str = "
        insert into customer_merge (id, vendor_id, kept_id, gone_id, before, after, opportunities, taken, merged_at, merged_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let text = |customer: &Customer| serde_json::to_string(customer).map_err(Problem::internal);
    let (before, after) = (text(&stored.before)?, text(&stored.after)?);
    let moved = serde_json::to_string(&stored.moved).map_err(Problem::internal)?;
    let merge = &stored.merge;
    let taken = serde_json::to_string(&merge.taken).map_err(Problem::internal)?;
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(merge.id.0)
            .bind(vendor.0)
            .bind(merge.kept.0)
            .bind(merge.gone.0)
            .bind(&before)
            .bind(&after)
            .bind(&moved)
            .bind(&taken)
            .bind(merge.merged_at.0)
            .bind(&merge.merged_by)
    )?;
    Ok(())
}

/// A vendor's merge.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn find(tx: &mut Tx, vendor: OrganizationId, id: MergeId) -> Result<Option<StoredMerge>, Problem> {
    let sql = format!("{SHOWN} and m.id = $2");
    let row: Option<Row> = base::on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(vendor.0).bind(id.0).fetch_optional(conn).await
    })?;
    row.map(StoredMerge::try_from).transpose()
}

/// The merge that stands of one customer into another.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn of(
    tx: &mut Tx,
    vendor: OrganizationId,
    kept: CustomerId,
    gone: CustomerId,
) -> Result<Option<StoredMerge>, Problem> {
    let sql = format!(
        "{SHOWN} and m.kept_id = $2 and m.gone_id = $3 and m.undone_at is null order by m.merged_at desc limit 1"
    );
    let row: Option<Row> = base::on!(tx, |conn| {
        let query = sqlx::query_as(AssertSqlSafe(sql)).bind(vendor.0).bind(kept.0).bind(gone.0);
        query.fetch_optional(conn).await
    })?;
    row.map(StoredMerge::try_from).transpose()
}

/// A page of merges, newest first.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn list(tx: &mut Tx, ask: &ListMerges, vendor: OrganizationId) -> Result<Page<Merge>, Problem> {
    let of_one = if ask.customer.is_some() { "m.kept_id = $2" } else { "$2 = $2" };
    let customer = ask.customer.map_or_else(Uuid::nil, |id| id.0);
    let count = format!("select count(*) from customer_merge m where m.vendor_id = $1 and {of_one}");
    let limit = page_rows(ask.limit);
    let place = read_cursor(ask.cursor.as_deref()).and_then(|(at, id)| Some((at.parse::<i64>().ok()?, id)));
    let (at, id) = place.unwrap_or((i64::MAX, Uuid::max()));
    let sql = format!(
        "{SHOWN} and {of_one} and (m.merged_at, m.id) < ($3, $4) order by m.merged_at desc, m.id desc limit {}",
        limit + 1
    );
    let (total, rows): (i64, Vec<Row>) = base::on!(tx, |conn| {
        let total = sqlx::query_scalar(AssertSqlSafe(count))
            .bind(vendor.0)
            .bind(customer)
            .fetch_one(&mut *conn)
            .await?;
        let rows = sqlx::query_as(AssertSqlSafe(sql)).bind(vendor.0).bind(customer).bind(at).bind(id);
        (total, rows.fetch_all(conn).await?)
    });
    let merges = rows.into_iter().map(|row| StoredMerge::try_from(row).map(|stored| stored.merge));
    let merges = merges.collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(merges, limit, total as u64, |last: &Merge| {
        cursor(&last.merged_at.0.to_string(), last.id.0)
    }))
}

/// Marks a merge as undone.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn undone(tx: &mut Tx, id: MergeId, now: Timestamp) -> Result<(), Problem> {
    const SQL: &str = "update customer_merge set undone_at = $2 where id = $1";
    base::execute!(tx, sqlx::query(SQL).bind(id.0).bind(now.0))?;
    Ok(())
}

/// Moves all opportunities of one customer to another; gives their ids.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn move_opportunities(
    tx: &mut Tx,
    gone: CustomerId,
    kept: CustomerId,
) -> Result<Vec<Uuid>, Problem> {
    const OF: &str = "select id from opportunity where customer_id = $1 order by id";
    const MOVE: &str =
        "update opportunity set customer_id = $2, version = version + 1 where customer_id = $1";
    let moved: Vec<Uuid> = base::on!(tx, |conn| sqlx::query_scalar(OF).bind(gone.0).fetch_all(conn).await)?;
    base::execute!(tx, sqlx::query(MOVE).bind(gone.0).bind(kept.0))?;
    Ok(moved)
}

/// Moves these opportunities back, those that are still with the staying record.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn move_back(
    tx: &mut Tx,
    kept: CustomerId,
    gone: CustomerId,
    moved: &[Uuid],
) -> Result<(), Problem> {
    for chunk in moved.chunks(512) {
        let Some(last) = chunk.last() else { continue };
        let count = rounded(chunk.len());
        let sql = format!(
            "update opportunity set customer_id = $2, version = version + 1 where customer_id = $1 and id in ({})",
            places(3, count)
        );
        base::execute!(tx, {
            let mut query = sqlx::query(AssertSqlSafe(sql.as_str())).bind(kept.0).bind(gone.0);
            for id in chunk.iter().chain(std::iter::repeat(last)).take(count) {
                query = query.bind(*id);
            }
            query
        })?;
    }
    Ok(())
}

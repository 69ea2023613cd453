//! Which opportunities moved since somebody looked: what counts them takes these up, and need not go through all.
use base::db::Tx;
use base::{OpportunityId, OrganizationId, Problem};
use sqlx::AssertSqlSafe;

/// Notes that these moved, in the transaction in which they do.
pub(super) async fn note(
    tx: &mut Tx,
    vendor: OrganizationId,
    moved: impl IntoIterator<Item = OpportunityId>,
) -> Result<(), Problem> {
    let moved: Vec<OpportunityId> = moved.into_iter().collect();
    if moved.is_empty() {
        return Ok(());
    }
    let rows = (2..moved.len() + 2).map(|n| format!("($1, ${n}, 0)")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "insert into opportunity_moved (vendor_id, opportunity_id, taken) values {rows}
         on conflict (vendor_id, opportunity_id) do nothing"
    );
    base::execute!(tx, {
        let mut query = sqlx::query(AssertSqlSafe(sql.as_str())).bind(vendor.0);
        for id in moved {
            query = query.bind(id.0);
        }
        query
    })?;
    Ok(())
}

/// Marks what moved as taken (`taken = 1`); how many there are. What moves from now on is not among them.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn take_moved(tx: &mut Tx, vendor: OrganizationId) -> Result<u64, Problem> {
    const SQL: &str = "update opportunity_moved set taken = 1 where vendor_id = $1";
    Ok(base::execute!(tx, sqlx::query(SQL).bind(vendor.0))?)
}

/// Marks all opportunities of the vendor as taken.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn take_all(tx: &mut Tx, vendor: OrganizationId) -> Result<u64, Problem> {
    const SQL: &str = "
        insert into opportunity_moved (vendor_id, opportunity_id, taken)
        select vendor_id, id, 1 from opportunity where vendor_id = $1
        on conflict (vendor_id, opportunity_id) do update set taken = 1";
    Ok(base::execute!(tx, sqlx::query(SQL).bind(vendor.0))?)
}

/// Forgets what was taken.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn forget_moved(tx: &mut Tx, vendor: OrganizationId) -> Result<(), Problem> {
    const SQL: &str = "delete from opportunity_moved where vendor_id = $1 and taken = 1";
    base::execute!(tx, sqlx::query(SQL).bind(vendor.0))?;
    Ok(())
}

//! A vendor's own weights: every published set is kept, the newest is in force.
use base::db::Tx;
use base::{OrganizationId, Problem, Timestamp};
use matching::Weights;

use crate::model::MatchWeights;

/// The weights in force; the published defaults until a vendor publishes its own.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn in_force(tx: &mut Tx, vendor: OrganizationId) -> Result<MatchWeights, Problem> {
    const SQL: &str = "
        select number, weights, published_at from match_weights where vendor_id = $1 order by number desc limit 1";
    let row: Option<(i64, String, i64)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(vendor.0).fetch_optional(conn).await)?;
    let weights = |text: &str| -> Result<Option<Weights>, Problem> {
        serde_json::from_str(text).map_err(Problem::internal)
    };
    Ok(match row {
        None => MatchWeights { number: None, weights: Weights::default(), published_at: None },
        Some((number, text, at)) => {
            let own = weights(&text)?;
            MatchWeights {
                number: own.is_some().then_some(number as u32),
                weights: own.unwrap_or_default(),
                published_at: Some(Timestamp(at)),
            }
        }
    })
}

/// The number that the next set gets.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn next_number(tx: &mut Tx, vendor: OrganizationId) -> Result<i64, Problem> {
    const SQL: &str = "select coalesce(max(number), 0) + 1 from match_weights where vendor_id = $1";
    Ok(base::on!(tx, |conn| sqlx::query_scalar(SQL).bind(vendor.0).fetch_one(conn).await)?)
}

/// Puts a set in force; none stands for the published defaults.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn publish(
    tx: &mut Tx,
    vendor: OrganizationId,
    number: i64,
    weights: Option<&Weights>,
    (now, by): (Timestamp, &str),
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into match_weights (vendor_id, number, weights, published_at, published_by) values ($1, $2, $3, $4, $5)";
    let text = serde_json::to_string(&weights).map_err(Problem::internal)?;
    base::execute!(tx, sqlx::query(SQL).bind(vendor.0).bind(number).bind(&text).bind(now.0).bind(by))?;
    Ok(())
}

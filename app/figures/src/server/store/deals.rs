//! What each registration adds to the sums of what stands, so that a change takes away exactly what was added.
use base::db::Tx;
use base::{Problem, execute, on};
use sqlx::FromRow;
use sqlx::types::Uuid;

/// What a deal adds to the sums by state now.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(in crate::server) struct Counted {
    pub(in crate::server) status: String,
    pub(in crate::server) value_minor: i64,
    pub(in crate::server) currency: String,
    pub(in crate::server) partner_id: Uuid,
    pub(in crate::server) program_id: Uuid,
}

/// The deal as it is.
pub(in crate::server) async fn deal(tx: &mut Tx, id: Uuid) -> Result<Option<Counted>, Problem> {
    const SQL: &str = "
        select status, coalesce(value_minor, 0) as value_minor, coalesce(currency, '') as currency, partner_id, program_id
        from deal where id = $1";
    Ok(on!(tx, |conn| sqlx::query_as(SQL).bind(id).fetch_optional(conn).await)?)
}

/// What the deal added when it was last counted.
pub(in crate::server) async fn last_counted(tx: &mut Tx, id: Uuid) -> Result<Option<Counted>, Problem> {
    const SQL: &str =
        "select status, value_minor, currency, partner_id, program_id from figure_deal where deal_id = $1";
    Ok(on!(tx, |conn| sqlx::query_as(SQL).bind(id).fetch_optional(conn).await)?)
}

/// Remembers what the deal adds.
pub(in crate::server) async fn remember(
    tx: &mut Tx,
    id: Uuid,
    vendor: Uuid,
    counted: &Counted,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into figure_deal (deal_id, vendor_id, status, value_minor, currency, partner_id, program_id)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (deal_id) do update
        set status = excluded.status, value_minor = excluded.value_minor, currency = excluded.currency,
            partner_id = excluded.partner_id, program_id = excluded.program_id";
    execute!(
        tx,
        sqlx::query(SQL)
            .bind(id)
            .bind(vendor)
            .bind(&counted.status)
            .bind(counted.value_minor)
            .bind(&counted.currency)
            .bind(counted.partner_id)
            .bind(counted.program_id)
    )?;
    Ok(())
}

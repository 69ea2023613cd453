//! Deals and the opportunities of the CRM that stand for them.
use base::db::Tx;
use base::{DealId, OpportunityId, OrganizationId, Problem};
use customers::Stage;
use sqlx::types::Uuid;

/// Deals that are looked at in one go.
pub(in crate::server) const BATCH: usize = 100;

/// Another deal that an opportunity stands for, if there is one.
pub(in crate::server) async fn deal_of(
    tx: &mut Tx,
    opportunity: OpportunityId,
) -> Result<Option<DealId>, Problem> {
    const SQL: &str = "
        select id from deal where opportunity_id = $1 and status in ('converted', 'won', 'lost') order by id limit 1";
    let deal: Option<Uuid> =
        base::on!(tx, |conn| sqlx::query_scalar(SQL).bind(opportunity.0).fetch_optional(conn).await)?;
    Ok(deal.map(DealId))
}

/// How far an opportunity of a vendor is, and what the CRM calls it.
pub(in crate::server) async fn stage_of(
    tx: &mut Tx,
    vendor: OrganizationId,
    opportunity: OpportunityId,
) -> Result<Option<(Stage, Option<String>)>, Problem> {
    const SQL: &str = "select stage, external_id from opportunity where id = $1 and vendor_id = $2";
    let row: Option<(String, Option<String>)> = base::on!(tx, |conn| {
        sqlx::query_as(SQL).bind(opportunity.0).bind(vendor.0).fetch_optional(conn).await
    })?;
    Ok(row.and_then(|(stage, external)| Some((Stage::parse(&stage)?, external))))
}

/// Converted deals of a vendor whose opportunity is closed, and whether it was won.
pub(in crate::server) async fn closed(
    tx: &mut Tx,
    vendor: OrganizationId,
) -> Result<Vec<(DealId, bool)>, Problem> {
    let sql = format!(
        "select d.id, o.stage from deal d join opportunity o on o.id = d.opportunity_id
         where d.vendor_id = $1 and d.status = 'converted' and o.stage in ('won', 'lost')
         order by d.id limit {BATCH}"
    );
    let rows: Vec<(Uuid, String)> = base::on!(tx, |conn| {
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(vendor.0).fetch_all(conn).await
    })?;
    Ok(rows.into_iter().map(|(deal, stage)| (DealId(deal), stage == Stage::Won.as_str())).collect())
}

/// The approved deals of a vendor after one of them, in the order of their ids.
pub(in crate::server) async fn approved_after(
    tx: &mut Tx,
    vendor: OrganizationId,
    after: Option<DealId>,
) -> Result<Vec<DealId>, Problem> {
    let sql = format!(
        "select id from deal where vendor_id = $1 and status = 'approved' and id > $2 order by id limit {BATCH}"
    );
    let after = after.map_or(Uuid::nil(), |deal| deal.0);
    let rows: Vec<Uuid> = base::on!(tx, |conn| {
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(vendor.0).bind(after).fetch_all(conn).await
    })?;
    Ok(rows.into_iter().map(DealId).collect())
}

//! Who shares a customer with the deal that holds it.
use base::db::Tx;
use base::{DealId, Problem};
use sqlx::types::Uuid;

/// What kind of part it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Part {
    /// Approved beside the holder.
    Split,
    /// Second to register, rejected, with a share if the holder wins.
    Secondary,
}

impl Part {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Split => "split",
            Self::Secondary => "secondary",
        }
    }
}

/// A deal that has a part in what another one holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) struct Sharer {
    pub(in crate::server) deal: DealId,
    pub(in crate::server) part: Part,
    pub(in crate::server) percent: u32,
}

/// Writes a deal's part.
pub(in crate::server) async fn keep_sharer(
    tx: &mut Tx,
    holder: DealId,
    sharer: Sharer,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into deal_share (deal_id, holder_id, part, percent) values ($1, $2, $3, $4)
        on conflict (deal_id) do update
        set holder_id = excluded.holder_id, part = excluded.part, percent = excluded.percent";
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(sharer.deal.0)
            .bind(holder.0)
            .bind(sharer.part.as_str())
            .bind(i64::from(sharer.percent))
    )?;
    Ok(())
}

/// Takes a deal's part away.
pub(in crate::server) async fn drop_sharer(tx: &mut Tx, deal: DealId) -> Result<(), Problem> {
    base::execute!(tx, sqlx::query("delete from deal_share where deal_id = $1").bind(deal.0))?;
    Ok(())
}

/// Who has a part in what a deal holds, in the order in which their deals were made.
pub(in crate::server) async fn sharers(tx: &mut Tx, holder: DealId) -> Result<Vec<Sharer>, Problem> {
    const SQL: &str = "select deal_id, part, percent from deal_share where holder_id = $1 order by deal_id";
    let rows: Vec<(Uuid, String, i64)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(holder.0).fetch_all(conn).await)?;
    let sharer = |(deal, part, percent): (Uuid, String, i64)| Sharer {
        deal: DealId(deal),
        part: if part == Part::Split.as_str() { Part::Split } else { Part::Secondary },
        percent: percent as u32,
    };
    Ok(rows.into_iter().map(sharer).collect())
}

/// In what a deal has a part, if it has one.
pub(in crate::server) async fn holder_of(tx: &mut Tx, deal: DealId) -> Result<Option<DealId>, Problem> {
    const SQL: &str = "select holder_id from deal_share where deal_id = $1";
    let holder: Option<Uuid> =
        base::on!(tx, |conn| sqlx::query_scalar(SQL).bind(deal.0).fetch_optional(conn).await)?;
    Ok(holder.map(DealId))
}

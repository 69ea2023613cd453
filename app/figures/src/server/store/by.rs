//! Reading sums apart by one thing: product, program, partner, tier, type, territory, channel manager, month, day, state.
use base::db::{Bind, Engine, Tx};
use base::{Problem, bound, on};
use sqlx::{AssertSqlSafe, FromRow};

use super::{Filter, Rows, Sum, Whose};
use crate::period::Days;

/// What sums are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Product of an opportunity.
    Product,
    Program,
    Partner,
    Tier,
    /// All types of a partner in one text, with blanks between.
    PartnerTypes,
    Territory,
    ChannelManager,
    /// `2026-11`.
    Month,
    /// `2026-11-27`.
    Day,
    /// State of a registration.
    State,
}

impl Axis {
    /// Whether it is something of the partners, so that sums are read from theirs.
    #[must_use]
    pub const fn is_of_partners(self) -> bool {
        matches!(
            self,
            Self::Partner | Self::Tier | Self::PartnerTypes | Self::Territory | Self::ChannelManager
        )
    }
}

/// A sum of one product, partner, month.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Piece {
    /// 32 hexadecimal digits of an id, or a text; empty where there is none.
    pub key: String,
    /// `2026-11` where each month was asked for; else empty.
    pub month: String,
    #[sqlx(flatten)]
    pub sum: Sum,
}

/// The metrics of an axis, within some days, or as they stand without days. Months and days are read from what happened;
/// with `each_month` every sum is told apart by month besides.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn by(
    tx: &mut Tx,
    filter: Filter<'_>,
    axis: Axis,
    metrics: &[&str],
    (days, each_month): (Option<&Days>, bool),
) -> Result<Vec<Piece>, Problem> {
    if metrics.is_empty() {
        return Ok(Vec::new());
    }
    let engine = tx.engine();
    let hex = |column: &str| match engine {
        Engine::Sqlite => format!("lower(hex({column}))"),
        Engine::Postgres => format!("replace(cast({column} as text), '-', '')"),
    };
    // The dimension tells products apart; then it says no more.
    let (key, dim) = match axis {
        Axis::Product => ("f.dim".to_owned(), "''"),
        Axis::State => ("f.dim".to_owned(), "f.dim"),
        Axis::Program => (hex("f.program_id"), "f.dim"),
        Axis::Partner => (hex("e.partner_id"), "f.dim"),
        Axis::Tier => ("e.tier".to_owned(), "f.dim"),
        Axis::PartnerTypes => ("e.partner_types".to_owned(), "f.dim"),
        Axis::Territory => ("coalesce(e.territory, '')".to_owned(), "f.dim"),
        Axis::ChannelManager => (format!("coalesce({}, '')", hex("e.channel_manager_id")), "f.dim"),
        Axis::Month => ("substr(f.at, 1, 7)".to_owned(), "f.dim"),
        Axis::Day => ("f.at".to_owned(), "f.dim"),
    };
    let mut rows = if axis.is_of_partners() && matches!(filter.whose, Whose::Vendor(_)) {
        let mut rows = Rows::default();
        // What a partner did where it never was enrolled has no tier to be counted for.
        filter.members(&mut rows, axis != Axis::Partner);
        rows
    } else {
        filter.rows()
    };
    let places = metrics.iter().map(|metric| rows.place(Bind::Text((*metric).to_owned())));
    let places = places.collect::<Vec<_>>().join(", ");
    rows.conditions.push(format!("f.metric in ({places})"));
    let from = match days {
        Some(days) if axis == Axis::Day => rows.daily(days),
        Some(days) => rows.within(engine, days),
        None => rows.now(),
    };
    let group = if axis == Axis::Product { "" } else { "f.dim, " };
    let month = if each_month { "substr(f.at, 1, 7)" } else { "''" };
    let known =
        if each_month || matches!(axis, Axis::Month | Axis::Day) { " and f.at > '0001-01-01'" } else { "" };
    let by_month = if each_month { "substr(f.at, 1, 7), " } else { "" };
    let (currency, sums) = (rows.currency(), rows.sums());
    let sql = format!(
        "select {key} as key, {month} as month, f.metric as metric, {dim} as dim, {currency} as currency, {sums}
         from {from}{known}
         group by {key}, {by_month}f.metric, {group}{currency}"
    );
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &rows.binds).fetch_all(conn).await)?)
}

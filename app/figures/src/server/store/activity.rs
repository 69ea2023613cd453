//! Reading whether partners have begun, and whether they go on.
use base::db::Tx;
use base::{Date, OrganizationId, Problem, Timestamp, bound, on};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::{Filter, Rows};
use crate::period::Days;

/// How far a partner has come in a vendor's programs.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Begun {
    /// When it first joined, in milliseconds since 1970.
    joined_at: i64,
    /// ISO days of the first registration, approval and sale; none without one.
    pub first_registered: Option<String>,
    pub first_approved: Option<String>,
    pub first_won: Option<String>,
}

impl Begun {
    /// When it first joined.
    #[must_use]
    pub const fn joined_at(&self) -> Timestamp {
        Timestamp(self.joined_at)
    }
}

/// What a partner did of late in a vendor's programs.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Recent {
    #[sqlx(rename = "partner_id")]
    partner: Uuid,
    pub name: String,
    /// When it first joined, in milliseconds since 1970.
    joined_at: i64,
    /// ISO day of the last registration; none without one.
    pub last_registered: Option<String>,
    /// Registrations of the last 90 days, and of the 90 before.
    pub registered_now: i64,
    pub registered_before: i64,
    /// Sales decided in the last 180 days, and in the 360 before.
    pub won_now: i64,
    pub lost_now: i64,
    pub won_before: i64,
    pub lost_before: i64,
}

impl Recent {
    /// The partner.
    #[must_use]
    pub const fn partner(&self) -> OrganizationId {
        OrganizationId(self.partner)
    }

    /// When it first joined.
    #[must_use]
    pub const fn joined_at(&self) -> Timestamp {
        Timestamp(self.joined_at)
    }
}

/// How far each active partner of a vendor has come. A partner in several programs is one.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn begun(tx: &mut Tx, filter: Filter<'_>) -> Result<Vec<Begun>, Problem> {
    let of = Members::new(filter);
    let sql = format!(
        "select e.joined_at, {} as first_registered, {} as first_approved, {} as first_won from {}",
        of.edge("min", "deal.submitted"),
        of.edge("min", "deal.approved"),
        of.edge("min", "opp.won"),
        of.members,
    );
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &of.rows.binds).fetch_all(conn).await)?)
}

/// What each active partner of a vendor did of late, by name. A partner in several programs is one.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn recent(tx: &mut Tx, filter: Filter<'_>, today: Date) -> Result<Vec<Recent>, Problem> {
    let mut of = Members::new(filter);
    let tomorrow = of.rows.text(&Days::last(0, today).end);
    let [d90, d180, d540] = [90, 180, 540].map(|count| of.rows.text(&Days::last(count, today).start));
    let sql = format!(
        "select e.partner_id, o.name, e.joined_at, {} as last_registered,
                {} as registered_now, {} as registered_before,
                {} as won_now, {} as lost_now, {} as won_before, {} as lost_before
         from {} join organization o on o.id = e.partner_id
         order by o.name, e.partner_id",
        of.edge("max", "deal.submitted"),
        of.count("deal.submitted", &d90, &tomorrow),
        of.count("deal.submitted", &d180, &d90),
        of.count("opp.won", &d180, &tomorrow),
        of.count("opp.lost", &d180, &tomorrow),
        of.count("opp.won", &d540, &d180),
        of.count("opp.lost", &d540, &d180),
        of.members,
    );
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &of.rows.binds).fetch_all(conn).await)?)
}

/// Active partners `e`, and pieces of a statement that read what each of them did.
struct Members {
    rows: Rows,
    members: String,
    /// In the programs that are meant, or in all of the vendor's.
    which: String,
}

impl Members {
    fn new(filter: Filter<'_>) -> Self {
        let mut rows = Rows::default();
        let chosen = filter.chosen(&mut rows);
        filter.programs(&mut rows);
        let which = rows.also();
        let members = format!(
            "(select e.partner_id, e.vendor_id, min(e.joined_at) as joined_at from enrollment e
              where {chosen} and e.status = 'active' group by e.partner_id, e.vendor_id) e"
        );
        Self { rows, members, which }
    }

    /// The first or last day of a metric.
    fn edge(&self, edge: &str, metric: &str) -> String {
        let which = &self.which;
        format!(
            "(select {edge}(f.at) from figure f where f.whose = e.partner_id and f.grain = 'day' and f.metric = '{metric}'
              and f.vendor_id = e.vendor_id{which} and f.at > '0001-01-01')"
        )
    }

    /// How many there were from a day (included) to another (excluded).
    fn count(&self, metric: &str, from: &str, until: &str) -> String {
        let which = &self.which;
        format!(
            "cast(coalesce((select sum(f.count) from figure f where f.whose = e.partner_id and f.grain = 'day'
              and f.metric = '{metric}' and f.at >= {from} and f.at < {until}
              and f.vendor_id = e.vendor_id{which}), 0) as bigint)"
        )
    }
}

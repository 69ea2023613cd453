//! Reading sums of many partners beside each other: who leads, who is about to be lost, who are peers.
use base::db::{Bind, Tx};
use base::{Currency, Date, OrganizationId, Problem, ProgramId, Timestamp, bound, on};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::read::{RANGED, range_binds, ranges_from};
use super::{Filter, Narrowed, Whose};
use crate::period::Days;

/// The partners `e` of a filter, each once: `$1` vendor or partner, `$2` program, `$3` the one partner, `$4` none.
const MEMBERS: &str = "
    (select distinct e.partner_id, e.vendor_id from enrollment e
     where e.vendor_id = $1 and ($2 = $4 or e.program_id = $2) and ($3 = $4 or e.partner_id = $3)) e";

fn member_binds(filter: Filter) -> Vec<Bind> {
    let (Whose::Vendor(whose) | Whose::Partner(whose)) = filter.whose;
    let partner = filter.partner.map_or(Uuid::nil(), |id| id.0);
    [whose.0, filter.program(), partner, Uuid::nil()].map(Bind::Id).to_vec()
}

type Fields = (String, Uuid, String, i64, i64);

/// Won and lost within some days, open now, by partner of a vendor.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn by_partner(
    tx: &mut Tx,
    filter: Filter,
    days: &Days,
    currency: Currency,
) -> Result<Vec<Narrowed<OrganizationId>>, Problem> {
    const SUM: &str = "cast(sum(f.count) as bigint),
        cast(sum(case when f.currency = $11 then f.sum_minor else 0 end) as bigint)";
    let ranges = ranges_from(5);
    let sql = format!(
        "select f.metric, e.partner_id, o.name, {SUM}
         from {MEMBERS} join organization o on o.id = e.partner_id
         cross join {ranges}
         where {RANGED} and f.whose = e.partner_id and f.vendor_id = e.vendor_id and ($2 = $4 or f.program_id = $2) and f.metric in ('opp.lost', 'opp.won')
         group by f.metric, e.partner_id, o.name
         union all
         select f.metric, e.partner_id, o.name, {SUM}
         from {MEMBERS} join organization o on o.id = e.partner_id
         join figure f on f.whose = e.partner_id and f.grain = 'now' and f.metric = 'opp.open' and f.at = ''
         where f.vendor_id = e.vendor_id and ($2 = $4 or f.program_id = $2)
         group by f.metric, e.partner_id, o.name"
    );
    let mut binds = member_binds(filter);
    binds.extend(range_binds(days));
    binds.push(Bind::Text(currency.code().to_owned()));
    let rows: Vec<Fields> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
    let row = |(metric, id, name, count, sum_minor): Fields| Narrowed {
        metric,
        id: Some(OrganizationId(id)),
        name: Some(name),
        count,
        sum_minor,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// What a partner did in a vendor's programs.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Activity {
    #[sqlx(rename = "partner_id")]
    partner: Uuid,
    pub name: String,
    /// When it first joined, in milliseconds since 1970.
    joined_at: i64,
    /// ISO days of the first and the last registration, the first approval and the first sale; none without one.
    pub first_registered: Option<String>,
    pub last_registered: Option<String>,
    pub first_approved: Option<String>,
    pub first_won: Option<String>,
    /// Registrations of the last 90 days, and of the 90 before.
    pub registered_now: i64,
    pub registered_before: i64,
    /// Sales decided in the last 180 days, and in the 360 before.
    pub won_now: i64,
    pub lost_now: i64,
    pub won_before: i64,
    pub lost_before: i64,
}

impl Activity {
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

/// What each active partner of a vendor did, as far as it tells whether it has begun and goes on. A partner in several
/// programs is one.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn activity(tx: &mut Tx, filter: Filter, today: Date) -> Result<Vec<Activity>, Problem> {
    let edge = |metric: &str, which: &str| {
        format!(
            "(select {which}(f.at) from figure f where f.whose = e.partner_id and f.grain = 'day' and f.metric = '{metric}'
              and f.vendor_id = $1 and ($2 = $4 or f.program_id = $2) and f.at > '0001-01-01')"
        )
    };
    let within = |metric: &str, from: usize, until: usize| {
        format!(
            "cast(coalesce((select sum(f.count) from figure f where f.whose = e.partner_id and f.grain = 'day'
              and f.metric = '{metric}' and f.at >= ${from} and f.at < ${until}
              and f.vendor_id = $1 and ($2 = $4 or f.program_id = $2)), 0) as bigint)"
        )
    };
    let sql = format!(
        "select e.partner_id, o.name, min(e.joined_at) as joined_at,
                {} as first_registered, {} as last_registered, {} as first_approved, {} as first_won,
                {} as registered_now, {} as registered_before,
                {} as won_now, {} as lost_now, {} as won_before, {} as lost_before
         from enrollment e join organization o on o.id = e.partner_id
         where e.vendor_id = $1 and ($2 = $4 or e.program_id = $2) and ($3 = $4 or e.partner_id = $3)
           and e.status = 'active'
         group by e.partner_id, o.name order by o.name, e.partner_id",
        edge("deal.submitted", "min"),
        edge("deal.submitted", "max"),
        edge("deal.approved", "min"),
        edge("opp.won", "min"),
        within("deal.submitted", 6, 5),
        within("deal.submitted", 7, 6),
        within("opp.won", 8, 5),
        within("opp.lost", 8, 5),
        within("opp.won", 9, 8),
        within("opp.lost", 9, 8),
    );
    let mut binds = member_binds(filter);
    let tomorrow = Days::last(0, today).end;
    binds.push(Bind::Text(tomorrow));
    binds.extend([90, 180, 180, 540].map(|count| Bind::Text(Days::last(count, today).start)));
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?)
}

/// One metric of the active partners of a program that have the same tier as one of them, within some days: the partner
/// and its number (a count, or minor units of the currency). Empty when the partner is no active member.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn peers(
    tx: &mut Tx,
    (program, partner): (ProgramId, OrganizationId),
    metrics: &[(&str, Option<Currency>)],
    days: &Days,
) -> Result<Vec<(OrganizationId, Vec<i64>)>, Problem> {
    let mut all: Vec<(OrganizationId, Vec<i64>)> = Vec::new();
    let ranges = ranges_from(4);
    for (place, (metric, currency)) in metrics.iter().enumerate() {
        let number = match currency {
            Some(_) => "case when f.currency = $10 then f.sum_minor else 0 end",
            None => "f.count",
        };
        let sql = format!(
            "select e.partner_id, cast(coalesce((
                 select sum({number}) from {ranges}
                 where {RANGED} and f.whose = e.partner_id and f.metric = $3 and f.program_id = $1), 0) as bigint)
             from enrollment m join enrollment e on e.program_id = m.program_id and e.tier = m.tier and e.status = 'active'
             where m.program_id = $1 and m.partner_id = $2 and m.status = 'active'
             order by e.partner_id"
        );
        let mut binds = vec![Bind::Id(program.0), Bind::Id(partner.0), Bind::Text((*metric).to_owned())];
        binds.extend(range_binds(days));
        binds.extend(currency.map(|currency| Bind::Text(currency.code().to_owned())));
        let rows: Vec<(Uuid, i64)> =
            on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
        for (id, value) in rows {
            let id = OrganizationId(id);
            match all.iter_mut().find(|(known, _)| *known == id) {
                Some((_, values)) => values.push(value),
                None if place == 0 => all.push((id, vec![value])),
                None => {}
            }
        }
    }
    Ok(all)
}

/// Whose results are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of<'a> {
    /// All of the program.
    Program(OrganizationId),
    /// The program's partners of a territory.
    Territory(&'a str),
    Partner(OrganizationId),
}

/// What was reached in a program within some days: minor units of the currency, or a count without one.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn reached(
    tx: &mut Tx,
    (program, of): (ProgramId, Of<'_>),
    (metric, currency): (&str, Option<Currency>),
    days: &Days,
) -> Result<i64, Problem> {
    let ranges = ranges_from(4);
    let number = match currency {
        Some(_) => "case when f.currency = $10 then f.sum_minor else 0 end",
        None => "f.count",
    };
    let (who, rows, mine) = match of {
        Of::Program(whose) | Of::Partner(whose) => (Bind::Id(whose.0), ranges, "f.whose = $1"),
        Of::Territory(name) => (
            Bind::Text(name.to_owned()),
            format!("enrollment e cross join {ranges}"),
            "f.whose = e.partner_id and e.program_id = $3 and e.territory = $1",
        ),
    };
    let sql = format!(
        "select cast(coalesce(sum({number}), 0) as bigint) from {rows}
         where {RANGED} and {mine} and f.metric = $2 and f.program_id = $3"
    );
    let mut binds = vec![who, Bind::Text(metric.to_owned()), Bind::Id(program.0)];
    binds.extend(range_binds(days));
    binds.extend(currency.map(|currency| Bind::Text(currency.code().to_owned())));
    Ok(on!(tx, |conn| bound!(sqlx::query_scalar(AssertSqlSafe(sql)), &binds).fetch_one(conn).await)?)
}

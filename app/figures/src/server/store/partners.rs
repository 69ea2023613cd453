//! Reading sums of many partners beside each other: who leads, who is about to be lost, who are peers.
use base::db::{Bind, Tx};
use base::{Currency, Date, OrganizationId, Problem, ProgramId, Timestamp, bound, on};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::{Filter, Narrowed, Rows};
use crate::period::Days;

type Fields = (String, Uuid, String, i64, i64);

/// Won and lost within some days, open now, by partner of a vendor.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn by_partner(
    tx: &mut Tx,
    filter: Filter<'_>,
    days: &Days,
    currency: Currency,
) -> Result<Vec<Narrowed<OrganizationId>>, Problem> {
    let mut rows = Rows::default();
    filter.members(&mut rows, false);
    let (now, within) = (rows.now(), rows.within(days));
    let sums = rows.both(currency);
    let sql = format!(
        "select s.metric, s.partner_id, o.name, s.count, s.sum_minor from (
             select f.metric as metric, e.partner_id as partner_id, {sums}
             from {within} and f.metric in ('opp.lost', 'opp.won') group by f.metric, e.partner_id
             union all
             select f.metric as metric, e.partner_id as partner_id, {sums}
             from {now} and f.metric = 'opp.open' group by f.metric, e.partner_id
         ) s join organization o on o.id = s.partner_id"
    );
    let rows: Vec<Fields> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &rows.binds).fetch_all(conn).await)?;
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
pub async fn activity(tx: &mut Tx, filter: Filter<'_>, today: Date) -> Result<Vec<Activity>, Problem> {
    let mut rows = Rows::default();
    let chosen = filter.chosen(&mut rows);
    // What a partner did in the programs that are meant, or in all of the vendor's.
    filter.programs(&mut rows);
    let which = rows.also();
    let edge = |metric: &str, edge: &str| {
        format!(
            "(select {edge}(f.at) from figure f where f.whose = e.partner_id and f.grain = 'day' and f.metric = '{metric}'
              and f.vendor_id = e.vendor_id{which} and f.at > '0001-01-01')"
        )
    };
    let tomorrow = rows.text(&Days::last(0, today).end);
    let [d90, d180, d540] = [90, 180, 540].map(|count| rows.text(&Days::last(count, today).start));
    let within = |metric: &str, from: &str, until: &str| {
        format!(
            "cast(coalesce((select sum(f.count) from figure f where f.whose = e.partner_id and f.grain = 'day'
              and f.metric = '{metric}' and f.at >= {from} and f.at < {until}
              and f.vendor_id = e.vendor_id{which}), 0) as bigint)"
        )
    };
    let sql = format!(
        "select e.partner_id, o.name, e.joined_at,
                {} as first_registered, {} as last_registered, {} as first_approved, {} as first_won,
                {} as registered_now, {} as registered_before,
                {} as won_now, {} as lost_now, {} as won_before, {} as lost_before
         from (select e.partner_id, e.vendor_id, min(e.joined_at) as joined_at from enrollment e
               where {chosen} and e.status = 'active' group by e.partner_id, e.vendor_id) e
         join organization o on o.id = e.partner_id
         order by o.name, e.partner_id",
        edge("deal.submitted", "min"),
        edge("deal.submitted", "max"),
        edge("deal.approved", "min"),
        edge("opp.won", "min"),
        within("deal.submitted", &d90, &tomorrow),
        within("deal.submitted", &d180, &d90),
        within("opp.won", &d180, &tomorrow),
        within("opp.lost", &d180, &tomorrow),
        within("opp.won", &d540, &d180),
        within("opp.lost", &d540, &d180),
    );
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &rows.binds).fetch_all(conn).await)?)
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
    for (place, (metric, currency)) in metrics.iter().enumerate() {
        let mut rows = Rows::default();
        let [program, partner] = [program.0, partner.0].map(|id| rows.place(Bind::Id(id)));
        let metric = rows.text(metric);
        rows.conditions
            .push(format!("f.whose = e.partner_id and f.metric = {metric} and f.program_id = {program}"));
        let number = number_of(&mut rows, *currency);
        let within = rows.within(days);
        let sql = format!(
            "select e.partner_id, cast(coalesce((select sum({number}) from {within}), 0) as bigint)
             from enrollment m join enrollment e on e.program_id = m.program_id and e.tier = m.tier and e.status = 'active'
             where m.program_id = {program} and m.partner_id = {partner} and m.status = 'active'
             order by e.partner_id"
        );
        let found: Vec<(Uuid, i64)> =
            on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &rows.binds).fetch_all(conn).await)?;
        for (id, value) in found {
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
    let mut rows = Rows::default();
    let mine = match of {
        Of::Program(whose) | Of::Partner(whose) => format!("f.whose = {}", rows.place(Bind::Id(whose.0))),
        Of::Territory(name) => {
            rows.from.push_str("enrollment e cross join ");
            let name = rows.text(name);
            format!("f.whose = e.partner_id and e.program_id = f.program_id and e.territory = {name}")
        }
    };
    let (metric, program) = (rows.text(metric), rows.place(Bind::Id(program.0)));
    rows.conditions.push(format!("{mine} and f.metric = {metric} and f.program_id = {program}"));
    if !rows.from.is_empty() {
        rows.conditions.push(format!("e.program_id = {program}"));
    }
    let number = number_of(&mut rows, currency);
    let sql = format!("select cast(coalesce(sum({number}), 0) as bigint) from {}", rows.within(days));
    Ok(on!(tx, |conn| bound!(sqlx::query_scalar(AssertSqlSafe(sql)), &rows.binds).fetch_one(conn).await)?)
}

/// What is added up: minor units of the currency, other money at its rates, or records without a currency.
fn number_of(rows: &mut Rows, currency: Option<Currency>) -> String {
    rows.convert(currency);
    match currency {
        Some(currency) => rows.money(currency),
        None => "f.count".to_owned(),
    }
}

//! Reading sums of many partners beside each other: who leads, who are peers, what each reached.
use base::db::{Bind, Tx};
use base::{Currency, OrganizationId, Problem, ProgramId, bound, on};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

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
    let (engine, mut rows) = (tx.engine(), Rows::default());
    filter.members(&mut rows, false);
    let (now, within) = (rows.now(), rows.within(engine, days));
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

/// Some metrics of the active partners of a program that have the same tier as one of them, within some days: the partner
/// and its numbers (counts, or minor units of the currency). Empty when the partner is no active member.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn peers(
    tx: &mut Tx,
    (program, partner): (ProgramId, OrganizationId),
    metrics: [(&str, Option<Currency>); 4],
    days: &Days,
) -> Result<Vec<(OrganizationId, [i64; 4])>, Problem> {
    let (engine, mut rows) = (tx.engine(), Rows::default());
    let [program, partner] = [program.0, partner.0].map(|id| rows.place(Bind::Id(id)));
    let numbers = metrics.map(|(metric, currency)| {
        let metric = rows.text(metric);
        rows.conditions =
            vec![format!("f.whose = e.partner_id and f.metric = {metric} and f.program_id = {program}")];
        let number = number_of(&mut rows, currency);
        format!("cast(coalesce((select sum({number}) from {}), 0) as bigint)", rows.within(engine, days))
    });
    let sql = format!(
        "select e.partner_id, {}
         from enrollment m join enrollment e on e.program_id = m.program_id and e.tier = m.tier and e.status = 'active'
         where m.program_id = {program} and m.partner_id = {partner} and m.status = 'active'
         order by e.partner_id",
        numbers.join(", ")
    );
    let found: Vec<(Uuid, i64, i64, i64, i64)> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &rows.binds).fetch_all(conn).await)?;
    Ok(found.into_iter().map(|(id, a, b, c, d)| (OrganizationId(id), [a, b, c, d])).collect())
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
    let (engine, mut rows) = (tx.engine(), Rows::default());
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
    let sql = format!("select cast(coalesce(sum({number}), 0) as bigint) from {}", rows.within(engine, days));
    Ok(on!(tx, |conn| bound!(sqlx::query_scalar(AssertSqlSafe(sql)), &rows.binds).fetch_one(conn).await)?)
}

/// What each active partner of a program reached within some days, like [`reached`]; those that reached nothing are left
/// out.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn reached_each(
    tx: &mut Tx,
    program: ProgramId,
    (metric, currency): (&str, Option<Currency>),
    days: &Days,
) -> Result<Vec<(OrganizationId, i64)>, Problem> {
    let engine = tx.engine();
    let mut rows = Rows { from: "enrollment e cross join ".to_owned(), ..Rows::default() };
    let (metric, program) = (rows.text(metric), rows.place(Bind::Id(program.0)));
    rows.conditions.push(format!(
        "e.program_id = {program} and e.status = 'active' and f.whose = e.partner_id and f.metric = {metric}
         and f.program_id = {program}"
    ));
    let number = number_of(&mut rows, currency);
    let sql = format!(
        "select e.partner_id, cast(sum({number}) as bigint) from {} group by e.partner_id",
        rows.within(engine, days)
    );
    let found: Vec<(Uuid, i64)> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &rows.binds).fetch_all(conn).await)?;
    Ok(found.into_iter().map(|(id, number)| (OrganizationId(id), number)).collect())
}

/// What is added up: minor units of the currency, other money at its rates, or records without a currency.
fn number_of(rows: &mut Rows, currency: Option<Currency>) -> String {
    rows.convert(currency);
    match currency {
        Some(currency) => rows.money(currency),
        None => "f.count".to_owned(),
    }
}

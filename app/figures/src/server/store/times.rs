//! When things happened, and in which time zone the days of programs are counted.
use base::db::{Bind, Tx};
use base::events::Event;
use base::{Currency, Problem, ProgramId, Timestamp, bound, execute, on};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

use super::read::among;
use super::{Filter, Rows, Whose};

/// When the deal of an event was last submitted before it. Read from the log, which says the same now and later; the
/// deal's own priority is lost when it lapses.
pub(in crate::server) async fn submitted_at(
    tx: &mut Tx,
    event: &Event,
) -> Result<Option<Timestamp>, Problem> {
    const SQL: &str = "
        select max(at) from event
        where subject = $1 and vendor_id = $2 and seq <= $3 and kind = 'deal.submitted'";
    let at: Option<i64> = on!(tx, |conn| {
        sqlx::query_scalar(SQL)
            .bind(&event.subject)
            .bind(event.vendor.0)
            .bind(event.seq)
            .fetch_one(conn)
            .await
    })?;
    Ok(at.map(Timestamp))
}

/// Writes down that a program's days are counted in its present time zone from an event on, when that is new.
pub(in crate::server) async fn note_zone(tx: &mut Tx, program: Uuid, seq: i64) -> Result<(), Problem> {
    const SQL: &str = "
        insert into figure_zone (program_id, seq, time_zone)
        select p.id, $2, p.time_zone from program p
        where p.id = $1 and p.time_zone <> coalesce((
            select z.time_zone from figure_zone z where z.program_id = $1 order by z.seq desc limit 1), '')
        on conflict (program_id, seq) do nothing";
    execute!(tx, sqlx::query(SQL).bind(program).bind(seq))?;
    Ok(())
}

/// The time zone in which a program's days are counted at an event; its present one where none was written down.
pub(in crate::server) async fn zone_at(tx: &mut Tx, program: Uuid, seq: i64) -> Result<String, Problem> {
    const SQL: &str = "
        select coalesce((
            select z.time_zone from figure_zone z where z.program_id = $1 and z.seq <= $2
            order by z.seq desc limit 1), p.time_zone)
        from program p where p.id = $1";
    let zone: Option<String> =
        on!(tx, |conn| sqlx::query_scalar(SQL).bind(program).bind(seq).fetch_optional(conn).await)?;
    Ok(zone.unwrap_or_else(|| "UTC".to_owned()))
}

/// The present time zones of programs; those that are not known are left out.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn zones(tx: &mut Tx, programs: &[ProgramId]) -> Result<Vec<(ProgramId, String)>, Problem> {
    let ids: Vec<Uuid> = programs.iter().map(|program| program.0).collect();
    let (which, binds) = among(&ids);
    let sql = format!("select id, time_zone from program where {which}");
    let found: Vec<(Uuid, String)> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
    Ok(found.into_iter().map(|(id, zone)| (ProgramId(id), zone)).collect())
}

/// In what programs count days and money, and since when there is something to count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// IANA names, each once.
    pub zones: Vec<String>,
    /// Each once.
    pub currencies: Vec<Currency>,
    /// ISO day of the first registration, sale or loss, where it was asked for and there is one.
    pub first_day: Option<String>,
}

/// Time zone and currency of a program, or the first day.
type WayFields = (Option<String>, Option<String>, Option<String>);

/// In what the programs count that a filter takes in; with the first day if `with_first`.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn ways(tx: &mut Tx, filter: Filter<'_>, with_first: bool) -> Result<Ways, Problem> {
    let mut rows = Rows::default();
    let mut first = String::new();
    if with_first {
        rows = Filter { into: None, ..filter }.rows();
        first = format!(" union all select null, null, min(at) from ({}) firsts", firsts(&rows));
        // The programs have conditions of their own, and the same values.
        rows = Rows { binds: rows.binds, ..Rows::default() };
    }
    let (Whose::Vendor(whose) | Whose::Partner(whose)) = filter.whose;
    let whose = rows.place(Bind::Id(whose.0));
    filter.programs(&mut rows);
    let which = rows.also();
    let programs = match filter.whose {
        Whose::Vendor(_) => format!(
            "(select id as program_id, vendor_id, time_zone, currency from program) f where f.vendor_id = {whose}{which}"
        ),
        Whose::Partner(_) => format!(
            "(select e.program_id, e.partner_id, p.time_zone, p.currency
              from enrollment e join program p on p.id = e.program_id) f where f.partner_id = {whose}{which}"
        ),
    };
    let sql = format!(
        "select distinct f.time_zone as zone, f.currency as currency, cast(null as text) as at from {programs}{first}"
    );
    let found: Vec<WayFields> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &rows.binds).fetch_all(conn).await)?;
    let mut ways = Ways::default();
    for (zone, code, first) in found {
        ways.first_day = ways.first_day.or(first);
        ways.zones.extend(zone.filter(|zone| !ways.zones.contains(zone)));
        let currency = code.and_then(|code| Currency::from_code(&code));
        ways.currencies.extend(currency.filter(|currency| !ways.currencies.contains(currency)));
    }
    Ok(ways)
}

/// Selects the first day of each thing that happens: the engine seeks one entry of the index for each.
fn firsts(rows: &Rows) -> String {
    let conditions = rows.conditions.join(" and ");
    let first = |metric: &str| {
        format!(
            "select min(f.at) as at from {}figure f
             where {conditions} and f.grain = 'day' and f.metric = '{metric}' and f.at > '0001-01-01'",
            rows.from
        )
    };
    ["deal.submitted", "opp.lost", "opp.won"].map(first).join(" union all ")
}

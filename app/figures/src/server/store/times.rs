//! When things happened, and in which time zone the days of programs are counted.
use base::db::{Bind, Tx};
use base::events::Event;
use base::{Currency, Problem, Timestamp, bound, execute, on};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

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

/// The present time zone of a program; UTC for none that is known.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn zone_of(tx: &mut Tx, program: base::ProgramId) -> Result<String, Problem> {
    const SQL: &str = "select time_zone from program where id = $1";
    let zone: Option<String> =
        on!(tx, |conn| sqlx::query_scalar(SQL).bind(program.0).fetch_optional(conn).await)?;
    Ok(zone.unwrap_or_else(|| "UTC".to_owned()))
}

/// In what programs count days and money.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// IANA names, each once.
    pub zones: Vec<String>,
    /// Each once.
    pub currencies: Vec<Currency>,
}

/// In what the programs count that a filter takes in.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn ways(tx: &mut Tx, filter: Filter<'_>) -> Result<Ways, Problem> {
    let (Whose::Vendor(whose) | Whose::Partner(whose)) = filter.whose;
    let mut rows = Rows::default();
    let whose = rows.place(Bind::Id(whose.0));
    filter.programs(&mut rows);
    let which = rows.also();
    let sql = match filter.whose {
        Whose::Vendor(_) => format!(
            "select distinct f.time_zone, f.currency
             from (select id as program_id, vendor_id, time_zone, currency from program) f
             where f.vendor_id = {whose}{which} order by f.time_zone, f.currency"
        ),
        Whose::Partner(_) => format!(
            "select distinct p.time_zone, p.currency from enrollment f join program p on p.id = f.program_id
             where f.partner_id = {whose}{which} order by p.time_zone, p.currency"
        ),
    };
    let sql = AssertSqlSafe(sql);
    let found: Vec<(String, String)> =
        on!(tx, |conn| bound!(sqlx::query_as(sql), &rows.binds).fetch_all(conn).await)?;
    let mut ways = Ways::default();
    for (zone, code) in found {
        let currency = Currency::from_code(&code);
        ways.currencies.extend(currency.filter(|currency| !ways.currencies.contains(currency)));
        if !ways.zones.contains(&zone) {
            ways.zones.push(zone);
        }
    }
    Ok(ways)
}

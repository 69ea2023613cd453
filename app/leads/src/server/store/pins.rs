//! SQL of pinned customers.
#![allow(clippy::format_push_string, reason = "statements are put together once a call")]
use base::db::{Bind, Tx, violates};
use base::{Date, LeadPinId, OrganizationId, Page, Problem, ProgramId, Scope, Timestamp, bound, page_rows};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::list::part_of;
use crate::model::Pin;
use crate::rules::PinFacts;
use crate::verbs::ListLeadPins;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    program_id: Uuid,
    program_name: String,
    partner_id: Uuid,
    partner_name: String,
    name: String,
    domain: Option<String>,
    until_on: Option<String>,
    note: String,
    created_at: i64,
    created_by_name: String,
    version: i64,
}

impl Row {
    fn pin(self, today: Date) -> Pin {
        let until: Option<Date> = self.until_on.and_then(|day| day.parse().ok());
        Pin {
            id: LeadPinId(self.id),
            program: ProgramId(self.program_id),
            program_name: self.program_name,
            partner: OrganizationId(self.partner_id),
            partner_name: self.partner_name,
            name: self.name,
            domain: self.domain,
            until,
            note: self.note,
            is_current: until.is_none_or(|until| today <= until),
            created_at: Timestamp(self.created_at),
            created_by_name: self.created_by_name,
            version: self.version as u32,
        }
    }
}

const FROM: &str = "
    select p.id, p.program_id, g.name as program_name, p.partner_id, o.name as partner_name, p.name, p.domain,
           p.until_on, p.note, p.created_at, p.created_by_name, p.version
    from lead_pin p join program g on g.id = p.program_id join organization o on o.id = p.partner_id";

/// One pin of a vendor. Partners see none.
pub(in crate::server) async fn find_pin(
    tx: &mut Tx,
    id: LeadPinId,
    scope: Scope,
    today: Date,
) -> Result<Option<Pin>, Problem> {
    let Scope::Vendor(vendor) = scope else { return Ok(None) };
    let sql = format!("{FROM} where p.id = $1 and p.vendor_id = $2");
    let row: Option<Row> = base::on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).bind(vendor.0).fetch_optional(conn).await
    })?;
    Ok(row.map(|row| row.pin(today)))
}

/// A page of a vendor's pins, newest first.
pub(in crate::server) async fn list_pins(
    tx: &mut Tx,
    ask: &ListLeadPins,
    vendor: OrganizationId,
    today: Date,
) -> Result<Page<Pin>, Problem> {
    let mut filter = "p.vendor_id = $1".to_owned();
    let mut binds = vec![Bind::Id(vendor.0)];
    let mut and = |condition: &str, bind: Bind| {
        binds.push(bind);
        filter.push_str(&condition.replace('?', &format!("${}", binds.len())));
    };
    if let Some(program) = ask.program {
        and(" and p.program_id = ?", Bind::Id(program.0));
    }
    if let Some(partner) = ask.partner {
        and(" and p.partner_id = ?", Bind::Id(partner.0));
    }
    if let Some(q) = ask.q.as_deref().filter(|q| !q.trim().is_empty()) {
        and(" and (lower(p.name) like ? escape '!' or p.domain like ? escape '!')", Bind::Text(part_of(q)));
    }
    let count = format!("select count(*) from lead_pin p where {filter}");
    let total: i64 = base::on!(tx, |conn| {
        bound!(sqlx::query_scalar(AssertSqlSafe(count)), &binds).fetch_one(conn).await
    })?;
    if let Some(cursor) = &ask.cursor {
        let unknown = |_| Problem::field("cursor", "unknown", "This is not a cursor that this list gave.");
        binds.push(Bind::Id(cursor.parse::<LeadPinId>().map_err(unknown)?.0));
        filter.push_str(&format!(" and p.id < ${}", binds.len()));
    }
    let limit = page_rows(ask.limit);
    let sql = format!("{FROM} where {filter} order by p.id desc limit {}", limit + 1);
    let rows: Vec<Row> =
        base::on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
    let pins = rows.into_iter().map(|row| row.pin(today)).collect();
    Ok(Page::cut(pins, limit, total as u64, |last: &Pin| last.id.to_string()))
}

fn taken(error: sqlx::Error) -> Problem {
    let is_domain = violates(&error, "lead_pin.program_id, lead_pin.domain", "lead_pin_domain");
    let is_name = violates(&error, "lead_pin.program_id, lead_pin.name_key", "lead_pin_name");
    match (is_domain, is_name) {
        (true, _) => Problem::field("website", "taken", "This website is pinned in the program already."),
        (_, true) => Problem::field("name", "taken", "This name is pinned in the program already."),
        _ => error.into(),
    }
}

/// Adds a pin.
///
/// # Errors
/// `Invalid` (`taken`) when the customer is pinned in the program already.
pub(in crate::server) async fn insert_pin(
    tx: &mut Tx,
    vendor: OrganizationId,
    pin: &Pin,
    name_key: Option<&str>,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into lead_pin (id, vendor_id, program_id, partner_id, name, name_key, domain, until_on, note,
                              created_at, created_by_name, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let until = pin.until.map(|day| day.to_string());
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(pin.id.0)
            .bind(vendor.0)
            .bind(pin.program.0)
            .bind(pin.partner.0)
            .bind(&pin.name)
            .bind(name_key)
            .bind(&pin.domain)
            .bind(&until)
            .bind(&pin.note)
            .bind(pin.created_at.0)
            .bind(&pin.created_by_name)
            .bind(i64::from(pin.version))
    )
    .map_err(taken)?;
    Ok(())
}

/// Writes a pin back.
///
/// # Errors
/// `Stale` when somebody else changed it meanwhile.
pub(in crate::server) async fn update_pin(tx: &mut Tx, pin: &Pin) -> Result<(), Problem> {
    const SQL: &str = "
        update lead_pin set partner_id = $2, until_on = $3, note = $4, version = $5
        where id = $1 and version = $5 - 1";
    let until = pin.until.map(|day| day.to_string());
    let touched = base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(pin.id.0)
            .bind(pin.partner.0)
            .bind(&until)
            .bind(&pin.note)
            .bind(i64::from(pin.version))
    )?;
    if touched == 1 { Ok(()) } else { Err(Problem::Stale) }
}

/// Takes a pin away.
pub(in crate::server) async fn drop_pin(tx: &mut Tx, id: LeadPinId) -> Result<(), Problem> {
    base::execute!(tx, sqlx::query("delete from lead_pin where id = $1").bind(id.0))?;
    Ok(())
}

/// The pin of a customer that counts on a day; one of its website before one of its name.
pub(in crate::server) async fn pin_for(
    tx: &mut Tx,
    program: ProgramId,
    (domain, name_key): (Option<&str>, &str),
    today: Date,
) -> Result<Option<PinFacts>, Problem> {
    const SQL: &str = "
        select partner_id, name, domain from lead_pin
        where program_id = $1 and (domain = $2 or name_key = $3) and (until_on is null or until_on >= $4)
        order by case when domain = $2 then 0 else 1 end, id limit 1";
    let domain = domain.unwrap_or_default();
    let row: Option<(Uuid, String, Option<String>)> = base::on!(tx, |conn| {
        sqlx::query_as(SQL)
            .bind(program.0)
            .bind(domain)
            .bind(name_key)
            .bind(today.to_string())
            .fetch_optional(conn)
            .await
    })?;
    Ok(row.map(|(partner, name, domain)| PinFacts {
        partner: OrganizationId(partner),
        customer: if name.is_empty() { domain.unwrap_or_default() } else { name },
    }))
}

//! Lists of leads: one statement over columns, a page at a time.
#![allow(clippy::format_push_string, reason = "statements are put together once a call")]
use base::db::{Bind, Tx};
use base::{
    Currency, LeadId, Money, OrganizationId, Page, Problem, ProgramId, Scope, Side, Timestamp, bound,
    page_rows,
};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use crate::model::{Counts, LeadRow, Source, Status};
use crate::verbs::{ListLeads, Sort, SortBy};

#[derive(FromRow)]
struct Row {
    id: Uuid,
    number: String,
    status: String,
    program_id: Uuid,
    program_name: String,
    partner_id: Option<Uuid>,
    partner_name: Option<String>,
    customer_name: String,
    country: Option<String>,
    product: String,
    value_minor: i64,
    currency: Option<String>,
    source: String,
    answer_by: Option<i64>,
    needs_action: i64,
    place: i64,
    created_at: i64,
    updated_at: i64,
    version: i64,
    search: String,
}

impl Row {
    fn lead(self) -> Result<LeadRow, Problem> {
        let currency = self.currency.as_deref().map(|code| {
            Currency::from_code(code).ok_or_else(|| Problem::internal(format!("currency {code}")))
        });
        let status = Status::parse(&self.status)
            .ok_or_else(|| Problem::internal(format!("status {}", self.status)))?;
        Ok(LeadRow {
            id: LeadId(self.id),
            number: self.number,
            status,
            program: ProgramId(self.program_id),
            program_name: self.program_name,
            partner: self.partner_id.map(OrganizationId),
            partner_name: self.partner_name,
            customer_name: self.customer_name,
            country: self.country,
            product: self.product,
            value: currency.transpose()?.map(|currency| Money::new(self.value_minor, currency)),
            source: Source::parse(&self.source).unwrap_or_default(),
            answer_by: self.answer_by.map(Timestamp),
            needs_action: self.needs_action != 0,
            created_at: Timestamp(self.created_at),
            updated_at: Timestamp(self.updated_at),
            version: self.version as u32,
        })
    }

    fn key(&self, by: SortBy) -> String {
        match by {
            SortBy::Attention => self.place.to_string(),
            SortBy::CreatedAt => String::new(),
            SortBy::UpdatedAt => self.updated_at.to_string(),
            SortBy::Value => self.value_minor.to_string(),
            SortBy::Customer => self.search.clone(),
        }
    }
}

/// Conditions joined by `and`, with their values in the order of their places.
#[derive(Clone)]
struct Filter {
    sql: String,
    binds: Vec<Bind>,
}

impl Filter {
    fn and(&mut self, condition: &str, bind: Bind) {
        self.binds.push(bind);
        self.sql.push_str(" and ");
        self.sql.push_str(&condition.replace('?', &format!("${}", self.binds.len())));
    }
}

/// A `like` pattern for a part of a text, in lower case; its own signs count as letters (escape sign `!`).
pub(super) fn part_of(text: &str) -> String {
    let text = text.trim().to_lowercase();
    format!("%{}%", text.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
}

/// The columns in which a side finds what it has to do, and in which order.
const fn columns(side: Option<Side>) -> (&'static str, &'static str) {
    match side {
        Some(Side::Partner) => ("l.needs_partner", "l.partner_place"),
        Some(Side::Vendor) | None => ("l.needs_vendor", "l.vendor_place"),
    }
}

fn conditions(ask: &ListLeads, scope: Scope, side: Option<Side>) -> Filter {
    let mut filter = Filter { sql: "1 = 1".to_owned(), binds: Vec::new() };
    if let Some((column, id)) = scope.column() {
        filter.and(&format!("l.{column} = ?"), Bind::Id(id.0));
    }
    if let Some(program) = ask.program {
        filter.and("l.program_id = ?", Bind::Id(program.0));
    }
    if let Some(statuses) = ask.status.as_ref().filter(|statuses| !statuses.0.is_empty()) {
        let words: Vec<String> = statuses.0.iter().map(|status| format!("'{status}'")).collect();
        filter.sql.push_str(&format!(" and l.status in ({})", words.join(", ")));
    }
    if let Some(partner) = ask.partner {
        filter.and("l.partner_id = ?", Bind::Id(partner.0));
    }
    if let Some(source) = ask.source {
        filter.and("l.source = ?", Bind::Text(source.as_str().to_owned()));
    }
    if let Some(country) = ask.country.as_deref().filter(|country| !country.is_empty()) {
        filter.and("l.country = ?", Bind::Text(country.to_ascii_uppercase()));
    }
    if let Some(q) = ask.q.as_deref().filter(|q| !q.trim().is_empty()) {
        filter.and("l.search like ? escape '!'", Bind::Text(part_of(q)));
    }
    if ask.needs_action == Some(true) {
        filter.sql.push_str(&format!(" and {} = 1", columns(side).0));
    }
    filter
}

async fn count(tx: &mut Tx, filter: &Filter) -> Result<u64, Problem> {
    let sql = format!("select count(*) from lead l where {}", filter.sql);
    let total: i64 = base::on!(tx, |conn| {
        bound!(sqlx::query_scalar(AssertSqlSafe(sql)), &filter.binds).fetch_one(conn).await
    })?;
    Ok(total as u64)
}

/// A page of the leads that a scope sees.
///
/// # Errors
/// `Malformed` for a cursor of another list.
pub(in crate::server) async fn list(
    tx: &mut Tx,
    ask: &ListLeads,
    scope: Scope,
    side: Option<Side>,
) -> Result<Page<LeadRow>, Problem> {
    let filter = conditions(ask, scope, side);
    let sort = ask.sort.unwrap_or_default();
    let (needs, place) = columns(side);
    let by = match sort.by {
        SortBy::Attention => place,
        SortBy::CreatedAt => "l.id",
        SortBy::UpdatedAt => "l.updated_at",
        SortBy::Value => "l.value_minor",
        SortBy::Customer => "l.search",
    };
    let way = if sort.descending { "desc" } else { "asc" };
    let order = format!("{by} {way}, l.id {way}");
    let mut page = filter.clone();
    if let Some(cursor) = &ask.cursor {
        after(&mut page, sort, by, cursor)?;
    }
    let limit = page_rows(ask.limit);
    let sql = format!(
        "select l.id, l.number, l.status, l.program_id, g.name as program_name, l.partner_id,
                o.name as partner_name, l.customer_name, l.country, l.product, l.value_minor, l.currency, l.source,
                l.answer_by, {needs} as needs_action, {place} as place, l.created_at, l.updated_at, l.version,
                l.search
         from (select * from lead l where {} order by {order} limit {}) l
         join program g on g.id = l.program_id
         left join organization o on o.id = l.partner_id
         order by {order}",
        page.sql,
        limit + 1
    );
    let rows: Vec<Row> =
        base::on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &page.binds).fetch_all(conn).await)?;
    let whole = ask.cursor.is_none() && rows.len() <= limit as usize;
    let total = if whole { rows.len() as u64 } else { count(tx, &filter).await? };
    let page =
        Page::cut(rows, limit, total, |last: &Row| format!("{}{}", last.id.simple(), last.key(sort.by)));
    let items = page.items.into_iter().map(Row::lead).collect::<Result<_, _>>()?;
    Ok(Page { items, next_cursor: page.next_cursor, total: page.total })
}

/// Continues after a cursor: the id's 32 digits, then what the list is sorted by.
fn after(filter: &mut Filter, sort: Sort, by: &str, cursor: &str) -> Result<(), Problem> {
    let foreign = || Problem::Malformed { detail: "This cursor belongs to another list.".to_owned() };
    let (id, key) = cursor.split_at_checked(32).ok_or_else(foreign)?;
    let id = Uuid::try_parse(id).map_err(|_| foreign())?;
    let way = if sort.descending { "<" } else { ">" };
    if sort.by == SortBy::CreatedAt {
        filter.and(&format!("l.id {way} ?"), Bind::Id(id));
        return Ok(());
    }
    let key = match sort.by {
        SortBy::Customer => Bind::Text(key.to_owned()),
        _ => Bind::Number(key.parse().map_err(|_| foreign())?),
    };
    filter.binds.push(key);
    let key = filter.binds.len();
    filter.and(&format!("({by}, l.id) {way} (${key}, ?)"), Bind::Id(id));
    Ok(())
}

/// The numbers beside the navigation.
pub(in crate::server) async fn counts(
    tx: &mut Tx,
    scope: Scope,
    side: Option<Side>,
    program: Option<ProgramId>,
) -> Result<Counts, Problem> {
    let all = ListLeads { program, ..ListLeads::default() };
    let of = |status: &str| ListLeads { status: status.parse().ok(), ..all.clone() };
    let needs = ListLeads { needs_action: Some(true), ..all.clone() };
    Ok(Counts {
        needs_action: count(tx, &conditions(&needs, scope, side)).await?,
        offered: count(tx, &conditions(&of("assigned"), scope, side)).await?,
        working: count(tx, &conditions(&of("accepted,working"), scope, side)).await?,
    })
}

//! Lists of deals: one statement over columns, a page at a time, with the total from the tally where it can be.
use std::fmt::Write as _;

use base::db::Tx;
use base::{
    Currency, Date, DealId, Money, OrganizationId, Page, Problem, ProgramId, Scope, Side, Span, Timestamp,
    UserId, page_rows,
};
use programs::Calendar;
use sqlx::FromRow;
use sqlx::types::Uuid;

use super::filter::{Bind, Filter, bound, part_of};
use super::tally::total;
use crate::model::{Counts, DealRow, Status, ValueKind};
use crate::verbs::{ListDeals, Sort, SortBy};

/// How long before its end a protection counts as expiring.
const EXPIRING: Span = Span::days(30);
/// Later than every instant, and earlier: what has no time sorts last either way.
const NEVER: i64 = i64::MAX;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    number: String,
    status: String,
    program_id: Uuid,
    program_name: String,
    partner_id: Uuid,
    partner_name: String,
    customer_name: String,
    country: Option<String>,
    products: String,
    value_minor: i64,
    currency: Option<String>,
    value_kind: String,
    expected_close: Option<String>,
    priority_at: Option<i64>,
    answer_due: Option<i64>,
    expires_at: Option<i64>,
    needs_action: i64,
    created_at: i64,
    updated_at: i64,
    version: i64,
    search: String,
}

impl Row {
    fn deal(self) -> Result<DealRow, Problem> {
        let currency = self.currency.as_deref().map(|code| {
            Currency::from_code(code).ok_or_else(|| Problem::internal(format!("currency {code}")))
        });
        let status = Status::parse(&self.status)
            .ok_or_else(|| Problem::internal(format!("status {}", self.status)))?;
        Ok(DealRow {
            id: DealId(self.id),
            number: self.number,
            status,
            program: ProgramId(self.program_id),
            program_name: self.program_name,
            partner: OrganizationId(self.partner_id),
            partner_name: self.partner_name,
            customer_name: self.customer_name,
            country: self.country,
            products: self.products,
            value: currency.transpose()?.map(|currency| Money::new(self.value_minor, currency)),
            value_kind: ValueKind::ALL
                .into_iter()
                .find(|kind| kind.as_str() == self.value_kind)
                .unwrap_or_default(),
            expected_close: self.expected_close.and_then(|day| day.parse().ok()),
            priority_at: self.priority_at.map(Timestamp),
            answer_due: self.answer_due.map(Timestamp),
            expires_at: self.expires_at.map(Timestamp),
            needs_action: self.needs_action != 0,
            created_at: Timestamp(self.created_at),
            updated_at: Timestamp(self.updated_at),
            version: self.version as u32,
        })
    }
}

/// The statement of a page: the deals are chosen and cut first, names are looked up for those that are left.
fn statement(filter: &str, order: &str, limit: u32, side: Option<Side>) -> String {
    let needs = if side == Some(Side::Partner) { "needs_partner" } else { "needs_vendor" };
    format!(
        "select d.id, d.number, d.status, d.program_id, g.name as program_name, d.partner_id,
                o.name as partner_name, d.customer_name, d.country, d.products, d.value_minor, d.currency,
                d.value_kind, d.expected_close, d.priority_at, d.answer_due, d.expires_at, d.{needs} as needs_action,
                d.created_at, d.updated_at, d.version, d.search
         from (select * from deal d where {filter} order by {order} limit {limit}) d
         left join program g on g.id = d.program_id
         left join organization o on o.id = d.partner_id
         order by {order}"
    )
}

/// The expression that a list is sorted by, beside the id.
fn expression(sort: Sort, has_due: bool, has_expiry: bool) -> String {
    let last = if sort.descending { -1 } else { NEVER };
    match sort.by {
        SortBy::CreatedAt => "d.id".to_owned(),
        SortBy::UpdatedAt => "d.updated_at".to_owned(),
        SortBy::PriorityAt => "coalesce(d.priority_at, d.created_at)".to_owned(),
        SortBy::AnswerDue if has_due => "d.answer_due".to_owned(),
        SortBy::AnswerDue => format!("coalesce(d.answer_due, {last})"),
        SortBy::ExpiresAt if has_expiry => "d.expires_at".to_owned(),
        SortBy::ExpiresAt => format!("coalesce(d.expires_at, {last})"),
        SortBy::Value => "d.value_minor".to_owned(),
        SortBy::Customer => "d.search".to_owned(),
    }
}

/// A page of the deals that a scope sees.
///
/// # Errors
/// `Malformed` for a cursor of another list.
pub(in crate::server) async fn list(
    tx: &mut Tx,
    ask: &ListDeals,
    scope: Scope,
    side: Option<Side>,
    user: Option<UserId>,
    now: Timestamp,
) -> Result<Page<DealRow>, Problem> {
    let zones = if ask.since.or(ask.until).is_some() { zones(tx, scope).await? } else { Vec::new() };
    let (filter, is_tallied) = conditions(ask, scope, side, user, now, &zones);
    let usual = match (ask.queue, ask.expiring) {
        (Some(true), _) => Sort::up(SortBy::AnswerDue),
        (_, Some(true)) => Sort::up(SortBy::ExpiresAt),
        _ => Sort::default(),
    };
    let sort = ask.sort.unwrap_or(usual);
    let by = expression(sort, ask.queue == Some(true), ask.expiring == Some(true));
    let way = if sort.descending { "desc" } else { "asc" };
    let order =
        if sort.by == SortBy::CreatedAt { format!("d.id {way}") } else { format!("{by} {way}, d.id {way}") };
    let mut page = filter.clone();
    if let Some(cursor) = &ask.cursor {
        after(&mut page, sort, &by, cursor)?;
    }
    let limit = page_rows(ask.limit);
    let sql = statement(&page.sql, &order, limit + 1, side);
    let rows: Vec<Row> = base::on!(tx, |conn| {
        bound!(sqlx::query_as(sqlx::AssertSqlSafe(sql)), &page.binds).fetch_all(conn).await
    })?;
    let whole = ask.cursor.is_none() && rows.len() <= limit as usize;
    let total = match (whole, is_tallied, scope.column()) {
        (true, ..) => rows.len() as u64,
        (_, true, Some((_, id))) => {
            let statuses = ask.status.as_ref().map_or(&[][..], |statuses| &statuses.0);
            total(tx, id.0, ask.program, statuses).await?
        }
        _ => count(tx, &filter).await?,
    };
    let page = Page::cut(rows, limit, total, |row| cursor(sort, row));
    let items = page.items.into_iter().map(Row::deal).collect::<Result<_, _>>()?;
    Ok(Page { items, next_cursor: page.next_cursor, total: page.total })
}

/// The conditions of what was asked, and whether they are only those that the tally is kept by.
fn conditions(
    ask: &ListDeals,
    scope: Scope,
    side: Option<Side>,
    user: Option<UserId>,
    now: Timestamp,
    zones: &[(Uuid, String)],
) -> (Filter, bool) {
    let mut filter = Filter::of(scope);
    if let Some(program) = ask.program {
        filter.and_with("d.program_id = ?", Bind::Id(program.0));
    }
    if let Some(statuses) = ask.status.as_ref().filter(|statuses| !statuses.0.is_empty()) {
        let words: Vec<String> = statuses.0.iter().map(|status| format!("'{status}'")).collect();
        filter.and(&format!("d.status in ({})", words.join(", ")));
    }
    let tallied = filter.binds.len();
    if let Some(partner) = ask.partner {
        filter.and_with("d.partner_id = ?", Bind::Id(partner.0));
    }
    if let Some(condition) = partners::server::holds(&ask.segment, "d", |bind| filter.place(bind)) {
        filter.and(&condition);
    }
    if let Some(ids) = &ask.ids {
        let places: Vec<String> = ids.0.iter().map(|id| filter.place(Bind::Id(id.0))).collect();
        let none = places.is_empty().then(|| "null".to_owned());
        let places = places.into_iter().chain(none).collect::<Vec<_>>().join(", ");
        filter.and(&format!("d.id in ({places})"));
    }
    if let Some(q) = ask.q.as_deref().filter(|q| !q.trim().is_empty()) {
        filter.and_with("d.search like ? escape '!'", Bind::Text(part_of(q)));
    }
    if ask.mine == Some(true) {
        filter.and_with("d.created_by = ?", Bind::Id(user.map_or_else(Uuid::nil, |user| user.0)));
    }
    if let Some(day) = ask.since {
        received(&mut filter, ">=", day, zones);
    }
    if let Some(day) = ask.until {
        received(&mut filter, "<", day, zones);
    }
    if ask.expiring == Some(true) {
        expiring(&mut filter, now);
    }
    let mut is_tallied = filter.binds.len() == tallied;
    if ask.needs_action == Some(true) {
        is_tallied = false;
        filter.and(if side == Some(Side::Partner) { "d.needs_partner = 1" } else { "d.needs_vendor = 1" });
    }
    if ask.queue == Some(true) {
        is_tallied = false;
        filter.and("d.needs_vendor = 1 and d.answer_due is not null");
    }
    (filter, is_tallied)
}

/// The programs that a scope may have deals in, with their time zones.
async fn zones(tx: &mut Tx, scope: Scope) -> Result<Vec<(Uuid, String)>, Problem> {
    let sql = match scope {
        Scope::Vendor(_) => "select id, time_zone from program where vendor_id = $1 order by id",
        Scope::Partner(_) => {
            "select p.id, p.time_zone from enrollment e join program p on p.id = e.program_id
             where e.partner_id = $1 order by p.id"
        }
        Scope::System | Scope::Nothing => return Ok(Vec::new()),
    };
    let whose = scope.column().map_or_else(Uuid::nil, |(_, id)| id.0);
    Ok(base::on!(tx, |conn| sqlx::query_as(sql).bind(whose).fetch_all(conn).await)?)
}

/// Bounds the receipt by the beginning of a day, as each program counts its days: what a dashboard counts within days
/// is what this list finds.
fn received(filter: &mut Filter, sign: &str, day: Date, zones: &[(Uuid, String)]) {
    let utc = filter.place(Bind::Number(Timestamp::from_date(day).0));
    if zones.is_empty() {
        return filter.and(&format!("d.priority_at {sign} {utc}"));
    }
    let mut begins = "case d.program_id".to_owned();
    for (program, zone) in zones {
        let calendar = Calendar { time_zone: zone.clone(), ..Calendar::default() };
        let program = filter.place(Bind::Id(*program));
        let start = filter.place(Bind::Number(calendar.start_of(day).0));
        let _ = write!(begins, " when {program} then {start}");
    }
    filter.and(&format!("d.priority_at {sign} {begins} else {utc} end"));
}

fn expiring(filter: &mut Filter, now: Timestamp) {
    filter.and("d.status in ('approved', 'converted') and d.expires_at is not null");
    filter.and_with("d.expires_at > ?", Bind::Number(now.0));
    filter.and_with("d.expires_at <= ?", Bind::Number((now + EXPIRING).0));
}

async fn count(tx: &mut Tx, filter: &Filter) -> Result<u64, Problem> {
    let sql = format!("select count(*) from deal d where {}", filter.sql);
    let total: i64 = base::on!(tx, |conn| {
        bound!(sqlx::query_scalar(sqlx::AssertSqlSafe(sql)), &filter.binds).fetch_one(conn).await
    })?;
    Ok(total as u64)
}

fn cursor(sort: Sort, row: &Row) -> String {
    let last = if sort.descending { -1 } else { NEVER };
    let key = match sort.by {
        SortBy::CreatedAt => String::new(),
        SortBy::UpdatedAt => row.updated_at.to_string(),
        SortBy::PriorityAt => row.priority_at.unwrap_or(row.created_at).to_string(),
        SortBy::AnswerDue => row.answer_due.unwrap_or(last).to_string(),
        SortBy::ExpiresAt => row.expires_at.unwrap_or(last).to_string(),
        SortBy::Value => row.value_minor.to_string(),
        SortBy::Customer => row.search.clone(),
    };
    format!("{}{key}", row.id.simple())
}

/// Continues after a cursor: the id's 32 digits, then what the list is sorted by.
fn after(filter: &mut Filter, sort: Sort, by: &str, cursor: &str) -> Result<(), Problem> {
    let foreign = || Problem::Malformed { detail: "This cursor belongs to another list.".to_owned() };
    let (id, key) = cursor.split_at_checked(32).ok_or_else(foreign)?;
    let id = Uuid::try_parse(id).map_err(|_| foreign())?;
    let way = if sort.descending { "<" } else { ">" };
    if sort.by == SortBy::CreatedAt {
        filter.and_with(&format!("d.id {way} ?"), Bind::Id(id));
        return Ok(());
    }
    let key = match sort.by {
        SortBy::Customer => Bind::Text(key.to_owned()),
        _ => Bind::Number(key.parse().map_err(|_| foreign())?),
    };
    let (key, id) = (filter.place(key), filter.place(Bind::Id(id)));
    filter.and(&format!("({by}, d.id) {way} ({key}, {id})"));
    Ok(())
}

/// The numbers beside the navigation.
pub(in crate::server) async fn counts(
    tx: &mut Tx,
    scope: Scope,
    side: Option<Side>,
    program: Option<ProgramId>,
    now: Timestamp,
) -> Result<Counts, Problem> {
    let ask = |change: fn(&mut ListDeals)| {
        let mut ask = ListDeals { program, ..ListDeals::default() };
        change(&mut ask);
        conditions(&ask, scope, side, None, now, &[]).0
    };
    let needs_action = count(tx, &ask(|ask| ask.needs_action = Some(true))).await?;
    let queue = ask(|ask| ask.queue = Some(true));
    let mut overdue = queue.clone();
    overdue.and_with("d.answer_due < ?", Bind::Number(now.0));
    Ok(Counts {
        needs_action,
        queue: count(tx, &queue).await?,
        overdue: count(tx, &overdue).await?,
        expiring: count(tx, &ask(|ask| ask.expiring = Some(true))).await?,
    })
}

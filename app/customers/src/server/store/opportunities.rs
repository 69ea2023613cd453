//! Opportunities in the database; open ones are found by the keys of their customer.
use base::db::Tx;
use base::{
    Currency, CustomerId, Date, Money, OpportunityId, OrganizationId, Page, Problem, ProductId, ProgramId,
    Scope, Timestamp, page_rows,
};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::filter::{Bind, Filter, bound, cursor, part_of, places, read_cursor, rounded, rows};
use super::moved;
use crate::model::{Customer, CustomerRef, Opportunity, PartnerRef, ProductRef, Stage};
use crate::verbs::ListOpportunities;

const COLUMNS: &str = "id, vendor_id, program_id, external_id, customer_id, customer_name, partner_id, product_id, stage, \
     value_minor, currency, opened_on, closed_on, created_at, version";
const WIDTH: usize = 15;
const ROWS: usize = 125;

/// An opportunity as it is stored: with ids instead of names.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredOpportunity {
    pub id: OpportunityId,
    pub program: ProgramId,
    pub external_id: Option<String>,
    pub customer: Option<CustomerId>,
    pub customer_name: Option<String>,
    pub partner: Option<OrganizationId>,
    pub product: Option<ProductId>,
    pub stage: Stage,
    pub value: Money,
    pub opened_on: Option<Date>,
    pub closed_on: Option<Date>,
    pub created_at: Timestamp,
    pub version: u32,
}

#[derive(FromRow)]
struct StoredRow {
    id: Uuid,
    program_id: Uuid,
    external_id: Option<String>,
    customer_id: Option<Uuid>,
    customer_name: Option<String>,
    partner_id: Option<Uuid>,
    product_id: Option<Uuid>,
    stage: String,
    value_minor: i64,
    currency: String,
    opened_on: Option<String>,
    closed_on: Option<String>,
    created_at: i64,
    version: i64,
}

impl TryFrom<StoredRow> for StoredOpportunity {
    type Error = Problem;
    fn try_from(row: StoredRow) -> Result<Self, Problem> {
        Ok(Self {
            id: OpportunityId(row.id),
            program: ProgramId(row.program_id),
            external_id: row.external_id,
            customer: row.customer_id.map(CustomerId),
            customer_name: row.customer_name,
            partner: row.partner_id.map(OrganizationId),
            product: row.product_id.map(ProductId),
            stage: stage(&row.stage)?,
            value: money(row.value_minor, &row.currency)?,
            opened_on: date(row.opened_on.as_deref())?,
            closed_on: date(row.closed_on.as_deref())?,
            created_at: Timestamp(row.created_at),
            version: row.version as u32,
        })
    }
}

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    stored: StoredRow,
    partner_name: Option<String>,
    product_name: Option<String>,
}

impl TryFrom<Row> for Opportunity {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let stored = StoredOpportunity::try_from(row.stored)?;
        let customer = stored.customer_name.map(|name| CustomerRef { id: stored.customer, name });
        Ok(Self {
            id: stored.id,
            external_id: stored.external_id,
            program: stored.program,
            customer,
            partner: stored.partner.zip(row.partner_name).map(|(id, name)| PartnerRef { id, name }),
            product: stored.product.zip(row.product_name).map(|(id, name)| ProductRef { id, name }),
            stage: stored.stage,
            value: stored.value,
            opened_on: stored.opened_on,
            closed_on: stored.closed_on,
            version: stored.version,
        })
    }
}

fn stage(text: &str) -> Result<Stage, Problem> {
    Stage::parse(text).ok_or_else(|| Problem::internal(format!("opportunity in stage {text}")))
}

fn money(minor: i64, currency: &str) -> Result<Money, Problem> {
    let currency =
        Currency::from_code(currency).ok_or_else(|| Problem::internal(format!("currency {currency}")))?;
    Ok(Money::new(minor, currency))
}

fn date(text: Option<&str>) -> Result<Option<Date>, Problem> {
    text.map(|text| text.parse().map_err(|_| Problem::internal(format!("date {text}")))).transpose()
}

const SHOWN: &str = "
    select o.id, o.program_id, o.external_id, o.customer_id, o.customer_name, o.partner_id, o.product_id, o.stage,
           o.value_minor, o.currency, o.opened_on, o.closed_on, o.created_at, o.version,
           p.name as partner_name, d.name as product_name
    from opportunity o
    left join organization p on p.id = o.partner_id
    left join product d on d.id = o.product_id";

/// One opportunity, if the scope sees it.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn find(tx: &mut Tx, id: OpportunityId, scope: Scope) -> Result<Option<Opportunity>, Problem> {
    let mut filter = Filter::of(scope, "o");
    filter.and("o.id = ?", Bind::Id(id.0));
    let sql = format!("{SHOWN} where {}", filter.sql);
    let row: Option<Row> = base::on!(tx, |conn| {
        bound!(sqlx::query_as(AssertSqlSafe(sql)), &filter.binds).fetch_optional(conn).await
    })?;
    row.map(Opportunity::try_from).transpose()
}

/// These opportunities of a vendor; those that are gone are left out.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn many(tx: &mut Tx, vendor: OrganizationId, ids: &[Uuid]) -> Result<Vec<Opportunity>, Problem> {
    let Some(last) = ids.last() else { return Ok(Vec::new()) };
    let count = rounded(ids.len());
    let sql =
        format!("{SHOWN} where coalesce(o.vendor_id, o.vendor_id) = $1 and o.id in ({})", places(2, count));
    let rows: Vec<Row> = base::on!(tx, |conn| {
        let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(vendor.0);
        for id in ids.iter().chain(std::iter::repeat(last)).take(count) {
            query = query.bind(*id);
        }
        query.fetch_all(conn).await
    })?;
    rows.into_iter().map(Opportunity::try_from).collect()
}

fn filtered(ask: &ListOpportunities, scope: Scope) -> Filter {
    let mut filter = Filter::of(scope, "o");
    if let Some(stage) = ask.stage {
        filter.and("o.stage = ?", Bind::Text(stage.as_str().to_owned()));
    }
    match ask.open {
        Some(true) => filter.sql.push_str(" and o.stage in ('prospecting', 'engaging')"),
        Some(false) => filter.sql.push_str(" and o.stage in ('won', 'lost')"),
        None => {}
    }
    let ids = [
        ("o.partner_id = ?", ask.partner.map(|id| id.0)),
        ("o.product_id = ?", ask.product.map(|id| id.0)),
        ("o.program_id = ?", ask.program.map(|id| id.0)),
        ("o.customer_id = ?", ask.customer.map(|id| id.0)),
    ];
    for (condition, id) in ids {
        if let Some(id) = id {
            filter.and(condition, Bind::Id(id));
        }
    }
    filter.lies_in(&ask.segment, "o");
    for (condition, day) in [("o.closed_on >= ?", ask.closed_since), ("o.closed_on < ?", ask.closed_until)] {
        if let Some(day) = day {
            filter.and(condition, Bind::Text(day.to_string()));
        }
    }
    if let Some(q) = ask.q.as_deref().filter(|q| !q.trim().is_empty()) {
        let condition =
            "(lower(o.customer_name) like ? escape '!' or lower(o.external_id) like ? escape '!')";
        filter.and(condition, Bind::Text(part_of(q)));
    }
    filter
}

/// What a list is sorted by.
#[derive(Clone, Copy)]
enum Key {
    Opened,
    Closed,
    Value,
}

impl Key {
    fn read(sort: Option<&str>) -> Result<(Self, bool), Problem> {
        let sort = sort.unwrap_or("-opened_on");
        let (name, down) = sort.strip_prefix('-').map_or((sort, false), |name| (name, true));
        let key = match name {
            "opened_on" => Self::Opened,
            "closed_on" => Self::Closed,
            "value" => Self::Value,
            _ => return Err(Problem::field("sort", "unknown", "Sort by opened_on, closed_on or value.")),
        };
        Ok((key, down))
    }

    const fn sql(self) -> &'static str {
        match self {
            Self::Opened => "coalesce(o.opened_on, '')",
            Self::Closed => "coalesce(o.closed_on, '')",
            Self::Value => "o.value_minor",
        }
    }

    fn bind(self, text: &str) -> Bind {
        match self {
            Self::Opened | Self::Closed => Bind::Text(text.to_owned()),
            Self::Value => Bind::Number(text.parse().unwrap_or(0)),
        }
    }

    fn of(self, row: &Opportunity) -> String {
        let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        match self {
            Self::Opened => day(row.opened_on),
            Self::Closed => day(row.closed_on),
            Self::Value => row.value.amount_minor.to_string(),
        }
    }
}

/// A page of opportunities.
///
/// # Errors
/// `Invalid` for an unknown `sort`.
pub async fn list(tx: &mut Tx, ask: &ListOpportunities, scope: Scope) -> Result<Page<Opportunity>, Problem> {
    let (key, down) = Key::read(ask.sort.as_deref())?;
    let mut filter = filtered(ask, scope);
    let count = format!("select count(*) from opportunity o where {}", filter.sql);
    let total: i64 = base::on!(tx, |conn| {
        bound!(sqlx::query_scalar(AssertSqlSafe(count)), &filter.binds).fetch_one(conn).await
    })?;
    let (by, order, beyond) = if down { (key.sql(), "desc", "<") } else { (key.sql(), "asc", ">") };
    if let Some((value, id)) = read_cursor(ask.cursor.as_deref()) {
        // The first half alone would leave out nothing, but it lets the engine start in the index at the cursor.
        let value = filter.place(key.bind(value));
        let condition = format!("{by} {beyond}= {value} and ({by}, o.id) {beyond} ({value}, ?)");
        filter.and(&condition, Bind::Id(id));
    }
    let limit = page_rows(ask.limit);
    let sql = format!("{SHOWN} where {} order by {by} {order}, o.id {order} limit {}", filter.sql, limit + 1);
    let found: Vec<Row> = base::on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &filter.binds)
        .fetch_all(conn)
        .await)?;
    let items = found.into_iter().map(Opportunity::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(items, limit, total as u64, |last: &Opportunity| cursor(&key.of(last), last.id.0)))
}

/// A vendor's opportunities with these external ids.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn known(
    tx: &mut Tx,
    vendor: OrganizationId,
    external_ids: &[String],
) -> Result<Vec<StoredOpportunity>, Problem> {
    let mut found = Vec::new();
    for chunk in external_ids.chunks(512) {
        let Some(last) = chunk.last() else { continue };
        let count = rounded(chunk.len());
        let sql = format!(
            "select {COLUMNS} from opportunity where vendor_id = $1 and external_id in ({})",
            places(2, count)
        );
        let rows: Vec<StoredRow> = base::on!(tx, |conn| {
            let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(vendor.0);
            for id in chunk.iter().chain(std::iter::repeat(last)).take(count) {
                query = query.bind(id);
            }
            query.fetch_all(conn).await
        })?;
        found.extend(rows.into_iter().map(StoredOpportunity::try_from).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(found)
}

/// Adds opportunities. Their match keys are the caller's to write: [`super::keys`].
///
/// # Errors
/// `Unavailable` when an external id was taken meanwhile: reading again tells.
pub async fn insert(tx: &mut Tx, vendor: OrganizationId, all: &[StoredOpportunity]) -> Result<(), Problem> {
    for chunk in all.chunks(ROWS) {
        let sql = format!("insert into opportunity ({COLUMNS}) values {}", rows(chunk.len(), WIDTH));
        let done = base::execute!(tx, {
            let mut query = sqlx::query(AssertSqlSafe(sql.as_str()));
            for o in chunk {
                query = query
                    .bind(o.id.0)
                    .bind(vendor.0)
                    .bind(o.program.0)
                    .bind(&o.external_id)
                    .bind(o.customer.map(|id| id.0))
                    .bind(&o.customer_name)
                    .bind(o.partner.map(|id| id.0))
                    .bind(o.product.map(|id| id.0))
                    .bind(o.stage.as_str())
                    .bind(o.value.amount_minor)
                    .bind(o.value.currency.code())
                    .bind(o.opened_on.map(|date| date.to_string()))
                    .bind(o.closed_on.map(|date| date.to_string()))
                    .bind(o.created_at.0)
                    .bind(i64::from(o.version));
            }
            query
        });
        done.map_err(taken)?;
        moved::note(tx, vendor, chunk.iter().map(|o| o.id)).await?;
    }
    Ok(())
}

fn taken(error: sqlx::Error) -> Problem {
    let taken =
        base::db::violates(&error, "opportunity.vendor_id, opportunity.external_id", "opportunity_external");
    if taken { Problem::Unavailable } else { error.into() }
}

/// Writes a changed opportunity; the version is the one that was read.
///
/// # Errors
/// `Stale` when somebody else was first.
pub async fn update(tx: &mut Tx, vendor: OrganizationId, o: &StoredOpportunity) -> Result<(), Problem> {
    const SQL: &str = "
        update opportunity
        set program_id = $3, customer_id = $4, customer_name = $5, partner_id = $6, product_id = $7, stage = $8,
            value_minor = $9, currency = $10, opened_on = $11, closed_on = $12, version = version + 1
        where id = $1 and vendor_id = $2 and version = $13";
    let done = base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(o.id.0)
            .bind(vendor.0)
            .bind(o.program.0)
            .bind(o.customer.map(|id| id.0))
            .bind(&o.customer_name)
            .bind(o.partner.map(|id| id.0))
            .bind(o.product.map(|id| id.0))
            .bind(o.stage.as_str())
            .bind(o.value.amount_minor)
            .bind(o.value.currency.code())
            .bind(o.opened_on.map(|date| date.to_string()))
            .bind(o.closed_on.map(|date| date.to_string()))
            .bind(i64::from(o.version))
    )?;
    if done == 0 { Err(Problem::Stale) } else { moved::note(tx, vendor, [o.id]).await }
}

/// Carries a customer's new name to its opportunities; gives the open ones.
pub(super) async fn follow_customer(tx: &mut Tx, customer: &Customer) -> Result<Vec<OpportunityId>, Problem> {
    const NAME: &str =
        "update opportunity set customer_name = $2 where customer_id = $1 and customer_name <> $2";
    const OPEN: &str =
        "select id from opportunity where customer_id = $1 and stage in ('prospecting', 'engaging')";
    base::execute!(tx, sqlx::query(NAME).bind(customer.id.0).bind(&customer.name))?;
    let open: Vec<Uuid> =
        base::on!(tx, |conn| sqlx::query_scalar(OPEN).bind(customer.id.0).fetch_all(conn).await)?;
    Ok(open.into_iter().map(OpportunityId).collect())
}

/// A page of the opportunities that belong to no customer, by id after one, with the name of the company if they are
/// open.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn unlinked(
    tx: &mut Tx,
    vendor: OrganizationId,
    after: Uuid,
    limit: u32,
) -> Result<Vec<(Uuid, Option<String>)>, Problem> {
    const SQL: &str = "
        select id, case when stage in ('prospecting', 'engaging') then customer_name end from opportunity
        where vendor_id = $1 and customer_id is null and id > $2 order by id limit $3";
    let limit = i64::from(limit);
    Ok(base::on!(tx, |conn| {
        sqlx::query_as(SQL).bind(vendor.0).bind(after).bind(limit).fetch_all(conn).await
    })?)
}

//! The tables of sums; nothing else writes them.
mod times;
use base::db::{Bind, Tx};
use base::{Currency, OrganizationId, Problem, ProductId, ProgramId, bound, execute, on};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

use crate::model::Whose;
use crate::period::Days;
pub(super) use times::{note_zone, submitted_at, zone_at, zones};

/// Whose sums, and narrowed to what.
#[derive(Clone, Copy)]
pub(super) struct Filter {
    pub(super) whose: Whose,
    pub(super) program: Option<ProgramId>,
    pub(super) partner: Option<OrganizationId>,
}

impl Filter {
    const fn column(self) -> &'static str {
        match self.whose {
            Whose::Vendor(_) => "vendor_id",
            Whose::Partner(_) => "partner_id",
        }
    }

    const fn id(self) -> Uuid {
        match self.whose {
            Whose::Vendor(id) | Whose::Partner(id) => id.0,
        }
    }

    fn program(self) -> Uuid {
        self.program.map_or(Uuid::nil(), |id| id.0)
    }

    fn partner(self) -> Uuid {
        self.partner.map_or(Uuid::nil(), |id| id.0)
    }

    /// Condition on `r`: `$1` whose, `$2` program, `$3` partner, `$4` none; see [`Filter::binds`].
    fn condition(self) -> String {
        format!(
            "r.{} = $1 and ($2 = $4 or r.program_id = $2) and ($3 = $4 or r.partner_id = $3)",
            self.column()
        )
    }

    /// The values of [`Filter::condition`], then those of days: `$5` from, `$6` until.
    fn binds(self, days: Option<&Days>) -> Vec<Bind> {
        let ids = [self.id(), self.program(), self.partner(), Uuid::nil()].map(Bind::Id);
        let days = days.map(|days| [&days.start, &days.end].map(|day| Bind::Text(day.clone())));
        ids.into_iter().chain(days.into_iter().flatten()).collect()
    }

    /// Like [`Filter::binds`], then `$7` a currency.
    fn binds_in(self, days: &Days, currency: Currency) -> Vec<Bind> {
        let mut binds = self.binds(Some(days));
        binds.push(Bind::Text(currency.code().to_owned()));
        binds
    }
}

#[derive(FromRow)]
pub(super) struct Sum {
    pub(super) metric: String,
    pub(super) dim: String,
    pub(super) currency: String,
    pub(super) count: i64,
    pub(super) sum_minor: i64,
}

const SUMS: &str = "cast(sum(r.count) as bigint) as count, cast(sum(r.sum_minor) as bigint) as sum_minor";

/// What stands now: open opportunities and registrations by state.
pub(super) async fn standing(tx: &mut Tx, filter: Filter) -> Result<Vec<Sum>, Problem> {
    let sql = format!(
        "select r.metric, r.dim, r.currency, {SUMS} from rollup r where {} and r.day = ''
         group by r.metric, r.dim, r.currency",
        filter.condition()
    );
    let binds = filter.binds(None);
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?)
}

/// What happened within some days.
pub(super) async fn flowed(tx: &mut Tx, filter: Filter, days: &Days) -> Result<Vec<Sum>, Problem> {
    let sql = format!(
        "select r.metric, r.dim, r.currency, {SUMS} from rollup r where {} and r.day >= $5 and r.day < $6
         group by r.metric, r.dim, r.currency",
        filter.condition()
    );
    let binds = filter.binds(Some(days));
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?)
}

/// The day of the first thing that happened.
pub(super) async fn first_day(tx: &mut Tx, filter: Filter) -> Result<Option<String>, Problem> {
    let sql =
        format!("select min(r.day) from rollup r where {} and r.day > '0001-01-01'", filter.condition());
    let binds = filter.binds(None);
    Ok(on!(tx, |conn| bound!(sqlx::query_scalar(AssertSqlSafe(sql)), &binds).fetch_one(conn).await)?)
}

#[derive(FromRow)]
pub(super) struct Month {
    pub(super) metric: String,
    pub(super) month: String,
    pub(super) count: i64,
    pub(super) sum_minor: i64,
}

/// What happened, by month. Counts take all currencies, money only one.
pub(super) async fn months(
    tx: &mut Tx,
    filter: Filter,
    days: &Days,
    currency: Currency,
) -> Result<Vec<Month>, Problem> {
    let sql = format!(
        "select r.metric, substr(r.day, 1, 7) as month, cast(sum(r.count) as bigint) as count,
                cast(sum(case when r.currency = $7 then r.sum_minor else 0 end) as bigint) as sum_minor
         from rollup r
         where {} and r.day >= $5 and r.day < $6 and r.metric in ('opp.won', 'opp.lost', 'deal.submitted')
         group by r.metric, substr(r.day, 1, 7)",
        filter.condition()
    );
    let binds = filter.binds_in(days, currency);
    Ok(on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?)
}

pub(super) struct ProductRow {
    pub(super) metric: String,
    pub(super) sku: String,
    pub(super) product: Option<ProductId>,
    pub(super) name: Option<String>,
    pub(super) count: i64,
    pub(super) sum_minor: i64,
}

type ProductFields = (String, String, Option<Uuid>, Option<String>, i64, i64);

/// Won and lost within some days, open now, by product.
pub(super) async fn products(
    tx: &mut Tx,
    filter: Filter,
    days: &Days,
    currency: Currency,
) -> Result<Vec<ProductRow>, Problem> {
    let sql = format!(
        "select r.metric, r.dim, p.id, p.name, cast(sum(r.count) as bigint),
                cast(sum(case when r.currency = $7 then r.sum_minor else 0 end) as bigint)
         from rollup r left join product p on p.vendor_id = r.vendor_id and p.sku = r.dim
         where {} and r.metric in ('opp.won', 'opp.lost', 'opp.open')
           and (r.day = '' or (r.day >= $5 and r.day < $6))
         group by r.metric, r.dim, p.id, p.name",
        filter.condition()
    );
    let binds = filter.binds_in(days, currency);
    let rows: Vec<ProductFields> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
    let row = |(metric, sku, product, name, count, sum_minor): ProductFields| ProductRow {
        metric,
        sku,
        product: product.map(ProductId),
        name,
        count,
        sum_minor,
    };
    Ok(rows.into_iter().map(row).collect())
}

pub(super) struct PartnerRow {
    pub(super) metric: String,
    pub(super) partner: OrganizationId,
    pub(super) name: String,
    pub(super) count: i64,
    pub(super) sum_minor: i64,
}

/// Won and lost within some days, open now, by partner.
pub(super) async fn partners(
    tx: &mut Tx,
    filter: Filter,
    days: &Days,
    currency: Currency,
) -> Result<Vec<PartnerRow>, Problem> {
    let sql = format!(
        "select r.metric, r.partner_id, o.name, cast(sum(r.count) as bigint),
                cast(sum(case when r.currency = $7 then r.sum_minor else 0 end) as bigint)
         from rollup r join organization o on o.id = r.partner_id
         where {} and r.metric in ('opp.won', 'opp.lost', 'opp.open')
           and (r.day = '' or (r.day >= $5 and r.day < $6))
         group by r.metric, r.partner_id, o.name",
        filter.condition()
    );
    let binds = filter.binds_in(days, currency);
    let rows: Vec<(String, Uuid, String, i64, i64)> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
    let row = |(metric, partner, name, count, sum_minor)| PartnerRow {
        metric,
        partner: OrganizationId(partner),
        name,
        count,
        sum_minor,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Where a sum is kept.
pub(super) struct Place<'a> {
    pub(super) vendor: Uuid,
    pub(super) partner: Uuid,
    pub(super) program: Uuid,
    pub(super) metric: &'a str,
    pub(super) dim: &'a str,
    /// ISO day; empty for what stands.
    pub(super) day: &'a str,
    pub(super) currency: &'a str,
}

/// Adds to a sum; with negative numbers it takes away.
pub(super) async fn add(tx: &mut Tx, place: &Place<'_>, count: i64, sum_minor: i64) -> Result<(), Problem> {
    const SQL: &str = "
        insert into rollup (vendor_id, partner_id, program_id, metric, dim, day, currency, count, sum_minor)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (vendor_id, metric, program_id, partner_id, dim, day, currency) do update
        set count = rollup.count + excluded.count, sum_minor = rollup.sum_minor + excluded.sum_minor";
    execute!(
        tx,
        sqlx::query(SQL)
            .bind(place.vendor)
            .bind(place.partner)
            .bind(place.program)
            .bind(place.metric)
            .bind(place.dim)
            .bind(place.day)
            .bind(place.currency)
            .bind(count)
            .bind(sum_minor)
    )?;
    Ok(())
}

/// Computes a program's sums over opportunities anew, in three statements: an import changes thousands at once.
pub(super) async fn recount_opportunities(tx: &mut Tx, vendor: Uuid, program: Uuid) -> Result<(), Problem> {
    const CLEAR: &str = "
        delete from rollup
        where vendor_id = $1 and program_id = $2 and metric in ('opp.won', 'opp.lost', 'opp.open')";
    const CLOSED: &str = "
        insert into rollup (vendor_id, partner_id, program_id, metric, dim, day, currency, count, sum_minor)
        select o.vendor_id, coalesce(o.partner_id, $3), o.program_id,
               case when o.stage = 'won' then 'opp.won' else 'opp.lost' end,
               coalesce(p.sku, ''), coalesce(o.closed_on, o.opened_on, '0001-01-01'), o.currency,
               count(*), cast(sum(o.value_minor) as bigint)
        from opportunity o left join product p on p.id = o.product_id
        where o.vendor_id = $1 and o.program_id = $2 and o.stage in ('won', 'lost')
        group by o.vendor_id, coalesce(o.partner_id, $3), o.program_id, o.stage, coalesce(p.sku, ''),
                 coalesce(o.closed_on, o.opened_on, '0001-01-01'), o.currency";
    const OPEN: &str = "
        insert into rollup (vendor_id, partner_id, program_id, metric, dim, day, currency, count, sum_minor)
        select o.vendor_id, coalesce(o.partner_id, $3), o.program_id, 'opp.open', coalesce(p.sku, ''), '', o.currency,
               count(*), cast(sum(o.value_minor) as bigint)
        from opportunity o left join product p on p.id = o.product_id
        where o.vendor_id = $1 and o.program_id = $2 and o.stage in ('prospecting', 'engaging')
        group by o.vendor_id, coalesce(o.partner_id, $3), o.program_id, coalesce(p.sku, ''), o.currency";
    execute!(tx, sqlx::query(CLEAR).bind(vendor).bind(program))?;
    execute!(tx, sqlx::query(CLOSED).bind(vendor).bind(program).bind(Uuid::nil()))?;
    execute!(tx, sqlx::query(OPEN).bind(vendor).bind(program).bind(Uuid::nil()))?;
    Ok(())
}

/// What a deal adds to the sums by state now.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(super) struct Counted {
    pub(super) status: String,
    pub(super) value_minor: i64,
    pub(super) currency: String,
    pub(super) partner_id: Uuid,
    pub(super) program_id: Uuid,
}

/// The deal as it is.
pub(super) async fn deal(tx: &mut Tx, id: Uuid) -> Result<Option<Counted>, Problem> {
    const SQL: &str = "
        select status, coalesce(value_minor, 0) as value_minor, coalesce(currency, '') as currency, partner_id, program_id
        from deal where id = $1";
    Ok(on!(tx, |conn| sqlx::query_as(SQL).bind(id).fetch_optional(conn).await)?)
}

/// What the deal added when it was last counted.
pub(super) async fn last_counted(tx: &mut Tx, id: Uuid) -> Result<Option<Counted>, Problem> {
    const SQL: &str =
        "select status, value_minor, currency, partner_id, program_id from rollup_deal where deal_id = $1";
    Ok(on!(tx, |conn| sqlx::query_as(SQL).bind(id).fetch_optional(conn).await)?)
}

/// Remembers what the deal adds.
pub(super) async fn remember(tx: &mut Tx, id: Uuid, vendor: Uuid, counted: &Counted) -> Result<(), Problem> {
    const SQL: &str = "
        insert into rollup_deal (deal_id, vendor_id, status, value_minor, currency, partner_id, program_id)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (deal_id) do update
        set status = excluded.status, value_minor = excluded.value_minor, currency = excluded.currency,
            partner_id = excluded.partner_id, program_id = excluded.program_id";
    execute!(
        tx,
        sqlx::query(SQL)
            .bind(id)
            .bind(vendor)
            .bind(&counted.status)
            .bind(counted.value_minor)
            .bind(&counted.currency)
            .bind(counted.partner_id)
            .bind(counted.program_id)
    )?;
    Ok(())
}

type SnapshotFields = (String, String, String, String, Uuid, Uuid, i64, i64);

/// Every sum of a vendor, in a fixed order, to compare.
pub(super) async fn snapshot(tx: &mut Tx, vendor: Uuid) -> Result<Vec<(String, i64, i64)>, Problem> {
    const SQL: &str = "
        select metric, dim, day, currency, partner_id, program_id, count, sum_minor from rollup
        where vendor_id = $1 and (count <> 0 or sum_minor <> 0)
        order by metric, dim, day, currency, partner_id, program_id";
    let rows: Vec<SnapshotFields> = on!(tx, |conn| sqlx::query_as(SQL).bind(vendor).fetch_all(conn).await)?;
    Ok(rows
        .into_iter()
        .map(|(metric, dim, day, currency, partner, program, count, sum)| {
            (format!("{metric} {dim} {day} {currency} {partner} {program}"), count, sum)
        })
        .collect())
}

/// Forgets a vendor's sums.
pub(super) async fn clear(tx: &mut Tx, vendor: Uuid) -> Result<(), Problem> {
    execute!(tx, sqlx::query("delete from rollup where vendor_id = $1").bind(vendor))?;
    execute!(tx, sqlx::query("delete from rollup_deal where vendor_id = $1").bind(vendor))?;
    Ok(())
}

/// The programs of a vendor.
pub(super) async fn programs(tx: &mut Tx, vendor: Uuid) -> Result<Vec<Uuid>, Problem> {
    Ok(on!(tx, |conn| sqlx::query_scalar("select id from program where vendor_id = $1")
        .bind(vendor)
        .fetch_all(conn)
        .await)?)
}

//! The records that a claim is compared with: found by the keys it shares with them, never by a scan.
use base::db::Tx;
use base::{
    BrandId, Currency, CustomerId, Date, DealId, Money, OpportunityId, OrganizationId, Problem, Timestamp,
};
use customers::server::keys::{self, Kind};
use matching::{BlockingKey, Company};
use sqlx::FromRow;
use sqlx::types::Uuid;

use super::filter::places;
use crate::model::{Claim, Priority, RecordKind, Rival, Status};
use crate::rules::{Other, Stand, company};

/// Records that are compared at most; those that share the most keys come first.
const MOST: u32 = 96;

/// A record to compare with, and what the vendor's people are shown of it.
pub(in crate::server) struct Found {
    pub(in crate::server) other: Other,
    pub(in crate::server) rival: Rival,
    /// Since when a registration is qualified.
    pub(in crate::server) qualified_at: Option<Timestamp>,
    /// What its partner has shown to have done.
    pub(in crate::server) contribution: u32,
}

/// The rows of a statement that ends in `in`, for these ids; their number is rounded up so that few statements differ.
macro_rules! by_ids {
    ($tx:expr, $sql:expr, $vendor:expr, $brand:expr, $ids:expr) => {
        match $ids.last() {
            None => Vec::new(),
            Some(last) => {
                let count = $ids.len().next_multiple_of(8);
                let sql = format!("{} ({})", $sql, places(3, count));
                base::on!($tx, |conn| {
                    let mut query = sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind($vendor.0).bind($brand.0);
                    for id in $ids.iter().chain(std::iter::repeat(last)).take(count) {
                        query = query.bind(*id);
                    }
                    query.fetch_all(conn).await
                })?
            }
        }
    };
}

/// The records of a vendor that share a key, of one brand where they belong to one; without the deal itself.
pub(in crate::server) async fn others(
    tx: &mut Tx,
    vendor: OrganizationId,
    brand: BrandId,
    probes: &[BlockingKey],
    itself: Option<DealId>,
    now: Timestamp,
) -> Result<Vec<Found>, Problem> {
    let candidates = keys::candidates(tx, vendor, probes, MOST).await?;
    let of = |kind: Kind| -> Vec<Uuid> {
        let same = candidates.iter().filter(|found| found.kind == kind);
        same.map(|found| found.record).filter(|id| Some(*id) != itself.map(|deal| deal.0)).collect()
    };
    let mut found = deals(tx, vendor, brand, &of(Kind::Deal), now).await?;
    found.extend(opportunities(tx, vendor, brand, &of(Kind::Opportunity)).await?);
    found.extend(customers(tx, vendor, brand, &of(Kind::Customer)).await?);
    Ok(found)
}

#[derive(FromRow)]
struct DealRow {
    id: Uuid,
    number: String,
    partner_id: Uuid,
    partner_name: String,
    status: String,
    claim: String,
    priority_at: Option<i64>,
    priority_seq: Option<i64>,
    expires_at: Option<i64>,
    qualified_at: Option<i64>,
    contribution: i64,
}

async fn deals(
    tx: &mut Tx,
    vendor: OrganizationId,
    brand: BrandId,
    ids: &[Uuid],
    now: Timestamp,
) -> Result<Vec<Found>, Problem> {
    const SQL: &str = "
        select d.id, d.number, d.partner_id, o.name as partner_name, d.status, d.claim, d.priority_at, d.priority_seq,
               d.expires_at, d.qualified_at, d.contribution
        from deal d left join organization o on o.id = d.partner_id
        where coalesce(d.vendor_id, d.vendor_id) = $1 and d.brand_id = $2 and d.id in";
    let rows: Vec<DealRow> = by_ids!(tx, SQL, vendor, brand, ids);
    let found = |row: DealRow| {
        let claim: Claim = serde_json::from_str(&row.claim).map_err(Problem::internal)?;
        let status =
            Status::parse(&row.status).ok_or_else(|| Problem::internal(format!("status {}", row.status)))?;
        let stand = match status {
            Status::Approved | Status::Converted if row.expires_at.is_none_or(|at| now.0 < at) => {
                Stand::Protected
            }
            Status::Approved | Status::Converted => Stand::Over,
            status if status.is_open() => Stand::Waiting,
            _ => Stand::Over,
        };
        let priority =
            row.priority_at.map(Timestamp).zip(row.priority_seq).map(|(at, seq)| Priority { at, seq });
        let partner = OrganizationId(row.partner_id);
        Ok(Found {
            qualified_at: row.qualified_at.map(Timestamp),
            contribution: row.contribution as u32,
            rival: Rival {
                id: DealId(row.id).to_string(),
                number: Some(row.number),
                customer_name: claim.customer.name.clone(),
                partner: Some(partner),
                partner_name: Some(row.partner_name),
                status: Some(row.status),
                value: claim.value,
                families: claim.families(),
                since: priority.map(|priority| priority.at),
            },
            other: Other {
                kind: RecordKind::Deal,
                id: row.id,
                company: company(&claim.customer),
                families: claim.families(),
                partner: Some(partner),
                stand,
                priority,
            },
        })
    };
    rows.into_iter().map(found).collect()
}

#[derive(FromRow)]
struct OpportunityRow {
    id: Uuid,
    external_id: Option<String>,
    customer_name: Option<String>,
    partner_id: Option<Uuid>,
    partner_name: Option<String>,
    stage: String,
    value_minor: i64,
    currency: String,
    opened_on: Option<String>,
    family: Option<String>,
    name: Option<String>,
    website: Option<String>,
    country: Option<String>,
    registration_number: Option<String>,
    phone: Option<String>,
    city: Option<String>,
    postal_code: Option<String>,
    street: Option<String>,
}

async fn opportunities(
    tx: &mut Tx,
    vendor: OrganizationId,
    brand: BrandId,
    ids: &[Uuid],
) -> Result<Vec<Found>, Problem> {
    const SQL: &str = "
        select p.id, p.external_id, p.customer_name, p.partner_id, o.name as partner_name, p.stage, p.value_minor,
               p.currency, p.opened_on, r.family, c.name, c.website, c.country, c.registration_number, c.phone, c.city,
               c.postal_code, c.street
        from opportunity p
        join program g on g.id = p.program_id
        left join product r on r.id = p.product_id
        left join customer c on c.id = p.customer_id
        left join organization o on o.id = p.partner_id
        where coalesce(p.vendor_id, p.vendor_id) = $1 and g.brand_id = $2 and p.stage in ('prospecting', 'engaging') and p.id in";
    let rows: Vec<OpportunityRow> = by_ids!(tx, SQL, vendor, brand, ids);
    let found = |row: OpportunityRow| {
        let name = row.name.or(row.customer_name).unwrap_or_default();
        let partner = row.partner_id.map(OrganizationId);
        let families: Vec<String> = row.family.into_iter().collect();
        let opened: Option<Date> = row.opened_on.and_then(|day| day.parse().ok());
        Found {
            qualified_at: None,
            contribution: 0,
            rival: Rival {
                id: OpportunityId(row.id).to_string(),
                number: row.external_id,
                customer_name: name.clone(),
                partner,
                partner_name: row.partner_name,
                status: Some(row.stage),
                value: Currency::from_code(&row.currency)
                    .map(|currency| Money::new(row.value_minor, currency)),
                families: families.clone(),
                since: opened.map(Timestamp::from_date),
            },
            other: Other {
                kind: RecordKind::Opportunity,
                id: row.id,
                company: Company {
                    name,
                    trade_names: Vec::new(),
                    website: row.website,
                    country: row.country,
                    registration_number: row.registration_number,
                    phone: row.phone,
                    city: row.city,
                    postal_code: row.postal_code,
                    street: row.street,
                },
                families,
                partner,
                stand: Stand::OpenOpportunity,
                priority: None,
            },
        }
    };
    Ok(rows.into_iter().map(found).collect())
}

#[derive(FromRow)]
struct CustomerRow {
    id: Uuid,
    external_id: Option<String>,
    name: String,
    website: Option<String>,
    country: Option<String>,
    registration_number: Option<String>,
    phone: Option<String>,
    city: Option<String>,
    postal_code: Option<String>,
    street: Option<String>,
    created_at: i64,
}

async fn customers(
    tx: &mut Tx,
    vendor: OrganizationId,
    brand: BrandId,
    ids: &[Uuid],
) -> Result<Vec<Found>, Problem> {
    const SQL: &str = "
        select c.id, c.external_id, c.name, c.website, c.country, c.registration_number, c.phone, c.city, c.postal_code,
               c.street, c.created_at
        from customer c where coalesce(c.vendor_id, c.vendor_id) = $1 and $2 = $2 and c.id in";
    const BOUGHT: &str = "
        select distinct p.customer_id, r.family
        from opportunity p join program g on g.id = p.program_id join product r on r.id = p.product_id
        where coalesce(p.vendor_id, p.vendor_id) = $1 and g.brand_id = $2 and p.stage = 'won' and p.customer_id in";
    let rows: Vec<CustomerRow> = by_ids!(tx, SQL, vendor, brand, ids);
    let bought: Vec<(Uuid, String)> = by_ids!(tx, BOUGHT, vendor, brand, ids);
    let found = |row: CustomerRow| {
        let families: Vec<String> = bought
            .iter()
            .filter(|(customer, _)| *customer == row.id)
            .map(|(_, family)| family.clone())
            .collect();
        Found {
            qualified_at: None,
            contribution: 0,
            rival: Rival {
                id: CustomerId(row.id).to_string(),
                number: row.external_id,
                customer_name: row.name.clone(),
                partner: None,
                partner_name: None,
                status: None,
                value: None,
                families: families.clone(),
                since: Some(Timestamp(row.created_at)),
            },
            other: Other {
                kind: RecordKind::Customer,
                id: row.id,
                company: Company {
                    name: row.name,
                    trade_names: Vec::new(),
                    website: row.website,
                    country: row.country,
                    registration_number: row.registration_number,
                    phone: row.phone,
                    city: row.city,
                    postal_code: row.postal_code,
                    street: row.street,
                },
                families: Vec::new(),
                partner: None,
                stand: Stand::Customer { bought: families },
                priority: None,
            },
        }
    };
    Ok(rows.into_iter().map(found).collect())
}

//! What a dry run looks at: registrations with their claims and moments, and the records that they may have met.
use std::collections::HashMap;

use base::db::Tx;
use base::{BrandId, Date, DealId, OrganizationId, Problem, ProgramId, Span, Timestamp};
use customers::server::keys::{self, Kind};
use matching::{Company, Matcher, Profile};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::filter::places;
use crate::model::{Claim, Priority, RecordKind, Status};
use crate::rules::dry_run::{Moment, Record, Registration, What};
use crate::rules::profile;

/// Records that are compared with a registration at most.
const MOST: u32 = 60;
/// How many ids one statement names.
const AT_ONCE: usize = 200;

/// Rows of a statement that ends in `in` for a part of many values, in turns; `$1` is the vendor, `$2` the brand.
macro_rules! in_turns {
    ($tx:expr, $sql:expr, $whose:expr, $values:expr, $row:ty, $rest:expr) => {{
        let mut all: Vec<$row> = Vec::new();
        for part in $values.chunks(AT_ONCE) {
            let sql = format!("{} ({}) {}", $sql, places(3, part.len()), $rest);
            let rows: Vec<$row> = base::on!($tx, |conn| {
                let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind($whose.0.0).bind($whose.1.0);
                for value in part {
                    query = query.bind(value);
                }
                query.fetch_all(conn).await
            })?;
            all.extend(rows);
        }
        all
    }};
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    number: String,
    program_id: Uuid,
    partner_id: Uuid,
    partner_name: String,
    status: String,
    claim: String,
    priority_at: i64,
    priority_seq: i64,
    qualified_at: Option<i64>,
    joined_at: Option<i64>,
}

/// The registrations of a vendor's brand that were received since an instant, in their order; of more than `most` the
/// newest, and whether there were more.
pub(in crate::server) async fn registrations(
    tx: &mut Tx,
    vendor: OrganizationId,
    brand: BrandId,
    since: Timestamp,
    most: usize,
) -> Result<(Vec<Registration>, bool), Problem> {
    const SQL: &str = "
        select d.id, d.number, d.program_id, d.partner_id, o.name as partner_name, d.status, d.claim, d.priority_at,
               d.priority_seq, d.qualified_at, e.joined_at
        from deal d
        join organization o on o.id = d.partner_id
        left join enrollment e on e.program_id = d.program_id and e.partner_id = d.partner_id
        where d.vendor_id = $1 and d.brand_id = $2 and d.priority_at >= $3 and d.priority_seq is not null
        order by d.priority_at desc, d.priority_seq desc limit $4";
    let mut rows: Vec<Row> = base::on!(tx, |conn| {
        sqlx::query_as(SQL)
            .bind(vendor.0)
            .bind(brand.0)
            .bind(since.0)
            .bind(most as i64 + 1)
            .fetch_all(conn)
            .await
    })?;
    let is_cut = rows.len() > most;
    rows.truncate(most);
    rows.reverse();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut claims = claims(tx, (vendor, brand), &ids).await?;
    let mut moments = moments(tx, (vendor, brand), &ids).await?;
    let registration = |row: Row| {
        let damaged =
            |error: serde_json::Error| Problem::internal(format!("deal {}: {error}", DealId(row.id)));
        let received = Timestamp(row.priority_at);
        let mut claims = claims.remove(&row.id).unwrap_or_default();
        if claims.is_empty() {
            claims.push((received, serde_json::from_str(&row.claim).map_err(damaged)?));
        }
        Ok(Registration {
            id: DealId(row.id),
            number: row.number,
            program: ProgramId(row.program_id),
            partner: OrganizationId(row.partner_id),
            partner_name: row.partner_name,
            status: Status::parse(&row.status)
                .ok_or_else(|| Problem::internal(format!("status {}", row.status)))?,
            is_enrolled: row.joined_at.is_some_and(|at| at <= row.priority_at),
            received: Priority { at: received, seq: row.priority_seq },
            qualified_at: row.qualified_at.map(Timestamp),
            claims,
            moments: moments.remove(&DealId(row.id).to_string()).unwrap_or_default(),
        })
    };
    Ok((rows.into_iter().map(registration).collect::<Result<_, Problem>>()?, is_cut))
}

/// What registrations claimed, from the submit on.
async fn claims(
    tx: &mut Tx,
    whose: (OrganizationId, BrandId),
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<(Timestamp, Claim)>>, Problem> {
    const SQL: &str = "select deal_id, at, claim from deal_version where $1 = $1 and $2 = $2 and deal_id in";
    let rows = in_turns!(tx, SQL, whose, ids, (Uuid, i64, String), "order by deal_id, number");
    let mut claims: HashMap<Uuid, Vec<(Timestamp, Claim)>> = HashMap::new();
    for (id, at, claim) in rows {
        let claim = serde_json::from_str(&claim)
            .map_err(|error| Problem::internal(format!("a claim of {}: {error}", DealId(id))))?;
        claims.entry(id).or_default().push((Timestamp(at), claim));
    }
    Ok(claims)
}

/// What happened to registrations, from the event log.
async fn moments(
    tx: &mut Tx,
    whose: (OrganizationId, BrandId),
    ids: &[Uuid],
) -> Result<HashMap<String, Vec<Moment>>, Problem> {
    const SQL: &str = "select subject, at, kind, data from event where coalesce(vendor_id, vendor_id) = $1 and $2 = $2 and subject in";
    let subjects: Vec<String> = ids.iter().map(|id| DealId(*id).to_string()).collect();
    let rows = in_turns!(tx, SQL, whose, subjects, (String, i64, String, String), "order by subject, seq");
    let mut moments: HashMap<String, Vec<Moment>> = HashMap::new();
    for (subject, at, kind, data) in rows {
        if let Some(what) = what(&kind, &data) {
            moments.entry(subject).or_default().push(Moment { at: Timestamp(at), what });
        }
    }
    Ok(moments)
}

fn what(kind: &str, data: &str) -> Option<What> {
    let said = |name: &str, value: &str| {
        let data: serde_json::Value = serde_json::from_str(data).unwrap_or_default();
        data.get(name).and_then(serde_json::Value::as_str) == Some(value)
    };
    Some(match kind {
        "deal.approved" => What::Approved { by_person: !said("from", "submitted") },
        "deal.ruled" if said("status", "approved") => What::Approved { by_person: true },
        "deal.rejected" | "deal.ruled" => What::Rejected,
        "deal.returned" => What::Returned,
        "deal.resubmitted" => What::Resubmitted,
        "deal.disputed" => What::Appealed,
        "deal.amended" => What::Amended,
        "deal.extended" => What::Extended,
        "deal.converted" => What::Converted,
        "deal.activity" | "deal.extension_requested" => What::Active,
        "deal.withdrawn" | "deal.cancelled" | "deal.won" | "deal.lost" => What::Ended,
        "deal.lapsed" | "deal.expired" => What::TimedOut,
        _ => return None,
    })
}

#[derive(FromRow)]
struct CompanyRow {
    id: Uuid,
    name: Option<String>,
    website: Option<String>,
    country: Option<String>,
    registration_number: Option<String>,
    phone: Option<String>,
    city: Option<String>,
    postal_code: Option<String>,
    street: Option<String>,
    created_at: i64,
}

impl CompanyRow {
    fn profile(self, matcher: &Matcher) -> Profile {
        let company = Company {
            name: self.name.unwrap_or_default(),
            trade_names: Vec::new(),
            website: self.website,
            country: self.country,
            registration_number: self.registration_number,
            phone: self.phone,
            city: self.city,
            postal_code: self.postal_code,
            street: self.street,
        };
        matcher.profile(&company)
    }
}

#[derive(FromRow)]
struct SaleRow {
    id: Uuid,
    customer_id: Option<Uuid>,
    customer_name: Option<String>,
    partner_id: Option<Uuid>,
    stage: String,
    opened_on: Option<String>,
    closed_on: Option<String>,
    created_at: i64,
    family: Option<String>,
}

/// The customers and opportunities that share a key with registrations, and for each registration their places.
pub(in crate::server) async fn records(
    tx: &mut Tx,
    vendor: OrganizationId,
    brand: BrandId,
    registrations: &[Registration],
    matcher: &Matcher,
) -> Result<(Vec<Record>, Vec<Vec<usize>>), Problem> {
    let mut near: Vec<Vec<(Kind, Uuid)>> = Vec::with_capacity(registrations.len());
    for registration in registrations {
        let probes = matching::probes(&profile(registration.claim(), matcher));
        let found = keys::candidates(tx, vendor, &probes, MOST).await?.into_iter();
        let found = found.filter(|found| found.kind != Kind::Deal).map(|found| (found.kind, found.record));
        near.push(found.collect());
    }
    let all = |kind: Kind| {
        let mut ids: Vec<Uuid> =
            near.iter().flatten().filter(|(is, _)| *is == kind).map(|(_, id)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let (customers, single) = (all(Kind::Customer), all(Kind::Opportunity));
    let (records, by_id) = gather(tx, (vendor, brand), &customers, &single, matcher).await?;
    let places = near.iter().map(|found| {
        let mut places: Vec<usize> =
            found.iter().filter_map(|(_, id)| by_id.get(id)).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places
    });
    let places = places.collect();
    Ok((records, places))
}

/// Records, and the places of those that an id leads to: a customer leads to itself and its opportunities, the closed
/// ones too, which have no keys of their own any more.
async fn gather(
    tx: &mut Tx,
    whose: (OrganizationId, BrandId),
    customers: &[Uuid],
    single: &[Uuid],
    matcher: &Matcher,
) -> Result<(Vec<Record>, HashMap<Uuid, Vec<usize>>), Problem> {
    const CUSTOMERS: &str = "
        select id, name, website, country, registration_number, phone, city, postal_code, street, created_at
        from customer where coalesce(vendor_id, vendor_id) = $1 and $2 = $2 and id in";
    const SALES: &str = "
        select p.id, p.customer_id, p.customer_name, p.partner_id, p.stage, p.opened_on, p.closed_on, p.created_at,
               r.family
        from opportunity p join program g on g.id = p.program_id left join product r on r.id = p.product_id
        where p.vendor_id = $1 and g.brand_id = $2";
    let companies = in_turns!(tx, CUSTOMERS, whose, customers, CompanyRow, "");
    let sql = format!("{SALES} and p.customer_id in");
    let mut sales = in_turns!(tx, sql, whose, customers, SaleRow, "");
    let sql = format!("{SALES} and p.customer_id is null and p.id in");
    sales.extend(in_turns!(tx, sql, whose, single, SaleRow, ""));
    let mut records: Vec<Record> = Vec::with_capacity(companies.len() + sales.len());
    let mut by_id: HashMap<Uuid, Vec<usize>> = HashMap::new();
    for row in companies {
        let (id, from) = (row.id, Timestamp(row.created_at));
        by_id.entry(id).or_default().push(records.len());
        records.push(Record {
            kind: RecordKind::Customer,
            id,
            profile: row.profile(matcher),
            families: Vec::new(),
            partner: None,
            from,
            until: None,
            bought: Vec::new(),
        });
    }
    let bare = |name: Option<String>| {
        matcher.profile(&Company { name: name.unwrap_or_default(), ..Company::default() })
    };
    for row in sales {
        let customer =
            row.customer_id.and_then(|id| by_id.get(&id)).and_then(|places| places.first()).copied();
        let closed = row.closed_on.as_deref().and_then(day_after);
        if let (Some(place), Some(family), "won") = (customer, &row.family, row.stage.as_str()) {
            let since = closed.unwrap_or(Timestamp(row.created_at));
            records[place].bought.push((family.clone(), since));
            records[place].from = records[place].from.min(since);
        }
        let profile = customer.map(|place| records[place].profile.clone());
        by_id.entry(row.customer_id.unwrap_or(row.id)).or_default().push(records.len());
        let opened = row.opened_on.as_deref().and_then(|day| day.parse::<Date>().ok());
        let is_over = matches!(row.stage.as_str(), "won" | "lost");
        let from = opened.map_or(Timestamp(row.created_at), Timestamp::from_date);
        records.push(Record {
            kind: RecordKind::Opportunity,
            id: row.id,
            profile: profile.unwrap_or_else(|| bare(row.customer_name)),
            families: row.family.into_iter().collect(),
            partner: row.partner_id.map(OrganizationId),
            from,
            until: closed.or_else(|| is_over.then_some(from)),
            bought: Vec::new(),
        });
    }
    Ok((records, by_id))
}

/// The end of a day in UTC.
fn day_after(day: &str) -> Option<Timestamp> {
    day.parse::<Date>().ok().map(|day| Timestamp::from_date(day) + Span::days(1))
}

//! One lead in the database: the interest and the state as JSON, and in columns what lists are sorted and filtered by.
use base::db::Tx;
use base::{BrandId, DealId, LeadId, Money, OrganizationId, Problem, ProgramId, Scope, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use sqlx::types::Uuid;

use crate::model::{Contact, Interest, Lead, LeadCustomer, LeadState, Origin, Person, Source, Status};

/// Beyond every instant: what waits for nobody stands behind what waits, the newest first.
const BEHIND: i64 = 1 << 60;

/// What is known of an interest, as stored.
#[derive(Serialize, Deserialize)]
struct Known {
    customer: LeadCustomer,
    contacts: Vec<Contact>,
    interest: Option<Interest>,
    value: Option<Money>,
    source: Source,
    source_note: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
    note: String,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    vendor_id: Uuid,
    vendor_name: String,
    brand_id: Uuid,
    program_id: Uuid,
    program_name: String,
    partner_name: Option<String>,
    number: String,
    state: String,
    interest: String,
    deal_number: Option<String>,
    deal_status: Option<String>,
    created_by: Option<Uuid>,
    created_by_name: String,
    created_at: i64,
    updated_at: i64,
    version: i64,
}

impl TryFrom<Row> for Lead {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let damaged =
            |error: serde_json::Error| Problem::internal(format!("lead {}: {error}", LeadId(row.id)));
        let state: LeadState = serde_json::from_str(&row.state).map_err(damaged)?;
        let known: Known = serde_json::from_str(&row.interest).map_err(damaged)?;
        Ok(Self {
            id: LeadId(row.id),
            number: row.number,
            status: state.status(),
            partner: state.partner(),
            partner_name: row.partner_name,
            answer_by: state.answer_by(),
            deal: state.deal(),
            deal_number: row.deal_number,
            deal_status: row.deal_status.as_deref().and_then(deals::Status::parse),
            state,
            vendor: OrganizationId(row.vendor_id),
            vendor_name: row.vendor_name,
            brand: BrandId(row.brand_id),
            program: ProgramId(row.program_id),
            program_name: row.program_name,
            customer: known.customer,
            contacts: known.contacts,
            interest: known.interest,
            value: known.value,
            source: known.source,
            source_note: known.source_note,
            origin: known.origin,
            note: known.note,
            created_by: Person { name: row.created_by_name, user: row.created_by.map(UserId) },
            created_at: Timestamp(row.created_at),
            updated_at: Timestamp(row.updated_at),
            version: row.version as u32,
            moves: Vec::new(),
        })
    }
}

/// The vendor of a lead, if the scope sees the lead.
pub(in crate::server) async fn vendor_of(
    tx: &mut Tx,
    id: LeadId,
    scope: Scope,
) -> Result<Option<OrganizationId>, Problem> {
    let (column, whose) = scope.column().unwrap_or(("$2", OrganizationId(Uuid::nil())));
    let sql = format!("select vendor_id from lead where id = $1 and {column} = $2");
    let vendor: Option<Uuid> = base::on!(tx, |conn| {
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(id.0).bind(whose.0).fetch_optional(conn).await
    })?;
    Ok(vendor.map(OrganizationId))
}

/// One lead, if the scope sees it; without the moves.
pub(in crate::server) async fn find(tx: &mut Tx, id: LeadId, scope: Scope) -> Result<Option<Lead>, Problem> {
    let (column, whose) =
        scope.column().map_or(("$2".to_owned(), Uuid::nil()), |(name, id)| (format!("l.{name}"), id.0));
    let sql = format!(
        "select l.id, l.vendor_id, v.name as vendor_name, l.brand_id, l.program_id, g.name as program_name,
                o.name as partner_name, l.number, l.state, l.interest, d.number as deal_number,
                d.status as deal_status, l.created_by, l.created_by_name, l.created_at, l.updated_at, l.version
         from lead l
         join organization v on v.id = l.vendor_id
         join program g on g.id = l.program_id
         left join organization o on o.id = l.partner_id
         left join deal d on d.id = l.deal_id
         where l.id = $1 and {column} = $2"
    );
    let row: Option<Row> = base::on!(tx, |conn| {
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id.0).bind(whose).fetch_optional(conn).await
    })?;
    row.map(Lead::try_from).transpose()
}

/// The lead that a deal was begun with.
pub(in crate::server) async fn of_deal(tx: &mut Tx, deal: DealId) -> Result<Option<LeadId>, Problem> {
    const SQL: &str = "select id from lead where deal_id = $1";
    let id: Option<Uuid> =
        base::on!(tx, |conn| sqlx::query_scalar(SQL).bind(deal.0).fetch_optional(conn).await)?;
    Ok(id.map(LeadId))
}

/// What a lead is in columns.
struct Columns {
    state: String,
    interest: String,
    product: String,
    search: String,
    needs_partner: i64,
    needs_vendor: i64,
    partner_place: i64,
    vendor_place: i64,
}

impl Columns {
    fn of(lead: &Lead, needs_vendor: bool) -> Result<Self, Problem> {
        let known = Known {
            customer: lead.customer.clone(),
            contacts: lead.contacts.clone(),
            interest: lead.interest.clone(),
            value: lead.value,
            source: lead.source,
            source_note: lead.source_note.clone(),
            origin: lead.origin.clone(),
            note: lead.note.clone(),
        };
        let website = lead.customer.website.as_deref().unwrap_or_default();
        let contacts =
            lead.contacts.iter().map(|contact| contact.name.as_str()).collect::<Vec<_>>().join(" ");
        let behind = BEHIND - lead.created_at.0;
        Ok(Self {
            state: serde_json::to_string(&lead.state).map_err(Problem::internal)?,
            interest: serde_json::to_string(&known).map_err(Problem::internal)?,
            product: lead.interest.as_ref().map(|interest| interest.name.clone()).unwrap_or_default(),
            search: format!("{} {website} {contacts} {}", lead.customer.name, lead.number).to_lowercase(),
            needs_partner: i64::from(lead.status == Status::Assigned),
            needs_vendor: i64::from(needs_vendor),
            partner_place: lead.answer_by.map_or(behind, |at| at.0),
            vendor_place: if needs_vendor { lead.updated_at.0 } else { behind },
        })
    }
}

/// Binds the first 21 places, which an insert and an update share.
macro_rules! written {
    ($sql:expr, $lead:expr, $columns:expr) => {
        sqlx::query($sql)
            .bind($lead.id.0)
            .bind($lead.partner.map(|id| id.0))
            .bind($lead.status.as_str())
            .bind(&$columns.state)
            .bind(&$columns.interest)
            .bind(&$lead.customer.name)
            .bind(&$lead.customer.country)
            .bind(&$columns.product)
            .bind($lead.value.map_or(0, |value| value.amount_minor))
            .bind($lead.value.map(|value| value.currency.code()))
            .bind($lead.source.as_str())
            .bind(&$columns.search)
            .bind($lead.answer_by.map(|at| at.0))
            .bind($columns.needs_partner)
            .bind($columns.needs_vendor)
            .bind($columns.partner_place)
            .bind($columns.vendor_place)
            .bind($lead.deal.map(|id| id.0))
            .bind($lead.updated_at.0)
            .bind(i64::from($lead.version))
    };
}

/// Adds a lead.
pub(in crate::server) async fn insert(tx: &mut Tx, lead: &Lead, needs_vendor: bool) -> Result<(), Problem> {
    const SQL: &str = "
        insert into lead (id, partner_id, status, state, interest, customer_name, country, product, value_minor,
                          currency, source, search, answer_by, needs_partner, needs_vendor, partner_place,
                          vendor_place, deal_id, updated_at, version, vendor_id, brand_id, program_id, number,
                          created_by, created_by_name, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                $23, $24, $25, $26, $27)";
    let columns = Columns::of(lead, needs_vendor)?;
    base::execute!(
        tx,
        written!(SQL, lead, columns)
            .bind(lead.vendor.0)
            .bind(lead.brand.0)
            .bind(lead.program.0)
            .bind(&lead.number)
            .bind(lead.created_by.user.map(|user| user.0))
            .bind(&lead.created_by.name)
            .bind(lead.created_at.0)
    )?;
    Ok(())
}

/// Writes a lead back that was read at version `before`.
///
/// # Errors
/// `Stale` when somebody else changed it meanwhile.
pub(in crate::server) async fn update(
    tx: &mut Tx,
    lead: &Lead,
    needs_vendor: bool,
    before: u32,
) -> Result<(), Problem> {
    const SQL: &str = "
        update lead
        set partner_id = $2, status = $3, state = $4, interest = $5, customer_name = $6, country = $7, product = $8,
            value_minor = $9, currency = $10, source = $11, search = $12, answer_by = $13, needs_partner = $14,
            needs_vendor = $15, partner_place = $16, vendor_place = $17, deal_id = $18, updated_at = $19,
            version = $20
        where id = $1 and version = $21";
    let columns = Columns::of(lead, needs_vendor)?;
    let touched = base::execute!(tx, written!(SQL, lead, columns).bind(i64::from(before)))?;
    if touched == 0 { Err(Problem::Stale) } else { Ok(()) }
}

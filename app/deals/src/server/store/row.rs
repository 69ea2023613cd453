//! One deal in the database: the claim and the state as JSON, and in columns what lists are sorted and filtered by.
use base::db::Tx;
use base::{BrandId, DealId, OpportunityId, OrganizationId, Problem, ProgramId, Scope, Timestamp, UserId};
use sqlx::FromRow;
use sqlx::types::Uuid;

use crate::model::{Claim, Deal, DealState, Person, Status};

#[derive(FromRow)]
struct Row {
    id: Uuid,
    vendor_id: Uuid,
    brand_id: Uuid,
    program_id: Uuid,
    program_name: String,
    partner_id: Uuid,
    partner_name: String,
    number: String,
    state: String,
    claim: String,
    priority_at: Option<i64>,
    priority_seq: Option<i64>,
    rounds: i64,
    extensions: i64,
    opportunity_id: Option<Uuid>,
    qualified_at: Option<i64>,
    contribution: i64,
    rules_version: Option<i64>,
    rules: String,
    created_by: Option<Uuid>,
    created_by_name: String,
    created_at: i64,
    updated_at: i64,
    version: i64,
}

impl TryFrom<Row> for Deal {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let damaged =
            |error: serde_json::Error| Problem::internal(format!("deal {}: {error}", DealId(row.id)));
        let state: DealState = serde_json::from_str(&row.state).map_err(damaged)?;
        let claim: Claim = serde_json::from_str(&row.claim).map_err(damaged)?;
        let rules = serde_json::from_str(&row.rules).map_err(damaged)?;
        Ok(Self {
            id: DealId(row.id),
            number: row.number,
            status: state.status(),
            protection: state.protection(),
            answer_due: state.answer_due(),
            state,
            vendor: OrganizationId(row.vendor_id),
            brand: BrandId(row.brand_id),
            program: ProgramId(row.program_id),
            program_name: row.program_name,
            partner: OrganizationId(row.partner_id),
            partner_name: row.partner_name,
            customer: claim.customer,
            products: claim.products,
            value: claim.value,
            value_kind: claim.value_kind,
            expected_close: claim.expected_close,
            partner_role: claim.partner_role,
            evidence: claim.evidence,
            notes: claim.notes,
            sales_stage: claim.sales_stage,
            use_case: claim.use_case,
            competitor: claim.competitor,
            incumbent: claim.incumbent,
            tender_reference: claim.tender_reference,
            source: claim.source,
            priority_at: row.priority_at.map(Timestamp),
            priority_seq: row.priority_seq,
            lapses_at: None,
            qualified_at: row.qualified_at.map(Timestamp),
            contribution: row.contribution as u32,
            opportunity: row.opportunity_id.map(OpportunityId),
            rounds: row.rounds as u32,
            extensions: row.extensions as u32,
            registered_by: Person { name: row.created_by_name, user: row.created_by.map(UserId) },
            created_at: Timestamp(row.created_at),
            updated_at: Timestamp(row.updated_at),
            version: row.version as u32,
            rules_version: row.rules_version.map(|number| number as u32),
            rules,
            moves: Vec::new(),
        })
    }
}

/// The vendor of a deal, if the scope sees the deal.
pub(in crate::server) async fn vendor_of(
    tx: &mut Tx,
    id: DealId,
    scope: Scope,
) -> Result<Option<OrganizationId>, Problem> {
    let (column, whose) = scope.column().unwrap_or(("$2", OrganizationId(Uuid::nil())));
    let sql = format!("select vendor_id from deal where id = $1 and {column} = $2");
    let vendor: Option<Uuid> = base::on!(tx, |conn| {
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(id.0).bind(whose.0).fetch_optional(conn).await
    })?;
    Ok(vendor.map(OrganizationId))
}

/// One deal, if the scope sees it; without the moves.
pub(in crate::server) async fn find(tx: &mut Tx, id: DealId, scope: Scope) -> Result<Option<Deal>, Problem> {
    let (column, whose) =
        scope.column().map_or(("$2".to_owned(), Uuid::nil()), |(name, id)| (format!("d.{name}"), id.0));
    let sql = format!(
        "select d.id, d.vendor_id, d.brand_id, d.program_id, g.name as program_name, d.partner_id,
                o.name as partner_name, d.number, d.state, d.claim, d.priority_at, d.priority_seq, d.rounds,
                d.extensions, d.opportunity_id, d.qualified_at, d.contribution, d.rules_version, d.rules, d.created_by, d.created_by_name, d.created_at, d.updated_at,
                d.version
         from deal d join program g on g.id = d.program_id join organization o on o.id = d.partner_id
         where d.id = $1 and {column} = $2"
    );
    let row: Option<Row> = base::on!(tx, |conn| {
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id.0).bind(whose).fetch_optional(conn).await
    })?;
    row.map(Deal::try_from).transpose()
}

/// A page of a vendor's deals, by id after one.
pub(in crate::server) async fn in_turn(
    tx: &mut Tx,
    vendor: OrganizationId,
    after: Uuid,
    limit: u32,
) -> Result<Vec<DealId>, Problem> {
    const SQL: &str = "select id from deal where vendor_id = $1 and id > $2 order by id limit $3";
    let limit = i64::from(limit);
    let ids: Vec<Uuid> = base::on!(tx, |conn| {
        sqlx::query_scalar(SQL).bind(vendor.0).bind(after).bind(limit).fetch_all(conn).await
    })?;
    Ok(ids.into_iter().map(DealId).collect())
}

/// What a deal is in columns.
struct Columns {
    state: String,
    claim: String,
    rules: String,
    products: String,
    expected_close: Option<String>,
    search: String,
    expires_at: Option<i64>,
    needs_partner: i64,
    needs_vendor: i64,
}

impl Columns {
    fn of(deal: &Deal) -> Result<Self, Problem> {
        let claim = deal.claim();
        let website = deal.customer.website.as_deref().unwrap_or_default();
        let grace = match &deal.state {
            DealState::Returned { grace_until, .. } => Some(*grace_until),
            _ => None,
        };
        let silent = matches!(&deal.state, DealState::Approved { warned_at: Some(_), .. });
        let asked = matches!(&deal.state, DealState::Approved { extension: Some(_), .. });
        Ok(Self {
            state: serde_json::to_string(&deal.state).map_err(Problem::internal)?,
            claim: serde_json::to_string(&claim).map_err(Problem::internal)?,
            rules: serde_json::to_string(&deal.rules).map_err(Problem::internal)?,
            products: claim.product_summary(),
            expected_close: deal.expected_close.map(|day| day.to_string()),
            search: format!("{} {website} {}", deal.customer.name, deal.number).to_lowercase(),
            expires_at: deal.protection.map(|window| window.expiry).or(grace).map(|at| at.0),
            needs_partner: i64::from(matches!(deal.status, Status::Draft | Status::Returned) || silent),
            needs_vendor: i64::from(deal.answer_due.is_some() && (deal.status.awaits_vendor() || asked)),
        })
    }
}

/// Binds the first 27 places, which an insert and an update share.
macro_rules! written {
    ($sql:expr, $deal:expr, $columns:expr) => {
        sqlx::query($sql)
            .bind($deal.id.0)
            .bind($deal.status.as_str())
            .bind(&$columns.state)
            .bind(&$columns.claim)
            .bind(&$deal.customer.name)
            .bind(&$deal.customer.country)
            .bind(&$columns.products)
            .bind($deal.value.map_or(0, |value| value.amount_minor))
            .bind($deal.value.map(|value| value.currency.code()))
            .bind($deal.value_kind.as_str())
            .bind(&$columns.expected_close)
            .bind(&$columns.search)
            .bind($deal.priority_at.map(|at| at.0))
            .bind($deal.priority_seq)
            .bind($deal.answer_due.map(|at| at.0))
            .bind($columns.expires_at)
            .bind($columns.needs_partner)
            .bind($columns.needs_vendor)
            .bind(i64::from($deal.rounds))
            .bind(i64::from($deal.extensions))
            .bind($deal.rules_version.map(i64::from))
            .bind(&$columns.rules)
            .bind($deal.updated_at.0)
            .bind(i64::from($deal.version))
            .bind($deal.opportunity.map(|id| id.0))
            .bind($deal.qualified_at.map(|at| at.0))
            .bind(i64::from($deal.contribution))
    };
}

/// Adds a deal.
pub(in crate::server) async fn insert(tx: &mut Tx, deal: &Deal) -> Result<(), Problem> {
    const SQL: &str = "
        insert into deal (id, status, state, claim, customer_name, country, products, value_minor, currency,
                          value_kind, expected_close, search, priority_at, priority_seq, answer_due, expires_at,
                          needs_partner, needs_vendor, rounds, extensions, rules_version, rules, updated_at, version,
                          opportunity_id, qualified_at, contribution, vendor_id, brand_id, program_id, partner_id, number, created_by, created_by_name, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
                $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35)";
    let columns = Columns::of(deal)?;
    base::execute!(
        tx,
        written!(SQL, deal, columns)
            .bind(deal.vendor.0)
            .bind(deal.brand.0)
            .bind(deal.program.0)
            .bind(deal.partner.0)
            .bind(&deal.number)
            .bind(deal.registered_by.user.map(|user| user.0))
            .bind(&deal.registered_by.name)
            .bind(deal.created_at.0)
    )?;
    super::tally(tx, deal, None).await
}

/// Writes a deal back that was read as `before`.
///
/// # Errors
/// `Stale` when somebody else changed it meanwhile.
pub(in crate::server) async fn update(
    tx: &mut Tx,
    deal: &Deal,
    before: (u32, Status),
) -> Result<(), Problem> {
    const SQL: &str = "
        update deal
        set status = $2, state = $3, claim = $4, customer_name = $5, country = $6, products = $7, value_minor = $8,
            currency = $9, value_kind = $10, expected_close = $11, search = $12, priority_at = $13, priority_seq = $14,
            answer_due = $15, expires_at = $16, needs_partner = $17, needs_vendor = $18, rounds = $19,
            extensions = $20, rules_version = $21, rules = $22, updated_at = $23, version = $24,
            opportunity_id = $25, qualified_at = $26, contribution = $27
        where id = $1 and version = $28";
    let columns = Columns::of(deal)?;
    let touched = base::execute!(tx, written!(SQL, deal, columns).bind(i64::from(before.0)))?;
    if touched == 0 {
        return Err(Problem::Stale);
    }
    if before.1 == deal.status { Ok(()) } else { super::tally(tx, deal, Some(before.1)).await }
}

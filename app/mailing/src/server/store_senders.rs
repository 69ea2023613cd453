//! The table of sender domains; nothing else writes it.
use base::db::Tx;
use base::{BrandId, OrganizationId, Problem, Scope, Timestamp, execute, on};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use crate::model::{RecordFinding, SenderDomain, SenderId, SenderState};

#[derive(FromRow)]
struct Row {
    id: Uuid,
    partner_id: Option<Uuid>,
    brand_id: Option<Uuid>,
    domain: String,
    mailbox: String,
    selector: String,
    public_key: String,
    sealed_key: String,
    state: String,
    dkim: String,
    spf: String,
    dmarc: String,
    checked_at: Option<i64>,
    verified_at: Option<i64>,
    failing_since: Option<i64>,
    added_at: i64,
    added_by_name: String,
    version: i64,
}

const SELECT: &str = "
    select id, partner_id, brand_id, domain, mailbox, selector, public_key, sealed_key, state, dkim, spf, dmarc, checked_at,
           verified_at, failing_since, added_at, added_by_name, version
    from sender_domain";

/// A sender domain with what is not shown.
pub(super) struct Keyed {
    pub(super) shown: SenderDomain,
    pub(super) selector: String,
    pub(super) public_key: String,
    pub(super) sealed_key: String,
}

impl TryFrom<Row> for Keyed {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let finding = |text: &str| {
            RecordFinding::parse(text)
                .ok_or_else(|| Problem::internal(format!("a record that was found {text}")))
        };
        let shown = SenderDomain {
            id: SenderId(row.id),
            partner: row.partner_id.map(OrganizationId),
            brand: row.brand_id.map(BrandId),
            address: format!("{}@{}", row.mailbox, row.domain),
            state: SenderState::parse(&row.state)
                .ok_or_else(|| Problem::internal(format!("a sender domain in state {}", row.state)))?,
            record_name: format!("{}._domainkey.{}", row.selector, row.domain),
            record_value: format!("v=DKIM1; k=rsa; p={}", row.public_key),
            domain: row.domain,
            dkim: finding(&row.dkim)?,
            spf: finding(&row.spf)?,
            dmarc: finding(&row.dmarc)?,
            checked_at: row.checked_at.map(Timestamp),
            verified_at: row.verified_at.map(Timestamp),
            failing_since: row.failing_since.map(Timestamp),
            added_at: Timestamp(row.added_at),
            added_by_name: row.added_by_name,
            version: row.version as u32,
        };
        Ok(Self { shown, selector: row.selector, public_key: row.public_key, sealed_key: row.sealed_key })
    }
}

/// All that the reader keeps, in the order of their names.
pub(super) async fn list(tx: &mut Tx, scope: Scope) -> Result<Vec<SenderDomain>, Problem> {
    let Some((column, id)) = scope.column() else { return Ok(Vec::new()) };
    let sql = format!("{SELECT} where {column} = $1 order by domain, id");
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).fetch_all(conn).await)?;
    rows.into_iter().map(|row| Keyed::try_from(row).map(|keyed| keyed.shown)).collect()
}

/// One that the reader keeps; with [`Scope::System`] any.
pub(super) async fn find(tx: &mut Tx, id: SenderId, scope: Scope) -> Result<Option<Keyed>, Problem> {
    let row: Option<Row> = match scope.column() {
        Some((column, owner)) => {
            let sql = format!("{SELECT} where id = $1 and {column} = $2");
            on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql))
                .bind(id.0)
                .bind(owner.0)
                .fetch_optional(conn)
                .await)?
        }
        None => {
            let sql = format!("{SELECT} where id = $1");
            on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).fetch_optional(conn).await)?
        }
    };
    row.map(Keyed::try_from).transpose()
}

/// In whose name mails of a partner and a brand go out: the partner's own, else the brand's; none when neither is verified.
pub(super) async fn of_mails(
    tx: &mut Tx,
    partner: OrganizationId,
    brand: BrandId,
) -> Result<Option<Keyed>, Problem> {
    let sql = format!(
        "{SELECT} where owner_id in ($1, $2) and state = 'verified'
         order by case when owner_id = $1 then 0 else 1 end, verified_at desc limit 1"
    );
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql))
        .bind(partner.0)
        .bind(brand.0)
        .fetch_optional(conn)
        .await)?;
    row.map(Keyed::try_from).transpose()
}

/// How many an owner has.
pub(super) async fn count(tx: &mut Tx, owner: Uuid) -> Result<usize, Problem> {
    const SQL: &str = "select count(*) from sender_domain where owner_id = $1";
    let count: i64 = on!(tx, |conn| sqlx::query_scalar(SQL).bind(owner).fetch_one(conn).await)?;
    Ok(count as usize)
}

/// Adds one; false when the owner has the domain.
pub(super) async fn insert(
    tx: &mut Tx,
    keyed: &Keyed,
    (owner, vendor): (Uuid, Option<OrganizationId>),
    mailbox: &str,
) -> Result<bool, Problem> {
    const SQL: &str = "
        insert into sender_domain (id, owner_id, vendor_id, partner_id, brand_id, domain, mailbox, selector, public_key,
            sealed_key, state, dkim, spf, dmarc, added_at, added_by_name, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'pending', 'unknown', 'unknown', 'unknown', $11, $12, 1)
        on conflict (owner_id, domain) do nothing";
    let shown = &keyed.shown;
    let added = execute!(
        tx,
        sqlx::query(SQL)
            .bind(shown.id.0)
            .bind(owner)
            .bind(vendor.map(|id| id.0))
            .bind(shown.partner.map(|id| id.0))
            .bind(shown.brand.map(|id| id.0))
            .bind(&shown.domain)
            .bind(mailbox)
            .bind(&keyed.selector)
            .bind(&keyed.public_key)
            .bind(&keyed.sealed_key)
            .bind(shown.added_at.0)
            .bind(&shown.added_by_name)
    )?;
    Ok(added > 0)
}

/// Writes what a look found, over the version before.
///
/// # Errors
/// `Stale` when somebody else wrote first.
pub(super) async fn update(tx: &mut Tx, shown: &SenderDomain) -> Result<(), Problem> {
    const SQL: &str = "
        update sender_domain
        set state = $2, dkim = $3, spf = $4, dmarc = $5, checked_at = $6, verified_at = $7, failing_since = $8, version = $9
        where id = $1 and version = $9 - 1";
    let written = execute!(
        tx,
        sqlx::query(SQL)
            .bind(shown.id.0)
            .bind(shown.state.as_str())
            .bind(shown.dkim.as_str())
            .bind(shown.spf.as_str())
            .bind(shown.dmarc.as_str())
            .bind(shown.checked_at.map(|at| at.0))
            .bind(shown.verified_at.map(|at| at.0))
            .bind(shown.failing_since.map(|at| at.0))
            .bind(i64::from(shown.version))
    )?;
    if written == 0 { Err(Problem::Stale) } else { Ok(()) }
}

pub(super) async fn delete(tx: &mut Tx, id: SenderId) -> Result<(), Problem> {
    execute!(tx, sqlx::query("delete from sender_domain where id = $1").bind(id.0))?;
    Ok(())
}

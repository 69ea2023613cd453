//! The tables of host names; nothing else writes them.
use base::db::Tx;
use base::{BrandId, Problem, Timestamp, execute, on};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::name::shown;
use crate::model::{Host, HostId, HostState};
use crate::rules;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    brand_id: Uuid,
    name: String,
    token: String,
    state: String,
    is_primary: i64,
    added_at: i64,
    added_by_name: String,
    verified_at: Option<i64>,
    failing_since: Option<i64>,
    version: i64,
}

const SELECT: &str = "
    select id, brand_id, name, token, state, is_primary, added_at, added_by_name, verified_at, failing_since, version
    from brand_host";

impl TryFrom<Row> for Host {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        Ok(Self {
            id: HostId(row.id),
            brand: BrandId(row.brand_id),
            shown: shown(&row.name),
            state: HostState::parse(&row.state)
                .ok_or_else(|| Problem::internal(format!("a host name in state {}", row.state)))?,
            is_primary: row.is_primary == 1,
            record: rules::record(&row.name, &row.token),
            // Known to the verbs, which fill it in.
            target: String::new(),
            name: row.name,
            added_at: Timestamp(row.added_at),
            added_by_name: row.added_by_name,
            verified_at: row.verified_at.map(Timestamp),
            failing_since: row.failing_since.map(Timestamp),
            version: row.version as u32,
        })
    }
}

/// All names of a brand.
pub(super) async fn of_brand(tx: &mut Tx, brand: BrandId) -> Result<Vec<Host>, Problem> {
    let sql = format!("{SELECT} where brand_id = $1 order by name");
    let rows: Vec<Row> =
        on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(brand.0).fetch_all(conn).await)?;
    rows.into_iter().map(Host::try_from).collect()
}

pub(super) async fn find(tx: &mut Tx, id: HostId) -> Result<Option<Host>, Problem> {
    let sql = format!("{SELECT} where id = $1");
    let row: Option<Row> =
        on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).fetch_optional(conn).await)?;
    row.map(Host::try_from).transpose()
}

/// Adds a name; false when the brand has it.
pub(super) async fn insert(tx: &mut Tx, host: &Host, token: &str) -> Result<bool, Problem> {
    const SQL: &str = "
        insert into brand_host (id, brand_id, name, token, state, is_primary, added_at, added_by_name, version)
        values ($1, $2, $3, $4, $5, 0, $6, $7, $8) on conflict (brand_id, name) do nothing";
    let added = execute!(
        tx,
        sqlx::query(SQL)
            .bind(host.id.0)
            .bind(host.brand.0)
            .bind(&host.name)
            .bind(token)
            .bind(host.state.as_str())
            .bind(host.added_at.0)
            .bind(&host.added_by_name)
            .bind(i64::from(host.version))
    )?;
    Ok(added > 0)
}

/// Writes where a name stands, over the version before.
///
/// # Errors
/// `Stale` when somebody else wrote first.
pub(super) async fn update(tx: &mut Tx, host: &Host) -> Result<(), Problem> {
    const SQL: &str = "
        update brand_host set state = $2, is_primary = $3, verified_at = $4, failing_since = $5, version = $6
        where id = $1 and version = $6 - 1";
    let written = execute!(
        tx,
        sqlx::query(SQL)
            .bind(host.id.0)
            .bind(host.state.as_str())
            .bind(i64::from(host.is_primary))
            .bind(host.verified_at.map(|at| at.0))
            .bind(host.failing_since.map(|at| at.0))
            .bind(i64::from(host.version))
    )?;
    if written == 0 { Err(Problem::Stale) } else { Ok(()) }
}

pub(super) async fn delete(tx: &mut Tx, id: HostId) -> Result<(), Problem> {
    const SQL: &str = "delete from brand_host where id = $1";
    disown(tx, id).await?;
    execute!(tx, sqlx::query(SQL).bind(id.0))?;
    Ok(())
}

/// Makes a name somebody's; false when it is somebody else's.
pub(super) async fn own(tx: &mut Tx, name: &str, id: HostId) -> Result<bool, Problem> {
    const SQL: &str = "insert into owned_host (name, host_id) values ($1, $2) on conflict (name) do nothing";
    Ok(execute!(tx, sqlx::query(SQL).bind(name).bind(id.0))? > 0)
}

/// A name is nobody's any more.
pub(super) async fn disown(tx: &mut Tx, id: HostId) -> Result<(), Problem> {
    const SQL: &str = "delete from owned_host where host_id = $1";
    execute!(tx, sqlx::query(SQL).bind(id.0))?;
    Ok(())
}

/// All names that are somebody's, with the brands that they show.
pub(super) async fn owned(tx: &mut Tx) -> Result<Vec<(String, BrandId)>, Problem> {
    const SQL: &str =
        "select o.name, h.brand_id from owned_host o join brand_host h on h.id = o.host_id order by o.name";
    let rows: Vec<(String, Uuid)> = on!(tx, |conn| sqlx::query_as(SQL).fetch_all(conn).await)?;
    Ok(rows.into_iter().map(|(name, brand)| (name, BrandId(brand))).collect())
}

/// The name that links in a brand's mails lead to.
pub(super) async fn primary(tx: &mut Tx, brand: BrandId) -> Result<Option<String>, Problem> {
    const SQL: &str =
        "select name from brand_host where brand_id = $1 and is_primary = 1 and state = 'verified'";
    Ok(on!(tx, |conn| sqlx::query_scalar(SQL).bind(brand.0).fetch_optional(conn).await)?)
}

//! The tables of themes; nothing else writes them.
use base::db::Tx;
use base::{BrandId, Problem, Timestamp, UserId, execute, on};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use crate::model::{Theme, ThemeVersion};

#[derive(FromRow)]
struct Row {
    brand_id: Uuid,
    number: i64,
    theme: String,
    note: String,
    same_as: Option<i64>,
    published_at: i64,
    published_by_name: String,
}

impl TryFrom<Row> for ThemeVersion {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        Ok(Self {
            brand: BrandId(row.brand_id),
            number: row.number as u32,
            theme: serde_json::from_str(&row.theme).map_err(Problem::internal)?,
            note: row.note,
            same_as: row.same_as.map(|number| number as u32),
            published_at: Timestamp(row.published_at),
            published_by_name: row.published_by_name,
        })
    }
}

const SELECT: &str = "
    select brand_id, number, theme, note, same_as, published_at, published_by_name from theme_version
    where brand_id = $1";

/// The version that is worn.
pub(super) async fn current(tx: &mut Tx, brand: BrandId) -> Result<Option<ThemeVersion>, Problem> {
    let sql = format!("{SELECT} order by number desc limit 1");
    let row: Option<Row> =
        on!(tx, |conn| sqlx::query_as(AssertSqlSafe(sql)).bind(brand.0).fetch_optional(conn).await)?;
    row.map(ThemeVersion::try_from).transpose()
}

pub(super) async fn version(
    tx: &mut Tx,
    brand: BrandId,
    number: u32,
) -> Result<Option<ThemeVersion>, Problem> {
    let sql = format!("{SELECT} and number = $2");
    let row: Option<Row> = on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(brand.0).bind(i64::from(number)).fetch_optional(conn).await
    })?;
    row.map(ThemeVersion::try_from).transpose()
}

/// Versions before a number, newest first, and how many there are.
pub(super) async fn versions(
    tx: &mut Tx,
    brand: BrandId,
    before: Option<u32>,
    limit: u32,
) -> Result<(Vec<ThemeVersion>, u64), Problem> {
    const COUNT: &str = "select count(*) from theme_version where brand_id = $1";
    let sql = format!("{SELECT} and number < $2 order by number desc limit $3");
    let before = before.map_or(i64::MAX, i64::from);
    let (rows, total): (Vec<Row>, i64) = on!(tx, |conn| {
        let rows = sqlx::query_as(AssertSqlSafe(sql))
            .bind(brand.0)
            .bind(before)
            .bind(i64::from(limit) + 1)
            .fetch_all(&mut *conn)
            .await?;
        (rows, sqlx::query_scalar(COUNT).bind(brand.0).fetch_one(conn).await?)
    });
    Ok((rows.into_iter().map(ThemeVersion::try_from).collect::<Result<_, _>>()?, total as u64))
}

/// The style of the version that is worn.
pub(super) async fn css(tx: &mut Tx, brand: BrandId) -> Result<Option<String>, Problem> {
    const SQL: &str = "select css from theme_version where brand_id = $1 order by number desc limit 1";
    Ok(on!(tx, |conn| sqlx::query_scalar(SQL).bind(brand.0).fetch_optional(conn).await)?)
}

/// The style of a version, or of the one that is worn, with its number.
pub(super) async fn style(
    tx: &mut Tx,
    brand: BrandId,
    number: Option<u32>,
) -> Result<Option<(String, u32, Theme)>, Problem> {
    const WORN: &str = "select css, number, theme from theme_version where brand_id = $1 and number <= $2 order by number desc limit 1";
    const ONE: &str = "select css, number, theme from theme_version where brand_id = $1 and number = $2";
    let (sql, number) = number.map_or((WORN, i64::MAX), |number| (ONE, i64::from(number)));
    let found: Option<(String, i64, String)> =
        on!(tx, |conn| sqlx::query_as(sql).bind(brand.0).bind(number).fetch_optional(conn).await)?;
    let read = |(css, number, theme): (String, i64, String)| {
        Ok((css, number as u32, serde_json::from_str(&theme).map_err(Problem::internal)?))
    };
    found.map(read).transpose()
}

/// Adds a version.
///
/// # Errors
/// `Stale` when somebody else published this number first.
pub(super) async fn publish(
    tx: &mut Tx,
    version: &ThemeVersion,
    css: &str,
    by: Option<UserId>,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into theme_version (brand_id, number, theme, css, note, same_as, published_at, published_by, published_by_name)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (brand_id, number) do nothing";
    let theme = serde_json::to_string(&version.theme).map_err(Problem::internal)?;
    let added = execute!(
        tx,
        sqlx::query(SQL)
            .bind(version.brand.0)
            .bind(i64::from(version.number))
            .bind(&theme)
            .bind(css)
            .bind(&version.note)
            .bind(version.same_as.map(i64::from))
            .bind(version.published_at.0)
            .bind(by.map(|id| id.0))
            .bind(&version.published_by_name)
    )?;
    if added == 0 { Err(Problem::Stale) } else { Ok(()) }
}

/// A kept draft.
pub(super) struct Draft {
    pub(super) theme: Theme,
    pub(super) based_on: u32,
    pub(super) changed_at: Timestamp,
    pub(super) changed_by_name: String,
    pub(super) version: u32,
}

pub(super) async fn draft(tx: &mut Tx, brand: BrandId) -> Result<Option<Draft>, Problem> {
    const SQL: &str =
        "select theme, based_on, changed_at, changed_by_name, version from theme_draft where brand_id = $1";
    let row: Option<(String, i64, i64, String, i64)> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(brand.0).fetch_optional(conn).await)?;
    let read = |(theme, based_on, changed_at, changed_by_name, version): (String, i64, i64, String, i64)| {
        Ok(Draft {
            theme: serde_json::from_str(&theme).map_err(Problem::internal)?,
            based_on: based_on as u32,
            changed_at: Timestamp(changed_at),
            changed_by_name,
            version: version as u32,
        })
    };
    row.map(read).transpose()
}

/// Keeps a draft over the one of the version before.
///
/// # Errors
/// `Stale` when somebody else kept theirs first.
pub(super) async fn keep(tx: &mut Tx, brand: BrandId, draft: &Draft) -> Result<(), Problem> {
    const SQL: &str = "
        insert into theme_draft (brand_id, theme, based_on, changed_at, changed_by_name, version)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (brand_id) do update
        set theme = excluded.theme, based_on = excluded.based_on, changed_at = excluded.changed_at,
            changed_by_name = excluded.changed_by_name, version = excluded.version
        where theme_draft.version = excluded.version - 1";
    let theme = serde_json::to_string(&draft.theme).map_err(Problem::internal)?;
    let kept = execute!(
        tx,
        sqlx::query(SQL)
            .bind(brand.0)
            .bind(&theme)
            .bind(i64::from(draft.based_on))
            .bind(draft.changed_at.0)
            .bind(&draft.changed_by_name)
            .bind(i64::from(draft.version))
    )?;
    if kept == 0 { Err(Problem::Stale) } else { Ok(()) }
}

/// Throws a draft away; whether there was one.
pub(super) async fn discard(tx: &mut Tx, brand: BrandId) -> Result<bool, Problem> {
    const SQL: &str = "delete from theme_draft where brand_id = $1";
    Ok(execute!(tx, sqlx::query(SQL).bind(brand.0))? > 0)
}

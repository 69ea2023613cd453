//! The table of links to previews; nothing else writes it.
use base::db::Tx;
use base::{BrandId, Problem, Timestamp, execute, on};
use sqlx::FromRow;
use sqlx::types::Uuid;

use super::links::TokenHash;
use crate::model::{SharedTheme, Theme, ThemeLink, ThemeLinkId};

#[derive(FromRow)]
struct Row {
    id: Uuid,
    brand_id: Uuid,
    theme: String,
    made_at: i64,
    made_by_name: String,
    expires_at: i64,
}

impl TryFrom<Row> for ThemeLink {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let theme: Theme = serde_json::from_str(&row.theme).map_err(Problem::internal)?;
        Ok(Self {
            id: ThemeLinkId(row.id),
            brand: BrandId(row.brand_id),
            colour: theme.colour.to_string(),
            made_at: Timestamp(row.made_at),
            made_by_name: row.made_by_name,
            expires_at: Timestamp(row.expires_at),
        })
    }
}

/// Links that are not over, newest first.
pub(super) async fn living(tx: &mut Tx, brand: BrandId, now: Timestamp) -> Result<Vec<ThemeLink>, Problem> {
    const SQL: &str = "
        select id, brand_id, theme, made_at, made_by_name, expires_at from theme_link
        where brand_id = $1 and expires_at > $2 order by made_at desc, id desc";
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(SQL).bind(brand.0).bind(now.0).fetch_all(conn).await)?;
    rows.into_iter().map(ThemeLink::try_from).collect()
}

pub(super) async fn count(tx: &mut Tx, brand: BrandId) -> Result<u64, Problem> {
    const SQL: &str = "select count(*) from theme_link where brand_id = $1";
    let count: i64 = on!(tx, |conn| sqlx::query_scalar(SQL).bind(brand.0).fetch_one(conn).await)?;
    Ok(count as u64)
}

/// Strikes links off that are over.
pub(super) async fn forget_old(tx: &mut Tx, brand: BrandId, now: Timestamp) -> Result<(), Problem> {
    const SQL: &str = "delete from theme_link where brand_id = $1 and expires_at <= $2";
    execute!(tx, sqlx::query(SQL).bind(brand.0).bind(now.0))?;
    Ok(())
}

pub(super) async fn add(
    tx: &mut Tx,
    link: &ThemeLink,
    hash: &TokenHash,
    theme: &Theme,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into theme_link (id, brand_id, token_hash, theme, made_at, made_by_name, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    let theme = serde_json::to_string(theme).map_err(Problem::internal)?;
    execute!(
        tx,
        sqlx::query(SQL)
            .bind(link.id.0)
            .bind(link.brand.0)
            .bind(&hash[..])
            .bind(&theme)
            .bind(link.made_at.0)
            .bind(&link.made_by_name)
            .bind(link.expires_at.0)
    )?;
    Ok(())
}

/// Ends a link of a brand; none when there is no such link.
pub(super) async fn end(tx: &mut Tx, brand: BrandId, id: ThemeLinkId) -> Result<Option<ThemeLink>, Problem> {
    const SQL: &str = "
        delete from theme_link where brand_id = $1 and id = $2
        returning id, brand_id, theme, made_at, made_by_name, expires_at";
    let row: Option<Row> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(brand.0).bind(id.0).fetch_optional(conn).await)?;
    row.map(ThemeLink::try_from).transpose()
}

/// What the link of a token shows; none when there is none, or it is over.
pub(super) async fn opened(
    tx: &mut Tx,
    hash: &TokenHash,
    now: Timestamp,
) -> Result<Option<SharedTheme>, Problem> {
    const SQL: &str = "
        select b.name, l.theme, l.expires_at from theme_link l join brand b on b.id = l.brand_id
        where l.token_hash = $1 and l.expires_at > $2";
    let row: Option<(String, String, i64)> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(&hash[..]).bind(now.0).fetch_optional(conn).await)?;
    row.map(|(brand_name, theme, expires_at)| {
        let theme = serde_json::from_str(&theme).map_err(Problem::internal)?;
        Ok(SharedTheme { brand_name, theme, expires_at: Timestamp(expires_at) })
    })
    .transpose()
}

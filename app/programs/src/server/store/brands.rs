//! SQL of brands.
use base::db::{Tx, violates};
use base::{BrandId, Currency, OrganizationId, Problem, Scope};
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

use super::{Bound, after, anywhere, condition, whose};
use crate::{Brand, ListBrands};

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    vendor_id: Uuid,
    name: String,
    slug: String,
    hue: i64,
    chroma_milli: i64,
    sender_name: Option<String>,
    sender_email: Option<String>,
    version: i64,
}

impl From<Row> for Brand {
    fn from(row: Row) -> Self {
        Self {
            id: BrandId(row.id),
            vendor: OrganizationId(row.vendor_id),
            name: row.name,
            slug: row.slug,
            hue: row.hue as u16,
            chroma: row.chroma_milli as f64 / 1000.0,
            sender_name: row.sender_name,
            sender_email: row.sender_email,
            version: row.version as u32,
        }
    }
}

const SELECT: &str = "
    select b.id, b.vendor_id, b.name, b.slug, b.hue, b.chroma_milli, b.sender_name, b.sender_email, b.version
    from brand b";

/// A partner sees the brands of the programs it is enrolled in.
fn visible(scope: Scope) -> &'static str {
    condition(
        scope,
        "b.vendor_id = $1",
        "exists (select 1 from enrollment e join program p on p.id = e.program_id
                 where p.brand_id = b.id and e.partner_id = $1 and e.status <> 'ended')",
    )
}

pub(in crate::server) async fn find_brand(
    tx: &mut Tx,
    id: BrandId,
    scope: Scope,
) -> Result<Option<Brand>, Problem> {
    let sql = format!("{SELECT} where {} and b.id = $2", visible(scope));
    let row: Option<Row> = base::on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(whose(scope)).bind(id.0).fetch_optional(conn).await
    })?;
    Ok(row.map(Brand::from))
}

pub(in crate::server) async fn list_brands(
    tx: &mut Tx,
    asked: &ListBrands,
    scope: Scope,
    limit: u32,
) -> Result<(Vec<Brand>, u64), Problem> {
    let filter = format!(r"{} and lower(b.name) like lower($2) escape '\'", visible(scope));
    let page = format!(
        "{SELECT} where {filter} and ($3 is null or (lower(b.name), b.id) > (select lower(name), id from brand where id = $3))
         order by lower(b.name), b.id limit $4"
    );
    let count = format!("select count(*) from brand b where {filter}");
    let (part, from) = (anywhere(asked.q.as_deref()), after::<BrandId>(asked.cursor.as_ref())?.bound());
    let (rows, total): (Vec<Row>, i64) = base::on!(tx, |conn| {
        let rows = sqlx::query_as(AssertSqlSafe(page))
            .bind(whose(scope))
            .bind(&part)
            .bind(from)
            .bind(i64::from(limit) + 1)
            .fetch_all(&mut *conn)
            .await?;
        let total =
            sqlx::query_scalar(AssertSqlSafe(count)).bind(whose(scope)).bind(&part).fetch_one(conn).await?;
        (rows, total)
    });
    Ok((rows.into_iter().map(Brand::from).collect(), total as u64))
}

/// The currency that a brand's published theme names for its programs.
pub(in crate::server) async fn currency_of(tx: &mut Tx, id: BrandId) -> Result<Option<Currency>, Problem> {
    const SQL: &str = "select voice from brand where id = $1";
    let voice: Option<Option<String>> =
        base::on!(tx, |conn| sqlx::query_scalar(SQL).bind(id.0).fetch_optional(conn).await)?;
    let voice = voice.flatten().and_then(|voice| serde_json::from_str::<kit::Voice>(&voice).ok());
    Ok(voice.and_then(|voice| voice.currency))
}

pub(in crate::server) async fn insert_brand(tx: &mut Tx, brand: &Brand) -> Result<(), Problem> {
    const SQL: &str = "
        insert into brand (id, vendor_id, name, slug, hue, chroma_milli, version) values ($1, $2, $3, $4, $5, $6, $7)";
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(brand.id.0)
            .bind(brand.vendor.0)
            .bind(&brand.name)
            .bind(&brand.slug)
            .bind(i64::from(brand.hue))
            .bind(milli(brand))
            .bind(i64::from(brand.version))
    )
    .map_err(slug_taken)?;
    Ok(())
}

pub(in crate::server) async fn update_brand(tx: &mut Tx, brand: &Brand) -> Result<(), Problem> {
    const SQL: &str = "update brand set name = $2, slug = $3, hue = $4, chroma_milli = $5, version = $6,
                              sender_name = $7, sender_email = $8
                       where id = $1 and version = $6 - 1";
    let touched = base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(brand.id.0)
            .bind(&brand.name)
            .bind(&brand.slug)
            .bind(i64::from(brand.hue))
            .bind(milli(brand))
            .bind(i64::from(brand.version))
            .bind(brand.sender_name.as_deref())
            .bind(brand.sender_email.as_deref())
    )
    .map_err(slug_taken)?;
    if touched == 1 { Ok(()) } else { Err(Problem::Stale) }
}

pub(in crate::server) async fn dress_brand(
    tx: &mut Tx,
    id: BrandId,
    (hue, chroma_milli): (u16, u16),
    face: u32,
    voice: Option<&str>,
) -> Result<(), Problem> {
    const SQL: &str = "
        update brand set hue = $2, chroma_milli = $3, face = $4, voice = $5, version = version + 1 where id = $1";
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(id.0)
            .bind(i64::from(hue))
            .bind(i64::from(chroma_milli))
            .bind(i64::from(face))
            .bind(voice)
    )?;
    Ok(())
}

fn milli(brand: &Brand) -> i64 {
    (brand.chroma * 1000.0).round() as i64
}

fn slug_taken(error: sqlx::Error) -> Problem {
    if violates(&error, "brand.vendor_id, brand.slug", "brand_slug") {
        return Problem::field("slug", "taken", "Another brand has this address.");
    }
    error.into()
}

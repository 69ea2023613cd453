//! The table of pictures; nothing else writes it.
use base::db::Tx;
use base::{BrandId, OrganizationId, Problem, Timestamp, UserId, execute, on};
use sqlx::FromRow;

use crate::pictures::{BrandPicture, PictureHash, PictureUse};

#[derive(FromRow)]
struct Row {
    hash: String,
    purpose: String,
    kind: String,
    width: i64,
    height: i64,
    bytes: i64,
    uploaded_at: i64,
    uploaded_by_name: String,
}

impl TryFrom<Row> for BrandPicture {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let hash: PictureHash = row.hash.parse().map_err(Problem::internal)?;
        let unknown = || Problem::internal("a use of pictures that is not known");
        let purpose = PictureUse::parse(&row.purpose).ok_or_else(unknown)?;
        Ok(Self {
            address: hash.address(purpose.form()),
            hash,
            purpose,
            kind: row.kind,
            width: row.width as u32,
            height: row.height as u32,
            bytes: row.bytes as u64,
            uploaded_at: Timestamp(row.uploaded_at),
            uploaded_by_name: row.uploaded_by_name,
        })
    }
}

/// A brand's pictures, newest first.
pub(super) async fn all(tx: &mut Tx, brand: BrandId) -> Result<Vec<BrandPicture>, Problem> {
    const SQL: &str = "
        select hash, purpose, kind, width, height, bytes, uploaded_at, uploaded_by_name from brand_picture
        where brand_id = $1 order by uploaded_at desc, hash";
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(SQL).bind(brand.0).fetch_all(conn).await)?;
    rows.into_iter().map(BrandPicture::try_from).collect()
}

/// Names of the pictures of a vendor's other brands.
pub(super) async fn elsewhere(
    tx: &mut Tx,
    vendor: OrganizationId,
    brand: BrandId,
) -> Result<Vec<PictureHash>, Problem> {
    const SQL: &str = "
        select distinct p.hash from brand b join brand_picture p on p.brand_id = b.id
        where b.vendor_id = $1 and b.id <> $2 order by p.hash limit 1000";
    let rows: Vec<String> =
        on!(tx, |conn| sqlx::query_scalar(SQL).bind(vendor.0).bind(brand.0).fetch_all(conn).await)?;
    rows.iter().map(|hash| hash.parse().map_err(Problem::internal)).collect()
}

/// What a picture was uploaded for by any brand of a vendor.
pub(super) async fn uses(
    tx: &mut Tx,
    vendor: OrganizationId,
    hash: &PictureHash,
) -> Result<Vec<PictureUse>, Problem> {
    const SQL: &str = "
        select p.purpose from brand_picture p join brand b on b.id = p.brand_id
        where p.hash = $1 and b.vendor_id = $2";
    let rows: Vec<String> =
        on!(tx, |conn| sqlx::query_scalar(SQL).bind(hash.as_str()).bind(vendor.0).fetch_all(conn).await)?;
    Ok(rows.iter().filter_map(|purpose| PictureUse::parse(purpose)).collect())
}

/// Adds a picture; whether it was new to the brand.
pub(super) async fn add(
    tx: &mut Tx,
    brand: BrandId,
    picture: &BrandPicture,
    by: Option<UserId>,
) -> Result<bool, Problem> {
    const SQL: &str = "
        insert into brand_picture
            (brand_id, hash, purpose, kind, width, height, bytes, uploaded_at, uploaded_by, uploaded_by_name)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (brand_id, hash) do nothing";
    let added = execute!(
        tx,
        sqlx::query(SQL)
            .bind(brand.0)
            .bind(picture.hash.as_str())
            .bind(picture.purpose.as_str())
            .bind(&picture.kind)
            .bind(i64::from(picture.width))
            .bind(i64::from(picture.height))
            .bind(picture.bytes as i64)
            .bind(picture.uploaded_at.0)
            .bind(by.map(|id| id.0))
            .bind(&picture.uploaded_by_name)
    )?;
    Ok(added > 0)
}

/// Takes a picture away from a brand; whether it had it.
pub(super) async fn remove(tx: &mut Tx, brand: BrandId, hash: &PictureHash) -> Result<bool, Problem> {
    const SQL: &str = "delete from brand_picture where brand_id = $1 and hash = $2";
    Ok(execute!(tx, sqlx::query(SQL).bind(brand.0).bind(hash.as_str()))? > 0)
}

/// Whether a theme of the vendor that is published, waits or is a draft names a picture.
pub(super) async fn is_worn(
    tx: &mut Tx,
    vendor: OrganizationId,
    hash: &PictureHash,
) -> Result<bool, Problem> {
    const VERSIONS: &str = "
        select count(*) from brand b join theme_version v on v.brand_id = b.id
        where b.vendor_id = $1 and v.theme like $2";
    const DRAFTS: &str = "
        select count(*) from brand b join theme_draft d on d.brand_id = b.id
        where b.vendor_id = $1 and d.theme like $2";
    const WAITING: &str = "
        select count(*) from brand b join theme_schedule s on s.brand_id = b.id
        where b.vendor_id = $1 and s.theme like $2";
    let like = format!("%{hash}%");
    for sql in [VERSIONS, DRAFTS, WAITING] {
        let worn: i64 =
            on!(tx, |conn| sqlx::query_scalar(sql).bind(vendor.0).bind(&like).fetch_one(conn).await)?;
        if worn > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether any brand of any vendor has a picture.
pub(super) async fn is_anybodys(tx: &mut Tx, hash: &PictureHash) -> Result<bool, Problem> {
    const SQL: &str = "select count(*) from brand_picture where hash = $1";
    let count: i64 = on!(tx, |conn| sqlx::query_scalar(SQL).bind(hash.as_str()).fetch_one(conn).await)?;
    Ok(count > 0)
}

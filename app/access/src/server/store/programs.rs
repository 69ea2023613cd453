//! The programs an organisation works in. Reads tables of the slices below in the order of slices: all tables
//! exist in a running server, and in a test only when it asks for them.
use base::db::Tx;
use base::{BrandId, OrganizationId, Problem, ProgramId, Side, on};
use kit::letter::Kept;
use sqlx::FromRow;
use sqlx::types::Uuid;

use crate::ProgramRef;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    name: String,
    vendor_id: Uuid,
    vendor_name: String,
    brand_id: Uuid,
    brand_name: String,
    hue: i64,
    chroma_milli: i64,
    face: i64,
}

/// A vendor's own programs, or those a partner is active in, by vendor and name.
pub(in super::super) async fn programs(
    tx: &mut Tx,
    organization: OrganizationId,
    side: Side,
) -> Result<Vec<ProgramRef>, Problem> {
    const OWN: &str = "
        select p.id, p.name, p.vendor_id, o.name as vendor_name, b.id as brand_id, b.name as brand_name,
               b.hue, b.chroma_milli, b.face
        from program p
        join organization o on o.id = p.vendor_id
        join brand b on b.id = p.brand_id
        where p.vendor_id = $1
        order by p.created_at, p.id";
    const ENROLLED: &str = "
        select p.id, p.name, p.vendor_id, o.name as vendor_name, b.id as brand_id, b.name as brand_name,
               b.hue, b.chroma_milli, b.face
        from enrollment e
        join program p on p.id = e.program_id
        join organization o on o.id = p.vendor_id
        join brand b on b.id = p.brand_id
        where e.partner_id = $1 and e.status = 'active'
        order by o.name, p.created_at, p.id";
    let sql = match side {
        Side::Vendor => OWN,
        Side::Partner => ENROLLED,
    };
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(sql).bind(organization.0).fetch_all(conn).await)?;
    let program = |row: Row| ProgramRef {
        id: ProgramId(row.id),
        name: row.name,
        vendor: OrganizationId(row.vendor_id),
        vendor_name: row.vendor_name,
        brand_id: BrandId(row.brand_id),
        brand_name: row.brand_name,
        hue: row.hue.rem_euclid(360) as u16,
        chroma: row.chroma_milli.clamp(0, 500) as u16,
        face: row.face as u32,
    };
    Ok(rows.into_iter().map(program).collect())
}

#[derive(FromRow)]
struct Dressed {
    name: String,
    hue: i64,
    chroma_milli: i64,
    sender_name: Option<String>,
    sender_email: Option<String>,
    voice: Option<String>,
}

/// A brand as its mails and pages need it: its name, its colour, and what is kept of it.
pub(in super::super) async fn brand(
    tx: &mut Tx,
    id: BrandId,
) -> Result<Option<(String, (i64, i64), Kept)>, Problem> {
    const SQL: &str =
        "select name, hue, chroma_milli, sender_name, sender_email, voice from brand where id = $1";
    let row: Option<Dressed> = on!(tx, |conn| sqlx::query_as(SQL).bind(id.0).fetch_optional(conn).await)?;
    Ok(row.map(|row| {
        let kept = Kept { sender_name: row.sender_name, sender_email: row.sender_email, voice: row.voice };
        (row.name, (row.hue, row.chroma_milli), kept)
    }))
}

/// The only brand that there is; none where there are several.
pub(in super::super) async fn only_brand(tx: &mut Tx) -> Result<Option<BrandId>, Problem> {
    let ids: Vec<Uuid> =
        on!(tx, |conn| sqlx::query_scalar("select id from brand limit 2").fetch_all(conn).await)?;
    Ok(<[Uuid; 1]>::try_from(ids).ok().map(|[id]| BrandId(id)))
}

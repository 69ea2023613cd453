//! SQL of the inbox: one's messages of all organisations that one belongs to, in all or of one brand.
use base::db::Tx;
use base::{BrandId, NoticeId, OrganizationId, Problem, ProgramId, Timestamp, UserId, execute, on};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use super::store::Params;
use crate::model::{BrandCount, Notice, NoticeBrand, NoticeCount};

/// Whose messages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whose {
    pub(super) user: UserId,
    /// Only those of one organisation.
    pub(super) only: Option<OrganizationId>,
}

/// Which of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) whose: Whose,
    pub(super) unread: bool,
    pub(super) brand: Option<BrandId>,
}

/// A message as it is stored, with the mark of its brand; for [`COLUMNS`] of [`FROM`].
#[derive(FromRow)]
pub(super) struct Row {
    id: Uuid,
    organization_id: Uuid,
    program_id: Option<Uuid>,
    brand_id: Option<Uuid>,
    brand_name: Option<String>,
    hue: Option<i64>,
    chroma_milli: Option<i64>,
    kind: String,
    subject: String,
    params: String,
    created_at: i64,
    read_at: Option<i64>,
}

impl TryFrom<Row> for Notice {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let params: Params = serde_json::from_str(&row.params).map_err(Problem::internal)?;
        let brand = row.brand_id.zip(row.brand_name).map(|(id, name)| {
            brand(id, name, row.hue.unwrap_or_default(), row.chroma_milli.unwrap_or_default())
        });
        Ok(Self {
            id: NoticeId(row.id),
            organization: OrganizationId(row.organization_id),
            program: row.program_id.map(ProgramId),
            brand,
            kind: row.kind,
            subject: row.subject,
            number: params.number,
            customer: params.customer,
            actor: params.actor,
            created_at: Timestamp(row.created_at),
            read_at: row.read_at.map(Timestamp),
        })
    }
}

fn brand(id: Uuid, name: String, hue: i64, chroma_milli: i64) -> NoticeBrand {
    let (hue, chroma) = (hue.rem_euclid(360) as u16, chroma_milli.clamp(0, 500) as u16);
    NoticeBrand { id: BrandId(id), name, hue, chroma }
}

/// What a [`Row`] is read from.
pub(super) const COLUMNS: &str = "
    n.id, n.organization_id, n.program_id, n.brand_id, b.name as brand_name, b.hue, b.chroma_milli,
    n.kind, n.subject, n.params, n.created_at, n.read_at";
pub(super) const FROM: &str = "from notice n left join brand b on b.id = n.brand_id";

/// Messages of `$1` in organisations that the person still belongs to, or only in `$2`.
const OWN: &str = "
    n.user_id = $1 and ($2 is null or n.organization_id = $2)
    and exists (select 1 from membership m where m.user_id = n.user_id and m.organization_id = n.organization_id)";

/// A page of a person's messages, newest first, with how many there are in all.
pub(super) async fn list(
    tx: &mut Tx,
    asked: Asked,
    before: Option<NoticeId>,
    limit: i64,
) -> Result<(Vec<Notice>, u64), Problem> {
    let only = if asked.unread { "and n.read_at is null" } else { "" };
    // Said only where it is asked for, so that the index of brands is gone through in order.
    let brand = if asked.brand.is_some() { "and n.brand_id = $5" } else { "and $5 is null" };
    let page = format!(
        "select {COLUMNS} {FROM} where {OWN} {only} {brand} and n.id < $3 order by n.id desc limit $4"
    );
    let brand = brand.replace("$5", "$3");
    let count = format!("select count(*) from notice n where {OWN} {only} {brand}");
    let before = before.map_or_else(Uuid::max, |id| id.0);
    let (user, organization) = (asked.whose.user.0, asked.whose.only.map(|id| id.0));
    let brand = asked.brand.map(|id| id.0);
    let (rows, total): (Vec<Row>, i64) = on!(tx, |conn| {
        let page = sqlx::query_as(AssertSqlSafe(page)).bind(user).bind(organization).bind(before);
        let rows = page.bind(limit).bind(brand).fetch_all(&mut *conn).await?;
        let count = sqlx::query_scalar(AssertSqlSafe(count)).bind(user).bind(organization).bind(brand);
        (rows, count.fetch_one(conn).await?)
    });
    Ok((rows.into_iter().map(Notice::try_from).collect::<Result<_, _>>()?, total as u64))
}

pub(super) async fn find(tx: &mut Tx, whose: Whose, id: NoticeId) -> Result<Option<Notice>, Problem> {
    let sql = format!("select {COLUMNS} {FROM} where n.id = $3 and {OWN}");
    let (user, organization) = (whose.user.0, whose.only.map(|id| id.0));
    let row: Option<Row> = on!(tx, |conn| {
        let query = sqlx::query_as(AssertSqlSafe(sql)).bind(user).bind(organization);
        query.bind(id.0).fetch_optional(conn).await
    })?;
    row.map(Notice::try_from).transpose()
}

/// How many are unread, in all and by brand: of every brand that there is a message of.
pub(super) async fn count(tx: &mut Tx, whose: Whose) -> Result<NoticeCount, Problem> {
    let all = format!("select count(*) from notice n where {OWN} and n.read_at is null");
    let brands = format!(
        "select b.id, b.name, b.hue, b.chroma_milli,
                (select count(*) from notice n where {OWN} and n.brand_id = b.id and n.read_at is null) as unread
         from brand b where exists (select 1 from notice n where {OWN} and n.brand_id = b.id)
         order by b.name, b.id"
    );
    let (user, organization) = (whose.user.0, whose.only.map(|id| id.0));
    let (unread, rows): (i64, Vec<(Uuid, String, i64, i64, i64)>) = on!(tx, |conn| {
        let all = sqlx::query_scalar(AssertSqlSafe(all)).bind(user).bind(organization);
        let unread = all.fetch_one(&mut *conn).await?;
        let brands = sqlx::query_as(AssertSqlSafe(brands)).bind(user).bind(organization);
        (unread, brands.fetch_all(conn).await?)
    });
    let brands = rows.into_iter().map(|(id, name, hue, chroma_milli, unread)| BrandCount {
        brand: brand(id, name, hue, chroma_milli),
        unread: unread as u64,
    });
    Ok(NoticeCount { unread: unread as u64, brands: brands.collect() })
}

pub(super) async fn read(tx: &mut Tx, whose: Whose, id: NoticeId, now: Timestamp) -> sqlx::Result<()> {
    let sql = format!("update notice as n set read_at = $4 where n.id = $3 and n.read_at is null and {OWN}");
    let (user, organization) = (whose.user.0, whose.only.map(|id| id.0));
    execute!(tx, sqlx::query(AssertSqlSafe(sql)).bind(user).bind(organization).bind(id.0).bind(now.0))
        .map(drop)
}

pub(super) async fn read_all(
    tx: &mut Tx,
    whose: Whose,
    brand: Option<BrandId>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let only = if brand.is_some() { "and n.brand_id = $4" } else { "and $4 is null" };
    let sql = format!("update notice as n set read_at = $3 where {OWN} and n.read_at is null {only}");
    let (user, organization) = (whose.user.0, whose.only.map(|id| id.0));
    let brand = brand.map(|id| id.0);
    execute!(tx, sqlx::query(AssertSqlSafe(sql)).bind(user).bind(organization).bind(now.0).bind(brand))
        .map(drop)
}

//! The table of kits; nothing else writes it.
use base::db::{Bind, Tx};
use base::{
    BrandId, KitId, OrganizationId, Page, Problem, ProgramId, Scope, Timestamp, bound, execute, on, page_rows,
};
use creative::Topic;
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use crate::glance::Glance;
use crate::model::{Kit, KitContent, KitState};
use crate::verbs::ListKits;

const FROM: &str = "
    select k.id, k.vendor_id, k.program_id, p.name as program_name, b.id as brand_id, b.name as brand_name, b.hue,
           b.chroma_milli, k.name, k.about, k.topic, k.state, k.number, k.glance,
           case when k.draft is null then 0 else 1 end as is_drafted, k.changed_at, k.changed_by_name, k.published_at,
           k.created_at, k.version
    from kit k join program p on p.id = k.program_id join brand b on b.id = p.brand_id";

#[derive(FromRow)]
struct Row {
    id: Uuid,
    vendor_id: Uuid,
    program_id: Uuid,
    program_name: String,
    brand_id: Uuid,
    brand_name: String,
    hue: i64,
    chroma_milli: i64,
    name: String,
    about: String,
    topic: String,
    state: String,
    number: i64,
    glance: String,
    is_drafted: i32,
    changed_at: i64,
    changed_by_name: String,
    published_at: Option<i64>,
    created_at: i64,
    version: i64,
}

impl Row {
    fn read(self, scope: Scope) -> Result<Kit, Problem> {
        let id = KitId(self.id);
        let wrong = |what: &str, text: &str| Problem::internal(format!("{id} has {what} {text}"));
        let glance: Glance = serde_json::from_str(&self.glance).map_err(Problem::internal)?;
        let colour = themes::rules::colour_of(self.hue as u16, self.chroma_milli as f64 / 1000.0);
        let is_partner = matches!(scope, Scope::Partner(_));
        let published_at = self.published_at.map(Timestamp);
        Ok(Kit {
            id,
            vendor: OrganizationId(self.vendor_id),
            program: ProgramId(self.program_id),
            program_name: self.program_name,
            brand: BrandId(self.brand_id),
            brand_name: self.brand_name,
            colour: colour.to_string(),
            topic: Topic::parse(&self.topic).ok_or_else(|| wrong("topic", &self.topic))?,
            state: KitState::parse(&self.state).ok_or_else(|| wrong("state", &self.state))?,
            name: self.name,
            about: self.about,
            number: self.number as u32,
            languages: glance.languages,
            kinds: glance.kinds,
            motif: glance.motif,
            // What the vendor is at is nobody else's business.
            is_drafted: self.is_drafted != 0 && !is_partner,
            changed_at: published_at.filter(|_| is_partner).unwrap_or(Timestamp(self.changed_at)),
            changed_by_name: (!is_partner).then_some(self.changed_by_name),
            published_at,
            created_at: Timestamp(self.created_at),
            version: self.version as u32,
        })
    }
}

/// Which kits a scope sees, with what it binds as `$1`.
fn seen_by(scope: Scope) -> Option<(&'static str, Uuid)> {
    match scope {
        Scope::Vendor(vendor) => Some(("k.vendor_id = $1", vendor.0)),
        Scope::Partner(partner) => Some((
            "k.state = 'published' and exists (select 1 from enrollment e where e.program_id = k.program_id
                 and e.partner_id = $1 and e.status = 'active')",
            partner.0,
        )),
        Scope::System => Some(("$1 = $1", Uuid::nil())),
        Scope::Nothing => None,
    }
}

/// One kit, if the scope sees it.
pub(super) async fn find(tx: &mut Tx, id: KitId, scope: Scope) -> Result<Option<Kit>, Problem> {
    let Some((condition, whose)) = seen_by(scope) else { return Ok(None) };
    let sql = format!("{FROM} where {condition} and k.id = $2");
    let row: Option<Row> = on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(whose).bind(id.0).fetch_optional(conn).await
    })?;
    row.map(|row| row.read(scope)).transpose()
}

/// A page of kits, newest first.
pub(super) async fn list(tx: &mut Tx, ask: &ListKits, scope: Scope) -> Result<Page<Kit>, Problem> {
    let Some((condition, whose)) = seen_by(scope) else { return Ok(Page::whole(Vec::new())) };
    let mut filter = condition.to_owned();
    let mut binds = vec![Bind::Id(whose)];
    let mut and = |condition: &str, bind: Bind| {
        binds.push(bind);
        filter.push_str(" and ");
        filter.push_str(&condition.replace('?', &format!("${}", binds.len())));
    };
    if let Some(program) = ask.program {
        and("k.program_id = ?", Bind::Id(program.0));
    }
    if let Some(topic) = ask.topic {
        and("k.topic = ?", Bind::Text(topic.as_str().to_owned()));
    }
    if let Some(state) = ask.state {
        and("k.state = ?", Bind::Text(state.as_str().to_owned()));
    }
    if let Some(part) = ask.q.as_deref().map(str::trim).filter(|part| !part.is_empty()) {
        let part = part.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
        and(r"lower(k.name) like lower(?) escape '\'", Bind::Text(format!("%{part}%")));
    }
    let count = format!("select count(*) from kit k where {filter}");
    let total: i64 =
        on!(tx, |conn| bound!(sqlx::query_scalar(AssertSqlSafe(count)), &binds).fetch_one(conn).await)?;
    if let Some(cursor) = &ask.cursor {
        let unknown = |_| Problem::field("cursor", "unknown", "This is not a cursor that this list gave.");
        let id: KitId = cursor.parse().map_err(unknown)?;
        binds.push(Bind::Id(id.0));
        filter.extend([" and k.id < $", &binds.len().to_string()]);
    }
    let limit = page_rows(ask.limit);
    let sql = format!("{FROM} where {filter} order by k.id desc limit {}", limit + 1);
    let rows: Vec<Row> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
    let kits = rows.into_iter().map(|row| row.read(scope)).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(kits, limit, total as u64, |last: &Kit| last.id.to_string()))
}

/// What is being made of a kit, and the number that it was begun from; none while nothing is.
pub(super) async fn draft(tx: &mut Tx, id: KitId) -> Result<Option<(KitContent, u32)>, Problem> {
    const SQL: &str = "select draft, based_on from kit where id = $1";
    let row: Option<(Option<String>, i64)> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(id.0).fetch_optional(conn).await)?;
    let Some((Some(draft), based_on)) = row else { return Ok(None) };
    Ok(Some((serde_json::from_str(&draft).map_err(Problem::internal)?, based_on as u32)))
}

/// Adds a kit that was never published, with its draft.
pub(super) async fn insert(tx: &mut Tx, kit: &Kit, draft: &KitContent, by: &str) -> Result<(), Problem> {
    const SQL: &str = "
        insert into kit (id, vendor_id, program_id, name, about, topic, state, number, glance, draft, based_on, changed_at,
                         changed_by_name, published_at, created_at, created_by_name, version)
        values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, 0, $10, $11, null, $10, $11, 1)";
    let (glance, draft_text) = texts(draft)?;
    execute!(
        tx,
        sqlx::query(SQL)
            .bind(kit.id.0)
            .bind(kit.vendor.0)
            .bind(kit.program.0)
            .bind(&draft.name)
            .bind(&draft.about)
            .bind(draft.topic.as_str())
            .bind(KitState::Draft.as_str())
            .bind(&glance)
            .bind(&draft_text)
            .bind(kit.created_at.0)
            .bind(by)
    )?;
    Ok(())
}

fn texts(content: &KitContent) -> Result<(String, String), Problem> {
    let glance = serde_json::to_string(&Glance::of(&content.assets)).map_err(Problem::internal)?;
    Ok((glance, serde_json::to_string(content).map_err(Problem::internal)?))
}

/// What a change writes.
pub(super) struct Change<'a> {
    /// As it was read.
    pub(super) kit: &'a Kit,
    pub(super) state: KitState,
    pub(super) number: u32,
    /// What lists show from now on; none leaves it.
    pub(super) shown: Option<&'a KitContent>,
    /// The draft from now on.
    pub(super) draft: Option<&'a KitContent>,
    pub(super) based_on: u32,
    pub(super) published_at: Option<Timestamp>,
    pub(super) at: Timestamp,
    pub(super) by: &'a str,
}

/// Writes a changed kit; the version is the one that was read.
///
/// # Errors
/// `Stale` when somebody else was first.
pub(super) async fn update(tx: &mut Tx, change: &Change<'_>) -> Result<(), Problem> {
    const SQL: &str = "
        update kit set state = $3, number = $4, draft = $5, based_on = $6, published_at = $7, changed_at = $8,
                       changed_by_name = $9, version = version + 1
        where id = $1 and version = $2";
    const SHOWN: &str = "update kit set name = $2, about = $3, topic = $4, glance = $5 where id = $1";
    let draft = change.draft.map(serde_json::to_string).transpose().map_err(Problem::internal)?;
    let done = execute!(
        tx,
        sqlx::query(SQL)
            .bind(change.kit.id.0)
            .bind(i64::from(change.kit.version))
            .bind(change.state.as_str())
            .bind(i64::from(change.number))
            .bind(draft.as_deref())
            .bind(i64::from(change.based_on))
            .bind(change.published_at.map(|at| at.0))
            .bind(change.at.0)
            .bind(change.by)
    )?;
    if done == 0 {
        return Err(Problem::Stale);
    }
    let Some(shown) = change.shown else { return Ok(()) };
    let glance = serde_json::to_string(&Glance::of(&shown.assets)).map_err(Problem::internal)?;
    execute!(
        tx,
        sqlx::query(SHOWN)
            .bind(change.kit.id.0)
            .bind(&shown.name)
            .bind(&shown.about)
            .bind(shown.topic.as_str())
            .bind(&glance)
    )?;
    Ok(())
}

/// Removes a kit that has no versions.
pub(super) async fn delete(tx: &mut Tx, id: KitId) -> Result<(), Problem> {
    const SQL: &str = "delete from kit where id = $1 and number = 0";
    if execute!(tx, sqlx::query(SQL).bind(id.0))? == 0 { Err(Problem::Stale) } else { Ok(()) }
}

//! The table of published versions; nothing else writes it.
use base::db::Tx;
use base::{KitId, Problem, Timestamp, UserId, execute, on};
use creative::Topic;
use sqlx::FromRow;
use sqlx::types::Uuid;

use crate::model::{KitRecall, KitVersion, KitVersionRow, KitVersionState};

#[derive(FromRow)]
struct Row {
    kit_id: Uuid,
    number: i64,
    name: String,
    about: String,
    topic: String,
    assets: String,
    rules: String,
    state: String,
    note: String,
    published_at: i64,
    published_by_name: String,
}

impl TryFrom<Row> for KitVersion {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        Ok(Self {
            kit: KitId(row.kit_id),
            number: row.number as u32,
            name: row.name,
            about: row.about,
            topic: Topic::parse(&row.topic).ok_or_else(|| Problem::internal("a topic that is not known"))?,
            assets: serde_json::from_str(&row.assets).map_err(Problem::internal)?,
            rules: serde_json::from_str(&row.rules).map_err(Problem::internal)?,
            state: state(&row.state)?,
            published_at: Timestamp(row.published_at),
            published_by_name: row.published_by_name,
            note: row.note,
        })
    }
}

fn state(text: &str) -> Result<KitVersionState, Problem> {
    KitVersionState::parse(text).ok_or_else(|| Problem::internal("a state of a version that is not known"))
}

/// One version, whoever asks.
pub(super) async fn find(tx: &mut Tx, kit: KitId, number: u32) -> Result<Option<KitVersion>, Problem> {
    const SQL: &str = "
        select kit_id, number, name, about, topic, assets, rules, state, note, published_at, published_by_name
        from kit_version where kit_id = $1 and number = $2";
    let row: Option<Row> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(kit.0).bind(i64::from(number)).fetch_optional(conn).await)?;
    row.map(KitVersion::try_from).transpose()
}

#[derive(FromRow)]
struct Listed {
    number: i64,
    name: String,
    state: String,
    note: String,
    published_at: i64,
    published_by_name: String,
    recalled_at: Option<i64>,
    recalled_by_name: Option<String>,
    reason: Option<String>,
}

impl TryFrom<Listed> for KitVersionRow {
    type Error = Problem;
    fn try_from(row: Listed) -> Result<Self, Problem> {
        Ok(Self {
            number: row.number as u32,
            name: row.name,
            state: state(&row.state)?,
            published_at: Timestamp(row.published_at),
            published_by_name: row.published_by_name,
            note: row.note,
            recall: row.recalled_at.map(|at| KitRecall {
                at: Timestamp(at),
                by_name: row.recalled_by_name.unwrap_or_default(),
                reason: row.reason.unwrap_or_default(),
            }),
        })
    }
}

/// Versions before a number, newest first, and how many there are.
pub(super) async fn list(
    tx: &mut Tx,
    kit: KitId,
    before: Option<u32>,
    limit: u32,
) -> Result<(Vec<KitVersionRow>, u64), Problem> {
    const COUNT: &str = "select count(*) from kit_version where kit_id = $1";
    const SQL: &str = "
        select number, name, state, note, published_at, published_by_name, recalled_at, recalled_by_name, reason
        from kit_version where kit_id = $1 and number < $2 order by number desc limit $3";
    let before = before.map_or(i64::MAX, i64::from);
    let (rows, total): (Vec<Listed>, i64) = on!(tx, |conn| {
        let rows = sqlx::query_as(SQL)
            .bind(kit.0)
            .bind(before)
            .bind(i64::from(limit) + 1)
            .fetch_all(&mut *conn)
            .await?;
        (rows, sqlx::query_scalar(COUNT).bind(kit.0).fetch_one(conn).await?)
    });
    Ok((rows.into_iter().map(KitVersionRow::try_from).collect::<Result<_, _>>()?, total as u64))
}

/// Adds a version in the place of the one before.
///
/// # Errors
/// `Stale` when somebody else published this number first.
pub(super) async fn publish(tx: &mut Tx, version: &KitVersion, by: Option<UserId>) -> Result<(), Problem> {
    const BEFORE: &str = "
        update kit_version set state = 'superseded' where kit_id = $1 and number < $2 and state = 'published'";
    const SQL: &str = "
        insert into kit_version (kit_id, number, name, about, topic, assets, rules, state, note, published_at, published_by,
                                 published_by_name)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (kit_id, number) do nothing";
    execute!(tx, sqlx::query(BEFORE).bind(version.kit.0).bind(i64::from(version.number)))?;
    let assets = serde_json::to_string(&version.assets).map_err(Problem::internal)?;
    let rules = serde_json::to_string(&version.rules).map_err(Problem::internal)?;
    let added = execute!(
        tx,
        sqlx::query(SQL)
            .bind(version.kit.0)
            .bind(i64::from(version.number))
            .bind(&version.name)
            .bind(&version.about)
            .bind(version.topic.as_str())
            .bind(&assets)
            .bind(&rules)
            .bind(version.state.as_str())
            .bind(&version.note)
            .bind(version.published_at.0)
            .bind(by.map(|id| id.0))
            .bind(&version.published_by_name)
    )?;
    if added == 0 { Err(Problem::Stale) } else { Ok(()) }
}

/// Takes a version back.
///
/// # Errors
/// `Stale` when somebody else did first.
pub(super) async fn recall(tx: &mut Tx, kit: KitId, number: u32, recall: &KitRecall) -> Result<(), Problem> {
    const SQL: &str = "
        update kit_version set state = 'recalled', recalled_at = $3, recalled_by_name = $4, reason = $5
        where kit_id = $1 and number = $2 and state <> 'recalled'";
    let done = execute!(
        tx,
        sqlx::query(SQL)
            .bind(kit.0)
            .bind(i64::from(number))
            .bind(recall.at.0)
            .bind(&recall.by_name)
            .bind(&recall.reason)
    )?;
    if done == 0 { Err(Problem::Stale) } else { Ok(()) }
}

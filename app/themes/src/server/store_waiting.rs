//! The table of themes that wait for their time; nothing else writes it.
use base::db::Tx;
use base::{BrandId, Problem, Timestamp, UserId, execute, on};
use sqlx::FromRow;
use sqlx::types::Uuid;

use crate::model::ThemeSchedule;

/// A theme that waits, and who let it.
pub(super) struct Waiting {
    pub(super) schedule: ThemeSchedule,
    pub(super) by: Option<UserId>,
}

#[derive(FromRow)]
struct Row {
    theme: String,
    note: String,
    run_at: i64,
    scheduled_at: i64,
    scheduled_by: Option<Uuid>,
    scheduled_by_name: String,
}

impl TryFrom<Row> for Waiting {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let schedule = ThemeSchedule {
            theme: serde_json::from_str(&row.theme).map_err(Problem::internal)?,
            note: row.note,
            at: Timestamp(row.run_at),
            scheduled_at: Timestamp(row.scheduled_at),
            scheduled_by_name: row.scheduled_by_name,
        };
        Ok(Self { schedule, by: row.scheduled_by.map(UserId) })
    }
}

/// What waits, if anything.
pub(super) async fn find(tx: &mut Tx, brand: BrandId) -> Result<Option<Waiting>, Problem> {
    const SQL: &str = "
        select theme, note, run_at, scheduled_at, scheduled_by, scheduled_by_name from theme_schedule
        where brand_id = $1";
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(SQL).bind(brand.0).fetch_optional(conn).await)?;
    row.map(Waiting::try_from).transpose()
}

/// Takes what waits out of the table.
pub(super) async fn take(tx: &mut Tx, brand: BrandId) -> Result<Option<Waiting>, Problem> {
    const SQL: &str = "
        delete from theme_schedule where brand_id = $1
        returning theme, note, run_at, scheduled_at, scheduled_by, scheduled_by_name";
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(SQL).bind(brand.0).fetch_optional(conn).await)?;
    row.map(Waiting::try_from).transpose()
}

/// Lets a theme wait; false when another does.
pub(super) async fn add(tx: &mut Tx, brand: BrandId, waiting: &Waiting) -> Result<bool, Problem> {
    const SQL: &str = "
        insert into theme_schedule (brand_id, theme, note, run_at, scheduled_at, scheduled_by, scheduled_by_name)
        values ($1, $2, $3, $4, $5, $6, $7) on conflict (brand_id) do nothing";
    let Waiting { schedule, by } = waiting;
    let theme = serde_json::to_string(&schedule.theme).map_err(Problem::internal)?;
    let added = execute!(
        tx,
        sqlx::query(SQL)
            .bind(brand.0)
            .bind(&theme)
            .bind(&schedule.note)
            .bind(schedule.at.0)
            .bind(schedule.scheduled_at.0)
            .bind(by.map(|id| id.0))
            .bind(&schedule.scheduled_by_name)
    )?;
    Ok(added == 1)
}

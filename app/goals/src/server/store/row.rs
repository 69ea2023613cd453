//! A goal as it is stored.
use base::{Currency, Date, GoalId, OrganizationId, Problem, ProgramId, Timestamp};
use figures::kpi;
use sqlx::FromRow;
use sqlx::types::Uuid;

use crate::model::{Goal, Metric, Status};

pub(super) const FROM: &str = "
    select g.id, g.vendor_id, g.program_id, p.name as program_name, p.currency, g.partner_id, o.name as partner_name,
           g.territory, g.metric, g.target, g.from_on, g.until_on, g.status, g.note, g.answer, g.parent_id,
           g.created_by_name, g.created_at, g.version
    from goal g join program p on p.id = g.program_id left join organization o on o.id = g.partner_id";

#[derive(FromRow)]
pub(super) struct Row {
    id: Uuid,
    vendor_id: Uuid,
    program_id: Uuid,
    program_name: String,
    currency: String,
    partner_id: Option<Uuid>,
    partner_name: Option<String>,
    territory: Option<String>,
    metric: String,
    target: i64,
    from_on: String,
    until_on: String,
    status: String,
    note: String,
    answer: Option<String>,
    parent_id: Option<Uuid>,
    created_by_name: String,
    created_at: i64,
    version: i64,
}

impl TryFrom<Row> for Goal {
    type Error = Problem;
    fn try_from(row: Row) -> Result<Self, Problem> {
        let id = GoalId(row.id);
        let wrong = |what: &str, text: &str| Problem::internal(format!("{id} has {what} {text}"));
        let day = |text: &str| text.parse::<Date>().map_err(|_| wrong("day", text));
        let (from, until) = (day(&row.from_on)?, day(&row.until_on)?);
        Ok(Self {
            id,
            vendor: OrganizationId(row.vendor_id),
            program: ProgramId(row.program_id),
            program_name: row.program_name,
            partner: row.partner_id.map(OrganizationId),
            partner_name: row.partner_name,
            territory: row.territory,
            metric: Metric::parse(&row.metric).ok_or_else(|| wrong("metric", &row.metric))?,
            target: row.target,
            currency: Currency::from_code(&row.currency).ok_or_else(|| wrong("currency", &row.currency))?,
            from,
            until,
            status: Status::parse(&row.status).ok_or_else(|| wrong("status", &row.status))?,
            note: row.note,
            answer: row
                .answer
                .map(|text| serde_json::from_str(&text))
                .transpose()
                .map_err(Problem::internal)?,
            parent: row.parent_id.map(GoalId),
            actual: 0,
            pace: kpi::pace(row.target, 0, (from, until), from),
            forecast: None,
            created_by_name: row.created_by_name,
            created_at: Timestamp(row.created_at),
            version: row.version as u32,
        })
    }
}

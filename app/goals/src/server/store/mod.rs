//! The table of goals; nothing else writes it.
mod members;
mod row;

use base::db::{Bind, Tx, violates};
use base::{Date, GoalId, Page, Problem, Scope, bound, execute, on, page_rows};
use figures::kpi::Standing;
use sqlx::AssertSqlSafe;
use sqlx::types::Uuid;

use crate::model::{Goal, Status};
use crate::verbs::ListGoals;
pub(super) use members::{member_name, member_named, members};
use row::{FROM, Row};

/// One goal, if the scope sees it.
pub(super) async fn find(tx: &mut Tx, id: GoalId, scope: Scope) -> Result<Option<Goal>, Problem> {
    let (condition, whose) = match scope {
        Scope::Vendor(vendor) => (" and g.vendor_id = $2", vendor.0),
        Scope::Partner(partner) => (" and g.partner_id = $2", partner.0),
        Scope::System => (" and $2 = $2", id.0),
        Scope::Nothing => return Ok(None),
    };
    let sql = format!("{FROM} where g.id = $1{condition}");
    let row: Option<Row> = on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).bind(whose).fetch_optional(conn).await
    })?;
    row.map(Goal::try_from).transpose()
}

/// A page of goals, those that end last first. Those that were taken back are seen when they are asked for.
pub(super) async fn list(
    tx: &mut Tx,
    ask: &ListGoals,
    scope: Scope,
    today: Date,
) -> Result<Page<Goal>, Problem> {
    let (mut filter, whose) = match scope {
        Scope::Vendor(vendor) => ("g.vendor_id = $1".to_owned(), vendor.0),
        Scope::Partner(partner) => ("g.partner_id = $1".to_owned(), partner.0),
        Scope::System | Scope::Nothing => return Ok(Page::whole(Vec::new())),
    };
    let mut binds = vec![Bind::Id(whose)];
    let mut and = |condition: &str, bind: Bind| {
        binds.push(bind);
        filter.push_str(" and ");
        filter.push_str(&condition.replace('?', &format!("${}", binds.len())));
    };
    if let Some(program) = ask.program {
        and("g.program_id = ?", Bind::Id(program.0));
    }
    if let Some(partner) = ask.partner {
        and("g.partner_id = ?", Bind::Id(partner.0));
    }
    match ask.status {
        Some(status) => and("g.status = ?", Bind::Text(status.as_str().to_owned())),
        None => and("g.status <> ?", Bind::Text(Status::Dropped.as_str().to_owned())),
    }
    if ask.current == Some(true) {
        let today = Bind::Text(today.to_string());
        and("g.from_on <= ?", today.clone());
        and("g.until_on >= ?", today);
    }
    if ask.whole == Some(true) {
        filter.push_str(" and g.partner_id is null");
    }
    let count = format!("select count(*) from goal g where {filter}");
    let total: i64 =
        on!(tx, |conn| bound!(sqlx::query_scalar(AssertSqlSafe(count)), &binds).fetch_one(conn).await)?;
    if let Some(cursor) = &ask.cursor {
        let unknown = || Problem::field("cursor", "unknown", "This is not a cursor that this list gave.");
        let (until, id) = cursor.split_once(' ').ok_or_else(unknown)?;
        let id: GoalId = id.parse().map_err(|_| unknown())?;
        let n = binds.len();
        binds.extend([Bind::Text(until.to_owned()), Bind::Id(id.0)]);
        filter.push_str(
            &[" and (g.until_on, g.id) < ($", &(n + 1).to_string(), ", $", &(n + 2).to_string(), ")"]
                .concat(),
        );
    }
    let limit = page_rows(ask.limit);
    let sql = format!("{FROM} where {filter} order by g.until_on desc, g.id desc limit {}", limit + 1);
    let rows: Vec<Row> =
        on!(tx, |conn| bound!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(conn).await)?;
    let goals = rows.into_iter().map(Goal::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(goals, limit, total as u64, |last: &Goal| format!("{} {}", last.until, last.id)))
}

/// Whose goal it is, as one text: two goals of the same are not set for the same period.
fn scope_of(goal: &Goal) -> String {
    match (goal.partner, &goal.territory) {
        (Some(partner), _) => partner.to_string(),
        (None, Some(territory)) => format!("territory {territory}"),
        (None, None) => String::new(),
    }
}

/// There is such a goal already.
pub(super) fn taken() -> Problem {
    Problem::field("from", "taken", "There is a goal of this kind for this period already.")
}

fn or_taken(error: sqlx::Error) -> Problem {
    let columns = "goal.program_id, goal.scope, goal.metric, goal.from_on, goal.until_on";
    if violates(&error, columns, "goal_once") { taken() } else { error.into() }
}

/// The goal of the same kind, of the same and for the same period, with its target.
pub(super) async fn same(tx: &mut Tx, goal: &Goal) -> Result<Option<(GoalId, i64)>, Problem> {
    const SQL: &str = "
        select id, target from goal
        where program_id = $1 and scope = $2 and metric = $3 and from_on = $4 and until_on = $5 and status <> 'dropped'";
    let found: Option<(Uuid, i64)> = on!(tx, |conn| {
        sqlx::query_as(SQL)
            .bind(goal.program.0)
            .bind(scope_of(goal))
            .bind(goal.metric.as_str())
            .bind(goal.from.to_string())
            .bind(goal.until.to_string())
            .fetch_optional(conn)
            .await
    })?;
    Ok(found.map(|(id, target)| (GoalId(id), target)))
}

/// Adds a goal.
///
/// # Errors
/// `Invalid` (`taken`) when there is such a goal already.
pub(super) async fn insert(tx: &mut Tx, goal: &Goal) -> Result<(), Problem> {
    const SQL: &str = "
        insert into goal (id, vendor_id, program_id, partner_id, territory, scope, metric, target, from_on, until_on, status,
                          note, answer, parent_id, standing, created_by_name, created_at, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, null, $13, $14, $15, $16, 1)";
    let done = execute!(
        tx,
        sqlx::query(SQL)
            .bind(goal.id.0)
            .bind(goal.vendor.0)
            .bind(goal.program.0)
            .bind(goal.partner.map(|id| id.0))
            .bind(goal.territory.as_deref())
            .bind(scope_of(goal))
            .bind(goal.metric.as_str())
            .bind(goal.target)
            .bind(goal.from.to_string())
            .bind(goal.until.to_string())
            .bind(goal.status.as_str())
            .bind(&goal.note)
            .bind(goal.parent.map(|id| id.0))
            .bind(Standing::NotBegun.as_str())
            .bind(&goal.created_by_name)
            .bind(goal.created_at.0)
    );
    done.map_err(or_taken)?;
    Ok(())
}

/// Writes a changed goal; the version is the one that was read.
///
/// # Errors
/// `Stale` when somebody else was first; `Invalid` (`taken`) when there is such a goal already.
pub(super) async fn update(tx: &mut Tx, goal: &Goal) -> Result<(), Problem> {
    const SQL: &str = "
        update goal set target = $3, from_on = $4, until_on = $5, status = $6, note = $7, answer = $8, version = version + 1
        where id = $1 and version = $2";
    let answer = goal.answer.as_ref().map(serde_json::to_string).transpose().map_err(Problem::internal)?;
    let done = execute!(
        tx,
        sqlx::query(SQL)
            .bind(goal.id.0)
            .bind(i64::from(goal.version))
            .bind(goal.target)
            .bind(goal.from.to_string())
            .bind(goal.until.to_string())
            .bind(goal.status.as_str())
            .bind(&goal.note)
            .bind(answer.as_deref())
    );
    if done.map_err(or_taken)? == 0 { Err(Problem::Stale) } else { Ok(()) }
}

/// How the goal stood when it was last looked at.
pub(super) async fn standing(tx: &mut Tx, id: GoalId) -> Result<Standing, Problem> {
    const SQL: &str = "select standing from goal where id = $1";
    let text: String = on!(tx, |conn| sqlx::query_scalar(SQL).bind(id.0).fetch_one(conn).await)?;
    Standing::parse(&text).ok_or_else(|| Problem::internal(format!("{id} stands {text}")))
}

/// Remembers how it stands.
pub(super) async fn note_standing(tx: &mut Tx, id: GoalId, standing: Standing) -> Result<(), Problem> {
    const SQL: &str = "update goal set standing = $2 where id = $1";
    execute!(tx, sqlx::query(SQL).bind(id.0).bind(standing.as_str()))?;
    Ok(())
}

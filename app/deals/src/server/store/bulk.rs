//! Decisions about many deals, and what became of each.
use base::db::Tx;
use base::{Actor, DealId, OrganizationId, Problem, Scope, Timestamp, UserId};
use sqlx::FromRow;
use sqlx::types::Uuid;

use crate::model::{Bulk, BulkAction, BulkId, BulkItem, Held, ItemState, Person};
use crate::server::decide::Decision;

/// A decision as it is kept.
pub(in crate::server) struct Kept {
    pub(in crate::server) id: BulkId,
    pub(in crate::server) organization: OrganizationId,
    pub(in crate::server) actor: Actor,
    pub(in crate::server) decision: Decision,
    pub(in crate::server) made_at: Timestamp,
    pub(in crate::server) until: Timestamp,
}

pub(in crate::server) async fn insert(tx: &mut Tx, kept: &Kept) -> Result<(), Problem> {
    const SQL: &str = "
        insert into deal_bulk (id, organization_id, user_id, actor, decision, made_at, until_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    let actor = serde_json::to_string(&kept.actor).map_err(Problem::internal)?;
    let decision = serde_json::to_string(&kept.decision).map_err(Problem::internal)?;
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(kept.id.0)
            .bind(kept.organization.0)
            .bind(kept.actor.user.map(|user| user.0))
            .bind(&actor)
            .bind(&decision)
            .bind(kept.made_at.0)
            .bind(kept.until.0)
    )?;
    Ok(())
}

/// Holds a decision about a deal. False when another one is held for it.
pub(in crate::server) async fn hold(
    tx: &mut Tx,
    bulk: BulkId,
    place: usize,
    (deal, version): (DealId, u32),
) -> Result<bool, Problem> {
    const SQL: &str = "
        insert into deal_bulk_item (bulk_id, place, deal_id, version, state) values ($1, $2, $3, $4, 'held')
        on conflict (deal_id) where state = 'held' do nothing";
    let held = base::execute!(
        tx,
        sqlx::query(SQL).bind(bulk.0).bind(place as i64).bind(deal.0).bind(i64::from(version))
    )?;
    Ok(held == 1)
}

/// Keeps that a deal was refused from the start.
pub(in crate::server) async fn refuse(
    tx: &mut Tx,
    bulk: BulkId,
    place: usize,
    deal: DealId,
    (problem, now): (&Problem, Timestamp),
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into deal_bulk_item (bulk_id, place, deal_id, state, code, message, ended_at)
        values ($1, $2, $3, 'refused', $4, $5, $6)";
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(bulk.0)
            .bind(place as i64)
            .bind(deal.0)
            .bind(problem.code())
            .bind(detail(problem))
            .bind(now.0)
    )?;
    Ok(())
}

fn detail(problem: &Problem) -> String {
    base::ProblemDetails::from(problem.clone()).detail
}

/// Ends what is held of one deal. False when it has ended already.
pub(in crate::server) async fn end(
    tx: &mut Tx,
    bulk: BulkId,
    place: i64,
    (state, problem): (ItemState, Option<&Problem>),
    now: Timestamp,
) -> Result<bool, Problem> {
    const SQL: &str = "
        update deal_bulk_item set state = $3, code = $4, message = $5, ended_at = $6
        where bulk_id = $1 and place = $2 and state = 'held'";
    let ended = base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(bulk.0)
            .bind(place)
            .bind(state.as_str())
            .bind(problem.map(Problem::code))
            .bind(problem.map(detail))
            .bind(now.0)
    )?;
    Ok(ended == 1)
}

#[derive(FromRow)]
struct KeptRow {
    id: Uuid,
    organization_id: Uuid,
    actor: String,
    decision: String,
    made_at: i64,
    until_at: i64,
}

/// A decision, whoever asks.
pub(in crate::server) async fn find(tx: &mut Tx, id: BulkId) -> Result<Option<Kept>, Problem> {
    const SQL: &str =
        "select id, organization_id, actor, decision, made_at, until_at from deal_bulk where id = $1";
    let row: Option<KeptRow> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(id.0).fetch_optional(conn).await)?;
    row.map(|row| {
        Ok(Kept {
            id: BulkId(row.id),
            organization: OrganizationId(row.organization_id),
            actor: serde_json::from_str(&row.actor).map_err(Problem::internal)?,
            decision: serde_json::from_str(&row.decision).map_err(Problem::internal)?,
            made_at: Timestamp(row.made_at),
            until: Timestamp(row.until_at),
        })
    })
    .transpose()
}

/// What is held of a decision: places, deals, and the versions that were seen.
pub(in crate::server) async fn held_of(
    tx: &mut Tx,
    id: BulkId,
) -> Result<Vec<(i64, DealId, Option<u32>)>, Problem> {
    const SQL: &str = "
        select place, deal_id, version from deal_bulk_item where bulk_id = $1 and state = 'held' order by place";
    let rows: Vec<(i64, Uuid, Option<i64>)> =
        base::on!(tx, |conn| sqlx::query_as(SQL).bind(id.0).fetch_all(conn).await)?;
    Ok(rows
        .into_iter()
        .map(|(place, deal, seen)| (place, DealId(deal), seen.map(|seen| seen as u32)))
        .collect())
}

#[derive(FromRow)]
struct ItemRow {
    deal_id: Uuid,
    number: Option<String>,
    customer_name: Option<String>,
    state: String,
    code: Option<String>,
    message: Option<String>,
}

/// A decision with what became of each deal, named as far as a scope sees it.
pub(in crate::server) async fn told(tx: &mut Tx, kept: &Kept, scope: Scope) -> Result<Bulk, Problem> {
    let (column, whose) = scope.column().unwrap_or(("$2", OrganizationId(Uuid::nil())));
    let column = if column == "$2" { column.to_owned() } else { format!("d.{column}") };
    let sql = format!(
        "select i.deal_id, d.number, d.customer_name, i.state, i.code, i.message
         from deal_bulk_item i left join deal d on d.id = i.deal_id and {column} = $2
         where i.bulk_id = $1 order by i.place"
    );
    let rows: Vec<ItemRow> = base::on!(tx, |conn| {
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(kept.id.0).bind(whose.0).fetch_all(conn).await
    })?;
    let item = |row: ItemRow| {
        let state = ItemState::parse(&row.state)
            .ok_or_else(|| Problem::internal(format!("bulk item {}", row.state)))?;
        Ok(BulkItem {
            deal: DealId(row.deal_id),
            number: row.number,
            customer_name: row.customer_name,
            state,
            code: row.code,
            message: row.message,
        })
    };
    Ok(Bulk {
        id: kept.id,
        action: action(&kept.decision)?,
        by: Person::from(&kept.actor),
        made_at: kept.made_at,
        until: kept.until,
        items: rows.into_iter().map(item).collect::<Result<_, Problem>>()?,
    })
}

fn action(decision: &Decision) -> Result<BulkAction, Problem> {
    BulkAction::of(decision.action()).ok_or_else(|| Problem::internal("a decision about many deals"))
}

#[derive(FromRow)]
struct HeldRow {
    deal_id: Uuid,
    bulk_id: Uuid,
    user_id: Option<Uuid>,
    actor: String,
    decision: String,
    until_at: i64,
}

/// What an organisation holds at this moment.
pub(in crate::server) async fn held(tx: &mut Tx, whose: OrganizationId) -> Result<Vec<Held>, Problem> {
    const SQL: &str = "
        select i.deal_id, i.bulk_id, b.user_id, b.actor, b.decision, b.until_at
        from deal_bulk_item i join deal_bulk b on b.id = i.bulk_id
        where i.state = 'held' and b.organization_id = $1 order by b.until_at, i.bulk_id, i.place limit 1000";
    let rows: Vec<HeldRow> = base::on!(tx, |conn| sqlx::query_as(SQL).bind(whose.0).fetch_all(conn).await)?;
    let held = |row: HeldRow| {
        let actor: Actor = serde_json::from_str(&row.actor).map_err(Problem::internal)?;
        let decision: Decision = serde_json::from_str(&row.decision).map_err(Problem::internal)?;
        Ok(Held {
            deal: DealId(row.deal_id),
            bulk: BulkId(row.bulk_id),
            action: action(&decision)?,
            by: Person { name: actor.name, user: row.user_id.map(UserId) },
            until: Timestamp(row.until_at),
        })
    };
    rows.into_iter().map(held).collect()
}

/// Lets go of decisions that were made before an instant.
pub(in crate::server) async fn forget(tx: &mut Tx, before: Timestamp) -> Result<(), Problem> {
    const ITEMS: &str = "
        delete from deal_bulk_item where bulk_id in (select id from deal_bulk where made_at < $1)";
    const BULKS: &str = "delete from deal_bulk where made_at < $1";
    for sql in [ITEMS, BULKS] {
        base::execute!(tx, sqlx::query(sql).bind(before.0))?;
    }
    Ok(())
}

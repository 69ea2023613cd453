//! Saved views, and which one each person's list opens with.
use base::db::Tx;
use base::{OrganizationId, Problem, Timestamp, UserId};
use sqlx::FromRow;
use sqlx::types::Uuid;

use crate::model::{Layout, View, ViewId};

/// Whose list it is.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) struct Whose {
    pub(in crate::server) organization: OrganizationId,
    pub(in crate::server) user: UserId,
    /// Whether they may change what is shared.
    pub(in crate::server) shares: bool,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    owner_id: Uuid,
    owner_name: String,
    name: String,
    query: String,
    columns: String,
    layout: String,
    shared: i64,
    default_id: Option<Uuid>,
    version: i64,
}

impl Row {
    fn view(self, whose: Whose) -> View {
        let shared = self.shared != 0;
        View {
            id: ViewId(self.id),
            name: self.name,
            query: self.query,
            // A column that has gone from the product goes from the view.
            columns: self.columns.parse().unwrap_or_default(),
            layout: Layout::parse(&self.layout),
            shared,
            owner_name: self.owner_name,
            may_change: self.owner_id == whose.user.0 || shared && whose.shares,
            is_default: self.default_id == Some(self.id),
            version: self.version as u32,
        }
    }
}

const SHOWN: &str = "
    select v.id, v.owner_id, v.owner_name, v.name, v.query, v.columns, v.layout, v.shared, d.view_id as default_id, v.version
    from deal_view v
    left join deal_view_default d on d.organization_id = v.organization_id and d.user_id = $2
    where v.organization_id = $1 and (v.owner_id = $2 or v.shared = 1)";

/// Everything that a person has, by name.
pub(in crate::server) async fn all(tx: &mut Tx, whose: Whose) -> Result<Vec<View>, Problem> {
    let sql = format!("{SHOWN} and v.deleted_at is null order by lower(v.name), v.id limit 200");
    let rows: Vec<Row> = base::on!(tx, |conn| {
        sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(whose.organization.0)
            .bind(whose.user.0)
            .fetch_all(conn)
            .await
    })?;
    Ok(rows.into_iter().map(|row| row.view(whose)).collect())
}

/// One view; a deleted one only where that is what is looked for.
pub(in crate::server) async fn find(
    tx: &mut Tx,
    id: ViewId,
    whose: Whose,
    deleted: bool,
) -> Result<Option<View>, Problem> {
    let which = if deleted { "is not null" } else { "is null" };
    let sql = format!("{SHOWN} and v.id = $3 and v.deleted_at {which}");
    let row: Option<Row> = base::on!(tx, |conn| {
        sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(whose.organization.0)
            .bind(whose.user.0)
            .bind(id.0)
            .fetch_optional(conn)
            .await
    })?;
    Ok(row.map(|row| row.view(whose)))
}

/// How many views of a person's own there are.
pub(in crate::server) async fn count(tx: &mut Tx, whose: Whose) -> Result<i64, Problem> {
    const SQL: &str = "
        select count(*) from deal_view where organization_id = $1 and owner_id = $2 and deleted_at is null";
    Ok(base::on!(tx, |conn| {
        sqlx::query_scalar(SQL).bind(whose.organization.0).bind(whose.user.0).fetch_one(conn).await
    })?)
}

pub(in crate::server) async fn insert(
    tx: &mut Tx,
    whose: Whose,
    view: &View,
    now: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into deal_view (id, organization_id, owner_id, owner_name, name, query, columns, layout, shared, created_at,
                               version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(view.id.0)
            .bind(whose.organization.0)
            .bind(whose.user.0)
            .bind(&view.owner_name)
            .bind(&view.name)
            .bind(&view.query)
            .bind(view.columns.to_string())
            .bind(view.layout.as_str())
            .bind(i64::from(view.shared))
            .bind(now.0)
            .bind(i64::from(view.version))
    )?;
    Ok(())
}

/// Writes a view back that was read at the version before.
pub(in crate::server) async fn update(tx: &mut Tx, view: &View) -> Result<(), Problem> {
    const SQL: &str = "
        update deal_view set name = $2, query = $3, columns = $4, layout = $5, shared = $6, version = $7
        where id = $1 and version = $8";
    let touched = base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(view.id.0)
            .bind(&view.name)
            .bind(&view.query)
            .bind(view.columns.to_string())
            .bind(view.layout.as_str())
            .bind(i64::from(view.shared))
            .bind(i64::from(view.version))
            .bind(i64::from(view.version) - 1)
    )?;
    if touched == 0 { Err(Problem::Stale) } else { Ok(()) }
}

/// Deletes a view, or, without an instant, restores it.
pub(in crate::server) async fn set_deleted(
    tx: &mut Tx,
    id: ViewId,
    at: Option<Timestamp>,
) -> Result<(), Problem> {
    const SQL: &str = "update deal_view set deleted_at = $2 where id = $1";
    base::execute!(tx, sqlx::query(SQL).bind(id.0).bind(at.map(|at| at.0)))?;
    Ok(())
}

/// Lets a person's list open with a view, or with none.
pub(in crate::server) async fn set_default(
    tx: &mut Tx,
    whose: Whose,
    view: Option<ViewId>,
) -> Result<(), Problem> {
    const NONE: &str = "delete from deal_view_default where organization_id = $1 and user_id = $2";
    const SET: &str = "insert into deal_view_default (organization_id, user_id, view_id) values ($1, $2, $3)";
    base::execute!(tx, sqlx::query(NONE).bind(whose.organization.0).bind(whose.user.0))?;
    if let Some(view) = view {
        base::execute!(tx, sqlx::query(SET).bind(whose.organization.0).bind(whose.user.0).bind(view.0))?;
    }
    Ok(())
}

//! Saved views, and what each person does with them.
use base::db::Tx;
use base::mail::Address;
use base::{BrandId, OrganizationId, Problem, ProgramId, Timestamp, UserId};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, FromRow};

use crate::view::{Board, BoardView, BoardViewId, Choice, Rhythm, Sending, USUAL_HOUR};

/// Whose views.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whose {
    pub(super) organization: OrganizationId,
    pub(super) user: UserId,
    /// Whether they may change what is shared.
    pub(super) shares: bool,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    owner_id: Uuid,
    owner_name: String,
    name: String,
    board: String,
    query: String,
    shared: i64,
    version: i64,
    pinned: Option<i64>,
    rhythm: Option<String>,
    format: Option<String>,
    hour: Option<i64>,
}

impl Row {
    fn view(self, whose: Whose) -> BoardView {
        let shared = self.shared != 0;
        BoardView {
            id: BoardViewId(self.id),
            name: self.name,
            board: Board::parse(&self.board).unwrap_or(Board::Overview),
            query: self.query,
            shared,
            owner_name: self.owner_name,
            may_change: self.owner_id == whose.user.0 || shared && whose.shares,
            choice: Choice {
                pinned: self.pinned == Some(1),
                rhythm: self.rhythm.as_deref().and_then(Rhythm::parse).unwrap_or(Rhythm::Never),
                format: self.format.as_deref().and_then(Sending::parse).unwrap_or(Sending::Digest),
                hour: self.hour.and_then(|hour| hour.try_into().ok()).unwrap_or(USUAL_HOUR),
            },
            version: self.version as u32,
        }
    }
}

const SHOWN: &str = "
    select v.id, v.owner_id, v.owner_name, v.name, v.board, v.query, v.shared, v.version, c.pinned, c.rhythm, c.format, c.hour
    from board_view v left join board_view_choice c on c.view_id = v.id and c.user_id = $2
    where v.organization_id = $1 and (v.owner_id = $2 or v.shared = 1)";

/// Everything that a person has, by name, or what they have pinned.
pub(super) async fn all(tx: &mut Tx, whose: Whose, pinned: bool) -> Result<Vec<BoardView>, Problem> {
    let which = if pinned { " and c.pinned = 1" } else { "" };
    let sql = format!("{SHOWN} and v.deleted_at is null{which} order by lower(v.name), v.id limit 200");
    let rows: Vec<Row> = base::on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(whose.organization.0).bind(whose.user.0).fetch_all(conn).await
    })?;
    Ok(rows.into_iter().map(|row| row.view(whose)).collect())
}

/// One view; a deleted one only where that is what is looked for.
pub(super) async fn find(
    tx: &mut Tx,
    id: BoardViewId,
    whose: Whose,
    deleted: bool,
) -> Result<Option<BoardView>, Problem> {
    let which = if deleted { "is not null" } else { "is null" };
    let sql = format!("{SHOWN} and v.id = $3 and v.deleted_at {which}");
    let row: Option<Row> = base::on!(tx, |conn| {
        sqlx::query_as(AssertSqlSafe(sql))
            .bind(whose.organization.0)
            .bind(whose.user.0)
            .bind(id.0)
            .fetch_optional(conn)
            .await
    })?;
    Ok(row.map(|row| row.view(whose)))
}

/// How many views of a person's own there are.
pub(super) async fn count(tx: &mut Tx, whose: Whose) -> Result<i64, Problem> {
    const SQL: &str = "
        select count(*) from board_view where organization_id = $1 and owner_id = $2 and deleted_at is null";
    Ok(base::on!(tx, |conn| {
        sqlx::query_scalar(SQL).bind(whose.organization.0).bind(whose.user.0).fetch_one(conn).await
    })?)
}

pub(super) async fn insert(
    tx: &mut Tx,
    whose: Whose,
    view: &BoardView,
    now: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into board_view (id, organization_id, owner_id, owner_name, name, board, query, shared, created_at, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(view.id.0)
            .bind(whose.organization.0)
            .bind(whose.user.0)
            .bind(&view.owner_name)
            .bind(&view.name)
            .bind(view.board.as_str())
            .bind(&view.query)
            .bind(i64::from(view.shared))
            .bind(now.0)
            .bind(i64::from(view.version))
    )?;
    Ok(())
}

/// Writes a view back that was read at the version before.
pub(super) async fn update(tx: &mut Tx, view: &BoardView) -> Result<(), Problem> {
    const SQL: &str = "update board_view set name = $2, query = $3, shared = $4, version = $5 where id = $1 and version = $6";
    let touched = base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(view.id.0)
            .bind(&view.name)
            .bind(&view.query)
            .bind(i64::from(view.shared))
            .bind(i64::from(view.version))
            .bind(i64::from(view.version) - 1)
    )?;
    if touched == 0 { Err(Problem::Stale) } else { Ok(()) }
}

/// Deletes a view, or, without an instant, restores it.
pub(super) async fn set_deleted(tx: &mut Tx, id: BoardViewId, at: Option<Timestamp>) -> Result<(), Problem> {
    const SQL: &str = "update board_view set deleted_at = $2 where id = $1";
    base::execute!(tx, sqlx::query(SQL).bind(id.0).bind(at.map(|at| at.0)))?;
    Ok(())
}

/// Writes what a person does with a view.
pub(super) async fn choose(
    tx: &mut Tx,
    view: BoardViewId,
    user: UserId,
    choice: Choice,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into board_view_choice (view_id, user_id, pinned, rhythm, format, hour) values ($1, $2, $3, $4, $5, $6)
        on conflict (view_id, user_id) do update
        set pinned = excluded.pinned, rhythm = excluded.rhythm, format = excluded.format, hour = excluded.hour";
    base::execute!(
        tx,
        sqlx::query(SQL)
            .bind(view.0)
            .bind(user.0)
            .bind(i64::from(choice.pinned))
            .bind(choice.rhythm.as_str())
            .bind(choice.format.as_str())
            .bind(i64::from(choice.hour))
    )?;
    Ok(())
}

/// E-mail address, language and time zone of a person.
#[derive(FromRow)]
pub(super) struct Reader {
    name: String,
    email: String,
    pub(super) locale: String,
    pub(super) time_zone: String,
}

impl Reader {
    pub(super) fn to(&self) -> Address {
        Address { name: self.name.clone(), email: self.email.clone() }
    }
}

pub(super) async fn reader(tx: &mut Tx, user: UserId) -> Result<Option<Reader>, Problem> {
    const SQL: &str =
        "select name, email, locale, time_zone from person where id = $1 and disabled_at is null";
    Ok(base::on!(tx, |conn| sqlx::query_as(SQL).bind(user.0).fetch_optional(conn).await)?)
}

/// The organisation that a view belongs to.
pub(super) async fn organization_of(
    tx: &mut Tx,
    view: BoardViewId,
) -> Result<Option<OrganizationId>, Problem> {
    const SQL: &str = "select organization_id from board_view where id = $1";
    let id: Option<Uuid> =
        base::on!(tx, |conn| sqlx::query_scalar(SQL).bind(view.0).fetch_optional(conn).await)?;
    Ok(id.map(OrganizationId))
}

/// The brand of what an organisation is sent: that of the program, or else of its own first program, or the first that it
/// is enrolled in.
pub(super) async fn brand_of(
    tx: &mut Tx,
    organization: OrganizationId,
    program: Option<ProgramId>,
) -> Result<Option<BrandId>, Problem> {
    const SQL: &str = "
        select p.brand_id from program p
        where p.vendor_id = $1 or p.id in (select e.program_id from enrollment e where e.partner_id = $1)
        order by case when p.id = $2 then 0 else 1 end, p.id limit 1";
    let program = program.map(|id| id.0);
    let id: Option<Uuid> = base::on!(tx, |conn| {
        sqlx::query_scalar(SQL).bind(organization.0).bind(program).fetch_optional(conn).await
    })?;
    Ok(id.map(BrandId))
}

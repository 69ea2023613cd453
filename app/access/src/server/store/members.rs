//! SQL of memberships and invitations.
use base::db::Tx;
use base::{OrganizationId, Page, Problem, Role, Side, Timestamp, UserId, execute, on, page_rows};
use sqlx::FromRow;
use sqlx::types::Uuid;

use super::super::secret::TokenHash;
use crate::{ListUsers, Member, Membership};

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    organization_name: String,
    side: String,
    role: String,
}

fn role_of(text: &str) -> Result<Role, Problem> {
    Role::parse(text).ok_or_else(|| Problem::internal(format!("no such role: {text}")))
}

/// Everything a person is, by the organisation's name.
pub(in super::super) async fn memberships(tx: &mut Tx, user: UserId) -> Result<Vec<Membership>, Problem> {
    const SQL: &str = "
        select m.organization_id, o.name as organization_name, o.side, m.role
        from membership m join organization o on o.id = m.organization_id
        where m.user_id = $1 order by o.name, o.id";
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(SQL).bind(user.0).fetch_all(conn).await)?;
    let membership = |row: Row| {
        Ok(Membership {
            organization: OrganizationId(row.organization_id),
            organization_name: row.organization_name,
            side: if row.side == "vendor" { Side::Vendor } else { Side::Partner },
            role: role_of(&row.role)?,
        })
    };
    rows.into_iter().map(membership).collect()
}

/// Adds a membership; false when there is one. A person who is signed in without an organisation acts for it
/// from now on.
pub(in super::super) async fn insert_membership(
    tx: &mut Tx,
    user: UserId,
    organization: OrganizationId,
    role: Role,
    now: Timestamp,
) -> Result<bool, Problem> {
    const SQL: &str = "
        insert into membership (user_id, organization_id, role, created_at) values ($1, $2, $3, $4)
        on conflict (user_id, organization_id) do nothing";
    const CONTEXT: &str =
        "update session set organization_id = $2 where user_id = $1 and organization_id is null";
    let added =
        execute!(tx, sqlx::query(SQL).bind(user.0).bind(organization.0).bind(role.as_str()).bind(now.0))?;
    execute!(tx, sqlx::query(CONTEXT).bind(user.0).bind(organization.0))?;
    Ok(added == 1)
}

/// The role of a person in an organisation, with how many own it. Owners' rows are locked, where the engine has
/// several writers, so that two of them cannot leave at once.
pub(in super::super) async fn role_and_owners(
    tx: &mut Tx,
    user: UserId,
    organization: OrganizationId,
) -> Result<Option<(Role, u64)>, Problem> {
    const SQLITE: &str = "
        select user_id, role from membership
        where organization_id = $1 and (user_id = $2 or role in ('vendor_owner', 'partner_owner'))";
    const POSTGRES: &str = "
        select user_id, role from membership
        where organization_id = $1 and (user_id = $2 or role in ('vendor_owner', 'partner_owner'))
        order by user_id for update";
    let sql = base::dialect!(tx, sqlite: SQLITE, postgres: POSTGRES);
    let rows: Vec<(Uuid, String)> =
        on!(tx, |conn| sqlx::query_as(sql).bind(organization.0).bind(user.0).fetch_all(conn).await)?;
    let owners = rows.iter().filter(|(_, role)| role.ends_with("_owner")).count() as u64;
    let Some((_, role)) = rows.iter().find(|(id, _)| *id == user.0) else { return Ok(None) };
    Ok(Some((role_of(role)?, owners)))
}

pub(in super::super) async fn set_role(
    tx: &mut Tx,
    user: UserId,
    organization: OrganizationId,
    role: Role,
) -> Result<(), Problem> {
    const SQL: &str = "update membership set role = $3 where user_id = $1 and organization_id = $2";
    execute!(tx, sqlx::query(SQL).bind(user.0).bind(organization.0).bind(role.as_str()))?;
    Ok(())
}

/// Takes a person out: the keys made here end, sessions go on with another organisation of theirs.
pub(in super::super) async fn delete_membership(
    tx: &mut Tx,
    user: UserId,
    organization: OrganizationId,
    now: Timestamp,
) -> Result<(), Problem> {
    const DELETE: &str = "delete from membership where user_id = $1 and organization_id = $2";
    const KEYS: &str = "
        update api_key set revoked_at = $3 where user_id = $1 and organization_id = $2 and revoked_at is null";
    const SESSIONS: &str = "
        update session set program_id = null, organization_id =
            (select organization_id from membership where user_id = $1 order by created_at, organization_id limit 1)
        where user_id = $1 and organization_id = $2";
    execute!(tx, sqlx::query(DELETE).bind(user.0).bind(organization.0))?;
    execute!(tx, sqlx::query(KEYS).bind(user.0).bind(organization.0).bind(now.0))?;
    execute!(tx, sqlx::query(SESSIONS).bind(user.0).bind(organization.0))?;
    Ok(())
}

#[derive(FromRow)]
struct MemberRow {
    id: Uuid,
    email: String,
    name: String,
    role: String,
    created_at: i64,
    invited: i64,
}

/// By name; the cursor is the last row's id and name.
pub(in super::super) async fn members(
    tx: &mut Tx,
    ask: &ListUsers,
    organization: OrganizationId,
) -> Result<Page<Member>, Problem> {
    const PAGE: &str = "
        select p.id, p.email, p.name, m.role, m.created_at,
               cast(case when p.password_hash is null then 1 else 0 end as bigint) as invited
        from membership m join person p on p.id = m.user_id
        where m.organization_id = $1 and (lower(p.name) like $2 or p.email like $2)
          and (p.name > $3 or (p.name = $3 and p.id > $4))
        order by p.name, p.id limit $5";
    const COUNT: &str = "
        select count(*) from membership m join person p on p.id = m.user_id
        where m.organization_id = $1 and (lower(p.name) like $2 or p.email like $2)";
    let like = format!("%{}%", ask.q.as_deref().unwrap_or_default().trim().to_lowercase());
    let (id, name) = ask.cursor.as_deref().and_then(|text| text.split_once(' ')).unwrap_or_default();
    let id = id.parse::<UserId>().map_or_else(|_| Uuid::nil(), |id| id.0);
    let limit = page_rows(ask.limit);
    let (rows, total): (Vec<MemberRow>, i64) = on!(tx, |conn| {
        let page = sqlx::query_as(PAGE).bind(organization.0).bind(&like).bind(name).bind(id);
        let rows = page.bind(i64::from(limit) + 1).fetch_all(&mut *conn).await?;
        (rows, sqlx::query_scalar(COUNT).bind(organization.0).bind(&like).fetch_one(conn).await?)
    });
    let member = |row: MemberRow| {
        Ok(Member {
            id: UserId(row.id),
            email: row.email,
            name: row.name,
            role: role_of(&row.role)?,
            joined_at: Timestamp(row.created_at),
            invited: row.invited == 1,
        })
    };
    let items = rows.into_iter().map(member).collect::<Result<Vec<_>, Problem>>()?;
    Ok(Page::cut(items, limit, total as u64, |last: &Member| format!("{} {}", last.id, last.name)))
}

pub(in super::super) async fn insert_invitation(
    tx: &mut Tx,
    hash: &TokenHash,
    user: UserId,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str =
        "insert into invitation (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)";
    execute!(tx, sqlx::query(SQL).bind(&hash[..]).bind(user.0).bind(now.0).bind(until.0))?;
    Ok(())
}

/// Whom a token lets choose a password, and whether it is a new one in place of another. An invitation holds only while
/// there is no password: it never replaces one.
pub(in super::super) async fn let_in(
    tx: &mut Tx,
    hash: &TokenHash,
    now: Timestamp,
) -> Result<Option<(UserId, bool)>, Problem> {
    const INVITED: &str = "
        select p.id from invitation i join person p on p.id = i.user_id
        where i.token_hash = $1 and i.expires_at > $2 and p.password_hash is null and p.disabled_at is null";
    const ANEW: &str = "
        select p.id from password_reset r join person p on p.id = r.user_id
        where r.token_hash = $1 and r.expires_at > $2 and p.disabled_at is null";
    for (sql, anew) in [(INVITED, false), (ANEW, true)] {
        let id: Option<Uuid> =
            on!(tx, |conn| sqlx::query_scalar(sql).bind(&hash[..]).bind(now.0).fetch_optional(conn).await)?;
        if let Some(id) = id {
            return Ok(Some((UserId(id), anew)));
        }
    }
    Ok(None)
}

/// Keeps the hash of a token for a new password.
pub(in super::super) async fn insert_reset(
    tx: &mut Tx,
    hash: &TokenHash,
    user: UserId,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str =
        "insert into password_reset (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)";
    execute!(tx, sqlx::query(SQL).bind(&hash[..]).bind(user.0).bind(now.0).bind(until.0))?;
    Ok(())
}

/// How many tokens for a new password a person was given since.
pub(in super::super) async fn resets_since(
    tx: &mut Tx,
    user: UserId,
    since: Timestamp,
) -> Result<u64, Problem> {
    const SQL: &str = "select count(*) from password_reset where user_id = $1 and created_at > $2";
    let count: i64 =
        on!(tx, |conn| sqlx::query_scalar(SQL).bind(user.0).bind(since.0).fetch_one(conn).await)?;
    Ok(count as u64)
}

/// Takes back a token whose mail was not sent.
pub(in super::super) async fn take_back(tx: &mut Tx, hash: &TokenHash) -> Result<(), Problem> {
    execute!(tx, sqlx::query("delete from password_reset where token_hash = $1").bind(&hash[..]))?;
    execute!(tx, sqlx::query("delete from invitation where token_hash = $1").bind(&hash[..]))?;
    Ok(())
}

/// Ends every link with which a person could choose a password.
pub(in super::super) async fn delete_invitations(tx: &mut Tx, user: UserId) -> Result<(), Problem> {
    execute!(tx, sqlx::query("delete from invitation where user_id = $1").bind(user.0))?;
    execute!(tx, sqlx::query("delete from password_reset where user_id = $1").bind(user.0))?;
    Ok(())
}

//! SQL of sessions, and of who a cookie or a key stands for.
use base::db::Tx;
use base::{
    Actor, ApiKeyId, Means, OrganizationId, Problem, ProgramId, Role, Span, Standing, Timestamp, UserId,
    execute, on,
};
use kit::catalogue::Locale;
use sqlx::FromRow;
use sqlx::types::Uuid;

use super::super::secret::TokenHash;
use crate::{Session, Theme};

/// A session ends when it was not used for so long.
pub(in super::super) const IDLE: Span = Span::days(14);
/// Its use is written down at most so often.
const NOTED: Span = Span::hours(1);

/// Whoever a cookie or a key stands for.
pub(in super::super) struct Known {
    pub(in super::super) actor: Actor,
    pub(in super::super) locale: Locale,
    pub(in super::super) time_zone: String,
    pub(in super::super) theme: Theme,
    /// Whether the use should be written down now.
    pub(in super::super) note: bool,
}

#[derive(FromRow)]
struct Row {
    #[sqlx(default)]
    key_id: Option<Uuid>,
    user_id: Uuid,
    name: String,
    locale: String,
    time_zone: String,
    theme: String,
    organization_id: Option<Uuid>,
    role: Option<String>,
    #[sqlx(default)]
    program_id: Option<Uuid>,
    seen_at: Option<i64>,
}

impl Row {
    fn known(self, now: Timestamp) -> Known {
        let role = self.role.as_deref().and_then(Role::parse);
        let standing = self.organization_id.zip(role).map(|(organization, role)| Standing {
            organization: OrganizationId(organization),
            role,
            program: self.program_id.map(ProgramId),
        });
        let means = self.key_id.map_or(Means::Session, |id| Means::Key(ApiKeyId(id)));
        Known {
            actor: Actor { means, user: Some(UserId(self.user_id)), name: self.name, standing },
            locale: Locale::choose(&self.locale),
            time_zone: self.time_zone,
            theme: Theme::parse(&self.theme),
            note: self.seen_at.is_none_or(|at| Timestamp(at) + NOTED <= now),
        }
    }
}

pub(in super::super) async fn by_session(
    tx: &mut Tx,
    hash: &TokenHash,
    now: Timestamp,
) -> Result<Option<Known>, Problem> {
    const SQL: &str = "
        select p.id as user_id, p.name, p.locale, p.time_zone, p.theme,
               m.organization_id, m.role, s.program_id, s.seen_at
        from session s
        join person p on p.id = s.user_id
        left join membership m on m.user_id = s.user_id and m.organization_id = s.organization_id
        where s.token_hash = $1 and s.expires_at > $2 and p.disabled_at is null";
    let row: Option<Row> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(&hash[..]).bind(now.0).fetch_optional(conn).await)?;
    Ok(row.map(|row| row.known(now)))
}

/// A key stands for its maker while the maker is in the organisation.
pub(in super::super) async fn by_key(
    tx: &mut Tx,
    hash: &TokenHash,
    now: Timestamp,
) -> Result<Option<Known>, Problem> {
    const SQL: &str = "
        select k.id as key_id, p.id as user_id, p.name, p.locale, p.time_zone, p.theme,
               m.organization_id, m.role, k.last_used_at as seen_at
        from api_key k
        join person p on p.id = k.user_id
        join membership m on m.user_id = k.user_id and m.organization_id = k.organization_id
        where k.secret_hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > $2)
          and p.disabled_at is null";
    let row: Option<Row> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(&hash[..]).bind(now.0).fetch_optional(conn).await)?;
    Ok(row.map(|row| row.known(now)))
}

pub(in super::super) async fn note_session(
    tx: &mut Tx,
    hash: &TokenHash,
    now: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str = "update session set seen_at = $2, expires_at = $3 where token_hash = $1";
    let until = (now + IDLE).0;
    execute!(tx, sqlx::query(SQL).bind(&hash[..]).bind(now.0).bind(until))?;
    Ok(())
}

pub(in super::super) async fn note_key(tx: &mut Tx, id: ApiKeyId, now: Timestamp) -> Result<(), Problem> {
    execute!(tx, sqlx::query("update api_key set last_used_at = $2 where id = $1").bind(id.0).bind(now.0))?;
    Ok(())
}

pub(in super::super) async fn insert_session(
    tx: &mut Tx,
    hash: &TokenHash,
    user: UserId,
    organization: Option<OrganizationId>,
    agent: &str,
    now: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into session (token_hash, user_id, organization_id, agent, created_at, expires_at, seen_at)
        values ($1, $2, $3, $4, $5, $6, $5)";
    execute!(
        tx,
        sqlx::query(SQL)
            .bind(&hash[..])
            .bind(user.0)
            .bind(organization.map(|id| id.0))
            .bind(agent)
            .bind(now.0)
            .bind((now + IDLE).0)
    )?;
    Ok(())
}

/// Sets what a session is for; false when it is over.
pub(in super::super) async fn set_context(
    tx: &mut Tx,
    hash: &TokenHash,
    organization: OrganizationId,
    program: Option<ProgramId>,
) -> Result<bool, Problem> {
    const SQL: &str = "update session set organization_id = $2, program_id = $3 where token_hash = $1";
    let program = program.map(|id| id.0);
    Ok(execute!(tx, sqlx::query(SQL).bind(&hash[..]).bind(organization.0).bind(program))? == 1)
}

pub(in super::super) async fn end_session(tx: &mut Tx, hash: &TokenHash) -> Result<bool, Problem> {
    Ok(execute!(tx, sqlx::query("delete from session where token_hash = $1").bind(&hash[..]))? == 1)
}

/// Ends all sessions of a person but one.
pub(in super::super) async fn end_sessions(
    tx: &mut Tx,
    user: UserId,
    keep: Option<TokenHash>,
) -> Result<u64, Problem> {
    const SQL: &str = "delete from session where user_id = $1 and token_hash <> $2";
    // No hash is empty, so nothing is kept without one.
    let keep = keep.map(Vec::from).unwrap_or_default();
    Ok(execute!(tx, sqlx::query(SQL).bind(user.0).bind(&keep))?)
}

pub(in super::super) async fn sessions(
    tx: &mut Tx,
    user: UserId,
    now: Timestamp,
) -> Result<Vec<Session>, Problem> {
    const SQL: &str = "
        select agent, created_at, seen_at from session
        where user_id = $1 and expires_at > $2 order by seen_at desc, created_at desc limit 200";
    let rows: Vec<(String, i64, i64)> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(user.0).bind(now.0).fetch_all(conn).await)?;
    let session = |(agent, created_at, seen_at)| Session {
        agent,
        created_at: Timestamp(created_at),
        seen_at: Timestamp(seen_at),
    };
    Ok(rows.into_iter().map(session).collect())
}

/// Deletes what is over.
pub(in super::super) async fn forget(tx: &mut Tx, now: Timestamp) -> Result<(), Problem> {
    execute!(tx, sqlx::query("delete from session where expires_at <= $1").bind(now.0))?;
    execute!(tx, sqlx::query("delete from invitation where expires_at <= $1").bind(now.0))?;
    execute!(tx, sqlx::query("delete from password_reset where expires_at <= $1").bind(now.0))?;
    Ok(())
}

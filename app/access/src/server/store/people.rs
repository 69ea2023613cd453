//! SQL of people.
use base::db::{Tx, violates};
use base::{Problem, Timestamp, UserId, execute, on};
use kit::catalogue::Locale;
use sqlx::FromRow;
use sqlx::types::Uuid;

use crate::{Theme, User};

#[derive(FromRow)]
struct Row {
    id: Uuid,
    email: String,
    name: String,
    locale: String,
    time_zone: String,
    theme: String,
    version: i64,
}

impl From<Row> for User {
    fn from(row: Row) -> Self {
        Self {
            id: UserId(row.id),
            email: row.email,
            name: row.name,
            locale: Locale::choose(&row.locale),
            time_zone: row.time_zone,
            theme: Theme::parse(&row.theme),
            version: row.version as u32,
        }
    }
}

pub(in super::super) async fn insert_person(
    tx: &mut Tx,
    user: &User,
    password_hash: Option<&str>,
    now: Timestamp,
) -> Result<(), Problem> {
    const SQL: &str = "
        insert into person (id, email, name, password_hash, locale, time_zone, theme, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let done = execute!(
        tx,
        sqlx::query(SQL)
            .bind(user.id.0)
            .bind(&user.email)
            .bind(&user.name)
            .bind(password_hash)
            .bind(user.locale.tag())
            .bind(&user.time_zone)
            .bind(user.theme.as_str())
            .bind(now.0)
    );
    match done {
        Ok(_) => Ok(()),
        Err(error) if violates(&error, "person.email", "person_email") => {
            Err(Problem::field("email", "taken", "Somebody has this e-mail address already."))
        }
        Err(error) => Err(error.into()),
    }
}

pub(in super::super) async fn person(tx: &mut Tx, id: UserId) -> Result<Option<User>, Problem> {
    const SQL: &str = "select id, email, name, locale, time_zone, theme, version from person where id = $1";
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(SQL).bind(id.0).fetch_optional(conn).await)?;
    Ok(row.map(User::from))
}

pub(in super::super) async fn person_by_email(tx: &mut Tx, email: &str) -> Result<Option<User>, Problem> {
    const SQL: &str =
        "select id, email, name, locale, time_zone, theme, version from person where email = $1";
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(SQL).bind(email).fetch_optional(conn).await)?;
    Ok(row.map(User::from))
}

/// Id and password hash of somebody who may sign in.
pub(in super::super) async fn credentials(
    tx: &mut Tx,
    email: &str,
) -> Result<Option<(UserId, Option<String>)>, Problem> {
    const SQL: &str = "select id, password_hash from person where email = $1 and disabled_at is null";
    let row: Option<(Uuid, Option<String>)> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(email).fetch_optional(conn).await)?;
    Ok(row.map(|(id, hash)| (UserId(id), hash)))
}

pub(in super::super) async fn anybody(tx: &mut Tx) -> Result<bool, Problem> {
    let found: Option<i32> =
        on!(tx, |conn| sqlx::query_scalar("select 1 from person limit 1").fetch_optional(conn).await)?;
    Ok(found.is_some())
}

/// Takes the one chance to set the installation up; false when it was taken.
pub(in super::super) async fn take_set_up(tx: &mut Tx, now: Timestamp) -> Result<bool, Problem> {
    const SQL: &str = "insert into set_up (only_one, at) values (1, $1) on conflict (only_one) do nothing";
    Ok(execute!(tx, sqlx::query(SQL).bind(now.0))? == 1)
}

pub(in super::super) async fn update_person(tx: &mut Tx, user: &User) -> Result<(), Problem> {
    const SQL: &str = "
        update person set name = $3, locale = $4, time_zone = $5, theme = $6, version = $7
        where id = $1 and version = $2";
    let touched = execute!(
        tx,
        sqlx::query(SQL)
            .bind(user.id.0)
            .bind(i64::from(user.version) - 1)
            .bind(&user.name)
            .bind(user.locale.tag())
            .bind(&user.time_zone)
            .bind(user.theme.as_str())
            .bind(i64::from(user.version))
    )?;
    if touched == 0 { Err(Problem::Stale) } else { Ok(()) }
}

pub(in super::super) async fn set_password(tx: &mut Tx, user: UserId, hash: &str) -> Result<(), Problem> {
    execute!(tx, sqlx::query("update person set password_hash = $2 where id = $1").bind(user.0).bind(hash))?;
    Ok(())
}

//! Keys in the store, when the installation's signing key is changed.
use base::db::Tx;
use base::{Problem, Timestamp, execute, on};
use sqlx::types::Uuid;

/// Keys of links of before, newest first.
pub(super) async fn link_keys(tx: &mut Tx) -> Result<Vec<String>, Problem> {
    const SQL: &str = "select key from mailing_link_key order by ended_at desc";
    Ok(on!(tx, |conn| sqlx::query_scalar(SQL).fetch_all(conn).await)?)
}

/// Keeps a key of links for what was made with it.
pub(super) async fn keep_link_key(tx: &mut Tx, key: &str, at: Timestamp) -> Result<(), Problem> {
    const SQL: &str =
        "insert into mailing_link_key (key, ended_at) values ($1, $2) on conflict (key) do nothing";
    execute!(tx, sqlx::query(SQL).bind(key).bind(at.0))?;
    Ok(())
}

/// All sealed keys of sender domains.
pub(super) async fn sealed(tx: &mut Tx) -> Result<Vec<(Uuid, String)>, Problem> {
    const SQL: &str = "select id, sealed_key from sender_domain order by id";
    Ok(on!(tx, |conn| sqlx::query_as(SQL).fetch_all(conn).await)?)
}

/// Puts another seal on one.
pub(super) async fn seal_anew(tx: &mut Tx, id: Uuid, sealed: &str) -> Result<(), Problem> {
    const SQL: &str = "update sender_domain set sealed_key = $2 where id = $1";
    execute!(tx, sqlx::query(SQL).bind(id).bind(sealed))?;
    Ok(())
}

//! `Idempotency-Key`: the first answer is kept with the work, in one transaction, and given again for a day.
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::db::Tx;
use crate::{Actor, Parts, Problem, Span, Timestamp};

/// How long an answer is kept.
const KEPT: Span = Span::hours(24);

/// A key as it came in, with whose it is and what it was sent for.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    actor: String,
    key: String,
    request_hash: [u8; 32],
    at: Timestamp,
}

impl IdempotencyKey {
    /// A key for one actor and one request.
    #[must_use]
    pub fn new(actor: &Actor, key: &str, verb: &str, request: &[u8], at: Timestamp) -> Self {
        let mut hash = Sha256::new();
        hash.update(verb);
        hash.update([0]);
        hash.update(request);
        let who = actor.user.map_or_else(|| "nobody".to_owned(), |user| user.to_string());
        let of = actor.standing.map_or_else(String::new, |standing| standing.organization.to_string());
        Self { actor: format!("{who} {of}"), key: key.to_owned(), request_hash: hash.finalize().into(), at }
    }

    /// Does the work unless it was done under this key; then the first answer comes back.
    pub(crate) async fn once<T, F>(self, tx: &mut Tx, work: F) -> Result<T, Problem>
    where
        T: Serialize + DeserializeOwned,
        F: AsyncFnOnce(&mut Tx) -> Result<T, Problem>,
    {
        const FIND: &str =
            "select request_hash, answer from idempotency where actor = $1 and key = $2 and at > $3";
        const KEEP: &str = "
            insert into idempotency (actor, key, request_hash, answer, at) values ($1, $2, $3, $4, $5)
            on conflict (actor, key) do update
            set request_hash = excluded.request_hash, answer = excluded.answer, at = excluded.at
            where idempotency.at <= $6";
        let oldest = (self.at - KEPT).0;
        let found: Option<(Vec<u8>, String)> = crate::on!(tx, |conn| {
            sqlx::query_as(FIND).bind(&self.actor).bind(&self.key).bind(oldest).fetch_optional(conn).await
        })?;
        if let Some((hash, answer)) = found {
            if hash != self.request_hash {
                return Err(Problem::refused(
                    "idempotency_key_reused",
                    "This Idempotency-Key was used for another request. Use a new one.",
                ));
            }
            return serde_json::from_str(&answer).map_err(Problem::internal);
        }
        let answer = work(tx).await?;
        let text = serde_json::to_string(&answer).map_err(Problem::internal)?;
        let kept = crate::execute!(
            tx,
            sqlx::query(KEEP)
                .bind(&self.actor)
                .bind(&self.key)
                .bind(&self.request_hash[..])
                .bind(&text)
                .bind(self.at.0)
                .bind(oldest)
        )?;
        if kept == 0 {
            // Another node committed the same key meanwhile: undo ours, the next try gets its answer.
            return Err(Problem::Unavailable);
        }
        Ok(answer)
    }
}

/// Deletes answers older than a day.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn forget_old_keys(parts: &Parts) -> Result<(), Problem> {
    let oldest = (parts.clock().now() - KEPT).0;
    parts
        .db()
        .write(async move |tx: &mut Tx| {
            crate::execute!(tx, sqlx::query("delete from idempotency where at <= $1").bind(oldest))?;
            Ok(())
        })
        .await
}

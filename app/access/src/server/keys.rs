//! Performs the verbs of API keys.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, ApiKeyId, OrganizationId, Page, Parts, Problem, Span, UserId};
use serde_json::json;

use super::secret::{TokenHash, token};
use super::{record, store};
use crate::access::{Do, owns};
use crate::{ApiKey, CreateApiKey, CreatedApiKey, EndApiKey, ListApiKeys, RevokeApiKey};

/// How many characters of a secret stay visible: the mark and seven of 43.
const PREFIX: usize = 10;

fn person(actor: &Actor) -> Result<UserId, Problem> {
    actor.user.ok_or_else(|| Problem::forbidden("no_person", "A key belongs to a person."))
}

impl Perform for ListApiKeys {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<ApiKey>, Problem> {
        Do::ListKeys.by(actor)?;
        let mut tx = parts.db().read().await?;
        store::keys(&mut tx, actor.organization()?, person(actor)?, owns(actor)).await.map(Page::whole)
    }
}

impl Perform for CreateApiKey {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<CreatedApiKey, Problem> {
        Do::CreateKey.by(actor)?;
        let organization = actor.organization()?;
        let expires_in = self.expires_in_days.map(|days| Span::days(i64::from(days)));
        let (new, secret, hash) = new_key(parts, actor, &self.name, expires_in)?;
        let (parts_, actor_, id) = (parts.clone(), actor.clone(), new.id);
        let write = async move |tx: &mut Tx| insert(tx, &parts_, &actor_, organization, new, &hash).await;
        let key = parts.db().write(write).await?;
        if key.id != id {
            // The answer of an idempotency key that was used before; its secret was never kept.
            return Err(Problem::refused(
                "secret_was_shown",
                "This key was created by an earlier request, and its secret is not kept. Revoke it and create another.",
            ));
        }
        Ok(CreatedApiKey { key, secret })
    }
}

fn new_key(
    parts: &Parts,
    actor: &Actor,
    name: &str,
    expires_in: Option<Span>,
) -> Result<(ApiKey, String, TokenHash), Problem> {
    let now = parts.clock().now();
    let (secret, hash) = token(parts, "rk_");
    let key = ApiKey {
        id: ApiKeyId(parts.id(now)),
        name: name.trim().to_owned(),
        prefix: secret[..PREFIX].to_owned(),
        created_by: person(actor)?,
        created_by_name: actor.name.clone(),
        created_at: now,
        last_used_at: None,
        expires_at: expires_in.map(|span| now + span),
    };
    Ok((key, secret, hash))
}

async fn insert(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    organization: OrganizationId,
    key: ApiKey,
    hash: &TokenHash,
) -> Result<ApiKey, Problem> {
    store::insert_key(tx, &key, organization, hash).await?;
    record(tx, parts, actor, "api_key.created", key.id, json!({ "expires_at": key.expires_at })).await?;
    Ok(key)
}

/// Creates a key that does not end by itself and gives its secret, once. It acts for the first organisation of
/// the person's. For the command line and the seed.
///
/// # Errors
/// `NotFound` when the person is no member anywhere.
pub async fn create_key(tx: &mut Tx, parts: &Parts, user: UserId, name: &str) -> Result<String, Problem> {
    let first = store::memberships(tx, user).await?.into_iter().next().ok_or(Problem::NotFound)?;
    let actor = super::actor_of(tx, user, first.organization).await?;
    let (key, secret, hash) = new_key(parts, &actor, name, None)?;
    insert(tx, parts, &actor, first.organization, key, &hash).await?;
    Ok(secret)
}

impl Perform for RevokeApiKey {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<(), Problem> {
        revoke(parts, actor, self.id).await
    }
}

impl Perform for EndApiKey {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<(), Problem> {
        revoke(parts, actor, self.id).await
    }
}

async fn revoke(parts: &Parts, actor: &Actor, id: ApiKeyId) -> Result<(), Problem> {
    Do::RevokeKey.by(actor)?;
    let (organization, user) = (actor.organization()?, person(actor)?);
    let (parts_, actor_) = (parts.clone(), actor.clone());
    parts
        .db()
        .write(async move |tx: &mut Tx| {
            let now = parts_.clock().now();
            if !store::revoke_key(tx, id, organization, user, owns(&actor_), now).await? {
                return Err(Problem::NotFound);
            }
            record(tx, &parts_, &actor_, "api_key.revoked", id, json!({})).await
        })
        .await
}

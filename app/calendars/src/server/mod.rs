//! Performs the verbs and serves the feeds.
mod feed;
mod store;
#[cfg(test)]
mod tests;

use base::db::{Migrations, Tx};
use base::http::{Mounted, Perform, mounted};
use base::{Actor, OrganizationId, Parts, Problem, UserId};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::access::Do;
use crate::model::{Feed, NewFeed};
use crate::verbs::*;
pub use feed::{openapi, routes};

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();
/// The verbs of this slice.
pub const VERBS: &[Mounted] =
    &[mounted::<GetCalendarFeed>(), mounted::<MakeCalendarFeed>(), mounted::<EndCalendarFeed>()];

/// SHA-256 of a token. Tokens are 256 random bits: no salt or slow hash is needed.
type TokenHash = [u8; 32];

fn token_hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

fn whose(actor: &Actor) -> Result<(OrganizationId, UserId), Problem> {
    Ok((actor.organization()?, actor.user.ok_or(Problem::Unauthenticated)?))
}

impl Perform for GetCalendarFeed {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Feed, Problem> {
        Do::Read.by(actor)?;
        let mut tx = parts.db().read().await?;
        Ok(store::feed(&mut tx, whose(actor)?).await?.unwrap_or_default())
    }
}

impl Perform for MakeCalendarFeed {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<NewFeed, Problem> {
        Do::Make.by(actor)?;
        let whose = whose(actor)?;
        let mut random = [0; 32];
        parts.chance().fill(&mut random);
        let token = URL_SAFE_NO_PAD.encode(random);
        let (hash, now) = (token_hash(&token), parts.clock().now());
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            store::keep(tx, whose, &hash, now).await?;
            record(tx, &parts_, &actor_, "calendar_feed.made").await?;
            Ok(hex::encode(hash))
        };
        if parts.db().write(work).await? != hex::encode(hash) {
            // The answer of an idempotency key that was used before; its address was never kept.
            return Err(Problem::refused(
                "secret_was_shown",
                "This address was made by an earlier request, and is not kept. Make a new one.",
            ));
        }
        let feed = Feed { created_at: Some(now), used_at: None };
        Ok(NewFeed { feed, url: format!("{}{}", parts.settings().base_url, feed::path(&token)) })
    }
}

impl Perform for EndCalendarFeed {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Feed, Problem> {
        Do::End.by(actor)?;
        let whose = whose(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            if store::end(tx, whose).await? {
                record(tx, &parts_, &actor_, "calendar_feed.ended").await?;
            }
            Ok(Feed::default())
        };
        parts.db().write(work).await
    }
}

async fn record(tx: &mut Tx, parts: &Parts, actor: &Actor, kind: &'static str) -> Result<(), Problem> {
    let (Some(standing), Some(user)) = (actor.standing, actor.user) else { return Ok(()) };
    let place = (standing.organization, standing.role.side());
    organizations::server::record(tx, parts, actor, place, kind, user, json!({})).await
}

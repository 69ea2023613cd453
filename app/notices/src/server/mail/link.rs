//! Links in mails: to what a message is about, and out of the summary.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, NoticeId, Parts, Problem, UserId};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use kit::paths;
use sha2::{Digest, Sha256};
use sqlx::types::Uuid;

use super::super::store_inbox::{self, Whose};
use super::store;
use crate::daily::Daily;
use crate::model::MailLink;
use crate::screen::words;
use crate::verbs::{EndDailyMail, GetMailLink};

/// What the key of these links is made for.
const PURPOSE: &[u8] = b"rialto link 1: end daily summary\n";

/// Where a message leads, under the address `at`, which is that of its brand: by way of the inbox, which finds the right
/// organisation of the person's. Links that let somebody in or out never do so: they stay with the installation.
pub(super) fn of_notice(at: &str, id: NoticeId) -> String {
    format!("{at}{}", paths::notice(id))
}

pub(super) fn of_choices(at: &str) -> String {
    format!("{at}{}", paths::MAIL_CHOICES)
}

/// Ends the summary of a person; RFC 8058.
pub(super) fn to_unsubscribe(parts: &Parts, user: UserId) -> String {
    let base = parts.settings().base_url.trim_end_matches('/');
    format!("{base}{}", paths::unsubscribe(token(parts, user)))
}

/// The person and half of an HMAC-SHA256 over it, under a key made from the signing key: nothing is stored, nobody can
/// make one for somebody else, and it holds until the signing key is changed.
fn token(parts: &Parts, user: UserId) -> String {
    let mut bytes = user.0.as_bytes().to_vec();
    bytes.extend_from_slice(&mac(parts, user).finalize().into_bytes()[..16]);
    URL_SAFE_NO_PAD.encode(bytes)
}

fn mac(parts: &Parts, user: UserId) -> Hmac<Sha256> {
    let mut key = Sha256::new();
    key.update(PURPOSE);
    key.update(parts.signing_seed());
    let mut mac = Hmac::<Sha256>::new_from_slice(&key.finalize()).expect("a key of any length is taken");
    mac.update(user.0.as_bytes());
    mac
}

/// Whose summary a token ends.
fn reader(parts: &Parts, token: &str) -> Result<UserId, Problem> {
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| Problem::NotFound)?;
    let (user, seal) =
        bytes.split_at_checked(16).filter(|(_, seal)| seal.len() == 16).ok_or(Problem::NotFound)?;
    let user = UserId(Uuid::from_slice(user).map_err(|_| Problem::NotFound)?);
    mac(parts, user).verify_truncated_left(seal).map_err(|_| Problem::NotFound)?;
    Ok(user)
}

impl Perform for GetMailLink {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<MailLink, Problem> {
        let user = reader(parts, &self.token)?;
        let mut tx = parts.db().read().await?;
        store::person(&mut tx, user).await?.ok_or(Problem::NotFound)?;
        let (_, daily) = store::choices(&mut tx, user).await?;
        Ok(MailLink { daily: daily.0.is_some() })
    }
}

impl Perform for EndDailyMail {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<MailLink, Problem> {
        let user = reader(parts, &self.token)?;
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                store::person(tx, user).await?.ok_or(Problem::NotFound)?;
                store::set_daily(tx, user, Daily(None)).await?;
                Ok(MailLink { daily: false })
            })
            .await
    }
}

/// Where the link in a mail leads a person who is signed in: reads the message, and acts for the organisation and program
/// that it belongs to from now on. Nothing else changes by following a link.
///
/// # Errors
/// `NotFound` for a message of somebody else's.
pub async fn follow(parts: &Parts, actor: &Actor, id: NoticeId) -> Result<String, Problem> {
    let user = actor.user.ok_or(Problem::Unauthenticated)?;
    let found = store::of_person(&mut parts.db().read().await?, id, user).await?;
    let (organization, program, kind, subject) = found.ok_or(Problem::NotFound)?;
    let set = actor.standing.and_then(|standing| standing.program);
    if actor.organization().ok() != Some(organization) {
        access::server::act_for(parts, actor, organization, program).await?;
    } else if program.is_some() && program != set {
        // Its record is found from any program of the organisation; the page only wears another brand.
        if let Err(problem) = access::server::act_for(parts, actor, organization, program).await {
            tracing::debug!(%problem, "a link leads on in the program that was set before");
        }
    }
    let now = parts.clock().now();
    let whose = Whose { user, only: Some(organization) };
    parts.db().write(async move |tx: &mut Tx| Ok(store_inbox::read(tx, whose, id, now).await?)).await?;
    Ok(words::mail_page_of(&kind, &subject).unwrap_or_else(|| paths::INBOX.to_owned()))
}

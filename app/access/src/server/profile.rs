//! Performs the verbs of one's own profile, password and sessions.
use base::db::Tx;
use base::http::{Perform, cookie};
use base::{Actor, Page, Parts, Problem, UserId};
use kit::catalogue::Locale;
use serde_json::json;

use super::authenticate::{COOKIE, is_secure};
use super::client::Client;
use super::{record, secret, sign_in, store, write_each_time};
use crate::access::Do;
use crate::{
    ChangePassword, EndSessions, ListSessions, Password, SaveProfile, Session, SignOutEverywhere,
    UpdateProfile, User, rules,
};

fn person(actor: &Actor) -> Result<UserId, Problem> {
    Do::KeepProfile.by(actor)?;
    actor.user.ok_or(Problem::Unauthenticated)
}

/// Whether a time zone is in the IANA list.
///
/// # Errors
/// `Invalid` (`time_zone`, `unknown`).
pub(super) fn known_zone(name: &str) -> Result<(), Problem> {
    match name.parse::<chrono_tz::Tz>() {
        Ok(_) => Ok(()),
        Err(_) => Err(Problem::field("time_zone", "unknown", "Give an IANA time zone, like Europe/Berlin.")),
    }
}

impl Perform for UpdateProfile {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<User, Problem> {
        let id = person(actor)?;
        if let Some(zone) = &self.time_zone {
            known_zone(zone)?;
        }
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let before = store::person(tx, id).await?.ok_or(Problem::Unauthenticated)?;
                if self.version.is_some_and(|seen| seen != before.version) {
                    return Err(Problem::Stale);
                }
                let after = changed(&before, self);
                if after == before {
                    return Ok(before);
                }
                let after = User { version: before.version + 1, ..after };
                store::update_person(tx, &after).await?;
                record(tx, &parts_, &actor_, "person.changed", id, json!({ "version": after.version }))
                    .await?;
                Ok(after)
            })
            .await
    }
}

fn changed(before: &User, ask: UpdateProfile) -> User {
    User {
        name: ask.name.map_or_else(|| before.name.clone(), |name| name.trim().to_owned()),
        locale: ask.locale.unwrap_or(before.locale),
        time_zone: ask.time_zone.unwrap_or_else(|| before.time_zone.clone()),
        theme: ask.theme.unwrap_or(before.theme),
        ..before.clone()
    }
}

impl Perform for SaveProfile {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<User, Problem> {
        let Self { name, locale, time_zone, theme } = self;
        let locale: Option<Locale> = locale;
        UpdateProfile { name, locale, time_zone, theme, version: None }.perform(parts, actor).await
    }
}

impl Perform for ChangePassword {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<(), Problem> {
        let id = person(actor)?;
        let (email, hash) = {
            let mut tx = parts.db().read().await?;
            let user = store::person(&mut tx, id).await?.ok_or(Problem::Unauthenticated)?;
            let found = store::credentials(&mut tx, &user.email).await?;
            (user.email, found.and_then(|(_, hash)| hash))
        };
        sign_in::prove(parts, &email, self.password, hash).await.map_err(|problem| match problem {
            Problem::Unauthenticated => {
                Problem::field("password", "wrong_password", "This is not the password in use.")
            }
            other => other,
        })?;
        let hash = secret::hash_password(parts, &self.new_password).await?;
        let keep = Client::current().session;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        write_each_time(parts, async move |tx: &mut Tx| {
            store::set_password(tx, id, &hash).await?;
            let ended = store::end_sessions(tx, id, keep).await?;
            record(tx, &parts_, &actor_, "person.password_changed", id, json!({ "sessions_ended": ended }))
                .await
        })
        .await
    }
}

/// Gives somebody another password and signs them out everywhere; for the command line.
///
/// # Errors
/// `NotFound` for an unknown e-mail; `Invalid` for a password that breaks the rules.
pub async fn reset_password(parts: &Parts, email: &str, password: Password) -> Result<(), Problem> {
    if rules::new_password(&password, &()).is_err() {
        return Err(Problem::field("password", "too_short", "Use at least ten characters."));
    }
    let hash = secret::hash_password(parts, &password).await?;
    let (parts_, email) = (parts.clone(), rules::email_of(email));
    write_each_time(parts, async move |tx: &mut Tx| {
        let user = store::person_by_email(tx, &email).await?.ok_or(Problem::NotFound)?;
        store::set_password(tx, user.id, &hash).await?;
        store::delete_invitations(tx, user.id).await?;
        let ended = store::end_sessions(tx, user.id, None).await?;
        let Some(first) = store::memberships(tx, user.id).await?.into_iter().next() else { return Ok(()) };
        let data = json!({ "sessions_ended": ended });
        let place = (first.organization, first.side);
        let kind = "person.password_reset";
        organizations::server::record(tx, &parts_, &Actor::system(), place, kind, user.id, data).await
    })
    .await
}

impl Perform for ListSessions {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Session>, Problem> {
        let id = person(actor)?;
        let mut tx = parts.db().read().await?;
        store::sessions(&mut tx, id, parts.clock().now()).await.map(Page::whole)
    }
}

impl Perform for SignOutEverywhere {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<(), Problem> {
        go_out_everywhere(parts, actor).await
    }
}

impl Perform for EndSessions {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<(), Problem> {
        go_out_everywhere(parts, actor).await
    }
}

async fn go_out_everywhere(parts: &Parts, actor: &Actor) -> Result<(), Problem> {
    let id = person(actor)?;
    let (parts_, actor_) = (parts.clone(), actor.clone());
    parts
        .db()
        .write(async move |tx: &mut Tx| {
            let ended = store::end_sessions(tx, id, None).await?;
            record(tx, &parts_, &actor_, "session.all_ended", id, json!({ "sessions_ended": ended })).await
        })
        .await?;
    cookie(COOKIE, "", 0, is_secure(parts));
    Ok(())
}

//! Coming in and going out.
use base::db::Tx;
use base::http::{Perform, cookie};
use base::{Actor, Means, OrganizationId, Parts, Problem, Role, Side, Standing, UserId};
use organizations::Organization;
use serde_json::json;

use super::authenticate::{COOKIE, is_secure};
use super::client::Client;
use super::store::{self, IDLE};
use super::{context, limits, new_user, record, secret, throttle, write_each_time};
use crate::{CheckSetUp, EndSession, Me, SetUp, SetUpState, SignIn, SignOut, rules};

impl Perform for SignIn {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<Me, Problem> {
        limits::may_try_to_come_in(parts)?;
        let email = rules::email_of(&self.email);
        let found = {
            let mut tx = parts.db().read().await?;
            store::credentials(&mut tx, &email).await?
        };
        let (user, hash) = found.map_or((None, None), |(user, hash)| (Some(user), hash));
        prove(parts, &email, self.password, hash).await?;
        come_in(parts, user.ok_or(Problem::Unauthenticated)?).await
    }
}

/// Checks a password, as often as the throttle allows.
///
/// # Errors
/// `TooMany`; `Unauthenticated` when it is wrong.
pub(super) async fn prove(
    parts: &Parts,
    email: &str,
    password: crate::Password,
    hash: Option<String>,
) -> Result<(), Problem> {
    let (now, address) = (parts.clock().now(), Client::current().address_text());
    throttle::check(email, &address, now)?;
    if !secret::verify(password, hash).await? {
        throttle::failed(email, &address, now);
        return Err(Problem::Unauthenticated);
    }
    throttle::forget(email, &address);
    Ok(())
}

/// Begins a session and gives its cookie to the answer. It acts for the first organisation of the person's.
pub(super) async fn come_in(parts: &Parts, user: UserId) -> Result<Me, Problem> {
    let (token, hash) = secret::token(parts, "");
    let agent = Client::current().agent;
    let parts_ = parts.clone();
    let me = write_each_time(parts, async move |tx: &mut Tx| {
        let actor = first_actor(tx, user).await?;
        let at = actor.standing.map(|standing| standing.organization);
        store::insert_session(tx, &hash, user, at, &agent, parts_.clock().now()).await?;
        record(tx, &parts_, &actor, "session.started", user, json!({})).await?;
        context::me_of(tx, &actor).await
    })
    .await?;
    cookie(COOKIE, &token, IDLE.0 / 1000, is_secure(parts));
    Ok(me)
}

pub(super) async fn first_actor(tx: &mut Tx, user: UserId) -> Result<Actor, Problem> {
    let person = store::person(tx, user).await?.ok_or(Problem::Unauthenticated)?;
    let first = store::memberships(tx, user).await?.into_iter().next();
    let standing =
        first.map(|one| Standing { organization: one.organization, role: one.role, program: None });
    Ok(Actor { means: Means::Session, user: Some(user), name: person.name, standing })
}

impl Perform for SignOut {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<(), Problem> {
        go_out(parts, actor).await
    }
}

impl Perform for EndSession {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<(), Problem> {
        go_out(parts, actor).await
    }
}

/// Ends the session of the request, if there is one, and takes its cookie away in any case.
async fn go_out(parts: &Parts, actor: &Actor) -> Result<(), Problem> {
    if let (Some(session), Some(user)) = (Client::current().session, actor.user) {
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                if store::end_session(tx, &session).await? {
                    record(tx, &parts_, &actor_, "session.ended", user, json!({})).await?;
                }
                Ok(())
            })
            .await?;
    }
    cookie(COOKIE, "", 0, is_secure(parts));
    Ok(())
}

/// Whether nobody exists yet.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn needs_set_up(parts: &Parts) -> Result<bool, Problem> {
    let mut tx = parts.db().read().await?;
    Ok(!store::anybody(&mut tx).await?)
}

impl Perform for CheckSetUp {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<SetUpState, Problem> {
        let mails = parts.mailer().post() == base::mail::Post::Sends;
        Ok(SetUpState { needed: needs_set_up(parts).await?, mails })
    }
}

impl Perform for SetUp {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<Me, Problem> {
        // Asked before the password is hashed: a finished installation does no work for strangers.
        if !needs_set_up(parts).await? {
            return Err(already_set_up());
        }
        limits::may_try_to_come_in(parts)?;
        let hash = secret::hash_password(parts, &self.password).await?;
        let parts_ = parts.clone();
        let user = write_each_time(parts, async move |tx: &mut Tx| {
            let now = parts_.clock().now();
            if store::anybody(tx).await? || !store::take_set_up(tx, now).await? {
                return Err(already_set_up());
            }
            let vendor = Organization::new(OrganizationId(parts_.id(now)), Side::Vendor, &self.vendor);
            organizations::server::insert(tx, &vendor).await?;
            let user = new_user(&parts_, &self.email, &self.name);
            store::insert_person(tx, &user, Some(&hash), now).await?;
            store::insert_membership(tx, user.id, vendor.id, Role::VendorOwner, now).await?;
            let owner = super::actor_of(tx, user.id, vendor.id).await?;
            let data = json!({ "owner": user.id });
            record(tx, &parts_, &owner, "organization.created", vendor.id, data).await?;
            Ok(user.id)
        })
        .await?;
        come_in(parts, user).await
    }
}

fn already_set_up() -> Problem {
    Problem::refused("already_set_up", "This installation has been set up. Sign in.")
}

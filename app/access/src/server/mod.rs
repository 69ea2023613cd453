//! Performs the verbs of access, and knows every request's actor.
mod authenticate;
mod brand;
mod client;
mod context;
mod keys;
mod limits;
mod mails;
mod members;
mod profile;
mod secret;
mod sign_in;
mod store;
#[cfg(test)]
pub(crate) mod tests;
mod throttle;

use base::db::{Migrations, Tx};
use base::http::{Mounted, mounted};
use base::jobs::{JobKind, job};
use base::{Actor, Means, OrganizationId, Parts, Problem, Role, Side, Standing, UserId, migrations};
use kit::catalogue::Locale;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::*;
pub use authenticate::{COOKIE, Pass, Visitor, actor_by, authenticate, pass_of};
pub use brand::{only_brand, voice_of};
pub use client::address_of;
pub use context::{act_for, place_of_brand};
pub use keys::create_key;
pub use profile::reset_password;
pub use secret::hash_password;
pub use sign_in::needs_set_up;

/// The verbs of this slice.
pub const VERBS: &[Mounted] = &[
    mounted::<SignIn>(),
    mounted::<SignOut>(),
    mounted::<EndSession>(),
    mounted::<WhoAmI>(),
    mounted::<SwitchContext>(),
    mounted::<ChooseContext>(),
    mounted::<CheckSetUp>(),
    mounted::<SetUp>(),
    mounted::<ListSessions>(),
    mounted::<SignOutEverywhere>(),
    mounted::<EndSessions>(),
    mounted::<UpdateProfile>(),
    mounted::<SaveProfile>(),
    mounted::<ChangePassword>(),
    mounted::<ListApiKeys>(),
    mounted::<CreateApiKey>(),
    mounted::<RevokeApiKey>(),
    mounted::<EndApiKey>(),
    mounted::<ListUsers>(),
    mounted::<InviteUser>(),
    mounted::<ChangeRole>(),
    mounted::<RemoveMember>(),
    mounted::<AskNewPassword>(),
    mounted::<ChoosePassword>(),
];
/// The mails of this slice.
pub const JOBS: &[JobKind] = &[job::<mails::MailInvitation>(), job::<mails::MailNewPassword>()];
/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || migrations!();

/// A person to be created.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// In any case; stored in lower case.
    pub email: String,
    pub name: String,
    /// Without one nobody can sign in as this person.
    pub password: Option<Password>,
}

/// Creates a person, who belongs to no organisation yet. Hashing the password takes some 30 ms of the unit of
/// work: for the command line and the seed.
///
/// # Errors
/// `Invalid` when the e-mail is taken.
pub async fn create_user(tx: &mut Tx, parts: &Parts, new: NewUser) -> Result<User, Problem> {
    let hash = match &new.password {
        Some(password) => Some(hash_password(parts, password).await?),
        None => None,
    };
    let user = new_user(parts, &new.email, &new.name);
    store::insert_person(tx, &user, hash.as_deref(), parts.clock().now()).await?;
    Ok(user)
}

/// Makes a person a member; an existing membership stays as it is. False then.
///
/// # Errors
/// `NotFound` without the organisation, `Invalid` for a role of the other side.
pub async fn add_membership(
    tx: &mut Tx,
    parts: &Parts,
    user: UserId,
    organization: OrganizationId,
    role: Role,
) -> Result<bool, Problem> {
    let side = organizations::server::find(tx, organization).await?.ok_or(Problem::NotFound)?.side;
    rules::may_hold(role, side)?;
    store::insert_membership(tx, user, organization, role, parts.clock().now()).await
}

/// The person of an e-mail address.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn user_by_email(tx: &mut Tx, email: &str) -> Result<Option<User>, Problem> {
    store::person_by_email(tx, &rules::email_of(email)).await
}

/// Everything a person is, by the organisation's name.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn memberships(tx: &mut Tx, user: UserId) -> Result<Vec<Membership>, Problem> {
    store::memberships(tx, user).await
}

/// A person as the actor of an organisation, as if signed in: for the command line, the seed and tests.
///
/// # Errors
/// `NotFound` when the person is no member.
pub async fn actor_of(tx: &mut Tx, user: UserId, organization: OrganizationId) -> Result<Actor, Problem> {
    let person = store::person(tx, user).await?.ok_or(Problem::NotFound)?;
    let all = store::memberships(tx, user).await?;
    let one = all.into_iter().find(|one| one.organization == organization).ok_or(Problem::NotFound)?;
    let standing = Standing { organization, role: one.role, program: None };
    Ok(Actor { means: Means::Session, user: Some(user), name: person.name, standing: Some(standing) })
}

/// The language of a person.
///
/// # Errors
/// `NotFound` when there is no such person.
pub async fn locale_of(tx: &mut Tx, user: UserId) -> Result<Locale, Problem> {
    Ok(store::person(tx, user).await?.ok_or(Problem::NotFound)?.locale)
}

/// Sets language, time zone (IANA) and theme of a person, for the seed and the command line.
///
/// # Errors
/// `NotFound`; `Invalid` for an unknown time zone.
pub async fn set_preferences(
    tx: &mut Tx,
    user: UserId,
    locale: Locale,
    time_zone: &str,
    theme: Theme,
) -> Result<(), Problem> {
    profile::known_zone(time_zone)?;
    let before = store::person(tx, user).await?.ok_or(Problem::NotFound)?;
    let version = before.version + 1;
    store::update_person(tx, &User { locale, time_zone: time_zone.to_owned(), theme, version, ..before })
        .await
}

/// Deletes sessions and invitations that are over; run once a day.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn forget_old_sessions(parts: &Parts) -> Result<(), Problem> {
    let now = parts.clock().now();
    parts.db().write(async move |tx: &mut Tx| store::forget(tx, now).await).await
}

fn new_user(parts: &Parts, email: &str, name: &str) -> User {
    User {
        id: UserId(parts.id(parts.clock().now())),
        email: rules::email_of(email),
        name: name.trim().to_owned(),
        locale: Locale::En,
        time_zone: "UTC".to_owned(),
        theme: Theme::System,
        version: 1,
    }
}

/// Writes outside of the request's idempotency: an answer that was kept could neither carry a secret nor sign a
/// second browser in.
async fn write_each_time<T, F>(parts: &Parts, work: F) -> Result<T, Problem>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    F: AsyncFnOnce(&mut Tx) -> Result<T, Problem> + Send + 'static,
{
    base::http::in_request(base::http::request_id(), None, parts.db().write(work)).await.0
}

/// Appends an event to the chain of the organisation acted for; what a person does without one is not logged.
async fn record(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    kind: &'static str,
    subject: impl ToString,
    data: Value,
) -> Result<(), Problem> {
    let Some(place) = place(actor) else { return Ok(()) };
    organizations::server::record(tx, parts, actor, place, kind, subject, data).await
}

fn place(actor: &Actor) -> Option<(OrganizationId, Side)> {
    actor.standing.map(|standing| (standing.organization, standing.role.side()))
}

//! Mails of access: invitations, and links to choose a new password.
//!
//! Tokens are made when a mail is sent, so that none lies in the queue: a mail that is tried again carries another one.
use base::db::Tx;
use base::jobs::{Job, enqueue};
use base::mail::{Address, Mail, Undelivered};
use base::{OrganizationId, Parts, Problem, Span, Timestamp, UserId};
use kit::letter::{Face, Letter};
use kit::paths;
use serde::{Deserialize, Serialize};

use super::brand;
use super::members::INVITED;
use super::secret::{self, TokenHash};
use super::store;
use crate::{User, rules, t};

/// How long a link for a new password holds.
const ANEW: Span = Span::hours(1);
/// Links for a new password that one person is sent within that time: nobody's mailbox is flooded from here.
const MOST: u64 = 3;

/// Owes the mail of an invitation, in its transaction.
pub(super) async fn invite(
    tx: &mut Tx,
    parts: &Parts,
    user: UserId,
    organization: OrganizationId,
    by: &str,
) -> Result<(), Problem> {
    let job = MailInvitation { user, organization, by: by.to_owned() };
    let once = format!("{}:{user}:{organization}", MailInvitation::NAME);
    enqueue(tx, parts, &job, parts.clock().now(), Some(&once)).await
}

/// Owes a mail for a new password, if anybody has the address.
pub(super) async fn forgotten(tx: &mut Tx, parts: &Parts, email: String) -> Result<(), Problem> {
    let now = parts.clock().now();
    let once = format!("{}:{email}", MailNewPassword::NAME);
    enqueue(tx, parts, &MailNewPassword { email, asked_at: now }, now, Some(&once)).await
}

/// Tells a person that they were added to an organisation, with a link to choose the first password.
#[derive(Serialize, Deserialize)]
pub struct MailInvitation {
    user: UserId,
    organization: OrganizationId,
    /// Who invites.
    by: String,
}

impl Job for MailInvitation {
    const NAME: &'static str = "mail.invitation";

    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let (user, place, chosen, face) = {
            let mut tx = parts.db().read().await?;
            let Some(user) = store::person(&mut tx, self.user).await? else { return Ok(()) };
            let all = store::memberships(&mut tx, self.user).await?;
            let Some(place) = all.into_iter().find(|one| one.organization == self.organization) else {
                return Ok(());
            };
            let found = store::credentials(&mut tx, &user.email).await?;
            let Some((_, password)) = found else { return Ok(()) };
            let brand = brand::of_organization(&mut tx, place.organization, place.side).await?;
            (user, place.organization_name, password.is_some(), brand.map_or_else(house, |(face, _)| face))
        };
        let now = parts.clock().now();
        let (path, token) = if chosen {
            (paths::SIGN_IN.to_owned(), None)
        } else {
            let (token, hash) = secret::token(parts, "");
            (format!("{}?token={token}", paths::CHOOSE_PASSWORD), Some(hash))
        };
        let letter = |user: &User| Letter {
            heading: t::mail_invited(&self.by, &place),
            lines: vec![if chosen { t::mail_invited_known() } else { t::mail_invited_lead() }.to_owned()],
            button: Some((
                if chosen { t::sign_in() } else { t::choose_password_title() }.to_owned(),
                url(parts, &path),
            )),
            ..of(&face, user)
        };
        let mail =
            written(&user, &format!("invited-{}-{}", self.user, self.organization), now, &face, letter);
        let kept = token.map(|hash| Kept { hash, user: self.user, now, until: now + INVITED, anew: false });
        send(parts, mail, kept).await
    }
}

/// Sends a link to choose a new password.
#[derive(Serialize, Deserialize)]
pub struct MailNewPassword {
    email: String,
    asked_at: Timestamp,
}

impl Job for MailNewPassword {
    const NAME: &'static str = "mail.new_password";

    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let now = parts.clock().now();
        let found = {
            let mut tx = parts.db().read().await?;
            // Who waited so long for a mail server has asked again, or found another way.
            let may = self.asked_at + ANEW > now && store::credentials(&mut tx, &self.email).await?.is_some();
            let user = if may { store::person_by_email(&mut tx, &self.email).await? } else { None };
            match user {
                Some(user) if store::resets_since(&mut tx, user.id, now - ANEW).await? < MOST => {
                    let places = store::memberships(&mut tx, user.id).await?;
                    // Somebody who belongs to several brands knows the product by its own name.
                    let face = match places.as_slice() {
                        [place] => brand::of_organization(&mut tx, place.organization, place.side).await?,
                        _ => None,
                    };
                    Some((user, face.map_or_else(house, |(face, _)| face)))
                }
                _ => None,
            }
        };
        let Some((user, face)) = found else { return Ok(()) };
        let (token, hash) = secret::token(parts, "");
        let path = format!("{}?new&token={token}", paths::CHOOSE_PASSWORD);
        let letter = |user: &User| Letter {
            heading: t::mail_anew().to_owned(),
            lines: vec![t::mail_anew_lead().to_owned(), t::mail_anew_not_you().to_owned()],
            button: Some((t::choose_password_title().to_owned(), url(parts, &path))),
            ..of(&face, user)
        };
        let mail = written(&user, &format!("password-{}-{}", user.id, self.asked_at.0), now, &face, letter);
        let kept = Kept { hash, user: user.id, now, until: now + ANEW, anew: true };
        send(parts, mail, Some(kept)).await
    }
}

/// A token that a mail carries.
#[derive(Clone, Copy)]
struct Kept {
    hash: TokenHash,
    user: UserId,
    now: Timestamp,
    until: Timestamp,
    /// For a new password, not for the first one.
    anew: bool,
}

/// Keeps the token's hash, sends, and takes the hash back when the mail was not taken.
async fn send(parts: &Parts, mail: Mail, kept: Option<Kept>) -> Result<(), Problem> {
    if let Some(Kept { hash, user, now, until, anew }) = kept {
        let keep = async move |tx: &mut Tx| {
            if anew {
                store::insert_reset(tx, &hash, user, now, until).await
            } else {
                store::insert_invitation(tx, &hash, user, now, until).await
            }
        };
        parts.db().write(keep).await?;
    }
    let Err(undelivered) = parts.mailer().send(&mail).await else { return Ok(()) };
    tracing::warn!(%undelivered, "a mail with a link was not taken");
    if let Some(Kept { hash, .. }) = kept {
        parts.db().write(async move |tx: &mut Tx| store::take_back(tx, &hash).await).await?;
    }
    match undelivered {
        Undelivered::Never(_) => Ok(()),
        Undelivered::Later(_) => Err(Problem::Unavailable),
    }
}

fn url(parts: &Parts, path: &str) -> String {
    format!("{}{path}", parts.settings().base_url.trim_end_matches('/'))
}

/// Who writes where no brand is known.
fn house() -> Face {
    Face::house(t::product())
}

fn of(face: &Face, user: &User) -> Letter {
    Letter { foot: vec![(t::mail_sent_to(&user.email), String::new())], ..face.letter(user.locale) }
}

fn written(user: &User, id: &str, at: Timestamp, face: &Face, letter: impl FnOnce(&User) -> Letter) -> Mail {
    face.speaking_to(user.locale, &user.time_zone, || {
        let letter = letter(user);
        Mail {
            id: id.to_owned(),
            to: Address { name: user.name.clone(), email: rules::email_of(&user.email) },
            from: face.from.clone(),
            reply_to: face.reply_to.clone(),
            subject: letter.heading.clone(),
            text: letter.text(),
            html: letter.html(),
            files: Vec::new(),
            unsubscribe: None,
            at,
        }
    })
}

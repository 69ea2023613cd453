//! Performs the verbs of an organisation's people.
use base::db::Tx;
use base::http::Perform;
use base::mail::Post;
use base::{Actor, OrganizationId, Page, Parts, Problem, Role, Side, Span, UserId};
use serde_json::json;

use super::{brand, limits, mails, new_user, place, record, secret, sign_in, store, write_each_time};
use crate::access::Do;
use crate::{
    AskNewPassword, ChangeRole, ChoosePassword, InviteUser, Invited, ListUsers, Me, Member, RemoveMember,
    rules,
};

/// How long an invitation holds.
pub(super) const INVITED: Span = Span::days(7);

impl Perform for ListUsers {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Member>, Problem> {
        Do::ListMembers.by(actor)?;
        let mut tx = parts.db().read().await?;
        store::members(&mut tx, &self, actor.organization()?).await
    }
}

impl Perform for InviteUser {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Invited, Problem> {
        Do::InviteMember.by(actor)?;
        let (organization, side) = place(actor).ok_or(Problem::Unauthenticated)?;
        rules::may_hold(self.role, side)?;
        let (token, hash) = secret::token(parts, "");
        let until = parts.clock().now() + INVITED;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let id: UserId = write_each_time(parts, async move |tx: &mut Tx| {
            let now = parts_.clock().now();
            let id = found_or_made(tx, &parts_, &self, (organization, side)).await?;
            if !store::insert_membership(tx, id, organization, self.role, now).await? {
                return Err(Problem::field("email", "a_member", "This person is a member already."));
            }
            store::insert_invitation(tx, &hash, id, now, until).await?;
            record(tx, &parts_, &actor_, "member.added", id, json!({ "role": self.role })).await?;
            mails::invite(tx, &parts_, id, organization, &actor_.name).await?;
            Ok(id)
        })
        .await?;
        let url =
            format!("{}/choose-password?token={token}", parts.settings().base_url.trim_end_matches('/'));
        let mailed = parts.mailer().post() == Post::Sends;
        Ok(Invited { id, token, url, expires_at: until, mailed })
    }
}

/// Somebody who is known elsewhere keeps their name: the answer does not tell that they are known. Somebody new has the
/// language of the brand that they are invited under, until they choose another.
async fn found_or_made(
    tx: &mut Tx,
    parts: &Parts,
    ask: &InviteUser,
    (organization, side): (OrganizationId, Side),
) -> Result<UserId, Problem> {
    if let Some(known) = store::person_by_email(tx, &rules::email_of(&ask.email)).await? {
        return Ok(known.id);
    }
    let mut user = new_user(parts, &ask.email, &ask.name);
    if let Some((_, voice)) = brand::of_organization(tx, organization, side).await? {
        user.locale = voice.locale.unwrap_or(user.locale);
    }
    store::insert_person(tx, &user, None, parts.clock().now()).await?;
    Ok(user.id)
}

impl Perform for ChangeRole {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<(), Problem> {
        Do::ChangeRole.by(actor)?;
        let (organization, side) = place(actor).ok_or(Problem::Unauthenticated)?;
        rules::may_hold(self.role, side)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let found = store::role_and_owners(tx, self.id, organization).await?;
                let (before, owners) = found.ok_or(Problem::NotFound)?;
                rules::keeps_an_owner(before, Some(self.role), owners)?;
                store::set_role(tx, self.id, organization, self.role).await?;
                let data = json!({ "before": before, "after": self.role });
                record(tx, &parts_, &actor_, "member.role_changed", self.id, data).await
            })
            .await
    }
}

impl Perform for RemoveMember {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<(), Problem> {
        Do::RemoveMember.by(actor)?;
        let (organization, _): (_, Side) = place(actor).ok_or(Problem::Unauthenticated)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let found = store::role_and_owners(tx, self.id, organization).await?;
                let (before, owners): (Role, u64) = found.ok_or(Problem::NotFound)?;
                rules::keeps_an_owner(before, None, owners)?;
                store::delete_membership(tx, self.id, organization, parts_.clock().now()).await?;
                record(tx, &parts_, &actor_, "member.removed", self.id, json!({ "role": before })).await
            })
            .await
    }
}

impl Perform for AskNewPassword {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<(), Problem> {
        limits::may_try_to_come_in(parts)?;
        // Whether anybody has the address is looked up by the job: the answer and its time are the same for all.
        let (parts_, email) = (parts.clone(), rules::email_of(&self.email));
        write_each_time(parts, async move |tx: &mut Tx| mails::forgotten(tx, &parts_, email).await).await
    }
}

impl Perform for ChoosePassword {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<Me, Problem> {
        limits::may_try_to_come_in(parts)?;
        let over = || {
            Problem::refused(
                "invitation_over",
                "This link was used or is too old. Sign in, or ask for a new one.",
            )
        };
        let token = secret::token_hash(self.token.trim());
        let invited = {
            let mut tx = parts.db().read().await?;
            store::let_in(&mut tx, &token, parts.clock().now()).await?
        };
        // Asked before hashing: guessing tokens costs us nothing.
        invited.ok_or_else(over)?;
        let hash = secret::hash_password(parts, &self.password).await?;
        let parts_ = parts.clone();
        let user: UserId = write_each_time(parts, async move |tx: &mut Tx| {
            let found = store::let_in(tx, &token, parts_.clock().now()).await?;
            let (id, anew) = found.ok_or_else(over)?;
            store::set_password(tx, id, &hash).await?;
            store::delete_invitations(tx, id).await?;
            if anew {
                let ended = store::end_sessions(tx, id, None).await?;
                let actor = sign_in::first_actor(tx, id).await?;
                let data = json!({ "sessions_ended": ended });
                record(tx, &parts_, &actor, "person.password_reset", id, data).await?;
            }
            Ok(id)
        })
        .await?;
        sign_in::come_in(parts, user).await
    }
}

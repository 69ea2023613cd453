//! Performs what is done with audiences and one person of them.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, AudienceId, OrganizationId, Page, Parts, Problem, Side, page_rows};
use serde_json::{Value, json};

use super::store;
use crate::access::Do;
use crate::model::{Audience, AudienceImport, Consent, Contact, OptIn};
use crate::rules::Refusal;
use crate::rules::rows::{self, Person};
use crate::verbs::*;

/// An audience of the actor's own.
pub(super) async fn own(
    tx: &mut Tx,
    actor: &Actor,
    id: AudienceId,
) -> Result<(Audience, OrganizationId), Problem> {
    let partner = Do::People.partner(actor)?;
    let audience = store::audience(tx, id, partner).await?.ok_or(Problem::NotFound)?;
    Ok((audience, partner))
}

/// Says in the partner's own log what happened to an audience; it names nobody.
pub(super) async fn told(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    partner: OrganizationId,
    (kind, id, data): (&'static str, AudienceId, Value),
) -> Result<(), Problem> {
    organizations::server::record(tx, parts, actor, (partner, Side::Partner), kind, id, data).await
}

impl Perform for ListAudiences {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Audience>, Problem> {
        let partner = Do::People.partner(actor)?;
        let mut tx = parts.db().read().await?;
        store::audiences(&mut tx, partner, self.cursor.as_deref(), page_rows(self.limit)).await
    }
}

impl Perform for CreateAudience {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Audience, Problem> {
        let partner = Do::People.partner(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let now = parts_.clock().now();
            let audience = Audience {
                id: AudienceId(parts_.id(now)),
                partner,
                name: self.name.trim().to_owned(),
                people: 0,
                pending: 0,
                campaigns: 0,
                created_by_name: actor_.name.clone(),
                created_at: now,
                changed_at: now,
                version: 1,
            };
            store::insert_audience(tx, &audience).await?;
            told(tx, &parts_, &actor_, partner, ("audience.created", audience.id, json!({}))).await?;
            Ok(audience)
        };
        parts.db().write(work).await
    }
}

impl Perform for GetAudience {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Audience, Problem> {
        Ok(own(&mut parts.db().read().await?, actor, self.id).await?.0)
    }
}

impl Perform for RenameAudience {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Audience, Problem> {
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let (mut audience, partner) = own(tx, &actor_, self.id).await?;
            if self.version.is_some_and(|seen| seen != audience.version) {
                return Err(Problem::Stale);
            }
            self.name.trim().clone_into(&mut audience.name);
            store::rename_audience(tx, &audience, parts_.clock().now()).await?;
            told(tx, &parts_, &actor_, partner, ("audience.renamed", audience.id, json!({}))).await?;
            Ok(own(tx, &actor_, self.id).await?.0)
        };
        parts.db().write(work).await
    }
}

impl Perform for DeleteAudience {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Audience, Problem> {
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let (audience, partner) = own(tx, &actor_, self.id).await?;
            if store::is_used(tx, audience.id).await? {
                return Err(Refusal::AudienceInUse.into());
            }
            store::forget_audience(tx, audience.id).await?;
            store::delete_audience(tx, audience.id).await?;
            let data = json!({ "people": audience.people });
            told(tx, &parts_, &actor_, partner, ("audience.deleted", audience.id, data)).await?;
            Ok(audience)
        };
        parts.db().write(work).await
    }
}

impl Perform for ListContacts {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Contact>, Problem> {
        let mut tx = parts.db().read().await?;
        own(&mut tx, actor, self.id).await?;
        store::contacts(&mut tx, &self).await
    }
}

impl Perform for AddContact {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Contact, Problem> {
        Do::People.partner(actor)?;
        let odd = || Problem::field("email", "not_an_email", "Give an address like name@example.com.");
        let email = rows::address(&self.email).ok_or_else(odd)?;
        if self.on > parts.clock().now().date() {
            return Err(Problem::field(
                "on",
                "ahead",
                "Nobody can have agreed on a day that is not here yet.",
            ));
        }
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let (audience, partner) = own(tx, &actor_, self.id).await?;
            let line = |text: &str| text.replace(|letter: char| letter.is_control(), " ").trim().to_owned();
            let person = Person {
                email: email.clone(),
                first_name: line(&self.first_name),
                last_name: line(&self.last_name),
                company: line(&self.company),
                time_zone: None,
                consent: Consent {
                    source: self.source,
                    on: self.on,
                    wording: line(&self.wording),
                    opt_in: self.opt_in.unwrap_or(OptIn::Single),
                },
            };
            let now = parts_.clock().now();
            store::put_person(tx, &parts_, (audience.id, partner), &person, (now, &actor_.name)).await?;
            store::touch_audience(tx, audience.id, now).await?;
            told(tx, &parts_, &actor_, partner, ("audience.person_added", audience.id, json!({}))).await?;
            let all = store::of_person(tx, partner, &email).await?;
            all.into_iter().find(|one| one.audience == audience.id).ok_or(Problem::NotFound)
        };
        parts.db().write(work).await
    }
}

impl Perform for RemoveContact {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Contact, Problem> {
        let partner = Do::People.partner(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let contact = store::contact(tx, self.id, partner).await?.ok_or(Problem::NotFound)?;
            store::remove_contact(tx, contact.id).await?;
            store::touch_audience(tx, contact.audience, parts_.clock().now()).await?;
            told(tx, &parts_, &actor_, partner, ("audience.person_removed", contact.audience, json!({})))
                .await?;
            Ok(contact)
        };
        parts.db().write(work).await
    }
}

impl Perform for ListAudienceImports {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<AudienceImport>, Problem> {
        let mut tx = parts.db().read().await?;
        own(&mut tx, actor, self.id).await?;
        store::imports(&mut tx, &self).await
    }
}

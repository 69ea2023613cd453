//! Performs what a person may ask of whoever writes to them: what is known, and to be forgotten.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, Parts, Problem};
use serde_json::{Value, json};

use super::{audiences, store};
use crate::access::Do;
use crate::model::{Erased, PersonRecord};
use crate::verbs::{EraseContact, ExportContact};

/// What is told of a lead that somebody made of themselves.
fn lead(lead: leads::Lead) -> Value {
    json!({
        "number": lead.number,
        "at": lead.created_at,
        "contacts": lead.contacts,
        "customer": lead.customer.name,
        "note": lead.note,
        "origin": lead.origin,
    })
}

impl Perform for ExportContact {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<PersonRecord, Problem> {
        let partner = Do::People.partner(actor)?;
        let mut tx = parts.db().read().await?;
        let contact = store::contact(&mut tx, self.id, partner).await?.ok_or(Problem::NotFound)?;
        let contacts = store::of_person(&mut tx, partner, &contact.email).await?;
        let mails = mailing::server::messages_to(&mut tx, partner, &contact.email).await?;
        let mails = mails.into_iter().map(|mail| serde_json::to_value(mail).map_err(Problem::internal));
        let leads = leads::server::answers_of(&mut tx, partner, &contact.email).await?;
        Ok(PersonRecord {
            email: contact.email,
            contacts,
            mails: mails.collect::<Result<_, _>>()?,
            leads: leads.into_iter().map(lead).collect(),
            at: parts.clock().now(),
        })
    }
}

impl Perform for EraseContact {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Erased, Problem> {
        let partner = Do::People.partner(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let contact = store::contact(tx, self.id, partner).await?.ok_or(Problem::NotFound)?;
            let leads =
                leads::server::forget_answers(tx, &parts_, &actor_, (partner, &contact.email)).await?;
            let mails = mailing::server::forget(tx, partner, &contact.email).await?;
            store::forget_in_imports(tx, partner, &contact.email).await?;
            let contacts = store::remove_person(tx, partner, &contact.email).await?;
            store::touch_audience(tx, contact.audience, parts_.clock().now()).await?;
            let erased = Erased { contacts, mails, leads };
            let data = json!({ "contacts": contacts, "mails": mails, "leads": leads });
            let told = ("audience.person_erased", contact.audience, data);
            audiences::told(tx, &parts_, &actor_, partner, told).await?;
            Ok(erased)
        };
        parts.db().write(work).await
    }
}

//! Performs what pins customers to partners.
use std::collections::HashMap;

use base::db::Tx;
use base::events::{self, Happened};
use base::http::Perform;
use base::{Actor, Date, LeadPinId, Page, Parts, Problem, ProgramId};
use customers::rules::name_key;
use serde_json::json;

use super::store;
use crate::access::Do;
use crate::model::{Pin, said};
use crate::verbs::{ChangeLeadPin, CreateLeadPin, DropLeadPin, ListLeadPins};

/// Today in a program's time zone.
async fn today(tx: &mut Tx, parts: &Parts, program: ProgramId) -> Result<Date, Problem> {
    let (_, _, engagement) = programs::server::rules(tx, program).await?;
    Ok(engagement.calendar.day_of(parts.clock().now()))
}

async fn announce(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    kind: &'static str,
    pin: &Pin,
) -> Result<(), Problem> {
    let happened = Happened {
        vendor: actor.organization()?,
        kind,
        subject: pin.id.to_string(),
        program: Some(pin.program),
        partner: None,
        keys: vec!["lead_pins".to_owned()],
        data: json!({ "partner": pin.partner, "version": pin.version }),
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}

/// The name of a partner that a customer can be pinned to.
async fn partner_name(
    tx: &mut Tx,
    program: ProgramId,
    partner: base::OrganizationId,
) -> Result<String, Problem> {
    let unknown = || Problem::field("partner", "unknown", "This partner is no member of the program.");
    Ok(store::enrolled_name(tx, program, partner).await?.ok_or_else(unknown)?.0)
}

async fn found(tx: &mut Tx, parts: &Parts, actor: &Actor, id: LeadPinId) -> Result<Pin, Problem> {
    let utc = parts.clock().now().date();
    let pin = store::find_pin(tx, id, actor.scope(), utc).await?.ok_or(Problem::NotFound)?;
    let today = today(tx, parts, pin.program).await?;
    Ok(Pin { is_current: pin.until.is_none_or(|until| today <= until), ..pin })
}

impl Perform for ListLeadPins {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Pin>, Problem> {
        Do::ReadRules.by(actor, None)?;
        let mut tx = parts.db().read().await?;
        let now = parts.clock().now();
        let mut page = store::list_pins(&mut tx, &self, actor.organization()?, now.date()).await?;
        // Each program counts its days in its own time zone.
        let mut days = HashMap::new();
        for pin in page.items.iter_mut().filter(|pin| pin.until.is_some()) {
            let today = match days.get(&pin.program) {
                Some(today) => *today,
                None => today(&mut tx, parts, pin.program).await?,
            };
            days.insert(pin.program, today);
            pin.is_current = pin.until.is_none_or(|until| today <= until);
        }
        Ok(page)
    }
}

impl Perform for CreateLeadPin {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Pin, Problem> {
        Do::EditPins.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let program = programs::server::program_in(tx, self.program, actor_.scope())
                    .await?
                    .ok_or(Problem::NotFound)?;
                let partner_name = partner_name(tx, program.id, self.partner).await?;
                let website = said(Some(self.website));
                let domain = customers::server::domain(website.as_deref());
                let name = self.name.trim().to_owned();
                let key = Some(name_key(&name)).filter(|key| !key.is_empty());
                match (&website, &domain, &key) {
                    (Some(_), None, _) => {
                        let text =
                            "Many share this address, so it names nobody. Give the company's own website.";
                        return Err(Problem::field("website", "shared", text));
                    }
                    (None, _, None) => {
                        return Err(Problem::field("name", "required", "Give a name or a website."));
                    }
                    _ => {}
                }
                let now = parts_.clock().now();
                let today = today(tx, &parts_, program.id).await?;
                let pin = Pin {
                    id: LeadPinId(parts_.id(now)),
                    program: program.id,
                    program_name: program.name,
                    partner: self.partner,
                    partner_name,
                    name,
                    domain,
                    until: self.until,
                    note: self.note.trim().to_owned(),
                    is_current: self.until.is_none_or(|until| today <= until),
                    created_at: now,
                    created_by_name: actor_.name.clone(),
                    version: 1,
                };
                store::insert_pin(tx, program.vendor, &pin, key.as_deref()).await?;
                announce(tx, &parts_, &actor_, "lead_pin.created", &pin).await?;
                Ok(pin)
            })
            .await
    }
}

impl Perform for ChangeLeadPin {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Pin, Problem> {
        Do::EditPins.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let mut pin = found(tx, &parts_, &actor_, self.id).await?;
                if self.version.is_some_and(|seen| seen != pin.version) {
                    return Err(Problem::Stale);
                }
                if let Some(partner) = self.partner {
                    pin.partner_name = partner_name(tx, pin.program, partner).await?;
                    pin.partner = partner;
                }
                if self.endless == Some(true) {
                    pin.until = None;
                } else {
                    pin.until = self.until.or(pin.until);
                }
                if let Some(note) = self.note {
                    note.trim().clone_into(&mut pin.note);
                }
                pin.version += 1;
                store::update_pin(tx, &pin).await?;
                announce(tx, &parts_, &actor_, "lead_pin.changed", &pin).await?;
                found(tx, &parts_, &actor_, pin.id).await
            })
            .await
    }
}

impl Perform for DropLeadPin {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Pin, Problem> {
        Do::EditPins.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let pin = found(tx, &parts_, &actor_, self.id).await?;
                store::drop_pin(tx, pin.id).await?;
                announce(tx, &parts_, &actor_, "lead_pin.dropped", &pin).await?;
                Ok(pin)
            })
            .await
    }
}

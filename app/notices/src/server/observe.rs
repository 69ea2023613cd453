//! Tells people of an event, in its transaction: never the one who did it, never anybody twice.
use base::db::Tx;
use base::events::Event;
use base::{OrganizationId, Parts, Problem, Role};
use serde_json::Value;

use super::mail;
use super::store::{self, Params, Person};
use crate::rules::{Audience, audience};
use crate::topic::Topic;

/// Writes the messages of an event.
pub(super) async fn tell(tx: &mut Tx, parts: &Parts, event: &Event) -> Result<(), Problem> {
    let Some(audience) = audience(&event.kind) else { return Ok(()) };
    let organization = match audience {
        Audience::Deciders | Audience::Keepers | Audience::Escalation => event.vendor,
        Audience::Concerned => event.partner.unwrap_or(event.vendor),
        Audience::Partner => match event.partner {
            Some(partner) => partner,
            None => return Ok(()),
        },
    };
    let people = store::people(tx, organization, Topic::of(&event.kind)).await?;
    let told = match audience {
        Audience::Deciders => deciders(people),
        Audience::Concerned if event.partner.is_none() => deciders(people),
        Audience::Keepers => with_role(&people, &[Role::ProgramAdmin, Role::VendorOwner]),
        Audience::Escalation => escalation(people, event),
        Audience::Partner | Audience::Concerned => partners_people(tx, people, &event.subject).await?,
    };
    let params = Params { customer: store::customer_of(tx, &event.subject).await?, ..params(event) };
    for person in told.into_iter().filter(|person| event.actor.user != Some(person.user)) {
        tell_one(tx, parts, organization, &person, event, &params).await?;
    }
    Ok(())
}

/// The message, and the mail that it owes.
async fn tell_one(
    tx: &mut Tx,
    parts: &Parts,
    organization: OrganizationId,
    person: &Person,
    event: &Event,
    params: &Params,
) -> Result<(), Problem> {
    let way = mail::way_of(parts, person, &event.kind);
    match store::insert(tx, parts, (person.user, organization), event, params, way).await? {
        Some(notice) => mail::owe(tx, parts, person, notice, way).await,
        None => Ok(()),
    }
}

/// Channel managers decide; where a vendor has none, its program administrators and owners do.
fn deciders(people: Vec<Person>) -> Vec<Person> {
    let managers = with_role(&people, &[Role::ChannelManager]);
    if managers.is_empty() { with_role(&people, &[Role::ProgramAdmin, Role::VendorOwner]) } else { managers }
}

/// Those with the role that the event names; the vendor's owners where nobody has it.
fn escalation(people: Vec<Person>, event: &Event) -> Vec<Person> {
    let role = event.data.get("escalate_to").and_then(Value::as_str).and_then(Role::parse);
    let told = with_role(&people, role.as_slice());
    if told.is_empty() { with_role(&people, &[Role::VendorOwner]) } else { told }
}

/// The partner's owners and those of its people who worked on the deal; all its sales people when none did, as
/// for a deal that the vendor registered on the partner's behalf.
async fn partners_people(tx: &mut Tx, people: Vec<Person>, subject: &str) -> Result<Vec<Person>, Problem> {
    let hands = store::hands(tx, subject).await?;
    let worked = people.iter().any(|person| hands.contains(&person.user));
    let told = |person: &Person| {
        let owns = person.role == Role::PartnerOwner.as_str();
        let sells = person.role == Role::Sales.as_str();
        owns || if worked { hands.contains(&person.user) } else { sells }
    };
    Ok(people.into_iter().filter(told).collect())
}

fn with_role(people: &[Person], roles: &[Role]) -> Vec<Person> {
    let has = |person: &&Person| roles.iter().any(|wanted| wanted.as_str() == person.role);
    people.iter().filter(has).cloned().collect()
}

fn params(event: &Event) -> Params {
    let text = |name: &str| event.data.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let actor = if event.actor.means == "system" { String::new() } else { event.actor.name.clone() };
    // A host name, or the name of a campaign, is what people know it by, as a number is of a deal.
    let named = if event.kind.starts_with("campaign.") { "name" } else { "host" };
    let number = Some(text("number")).filter(|number| !number.is_empty()).unwrap_or_else(|| text(named));
    Params { number, customer: String::new(), actor }
}

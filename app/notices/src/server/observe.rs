//! Tells people of an event, in its transaction: never the one who did it, never anybody twice.
use base::db::Tx;
use base::events::Event;
use base::{OrganizationId, Parts, Problem, Role, UserId};
use serde_json::Value;

use super::store::{self, Params};
use crate::rules::{Audience, audience};

/// Writes the messages of an event.
pub(super) async fn tell(tx: &mut Tx, parts: &Parts, event: &Event) -> Result<(), Problem> {
    let Some(audience) = audience(&event.kind) else { return Ok(()) };
    let (organization, people) = match audience {
        Audience::Deciders => (event.vendor, deciders(tx, event.vendor).await?),
        Audience::Escalation => (event.vendor, escalation(tx, event).await?),
        Audience::Partner => match event.partner {
            Some(partner) => (partner, partners_people(tx, partner, &event.subject).await?),
            None => return Ok(()),
        },
    };
    let params = Params { customer: store::customer_of(tx, &event.subject).await?, ..params(event) };
    for user in people.into_iter().filter(|user| event.actor.user != Some(*user)) {
        store::insert(tx, parts, (user, organization), event, &params).await?;
    }
    Ok(())
}

/// Channel managers decide; where a vendor has none, its program administrators and owners do.
async fn deciders(tx: &mut Tx, vendor: OrganizationId) -> Result<Vec<UserId>, Problem> {
    let people = store::people(tx, vendor).await?;
    let managers = with_role(&people, &[Role::ChannelManager]);
    if managers.is_empty() {
        return Ok(with_role(&people, &[Role::ProgramAdmin, Role::VendorOwner]));
    }
    Ok(managers)
}

/// Those with the role that the event names; the vendor's owners where nobody has it.
async fn escalation(tx: &mut Tx, event: &Event) -> Result<Vec<UserId>, Problem> {
    let role = event.data.get("escalate_to").and_then(Value::as_str).and_then(Role::parse);
    let people = store::people(tx, event.vendor).await?;
    let told = with_role(&people, role.as_slice());
    if told.is_empty() { Ok(with_role(&people, &[Role::VendorOwner])) } else { Ok(told) }
}

/// The partner's owners and those of its people who worked on the deal; all its sales people when none did, as
/// for a deal that the vendor registered on the partner's behalf.
async fn partners_people(
    tx: &mut Tx,
    partner: OrganizationId,
    subject: &str,
) -> Result<Vec<UserId>, Problem> {
    let people = store::people(tx, partner).await?;
    let hands = store::hands(tx, subject).await?;
    let mut told: Vec<UserId> =
        people.iter().map(|(user, _)| *user).filter(|user| hands.contains(user)).collect();
    if told.is_empty() {
        told = with_role(&people, &[Role::Sales]);
    }
    told.extend(with_role(&people, &[Role::PartnerOwner]));
    told.sort_unstable();
    told.dedup();
    Ok(told)
}

fn with_role(people: &[(UserId, String)], roles: &[Role]) -> Vec<UserId> {
    let has = |role: &str| roles.iter().any(|wanted| wanted.as_str() == role);
    people.iter().filter(|(_, role)| has(role)).map(|(user, _)| *user).collect()
}

fn params(event: &Event) -> Params {
    let text = |name: &str| event.data.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let actor = if event.actor.means == "system" { String::new() } else { event.actor.name.clone() };
    Params { number: text("number"), customer: String::new(), actor }
}

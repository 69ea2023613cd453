//! Leads that partners bring themselves: somebody filled the form of a campaign's landing page.
use base::db::Tx;
use base::{Actor, CampaignId, Money, OrganizationId, Parts, Problem, ProgramId, Scope};
use serde_json::json;

use super::case::{Case, Ways};
use super::{store, write};
use crate::model::{Contact, How, Lead, LeadCustomer, LeadState, Origin, Person, Source, said};
use crate::rules::Refusal;

/// The longest source note, as the API takes it.
const SOURCE_NOTE: usize = 200;
/// The longest note, as the API takes it.
const NOTE: usize = 5_000;

/// A form that was filled on a partner's landing page, looked over already.
#[derive(Clone, Debug)]
pub struct NewAnswer {
    pub campaign: CampaignId,
    pub campaign_name: String,
    pub kit_name: String,
    pub program: ProgramId,
    /// Whose campaign it is.
    pub partner: OrganizationId,
    /// Names this sending within the campaign: sent twice, it is one lead.
    pub submission: String,
    pub contact: Contact,
    /// The person's company; may be empty.
    pub company: String,
    /// What else was asked and answered, in the order of the form.
    pub answers: Vec<(String, String)>,
    /// What the person agreed to by sending it, in the words of the page.
    pub consent: String,
    /// BCP 47 tag of the page's language.
    pub language: String,
}

/// What came of a campaign after its forms were filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignResult {
    pub campaign: CampaignId,
    pub leads: u64,
    /// Registrations that were submitted for its leads.
    pub deals: u64,
    /// Those of them that were won.
    pub won: u64,
    /// What those are worth together; none while none is won.
    pub won_value: Option<Money>,
}

/// Makes a lead of an answer: owned by the campaign's partner, accepted, and never handed to another. One event,
/// `campaign.answered`. The same submission gives the lead that was made of it before.
///
/// # Errors
/// `Refused` (`not_enrolled`) when the partner does not take part in the program any more.
pub async fn from_campaign(tx: &mut Tx, parts: &Parts, new: NewAnswer) -> Result<Lead, Problem> {
    let missing = || Problem::internal(format!("{} has no program", new.campaign));
    let program = programs::server::program(tx, new.program).await?.ok_or_else(missing)?;
    // Looked for under the vendor's turn, so that two of the same find each other.
    store::take_turn(tx, program.vendor, false).await?;
    if let Some(known) = store::answer(tx, new.campaign, &new.submission).await? {
        return store::find(tx, known, Scope::System).await?.ok_or(Problem::NotFound);
    }
    let enrolled = store::enrolled_name(tx, program.id, new.partner).await?;
    let Some((partner_name, true)) = enrolled else { return Err(Refusal::NotEnrolled.into()) };
    let number = format!("LD-{}", store::take_turn(tx, program.vendor, true).await?);
    let ways = Ways::of(tx, program).await?;
    let blank = write::blank(parts, &ways.program, Person { name: partner_name.clone(), user: None });
    let found = (new.partner, partner_name.clone());
    let lead = Lead { number, ..of_answer(blank, &new, partner_name) };
    let actor = Actor::system();
    let mut case = Case::new(parts, &actor, lead, ways);
    case.keep_chosen(How::Campaign, "", found);
    case.say("campaign.answered", json!({ "campaign": new.campaign, "from": null }), "");
    let lead = case.close(tx, parts, &actor).await?;
    store::mark(tx, lead.id, new.campaign, (&new.submission, &person_key(&new.contact.email))).await?;
    Ok(lead)
}

/// How a person is found again: by the address, whatever its case.
fn person_key(email: &str) -> String {
    email.trim().to_lowercase()
}

fn of_answer(blank: Lead, new: &NewAnswer, partner_name: String) -> Lead {
    let now = blank.created_at;
    let (contact, company) = (new.contact.clone().tidy(), said(Some(new.company.clone())));
    let by_person = contact
        .as_ref()
        .map(|one| [&one.name, &one.email].into_iter().find(|text| !text.is_empty()).cloned());
    let name = company.or_else(|| by_person.flatten()).unwrap_or_else(|| blank.id.to_string());
    let state = LeadState::Accepted {
        partner: new.partner,
        by: Person { name: partner_name.clone(), user: None },
        at: now,
        // Nobody was asked, so there is no answer to undo.
        answer_by: now,
    };
    let line = |(asked, answered): &(String, String)| format!("{asked}: {answered}");
    let note =
        new.answers.iter().filter(|(_, said)| !said.is_empty()).map(line).collect::<Vec<_>>().join("\n");
    let source_note = format!("{} ({})", new.campaign_name, new.kit_name);
    let lead = Lead {
        customer: LeadCustomer {
            name: cut(&name, 200),
            website: customers::server::domain(Some(&new.contact.email)),
            ..LeadCustomer::default()
        },
        contacts: contact.into_iter().collect(),
        source: Source::Campaign,
        source_note: cut(&source_note, SOURCE_NOTE),
        note: cut(&note, NOTE),
        origin: Some(Origin {
            campaign: new.campaign,
            campaign_name: new.campaign_name.clone(),
            kit_name: new.kit_name.clone(),
            consent: new.consent.clone(),
            consented_at: now,
            language: new.language.clone(),
        }),
        ..blank
    };
    Lead { partner_name: Some(partner_name), ..lead.with_state(state) }
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// How many other answers the person sent to the same campaign since an instant; the same submission does not count.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn answered_before(tx: &mut Tx, new: &NewAnswer, since: base::Timestamp) -> Result<u64, Problem> {
    store::answered(tx, new.campaign, (&person_key(&new.contact.email), &new.submission), since).await
}

/// What came of campaigns, those without a lead left out; in one statement for many.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn campaign_results(tx: &mut Tx, campaigns: &[CampaignId]) -> Result<Vec<CampaignResult>, Problem> {
    store::results(tx, campaigns).await
}

/// All that a person answered to a partner's campaigns: what the person may ask to see.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn answers_of(tx: &mut Tx, partner: OrganizationId, email: &str) -> Result<Vec<Lead>, Problem> {
    let mut leads = Vec::new();
    for id in store::of_person(tx, partner, &person_key(email)).await? {
        leads.extend(store::find(tx, id, Scope::System).await?);
    }
    Ok(leads)
}

/// Forgets a person in all leads that their answers to a partner's campaigns became: names, addresses, what was answered,
/// and what people noted of it. That there was a lead, and what came of it, stays. Gives how many leads were touched; an
/// event `lead.edited` for each.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn forget_answers(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    (partner, email): (OrganizationId, &str),
) -> Result<u64, Problem> {
    let mut touched = 0;
    for id in store::of_person(tx, partner, &person_key(email)).await? {
        let Some(mut case) = super::jobs::open(tx, parts, id).await? else { continue };
        let lead = &mut case.lead;
        let is_company =
            lead.contacts.iter().all(|one| one.name != lead.customer.name && one.email != lead.customer.name);
        lead.contacts.clear();
        lead.note.clear();
        if !is_company {
            lead.customer = LeadCustomer { name: lead.number.clone(), ..LeadCustomer::default() };
        }
        case.say("lead.edited", json!({}), "");
        case.close(tx, parts, actor).await?;
        store::forget(tx, id).await?;
        touched += 1;
    }
    Ok(touched)
}

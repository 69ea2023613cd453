//! Leads that a partner's own campaign brings.
use base::db::{Engine, Tx};
use base::testing::World;
use base::{CampaignId, Problem, Span};
use deals::{ApproveDeal, CloseDeal, ConvertDeal, DealOutcome, EditDeal, Evidence, SubmitDeal};
use partners::fixtures::Market;
use rstest::rstest;

use super::{assign, market, offered, seen};
use crate::server::{CampaignResult, NewAnswer, answers_of, campaign_results, forget_answers, from_campaign};
use crate::{
    Contact, DeclineLead, DeclineReason, EditLead, GetLead, How, Lead, LeadState, ListLeadDraws,
    ListLeadEvents, MarkLeadDead, RecycleLead, RegisterLead, ReopenLead, Source, Status,
};

fn campaign(last: u8) -> CampaignId {
    let mut bytes = [7; 16];
    bytes[15] = last;
    CampaignId(base::reexport::uuid::Uuid::from_bytes(bytes))
}

fn answer(market: &Market, submission: &str) -> NewAnswer {
    NewAnswer {
        campaign: campaign(1),
        campaign_name: "Autumn security check".into(),
        kit_name: "Security review".into(),
        program: market.program,
        partner: market.alpine.id,
        submission: submission.into(),
        contact: Contact {
            name: "Noor Haddad".into(),
            email: "Noor@Haddad-Bau.example".into(),
            phone: "+49 30 99".into(),
            ..Contact::default()
        },
        company: "Haddad Bau".into(),
        answers: vec![("How many offices?".into(), "4".into()), ("Anything else?".into(), String::new())],
        consent: "Alpine may write to me about this.".into(),
        language: "en".into(),
    }
}

async fn answered(world: &World, new: NewAnswer) -> Result<Lead, Problem> {
    let parts = world.parts.clone();
    world.parts.db().write(async move |tx: &mut Tx| from_campaign(tx, &parts, new).await).await
}

async fn results(world: &World) -> Vec<CampaignResult> {
    let mut tx = world.parts.db().read().await.unwrap();
    campaign_results(&mut tx, &[campaign(2), campaign(1), campaign(3)]).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn an_answer_is_a_lead_of_the_partner_s_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let made = answered(&world, answer(&market, "one")).await.unwrap();
    let lead = seen(&world, &market.alpine.sales, &made).await.unwrap();
    assert_eq!(
        (lead.status, lead.partner, lead.source),
        (Status::Accepted, Some(market.alpine.id), Source::Campaign)
    );
    assert_eq!(lead.customer.name, "Haddad Bau");
    assert_eq!(lead.customer.website.as_deref(), Some("haddad-bau.example"));
    assert_eq!(lead.contacts, answer(&market, "").contact.tidy().into_iter().collect::<Vec<_>>());
    assert_eq!(lead.source_note, "Autumn security check (Security review)");
    assert_eq!(lead.note, "How many offices?: 4");
    let origin = lead.origin.clone().unwrap();
    assert_eq!((origin.campaign, origin.consented_at), (campaign(1), world.parts.clock().now()));
    assert_eq!(origin.consent, "Alpine may write to me about this.");
    let history = world.ask(&market.alpine.sales, ListLeadEvents { id: lead.id }).await.unwrap().items;
    assert_eq!(history.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["campaign.answered"]);
    let draws = world.ask(&market.analyst, ListLeadDraws { id: lead.id }).await.unwrap().items;
    assert_eq!(draws.iter().map(|draw| draw.how).collect::<Vec<_>>(), [How::Campaign]);
    assert_eq!(seen(&world, &market.bluepeak.sales, &made).await, Err(Problem::NotFound));
    assert_eq!(seen(&world, &market.foreign.manager, &made).await, Err(Problem::NotFound));
    assert_eq!(seen(&world, &market.manager, &made).await.unwrap().source_note, lead.source_note);
}

#[rstest]
#[tokio::test]
async fn the_same_sending_is_one_lead(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let first = answered(&world, answer(&market, "one")).await.unwrap();
    world.advance(Span::minutes(3));
    assert_eq!(answered(&world, answer(&market, "one")).await.unwrap().id, first.id);
    let other = NewAnswer { campaign: campaign(2), ..answer(&market, "one") };
    assert_ne!(answered(&world, other).await.unwrap().id, first.id);
    let second = answered(&world, answer(&market, "two")).await.unwrap();
    assert_ne!(second.id, first.id);
    let numbers = [first.number, second.number].map(|number| number[3..].parse::<u32>().unwrap());
    assert_eq!(numbers[1] - numbers[0], 2, "what was sent twice took no number");
    let leads: Vec<_> = results(&world).await.iter().map(|one| (one.campaign, one.leads)).collect();
    assert_eq!(leads, [(campaign(1), 2), (campaign(2), 1)]);
}

#[rstest]
#[tokio::test]
async fn nobody_takes_it_away_and_nobody_else_is_asked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let made = answered(&world, answer(&market, "one")).await.unwrap();
    let (id, version, note) = (made.id, None, String::new());
    let lead = seen(&world, &market.manager, &made).await.unwrap();
    for action in [crate::Do::Assign, crate::Do::Recycle, crate::Do::Reopen, crate::Do::Die] {
        let step = lead.moves.iter().find(|step| step.action == action).unwrap();
        assert_eq!(step.refused.as_ref().map(|why| why.code.as_str()), Some("partners_own"), "{action:?}");
    }
    let code = |problem: Problem| problem.code().to_owned();
    let manager = &market.manager;
    assert_eq!(world.ask(manager, assign(&made)).await.map_err(code), Err("partners_own".into()));
    let recycle = RecycleLead { id, note: note.clone(), version };
    assert_eq!(world.ask(manager, recycle).await.map_err(code), Err("partners_own".into()));
    let die = MarkLeadDead { id, reason: crate::DeadReason::Spam, note: note.clone(), version };
    assert_eq!(world.ask(manager, die).await.map_err(code), Err("partners_own".into()));
    assert_eq!(
        world.ask(manager, ReopenLead { id, version }).await.map_err(code),
        Err("partners_own".into())
    );
    let decline = DeclineLead { id, reason: DeclineReason::Unreachable, note, version };
    world.ask(&market.alpine.sales, decline).await.unwrap();
    world.advance(Span::days(3));
    world.run_jobs().await;
    let given_up = seen(&world, &market.alpine.sales, &made).await.unwrap();
    assert_eq!((given_up.status, given_up.partner), (Status::Declined, Some(market.alpine.id)));
    assert_eq!(world.ask(manager, assign(&made)).await.map_err(code), Err("partners_own".into()));
    assert!(world.ask(manager, EditLead::new(id)).await.is_ok());
    // What the vendor hands out goes on as before.
    assert_eq!(offered(&world, &market, market.alpine.id, "Acme").await.status, Status::Assigned);
}

#[rstest]
#[tokio::test]
async fn results_follow_a_lead_to_the_won_deal(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let made = answered(&world, answer(&market, "one")).await.unwrap();
    let (sales, manager) = (&market.alpine.sales, &market.manager);
    let begun = world.ask(sales, RegisterLead { id: made.id, version: None }).await.unwrap();
    let id = begun.deal.unwrap();
    assert_eq!(results(&world).await[0].deals, 0, "a draft is no registration");
    let deal = world.ask(sales, deals::GetDeal { id }).await.unwrap();
    assert_eq!((deal.source, deal.customer.name.as_str()), (made.id.to_string(), "Haddad Bau"));
    assert!(deal.notes.contains("How many offices?: 4"), "{}", deal.notes);
    let customer = deals::CustomerClaim { country: Some("DE".into()), ..deal.customer.clone() };
    let edit = EditDeal {
        customer: Some(customer),
        products: Some(vec![deals::LineAsk { product: "gtx pro".into(), ..deals::LineAsk::default() }]),
        value: Some(deals::Amount::from(base::Money::new(4_800_000, base::Currency::EUR))),
        expected_close: Some("2027-03-31".parse().unwrap()),
        evidence: Some(vec![Evidence { note: "Met Noor".into(), ..Evidence::default() }]),
        ..EditDeal::new(id)
    };
    world.ask(sales, edit).await.unwrap();
    world.ask(sales, SubmitDeal { id, version: None }).await.unwrap();
    world.run_jobs().await;
    let lead = world.ask(manager, GetLead { id: made.id }).await.unwrap();
    assert!(matches!(lead.state, LeadState::Registered { deal, .. } if deal == id));
    let one = |won, won_value| CampaignResult { campaign: campaign(1), leads: 1, deals: 1, won, won_value };
    assert_eq!(results(&world).await, [one(0, None)]);
    world.ask(manager, ApproveDeal { id, version: None }).await.unwrap();
    world.ask(manager, ConvertDeal { id, opportunity: None, version: None }).await.unwrap();
    let won = CloseDeal { id, outcome: DealOutcome::Won, note: String::new(), version: None };
    world.ask(manager, won).await.unwrap();
    assert_eq!(results(&world).await, [one(1, Some(base::Money::new(4_800_000, base::Currency::EUR)))]);
}

#[rstest]
#[tokio::test]
async fn a_person_is_shown_and_forgotten(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let made = answered(&world, answer(&market, "one")).await.unwrap();
    let alone = NewAnswer { company: " ".into(), ..answer(&market, "two") };
    let alone = answered(&world, alone).await.unwrap();
    assert_eq!(alone.customer.name, "Noor Haddad");
    let theirs = NewAnswer { partner: market.bluepeak.id, ..answer(&market, "three") };
    let theirs = answered(&world, theirs).await.unwrap();
    let email = "noor@haddad-bau.EXAMPLE ";
    let mut tx = world.parts.db().read().await.unwrap();
    let known = answers_of(&mut tx, market.alpine.id, email).await.unwrap();
    assert_eq!(known.iter().map(|lead| lead.id).collect::<Vec<_>>(), [made.id, alone.id]);
    drop(tx);
    let (parts, actor, partner) = (world.parts.clone(), market.alpine.owner.clone(), market.alpine.id);
    let forget = async move |tx: &mut Tx| forget_answers(tx, &parts, &actor, (partner, email)).await;
    assert_eq!(world.parts.db().write(forget).await, Ok(2));
    for lead in [&made, &alone] {
        let bare = seen(&world, &market.alpine.sales, lead).await.unwrap();
        let text = serde_json::to_string(&bare).unwrap().to_lowercase();
        assert!(!text.contains("noor") && !text.contains("+49 30 99"), "{text}");
    }
    assert_eq!(seen(&world, &market.alpine.sales, &made).await.unwrap().customer.name, "Haddad Bau");
    assert_eq!(seen(&world, &market.bluepeak.sales, &theirs).await.unwrap().contacts.len(), 1);
    assert_eq!(results(&world).await[0].leads, 3);
}

#[rstest]
#[tokio::test]
async fn who_takes_part_no_more_gets_no_leads(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let stranger = NewAnswer { partner: market.foreign.partner.id, ..answer(&market, "one") };
    assert_eq!(answered(&world, stranger).await.unwrap_err().code(), "not_enrolled");
    assert_eq!(results(&world).await, []);
}

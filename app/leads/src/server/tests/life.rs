//! The life of a lead: offers, answers, time, taking back.
use base::Span;
use base::db::Engine;
use rstest::rstest;

use super::{assign, created, join, lead, market, offered, publish, rule, seen};
use crate::{
    AcceptLead, AnswerWindow, AssignLead, DeadReason, DeclineLead, DeclineReason, Distribution, Do, EditLead,
    Exclusion, LeadState, ListLeadDraws, ListLeadEvents, ListLeads, MarkLeadDead, NoteLead, RecycleCause,
    RecycleLead, ReopenLead, StartLead, Status, UndoLeadAnswer, WindowUnit,
};

fn accept(lead: &crate::Lead) -> AcceptLead {
    AcceptLead { id: lead.id, version: None }
}

fn decline(lead: &crate::Lead) -> DeclineLead {
    DeclineLead { id: lead.id, reason: DeclineReason::NoCapacity, note: "All booked".into(), version: None }
}

#[rstest]
#[tokio::test]
async fn a_lead_goes_from_the_vendor_to_a_partner_who_works_on_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let made = created(&world, &market.manager, lead(&market, "Acme Werke")).await;
    assert_eq!((made.status, made.number.as_str(), made.version), (Status::New, "LD-1001", 1));
    assert_eq!(made.customer.country.as_deref(), Some("DE"));
    assert_eq!(made.interest.as_ref().unwrap().name, "GTX Pro");
    let asked = world.ask(&market.manager, assign(&made)).await.unwrap();
    assert_eq!(asked.status, Status::Assigned);
    // Two business days of Berlin from Monday 10:00.
    assert_eq!(asked.answer_by.unwrap().to_string(), "2026-11-04T09:00:00.000Z");
    let (mine, other) = if asked.partner == Some(market.alpine.id) {
        (&market.alpine, &market.bluepeak)
    } else {
        (&market.bluepeak, &market.alpine)
    };
    assert_eq!(seen(&world, &other.sales, &made).await, Err(base::Problem::NotFound));
    let theirs = seen(&world, &mine.sales, &made).await.unwrap();
    assert!(theirs.can(Do::Accept) && theirs.can(Do::Decline) && !theirs.can(Do::Start));
    let todo = ListLeads { needs_action: Some(true), ..ListLeads::default() };
    assert_eq!(world.ask(&mine.sales, todo).await.unwrap().total, 1);
    let accepted = world.ask(&mine.sales, accept(&made)).await.unwrap();
    assert_eq!((accepted.status, accepted.answer_by), (Status::Accepted, None));
    assert_eq!(world.ask(&mine.owner, accept(&made)).await.unwrap_err().code(), "already_answered");
    let working = world.ask(&mine.sales, StartLead { id: made.id, version: None }).await.unwrap();
    assert_eq!(working.status, Status::Working);
    world.ask(&mine.sales, NoteLead { id: made.id, text: " Called Ada ".into() }).await.unwrap();
    world.ask(&market.manager, NoteLead { id: made.id, text: "Good".into() }).await.unwrap();
    let history = world.ask(&mine.sales, ListLeadEvents { id: made.id }).await.unwrap().items;
    let kinds: Vec<_> = history.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["lead.offered", "lead.accepted", "lead.started", "lead.noted", "lead.noted"]);
    assert_eq!(history[3].data["note"], "Called Ada");
    let all = world.ask(&market.analyst, ListLeadEvents { id: made.id }).await.unwrap().items;
    assert_eq!(all[0].kind, "lead.created");
    assert_eq!(all.len(), 6);
}

#[rstest]
#[tokio::test]
async fn who_declines_is_never_asked_again_and_the_next_is(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let made = offered(&world, &market, market.alpine.id, "Acme").await;
    let declined = world.ask(&market.alpine.sales, decline(&made)).await.unwrap();
    assert!(matches!(&declined.state, LeadState::Declined { note, .. } if note == "All booked"));
    world.run_jobs().await;
    let waits = seen(&world, &market.manager, &made).await.unwrap();
    assert_eq!(waits.status, Status::Declined, "it can still be undone");
    world.advance(Span::seconds(15));
    world.run_jobs().await;
    let next = seen(&world, &market.manager, &made).await.unwrap();
    assert_eq!((next.status, next.partner), (Status::Assigned, Some(market.bluepeak.id)));
    assert_eq!(seen(&world, &market.alpine.sales, &made).await, Err(base::Problem::NotFound));
    world.ask(&market.bluepeak.sales, decline(&made)).await.unwrap();
    world.advance(Span::seconds(15));
    world.run_jobs().await;
    let back = seen(&world, &market.manager, &made).await.unwrap();
    assert!(matches!(back.state, LeadState::Recycled { cause: RecycleCause::NobodyLeft, .. }));
    let by_hand = AssignLead { partner: Some(market.alpine.id), ..assign(&made) };
    assert_eq!(world.ask(&market.manager, by_hand.clone()).await.unwrap_err().code(), "never_again");
    let reopened = world.ask(&market.manager, ReopenLead { id: made.id, version: None }).await.unwrap();
    assert_eq!(reopened.status, Status::New);
    assert_eq!(world.ask(&market.manager, by_hand).await.unwrap_err().code(), "never_again");
    let nobody = world.ask(&market.manager, assign(&made)).await.unwrap();
    assert_eq!(nobody.status, Status::Recycled);
    let draws = world.ask(&market.manager, ListLeadDraws { id: made.id }).await.unwrap().items;
    let why: Vec<_> = draws[0].trials[0].candidates.iter().map(|one| one.excluded).collect();
    assert_eq!(why, [Some(Exclusion::Declined); 2]);
}

#[rstest]
#[tokio::test]
async fn an_answer_can_be_undone_for_a_moment(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let undo = |lead: &crate::Lead| UndoLeadAnswer { id: lead.id, version: None };
    let made = offered(&world, &market, market.alpine.id, "Acme").await;
    world.ask(&market.alpine.sales, decline(&made)).await.unwrap();
    world.advance(Span::seconds(14));
    let again = world.ask(&market.alpine.sales, undo(&made)).await.unwrap();
    assert_eq!((again.status, again.answer_by), (Status::Assigned, made.answer_by));
    world.advance(Span::seconds(60));
    world.run_jobs().await;
    assert_eq!(seen(&world, &market.alpine.sales, &made).await.unwrap().status, Status::Assigned);
    world.ask(&market.alpine.sales, accept(&made)).await.unwrap();
    world.advance(Span::seconds(15));
    assert_eq!(world.ask(&market.alpine.sales, undo(&made)).await.unwrap_err().code(), "undo_over");
    assert_eq!(world.ask(&market.bluepeak.sales, undo(&made)).await, Err(base::Problem::NotFound));
}

#[rstest]
#[tokio::test]
async fn a_window_is_business_time_and_its_end_is_too_late(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let window = AnswerWindow { length: 8, unit: WindowUnit::BusinessHours };
    publish(&world, &market, Distribution { window, ..Distribution::default() }).await;
    world.advance(Span::hours(5));
    // Monday 15:00 in Berlin and eight hours of business that ends at 17:00: Tuesday 15:00.
    let made = offered(&world, &market, market.alpine.id, "Acme").await;
    assert_eq!(made.answer_by.unwrap().to_string(), "2026-11-03T14:00:00.000Z");
    let span = made.answer_by.unwrap() - world.parts.clock().now();
    world.advance(Span(span.0 / 4 * 3 - 1));
    world.run_jobs().await;
    let kinds = async || {
        let history = world.ask(&market.alpine.sales, ListLeadEvents { id: made.id }).await.unwrap();
        history.items.into_iter().map(|entry| entry.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds().await, ["lead.offered"]);
    world.advance(Span(1));
    world.run_jobs().await;
    assert_eq!(kinds().await, ["lead.offered", "lead.offer_ending"]);
    let left = made.answer_by.unwrap() - world.parts.clock().now();
    world.advance(Span(left.0 - 1));
    world.run_jobs().await;
    assert!(seen(&world, &market.alpine.sales, &made).await.unwrap().can(Do::Accept));
    world.advance(Span(1));
    assert_eq!(world.ask(&market.alpine.sales, accept(&made)).await.unwrap_err().code(), "offer_over");
    world.run_jobs().await;
    let next = seen(&world, &market.manager, &made).await.unwrap();
    assert_eq!((next.status, next.partner), (Status::Assigned, Some(market.bluepeak.id)));
    assert_eq!(seen(&world, &market.alpine.sales, &made).await, Err(base::Problem::NotFound));
}

#[rstest]
#[tokio::test]
async fn who_let_it_time_out_is_asked_again_only_where_the_rules_say_so(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let kind = Distribution { timed_out_is_final: false, ..Distribution::default() };
    publish(&world, &market, kind).await;
    let made = offered(&world, &market, market.alpine.id, "Acme").await;
    world.advance(Span::days(2));
    world.run_jobs().await;
    world.advance(Span::days(2));
    world.run_jobs().await;
    let back = seen(&world, &market.manager, &made).await.unwrap();
    assert_eq!(back.status, Status::Recycled, "nobody is asked twice while it is open");
    let by_hand = AssignLead { partner: Some(market.alpine.id), ..assign(&made) };
    world.ask(&market.manager, by_hand.clone()).await.unwrap();
    publish(&world, &market, Distribution::default()).await;
    world
        .ask(&market.manager, RecycleLead { id: made.id, note: String::new(), version: None })
        .await
        .unwrap();
    assert_eq!(world.ask(&market.manager, by_hand).await.unwrap_err().code(), "never_again");
}

#[rstest]
#[tokio::test]
async fn without_reassignment_the_vendor_says_what_comes_next(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    publish(&world, &market, Distribution { reassign: false, ..Distribution::default() }).await;
    let made = offered(&world, &market, market.alpine.id, "Acme").await;
    world.ask(&market.alpine.sales, decline(&made)).await.unwrap();
    world.advance(Span::days(1));
    world.run_jobs().await;
    assert_eq!(seen(&world, &market.manager, &made).await.unwrap().status, Status::Declined);
    let todo = ListLeads { needs_action: Some(true), ..ListLeads::default() };
    assert_eq!(world.ask(&market.manager, todo).await.unwrap().total, 1);
    assert_eq!(world.ask(&market.manager, assign(&made)).await.unwrap().partner, Some(market.bluepeak.id));
}

#[rstest]
#[tokio::test]
async fn the_vendor_takes_back_gives_up_and_begins_again(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let made = offered(&world, &market, market.alpine.id, "Acme").await;
    world.ask(&market.alpine.sales, accept(&made)).await.unwrap();
    let recycle =
        RecycleLead { id: made.id, note: "The customer asked for somebody near".into(), version: None };
    let back = world.ask(&market.manager, recycle.clone()).await.unwrap();
    assert_eq!((back.status, back.partner), (Status::Recycled, None));
    assert_eq!(seen(&world, &market.alpine.sales, &made).await, Err(base::Problem::NotFound));
    assert_eq!(world.ask(&market.manager, recycle).await.unwrap_err().code(), "not_with_partner");
    let die = MarkLeadDead { id: made.id, reason: DeadReason::NoBudget, note: String::new(), version: None };
    assert_eq!(world.ask(&market.manager, die).await.unwrap().status, Status::Dead);
    assert_eq!(world.ask(&market.manager, assign(&made)).await.unwrap_err().code(), "dead");
    let edit = EditLead { note: Some("x".into()), ..EditLead::new(made.id) };
    assert_eq!(world.ask(&market.manager, edit).await.unwrap_err().code(), "dead");
    world.ask(&market.manager, ReopenLead { id: made.id, version: None }).await.unwrap();
    // It was taken back, not declined: the partner can be asked again.
    let again = AssignLead { partner: Some(market.alpine.id), ..assign(&made) };
    assert_eq!(world.ask(&market.manager, again).await.unwrap().status, Status::Assigned);
    let other = MarkLeadDead { id: made.id, reason: DeadReason::Other, note: " ".into(), version: None };
    assert_eq!(
        world.ask(&market.manager, other).await.unwrap_err().of_field("note").unwrap().code,
        "required"
    );
}

#[rstest]
#[tokio::test]
async fn an_accepted_lead_is_given_back_and_goes_on(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let (third, _) = join(&world, &market, "Third").await;
    publish(
        &world,
        &market,
        Distribution {
            rules: vec![crate::LeadRule { partners: vec![third], ..rule("third") }],
            ..Distribution::default()
        },
    )
    .await;
    let made = offered(&world, &market, market.alpine.id, "Acme").await;
    world.ask(&market.alpine.sales, accept(&made)).await.unwrap();
    world.ask(&market.alpine.sales, StartLead { id: made.id, version: None }).await.unwrap();
    world.ask(&market.alpine.sales, decline(&made)).await.unwrap();
    world.advance(Span::seconds(15));
    world.run_jobs().await;
    assert_eq!(seen(&world, &market.manager, &made).await.unwrap().partner, Some(third));
}

#[rstest]
#[tokio::test]
async fn roles_and_versions_are_kept(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let made = offered(&world, &market, market.alpine.id, "Acme").await;
    let stale = AcceptLead { id: made.id, version: Some(made.version + 1) };
    assert_eq!(world.ask(&market.alpine.sales, stale).await, Err(base::Problem::Stale));
    assert_eq!(world.ask(&market.alpine.learner, accept(&made)).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.manager, accept(&made)).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.analyst, assign(&made)).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.alpine.sales, lead(&market, "Mine")).await.unwrap_err().code(), "role");
    let foreign = &market.foreign;
    assert_eq!(seen(&world, &foreign.manager, &made).await, Err(base::Problem::NotFound));
    assert_eq!(seen(&world, &foreign.partner.sales, &made).await, Err(base::Problem::NotFound));
    assert_eq!(world.ask(&foreign.manager, lead(&market, "Theirs")).await, Err(base::Problem::NotFound));
    let to_foreign = crate::CreateLead { partner: Some(foreign.partner.id), ..lead(&market, "Far") };
    let problem = world.ask(&market.manager, to_foreign).await.unwrap_err();
    assert_eq!(problem.of_field("partner").unwrap().code, "unknown");
    let edit = EditLead {
        version: Some(made.version),
        product: Some(String::new()),
        note: Some("Now without a product".into()),
        ..EditLead::new(made.id)
    };
    let edited = world.ask(&market.manager, edit.clone()).await.unwrap();
    assert_eq!((edited.interest, edited.note.as_str()), (None, "Now without a product"));
    assert_eq!(edited.customer.name, "Acme");
    assert_eq!(world.ask(&market.manager, edit).await, Err(base::Problem::Stale));
}

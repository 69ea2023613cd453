//! Rules, rooms, draws: who gets a lead and why.
use base::Span;
use base::db::Engine;
use partners::{PartnerType, Tier};
use rstest::rstest;

use super::{assign, created, lead, market, offered, publish, rule, seen};
use crate::rules::pick;
use crate::{
    Choice, CreateLead, CreateLeads, DiscardLeadRules, Distribution, Exclusion, GetLeadRules, How, LeadRule,
    ListLeadDraws, ListLeadRulesVersions, NewLead, PreviewLeadRules, PublishLeadRules, SaveLeadRules, Status,
    TrialOutcome,
};

#[rstest]
#[tokio::test]
async fn rules_are_drafted_tried_published_and_kept_version_by_version(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let id = market.program;
    let first = world.ask(&market.analyst, GetLeadRules { id }).await.unwrap();
    assert_eq!((first.number, first.version, first.draft), (0, 0, None));
    assert_eq!(first.partners.len(), 2);
    let gold = LeadRule { minimum_tier: Some(Tier::Gold), ..rule("gold") };
    let distribution = Distribution { rules: vec![gold], automatic: true, ..Distribution::default() };
    let save = SaveLeadRules { id, distribution: distribution.clone(), version: Some(0) };
    assert_eq!(world.ask(&market.manager, save.clone()).await.unwrap_err().code(), "role");
    let kept = world.ask(&market.owner, save.clone()).await.unwrap();
    assert_eq!((kept.version, kept.draft.as_ref()), (1, Some(&distribution)));
    assert_eq!(world.ask(&market.owner, save).await, Err(base::Problem::Stale));
    // Nothing is handed out by a draft, but it can be tried.
    let made = created(&world, &market.manager, lead(&market, "Acme")).await;
    assert_eq!(made.status, Status::New);
    let tried =
        world.ask(&market.manager, PreviewLeadRules { lead: Some(made.id), ..PreviewLeadRules::new(id) });
    let tried = tried.await.unwrap();
    assert_eq!((tried.partner, tried.rule.as_deref()), (Some(market.alpine.id), Some("gold")));
    assert_eq!(seen(&world, &market.manager, &made).await.unwrap().version, made.version);
    let publish = PublishLeadRules { id, note: "Gold first".into(), version: Some(1) };
    let published = world.ask(&market.owner, publish.clone()).await.unwrap();
    assert_eq!((published.number, published.draft, published.version), (1, None, 2));
    assert_eq!(world.ask(&market.owner, publish).await, Err(base::Problem::Stale));
    let none = PublishLeadRules { id, note: String::new(), version: None };
    assert_eq!(world.ask(&market.owner, none).await.unwrap_err().code(), "no_draft");
    let at_once = created(&world, &market.manager, lead(&market, "Beta")).await;
    assert_eq!((at_once.status, at_once.partner), (Status::Assigned, Some(market.alpine.id)));
    world
        .ask(&market.owner, SaveLeadRules { id, distribution: Distribution::default(), version: None })
        .await
        .unwrap();
    let thrown = world.ask(&market.owner, DiscardLeadRules { id }).await.unwrap();
    assert_eq!((thrown.draft, thrown.distribution), (None, distribution));
    let versions = world.ask(&market.analyst, ListLeadRulesVersions { id, cursor: None, limit: None });
    let versions = versions.await.unwrap();
    assert_eq!((versions.total, versions.items[0].note.as_str()), (1, "Gold first"));
    assert_eq!(world.ask(&market.alpine.owner, GetLeadRules { id }).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.foreign.owner, GetLeadRules { id }).await, Err(base::Problem::NotFound));
}

#[rstest]
#[tokio::test]
async fn rules_say_what_is_wrong_with_them(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let wrong = async |rules: Vec<LeadRule>, field: &str| {
        let distribution = Distribution { rules, ..Distribution::default() };
        let save = SaveLeadRules { id: market.program, distribution, version: None };
        let problem = world.ask(&market.owner, save).await.unwrap_err();
        problem.of_field(field).unwrap_or_else(|| panic!("{problem:?}")).code.to_string()
    };
    assert_eq!(wrong(vec![rule("a"), rule("a")], "distribution.rules").await, "taken");
    let foreign = LeadRule { partners: vec![market.foreign.partner.id], ..rule("a") };
    assert_eq!(wrong(vec![foreign], "distribution.rules[0].partners[0]").await, "unknown");
    let range = LeadRule { value_from_minor: Some(5), value_below_minor: Some(5), ..rule("a") };
    assert_eq!(wrong(vec![range], "distribution.rules[0].value_below_minor").await, "out_of_range");
    let unnamed = LeadRule { name: " ".into(), ..rule("a") };
    assert_eq!(wrong(vec![unnamed], "distribution.rules[0].name").await, "required");
}

#[rstest]
#[tokio::test]
async fn the_draw_can_be_done_again_by_anybody(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let even = LeadRule { choice: Choice::Even, ..rule("even") };
    publish(&world, &market, Distribution { rules: vec![even], automatic: true, ..Distribution::default() })
        .await;
    let mut to_alpine = 0;
    for n in 0..12 {
        let made = created(&world, &market.manager, lead(&market, &format!("Company {n}"))).await;
        let draw = world.ask(&market.analyst, ListLeadDraws { id: made.id }).await.unwrap().items.remove(0);
        let seed = draw.seed.clone().unwrap();
        let weights: Vec<u64> = draw.trials[0].candidates.iter().map(|one| one.weight).collect();
        let (place, ticket, tickets) = pick(u64::from_str_radix(&seed, 16).unwrap(), &weights).unwrap();
        assert_eq!((Some(ticket), Some(tickets)), (draw.ticket, draw.tickets));
        assert_eq!(Some(draw.trials[0].candidates[place].partner), made.partner);
        let again = PreviewLeadRules { seed: Some(seed), ..PreviewLeadRules::new(market.program) };
        assert_eq!(world.ask(&market.manager, again).await.unwrap().partner, made.partner);
        to_alpine += usize::from(made.partner == Some(market.alpine.id));
    }
    assert!((1..12).contains(&to_alpine), "the draw goes to both: {to_alpine}");
}

#[rstest]
#[tokio::test]
async fn a_partner_reads_why_it_was_chosen_and_of_nobody_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let made = offered(&world, &market, market.bluepeak.id, "Acme").await;
    let decline = crate::DeclineLead {
        id: made.id,
        reason: crate::DeclineReason::OutsideArea,
        note: String::new(),
        version: None,
    };
    world.ask(&market.bluepeak.sales, decline).await.unwrap();
    world.advance(Span::seconds(15));
    world.run_jobs().await;
    let draws = world.ask(&market.alpine.sales, ListLeadDraws { id: made.id }).await.unwrap().items;
    let text = serde_json::to_string(&draws).unwrap();
    assert!(!text.contains("Bluepeak") && !text.contains(&market.bluepeak.id.to_string()), "{text}");
    assert_eq!((draws.len(), draws[0].how, draws[0].seed.as_deref()), (1, How::Rule, None));
    assert_eq!(draws[0].trials[0].candidates[0].territory.as_deref(), Some("DACH"));
    let all = world.ask(&market.analyst, ListLeadDraws { id: made.id }).await.unwrap().items;
    assert_eq!(all.iter().map(|draw| draw.how).collect::<Vec<_>>(), [How::Rule, How::Hand]);
    let why = all[0].trials[0].candidates.iter().find(|one| one.partner == market.bluepeak.id).unwrap();
    assert_eq!(why.excluded, Some(Exclusion::Declined));
    let history = world.ask(&market.alpine.sales, crate::ListLeadEvents { id: made.id }).await.unwrap().items;
    assert_eq!(history.len(), 1, "what the partner before did is no affair of the next one");
}

#[rstest]
#[tokio::test]
async fn room_is_kept_and_comes_back(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let msp = LeadRule { partner_types: vec![PartnerType::Msp], max_open: Some(2), ..rule("msp") };
    publish(&world, &market, Distribution { rules: vec![msp], automatic: true, ..Distribution::default() })
        .await;
    let first = created(&world, &market.manager, lead(&market, "One")).await;
    let second = created(&world, &market.manager, lead(&market, "Two")).await;
    assert_eq!([first.partner, second.partner], [Some(market.alpine.id); 2]);
    let third = created(&world, &market.manager, lead(&market, "Three")).await;
    assert_eq!(third.status, Status::Recycled);
    let draw = world.ask(&market.analyst, ListLeadDraws { id: third.id }).await.unwrap().items.remove(0);
    assert_eq!((draw.how, draw.trials[0].outcome), (How::Nobody, TrialOutcome::Nobody));
    let alpine = draw.trials[0].candidates.iter().find(|one| one.partner == market.alpine.id).unwrap();
    assert_eq!((alpine.excluded, alpine.open, alpine.max_open), (Some(Exclusion::Full), 2, 2));
    let back = crate::RecycleLead { id: first.id, note: String::new(), version: None };
    world.ask(&market.manager, back).await.unwrap();
    assert_eq!(world.ask(&market.manager, assign(&third)).await.unwrap().partner, Some(market.alpine.id));
}

#[rstest]
#[tokio::test]
async fn who_does_not_take_part_is_not_asked(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let list = partners::ListEnrollments { partner: Some(market.bluepeak.id), ..Default::default() };
    let enrollment = world.ask(&market.owner, list).await.unwrap().items.remove(0);
    let change = partners::ChangeEnrollment {
        status: Some(partners::EnrollmentStatus::Suspended),
        ..serde_json::from_value(serde_json::json!({ "id": enrollment.id })).unwrap()
    };
    world.ask(&market.owner, change).await.unwrap();
    for n in 0..5 {
        let ask = CreateLead { assign: Some(true), ..lead(&market, &format!("Company {n}")) };
        assert_eq!(created(&world, &market.manager, ask).await.partner, Some(market.alpine.id));
    }
    let by_hand = CreateLead { partner: Some(market.bluepeak.id), ..lead(&market, "Acme") };
    assert_eq!(world.ask(&market.manager, by_hand).await.unwrap_err().code(), "not_enrolled");
}

#[rstest]
#[tokio::test]
async fn many_at_once_keep_what_is_right_and_say_what_is_wrong(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let row = |name: &str, product: &str| -> NewLead {
        serde_json::from_value(serde_json::json!({ "customer": { "name": name }, "product": product }))
            .unwrap()
    };
    let ask = CreateLeads {
        program: market.program,
        assign: Some(true),
        leads: vec![
            row("One", "GTX"),
            row(" ", "GTX"),
            row("Three", "Moon rocket"),
            row("Four", "MG Special"),
        ],
    };
    let report = world.ask(&market.manager, ask.clone()).await.unwrap();
    assert_eq!((report.created, report.rejected), (2, 2));
    let errors: Vec<_> =
        report.rows.iter().map(|row| row.errors.first().map(|error| error.field.as_str())).collect();
    assert_eq!(errors, [None, Some("customer.name"), Some("product"), None]);
    assert_eq!(report.rows[3].status, Some(Status::Assigned));
    assert_eq!(world.ask(&market.foreign.manager, ask).await, Err(base::Problem::NotFound));
}

//! Goals through the verbs, on both engines.
use base::db::{Engine, Tx};
use base::testing::World;
use base::{Actor, Currency, Date, Money, OpportunityId, OrganizationId, Problem, Span};
use customers::Stage;
use customers::server::{StoredOpportunity, save_opportunities};
use figures::kpi::Standing;
use partners::fixtures::{Market, market};
use rstest::rstest;

use crate::{
    AgreeGoal, CascadeGoal, ChangeGoal, DeclineGoal, DropGoal, GetGoal, Goal, GoalEntry, ImportGoals,
    ListGoals, Metric, PreviewCascade, RestoreGoal, SetGoal, Status, TakeCounter,
};

/// A world with a market in it, on 2 November 2026, or the end of the test where there is no PostgreSQL.
macro_rules! market {
    ($engine:expr) => {{
        let mut tables = deals::server::tables();
        tables.extend([rates::MIGRATIONS(), figures::MIGRATIONS(), crate::MIGRATIONS()]);
        let Some(world) = World::try_new($engine, &tables).await else { return };
        let world = world.with_jobs(crate::JOBS);
        world.parts.observe(vec![figures::OBSERVER]);
        let market = market(&world).await;
        (world, market)
    }};
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A goal for the last quarter of 2026.
fn quarter(market: &Market, partner: Option<OrganizationId>, target: &str) -> SetGoal {
    SetGoal {
        program: market.program,
        partner,
        territory: None,
        metric: Metric::WonValue,
        target: target.into(),
        from: day("2026-10-01"),
        until: day("2026-12-31"),
        note: String::new(),
    }
}

/// The partner sells something, on a day.
async fn sell(world: &World, market: &Market, partner: OrganizationId, minor: i64, on: &str) {
    let (parts, vendor, program) = (world.parts.clone(), market.vendor, market.program);
    let now = parts.clock().now();
    let sale = StoredOpportunity {
        id: OpportunityId(parts.id(now)),
        program,
        external_id: Some(format!("{minor} {on}")),
        customer: None,
        customer_name: Some("Somebody".into()),
        partner: Some(partner),
        product: None,
        stage: Stage::Won,
        value: Money::new(minor, Currency::EUR),
        opened_on: None,
        closed_on: Some(day(on)),
        created_at: now,
        version: 1,
    };
    let work = async move |tx: &mut Tx| {
        save_opportunities(tx, vendor, &[sale], &[]).await?;
        let happened = base::events::Happened {
            vendor,
            kind: "opportunities.imported",
            subject: "import".into(),
            program: Some(program),
            partner: None,
            keys: Vec::new(),
            data: serde_json::json!({}),
        };
        base::events::append(tx, &parts, &Actor::system(), happened).await.map(drop)
    };
    world.parts.db().write(work).await.unwrap();
}

async fn seen(world: &World, actor: &Actor, goal: &Goal) -> Result<Goal, Problem> {
    world.ask(actor, GetGoal { id: goal.id }).await
}

/// Kinds of events about goals, in their order.
async fn told(world: &World, market: &Market) -> Vec<String> {
    let mut tx = world.parts.db().read().await.unwrap();
    let scope = base::Scope::Vendor(market.vendor);
    let all = base::events::after(&mut tx, scope, 0, base::Timestamp(0), 1000).await.unwrap();
    all.into_iter().map(|event| event.kind).filter(|kind| kind.starts_with("goal.")).collect()
}

#[rstest]
#[tokio::test]
async fn a_goal_is_proposed_answered_and_followed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let alpine = &market.alpine;
    let set = world.ask(&market.manager, quarter(&market, Some(alpine.id), "100,000")).await.unwrap();
    assert_eq!((set.target, set.status, set.pace.days_gone), (10_000_000, Status::Proposed, 33));
    // 33 of 92 days are gone.
    assert_eq!((set.pace.due, set.pace.standing), (3_586_956, Standing::Behind));
    sell(&world, &market, alpine.id, 4_000_000, "2026-10-20").await;
    sell(&world, &market, alpine.id, 9_000_000, "2026-09-30").await;
    sell(&world, &market, market.bluepeak.id, 7_000_000, "2026-10-20").await;
    let goal = seen(&world, &alpine.owner, &set).await.unwrap();
    assert_eq!(
        (goal.actual, goal.pace.standing, goal.pace.share),
        (4_000_000, Standing::OnTrack, Some(4000))
    );
    assert!(
        goal.forecast.is_some_and(|forecast| forecast.low >= 4_000_000 && forecast.high > forecast.expected)
    );

    let agree = AgreeGoal { id: set.id, version: Some(set.version) };
    assert_eq!(world.ask(&alpine.sales, agree.clone()).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.manager, agree.clone()).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.bluepeak.owner, agree.clone()).await, Err(Problem::NotFound));
    let agreed = world.ask(&alpine.owner, agree.clone()).await.unwrap();
    assert_eq!((agreed.status, agreed.version), (Status::Agreed, 2));
    assert_eq!(agreed.answer.unwrap().by, alpine.owner.name);
    assert_eq!(world.ask(&alpine.owner, agree).await, Err(Problem::Stale));
    let again = world.ask(&alpine.owner, AgreeGoal { id: set.id, version: None }).await.unwrap_err();
    assert_eq!(again.code(), "already_agreed");

    let more = ChangeGoal { target: Some("120000".into()), ..change(&set) };
    let more = world.ask(&market.manager, more).await.unwrap();
    assert_eq!((more.target, more.status), (12_000_000, Status::Proposed), "a change asks again");
    let silent = DeclineGoal { id: set.id, note: " ".into(), counter: String::new(), version: None };
    assert!(world.ask(&alpine.owner, silent.clone()).await.unwrap_err().of_field("note").is_some());
    let counter = DeclineGoal { counter: "110,000".into(), ..silent };
    let declined = world.ask(&alpine.owner, counter).await.unwrap();
    assert_eq!(declined.answer.unwrap().counter, Some(11_000_000));
    let taken = world.ask(&market.manager, TakeCounter { id: set.id, version: None }).await.unwrap();
    assert_eq!((taken.target, taken.status), (11_000_000, Status::Agreed));
    let kinds = ["goal.proposed", "goal.agreed", "goal.changed", "goal.declined", "goal.counter_taken"];
    assert_eq!(told(&world, &market).await, kinds);
}

fn change(goal: &Goal) -> ChangeGoal {
    ChangeGoal { id: goal.id, target: None, from: None, until: None, note: None, version: None }
}

#[rstest]
#[tokio::test]
async fn the_pace_is_watched_every_day(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    sell(&world, &market, market.alpine.id, 4_000_000, "2026-10-20").await;
    let goal = world.ask(&market.manager, quarter(&market, Some(market.alpine.id), "100,000")).await.unwrap();
    world.ask(&market.alpine.owner, AgreeGoal { id: goal.id, version: None }).await.unwrap();
    world.run_jobs().await;
    assert_eq!(told(&world, &market).await, ["goal.proposed", "goal.agreed"], "on track is no news");
    for _ in 0..20 {
        world.advance(Span::days(1));
        world.run_jobs().await;
    }
    assert_eq!(told(&world, &market).await[2..], ["goal.behind"], "told once");
    sell(&world, &market, market.alpine.id, 3_000_000, "2026-11-21").await;
    world.advance(Span::days(1));
    world.run_jobs().await;
    sell(&world, &market, market.alpine.id, 3_000_000, "2026-11-22").await;
    world.advance(Span::days(1));
    world.run_jobs().await;
    assert_eq!(told(&world, &market).await[3..], ["goal.recovered", "goal.reached"]);
    for _ in 0..60 {
        world.advance(Span::days(1));
        world.run_jobs().await;
    }
    assert_eq!(told(&world, &market).await.len(), 5, "when it is over nobody looks any more");
}

#[rstest]
#[tokio::test]
async fn a_goal_is_shared_out_to_the_cent(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    sell(&world, &market, market.alpine.id, 3_000_000, "2026-08-20").await;
    sell(&world, &market, market.bluepeak.id, 1_000_000, "2026-08-20").await;
    let whole = world.ask(&market.owner, quarter(&market, None, "100,000.01")).await.unwrap();
    assert_eq!((whole.status, whole.partner), (Status::Set, None));
    let preview = world.ask(&market.owner, PreviewCascade { id: whole.id }).await.unwrap();
    let shares: Vec<_> = preview.shares.iter().map(|share| (share.before, share.target)).collect();
    assert_eq!(shares, [(3_000_000, 7_500_001), (1_000_000, 2_500_000)]);
    let done = world.ask(&market.owner, CascadeGoal { id: whole.id }).await.unwrap();
    assert_eq!(done.created, 2);
    let again = world.ask(&market.owner, CascadeGoal { id: whole.id }).await.unwrap();
    assert_eq!(again.created, 0, "who has such a goal gets no second");
    let theirs = world.ask(&market.alpine.sales, ListGoals::default()).await.unwrap();
    assert_eq!(
        (theirs.total, theirs.items[0].parent, theirs.items[0].target),
        (1, Some(whole.id), 7_500_001)
    );
    let all = world.ask(&market.analyst, ListGoals::default()).await.unwrap();
    assert_eq!(all.total, 3);
    let only = ListGoals { whole: Some(true), current: Some(true), ..ListGoals::default() };
    assert_eq!(world.ask(&market.analyst, only).await.unwrap().items.len(), 1);
    let first = ListGoals { limit: Some(2), ..ListGoals::default() };
    let first = world.ask(&market.analyst, first).await.unwrap();
    let rest = ListGoals { cursor: first.next_cursor, ..ListGoals::default() };
    let rest = world.ask(&market.analyst, rest).await.unwrap();
    assert_eq!((first.items.len(), rest.items.len()), (2, 1));
    assert!(first.items.iter().all(|one| one.id != rest.items[0].id));
    sell(&world, &market, market.alpine.id, 500, "2026-10-20").await;
    assert_eq!(seen(&world, &market.owner, &whole).await.unwrap().actual, 500);
    let dach = SetGoal { territory: Some("DACH".into()), ..quarter(&market, None, "1000") };
    let dach = world.ask(&market.owner, dach).await.unwrap();
    sell(&world, &market, market.bluepeak.id, 700, "2026-10-20").await;
    assert_eq!(seen(&world, &market.owner, &dach).await.unwrap().actual, 500, "Bluepeak is in the north");
}

#[rstest]
#[tokio::test]
async fn what_is_wrong_is_said_by_field(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let alpine = market.alpine.id;
    let wrong = async |ask: SetGoal| {
        let Err(Problem::Invalid { errors }) = world.ask(&market.owner, ask).await else {
            panic!("it is taken")
        };
        format!("{} {}", errors[0].field, errors[0].code)
    };
    let of = || quarter(&market, Some(alpine), "100,000");
    assert_eq!(wrong(SetGoal { target: "much".into(), ..of() }).await, "target amount");
    assert_eq!(wrong(SetGoal { target: "0".into(), ..of() }).await, "target range");
    assert_eq!(
        wrong(SetGoal { metric: Metric::Registrations, target: "4 or 5".into(), ..of() }).await,
        "target number"
    );
    assert_eq!(wrong(SetGoal { until: day("2026-09-30"), ..of() }).await, "until order");
    assert_eq!(wrong(SetGoal { until: day("2030-09-30"), ..of() }).await, "until too_long");
    assert_eq!(wrong(SetGoal { partner: Some(market.foreign.partner.id), ..of() }).await, "partner unknown");
    assert_eq!(wrong(SetGoal { program: market.foreign.program, ..of() }).await, "program unknown");
    assert_eq!(wrong(SetGoal { territory: Some("DACH".into()), ..of() }).await, "territory either");
    let goal = world.ask(&market.owner, of()).await.unwrap();
    assert_eq!(wrong(of()).await, "from taken");
    assert_eq!(world.ask(&market.analyst, of()).await.unwrap_err().code(), "role");
    let drop = DropGoal { id: goal.id, version: None };
    assert_eq!(world.ask(&market.owner, drop).await.unwrap().status, Status::Dropped);
    let anew = world.ask(&market.owner, of()).await.unwrap();
    let restore = world.ask(&market.owner, RestoreGoal { id: goal.id, version: None }).await.unwrap_err();
    assert!(restore.of_field("from").is_some(), "another took its place");
    assert_eq!(seen(&world, &market.foreign.owner, &anew).await, Err(Problem::NotFound));
    assert_eq!(seen(&world, &market.alpine.learner, &anew).await.unwrap_err().code(), "role");
}

#[rstest]
#[tokio::test]
async fn an_import_sets_what_it_can_and_says_what_it_cannot(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let row = |partner: &str, target: &str| GoalEntry {
        partner: partner.into(),
        territory: String::new(),
        metric: Metric::Registrations,
        target: target.into(),
        from: day("2026-10-01"),
        until: day("2026-12-31"),
        note: String::new(),
    };
    let goals = vec![
        row("alpine systems", "40"),
        row("Nobody", "40"),
        row(&market.bluepeak.id.to_string(), "1,200"),
        row("Alpine Systems", "41"),
        row("", "none"),
    ];
    let report = world.ask(&market.manager, ImportGoals { program: market.program, goals }).await.unwrap();
    assert_eq!((report.created, report.rejected), (2, 3));
    let code = |row: &crate::GoalRow| {
        row.errors.first().map_or(String::new(), |error| format!("{} {}", error.field, error.code))
    };
    let codes: Vec<String> = report.rows.iter().map(code).collect();
    assert_eq!(codes, ["", "partner unknown", "", "from taken", "target number"]);
    let all = world.ask(&market.analyst, ListGoals::default()).await.unwrap();
    assert_eq!(all.items.iter().map(|goal| goal.target).max(), Some(1200));
}

#[rstest]
#[tokio::test]
async fn a_territory_is_forecast_by_its_partners_of_today_and_money_is_converted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let ask = SetGoal { territory: Some("DACH".into()), ..quarter(&market, None, "100,000") };
    let goal = world.ask(&market.manager, ask).await.unwrap();
    for week in ["2026-08-10", "2026-08-31", "2026-09-14", "2026-09-28", "2026-10-12", "2026-10-26"] {
        sell(&world, &market, market.alpine.id, 1_000_000, week).await;
        sell(&world, &market, market.bluepeak.id, 7_000_000, week).await;
    }
    let seen_now = seen(&world, &market.manager, &goal).await.unwrap();
    assert_eq!(seen_now.actual, 2_000_000, "of the two weeks in October, Alpine's alone");
    let forecast = seen_now.forecast.unwrap();
    assert!(forecast.expected > 2_000_000 && forecast.expected < 9_000_000, "{forecast:?}");
}

//! Rules drafted, published for a day, brought back, taken back, compared and moved as files.
use base::db::Engine;
use base::testing::World;
use base::{Actor, Problem, ProgramId, Role, Span};
use rstest::rstest;

use super::{actor, program, vendor, world_of_programs};
use crate::{
    CompareRules, DiscardRulesDraft, EditRulesDraft, Edition, Engagement, ExportRules, GetProgram,
    GetRulesDraft, HeartbeatForm, ImportRules, ListProgramVersions, ProgramVersion, PublishRulesDraft,
    RollBackRules, RulesDraft, RulesForm, SaveRulesDraft, TypedAmount, VersionState, WithdrawRules, server,
};

async fn keep(world: &World, by: &Actor, id: ProgramId, change: impl Fn(&mut Engagement)) -> RulesDraft {
    let draft = world.ask(by, GetRulesDraft { id }).await.unwrap();
    let mut engagement = draft.engagement;
    change(&mut engagement);
    world.ask(by, SaveRulesDraft { id, version: Some(draft.version), engagement }).await.unwrap()
}

fn publish(id: ProgramId, day: Option<&str>) -> PublishRulesDraft {
    let in_force_on = day.map(|day| day.parse().unwrap());
    PublishRulesDraft { id, version: None, in_force_on, note: Some("Shorter".into()) }
}

async fn in_force(world: &World, id: ProgramId) -> (u32, Option<u32>) {
    let mut tx = world.parts.db().read().await.unwrap();
    let (_, number, rules) = server::rules(&mut tx, id).await.unwrap();
    (number, rules.protection_days)
}

async fn versions(world: &World, by: &Actor, id: ProgramId) -> Vec<ProgramVersion> {
    world.ask(by, ListProgramVersions { id, cursor: None, limit: None }).await.unwrap().items
}

#[rstest]
#[tokio::test]
async fn a_draft_decides_nothing_until_it_is_published(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world_of_programs!(engine);
    let owner = actor(vendor(&world, "Northwind").await, Role::VendorOwner);
    let id = program(&world, &owner).await.program.id;
    let before = world.ask(&owner, GetRulesDraft { id }).await.unwrap();
    assert_eq!((before.version, before.changed_at), (0, None));
    assert_eq!(world.ask(&owner, publish(id, None)).await.unwrap_err().code(), "no_draft");

    let kept = keep(&world, &owner, id, |rules| rules.protection_days = Some(60)).await;
    assert_eq!((kept.version, kept.based_on), (1, 1));
    assert_eq!(in_force(&world, id).await, (1, Some(90)));
    let late = SaveRulesDraft { id, version: Some(0), engagement: Engagement::default() };
    assert_eq!(world.ask(&owner, late).await, Err(Problem::Stale));

    let published = world.ask(&owner, publish(id, None)).await.unwrap();
    assert_eq!(
        (published.number, published.state, published.note.as_str()),
        (2, VersionState::InForce, "Shorter")
    );
    assert_eq!(in_force(&world, id).await, (2, Some(60)));
    assert_eq!(world.ask(&owner, GetRulesDraft { id }).await.unwrap().version, 0);
}

#[rstest]
#[tokio::test]
async fn a_version_with_a_date_comes_into_force_on_its_day(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world_of_programs!(engine).with_jobs(crate::JOBS);
    let owner = actor(vendor(&world, "Northwind").await, Role::VendorOwner);
    let id = program(&world, &owner).await.program.id;
    keep(&world, &owner, id, |rules| rules.protection_days = Some(60)).await;
    let past = world.ask(&owner, publish(id, Some("2026-11-01"))).await.unwrap_err();
    assert_eq!(past.of_field("in_force_on").unwrap().code, "in_the_past");
    let far = world.ask(&owner, publish(id, Some("2029-01-01"))).await.unwrap_err();
    assert_eq!(far.of_field("in_force_on").unwrap().code, "out_of_range");

    // The world begins on 2 November; the day begins at midnight in Berlin.
    let waiting = world.ask(&owner, publish(id, Some("2026-11-04"))).await.unwrap();
    assert_eq!(waiting.state, VersionState::Scheduled);
    assert_eq!(waiting.in_force_at, base::Timestamp::parse("2026-11-03T23:00:00Z").unwrap());
    world.run_jobs().await;
    assert_eq!(in_force(&world, id).await, (1, Some(90)));
    keep(&world, &owner, id, |rules| rules.protection_days = Some(30)).await;
    assert_eq!(world.ask(&owner, publish(id, None)).await.unwrap_err().code(), "rules_scheduled");

    world.advance(Span::days(2));
    world.run_jobs().await;
    assert_eq!(in_force(&world, id).await, (2, Some(60)));
    let states: Vec<_> = versions(&world, &owner, id).await.iter().map(|v| (v.number, v.state)).collect();
    assert_eq!(states, [(2, VersionState::InForce), (1, VersionState::Past)]);
    assert_eq!(world.ask(&owner, publish(id, None)).await.unwrap_err().code(), "draft_outdated");
}

#[rstest]
#[tokio::test]
async fn a_version_that_waits_can_be_taken_back(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world_of_programs!(engine).with_jobs(crate::JOBS);
    let owner = actor(vendor(&world, "Northwind").await, Role::VendorOwner);
    let id = program(&world, &owner).await.program.id;
    keep(&world, &owner, id, |rules| rules.protection_days = Some(60)).await;
    world.ask(&owner, publish(id, Some("2026-11-04"))).await.unwrap();
    let taken = world.ask(&owner, WithdrawRules { id, number: 2 }).await.unwrap();
    assert_eq!(taken.state, VersionState::Withdrawn);
    let again = world.ask(&owner, WithdrawRules { id, number: 2 }).await.unwrap_err();
    assert_eq!(again.code(), "rules_not_scheduled");
    world.advance(Span::days(5));
    world.run_jobs().await;
    assert_eq!(in_force(&world, id).await, (1, Some(90)));
    // Its number is not given again.
    keep(&world, &owner, id, |rules| rules.protection_days = Some(30)).await;
    assert_eq!(world.ask(&owner, publish(id, None)).await.unwrap().number, 3);
}

#[rstest]
#[tokio::test]
async fn going_back_publishes_the_old_rules_as_a_new_version(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world_of_programs!(engine);
    let owner = actor(vendor(&world, "Northwind").await, Role::VendorOwner);
    let id = program(&world, &owner).await.program.id;
    keep(&world, &owner, id, |rules| rules.protection_days = Some(60)).await;
    world.ask(&owner, publish(id, None)).await.unwrap();
    let back = |number| RollBackRules { id, version: None, number, in_force_on: None, note: None };
    assert_eq!(world.ask(&owner, back(2)).await.unwrap_err().code(), "rules_in_force");
    assert_eq!(world.ask(&owner, back(9)).await.unwrap_err().of_field("number").unwrap().code, "unknown");
    let old = world.ask(&owner, back(1)).await.unwrap();
    assert_eq!((old.number, old.same_as), (3, Some(1)));
    assert_eq!(in_force(&world, id).await, (3, Some(90)));
    let compare = CompareRules { id, from: Some(Edition::Version(1)), to: Some(Edition::Version(3)) };
    assert_eq!(world.ask(&owner, compare).await.unwrap().changes, []);
}

fn form() -> RulesForm {
    let text = |text: &str| Some(text.to_owned());
    let usual = Engagement::default();
    RulesForm {
        priority_mode: text("first_to_register"),
        protection_days: text("45"),
        max_extensions: text("1"),
        extension_days: text("30"),
        review_business_days: text("2"),
        escalate_to: text("program_admin"),
        grace_business_days: text("5"),
        max_returns: text("3"),
        minimum_value: TypedAmount { amount: text("1,000.00"), currency: text("EUR") },
        max_open_registrations: text("50"),
        heartbeat: HeartbeatForm { warn_days: text("21"), lapse_days: text("30") },
        secondary_share_percent: text("0"),
        material_change_percent: text("20"),
        appeal_business_days: text("10"),
        calendar: crate::CalendarForm {
            time_zone: text("Europe/Berlin"),
            workdays: usual.calendar.workdays.iter().map(|day| day.as_str().to_owned()).collect(),
            opens: text("09:00"),
            closes: text("17:00"),
            holidays: None,
        },
        ..RulesForm::default()
    }
}

#[rstest]
#[tokio::test]
async fn the_form_keeps_what_was_typed_or_says_where_it_is_wrong(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world_of_programs!(engine);
    let owner = actor(vendor(&world, "Northwind").await, Role::VendorOwner);
    let id = program(&world, &owner).await.program.id;
    let edit = |form| EditRulesDraft { id, version: None, form };
    let kept = world.ask(&owner, edit(form())).await.unwrap();
    assert_eq!(kept.engagement.protection_days, Some(45));
    assert_eq!(kept.engagement.minimum_value_minor, 100_000);
    let mut wrong = form();
    wrong.calendar.time_zone = Some("Mars/Olympus".into());
    let problem = world.ask(&owner, edit(wrong)).await.unwrap_err();
    assert_eq!(problem.of_field("calendar.time_zone").unwrap().code, "unknown");
}

#[rstest]
#[tokio::test]
async fn rules_travel_as_a_file(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world_of_programs!(engine);
    let owner = actor(vendor(&world, "Northwind").await, Role::VendorOwner);
    let id = program(&world, &owner).await.program.id;
    let kept = keep(&world, &owner, id, |rules| rules.protection_days = None).await;
    let file = world.ask(&owner, ExportRules { id, edition: Some(Edition::Draft) }).await.unwrap();
    assert_eq!(file.name, "partner-network-rules-draft.toml");
    world.ask(&owner, DiscardRulesDraft { id }).await.unwrap();
    let back = world.ask(&owner, ImportRules { id, version: None, toml: file.toml.clone() }).await.unwrap();
    assert_eq!(back.engagement, kept.engagement);
    let toml = file.toml.replace("max_returns = 3", "max_returns = 99");
    let problem = world.ask(&owner, ImportRules { id, version: None, toml }).await.unwrap_err();
    assert_eq!(problem.of_field("max_returns").unwrap().code, "out_of_range");
}

#[rstest]
#[tokio::test]
async fn who_does_not_write_rules_sees_no_draft(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world_of_programs!(engine);
    let northwind = vendor(&world, "Northwind").await;
    let owner = actor(northwind, Role::VendorOwner);
    let id = program(&world, &owner).await.program.id;
    keep(&world, &owner, id, |rules| rules.protection_days = Some(60)).await;
    let compare = CompareRules { id, from: None, to: Some(Edition::Draft) };
    for role in [Role::ChannelManager, Role::Analyst, Role::Marketer] {
        let other = actor(northwind, role);
        assert_eq!(world.ask(&other, GetRulesDraft { id }).await.unwrap_err().status(), 403);
        assert_eq!(world.ask(&other, compare.clone()).await.unwrap_err().status(), 403);
        assert_eq!(world.ask(&other, publish(id, None)).await.unwrap_err().status(), 403);
        assert!(world.ask(&other, CompareRules { to: None, ..compare.clone() }).await.is_ok());
    }
    let foreign = actor(vendor(&world, "Foreign").await, Role::VendorOwner);
    assert_eq!(world.ask(&foreign, GetRulesDraft { id }).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&foreign, compare).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&foreign, ExportRules { id, edition: None }).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&foreign, WithdrawRules { id, number: 1 }).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&owner, GetProgram { id }).await.unwrap().rules.number, 1);
}

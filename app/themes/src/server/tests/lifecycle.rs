//! Themes that wait, links to previews, and what a brand says, on both engines.
use base::db::{Engine, Tx};
use base::{Actor, Currency, Problem, Span, Timestamp};
use kit::Voice;
use programs::CreateProgram;
use rstest::rstest;

use super::*;
use crate::{
    EndThemeLink, ListThemeLinks, ListThemePresets, MakeThemeLink, OpenThemeLink, PublishScheduledTheme,
    ScheduleTheme, TakeBackTheme,
};

async fn told(world: &World, kind: &'static str) -> i64 {
    const SQL: &str = "select count(*) from event where kind = $1";
    let mut tx = world.parts.db().read().await.unwrap();
    let tx: &mut Tx = &mut tx;
    let count: sqlx::Result<i64> =
        base::on!(tx, |conn| sqlx::query_scalar(SQL).bind(kind).fetch_one(conn).await);
    count.unwrap()
}

fn wait(market: &Market, theme: Theme, at: Timestamp) -> ScheduleTheme {
    ScheduleTheme { id: market.brand, theme, note: "For spring".into(), at }
}

#[rstest]
#[tokio::test]
async fn a_theme_waits_and_is_published_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let world = world.with_jobs(crate::JOBS);
    let (owner, id) = (&market.owner, market.brand);
    let now = world.parts.clock().now();
    let past = world.ask(owner, wait(&market, colour("#0f766e"), now - Span::minutes(1))).await.unwrap_err();
    assert_eq!(past.of_field("at").unwrap().code, "past");
    assert_eq!(
        world.ask(&market.manager, wait(&market, colour("#0f766e"), now)).await.unwrap_err().code(),
        "role"
    );

    let at = now + Span::days(2);
    let waits = world.ask(owner, wait(&market, colour("#0f766e"), at)).await.unwrap();
    let scheduled = waits.scheduled.clone().unwrap();
    assert_eq!((scheduled.at, scheduled.note.as_str(), waits.published), (at, "For spring", None));
    let second = world.ask(owner, wait(&market, colour("#000000"), at)).await.unwrap_err();
    assert_eq!(second.code(), "waits_already");

    // What is made and published by hand meanwhile leaves it waiting.
    world.advance(Span::days(1));
    world.run_jobs().await;
    world.ask(owner, publish(&market, colour("#7c3aed"), None)).await.unwrap();
    let kept = world.ask(owner, keep(&market, colour("#b91c1c"), None)).await.unwrap();
    assert!(crate::rules::was_overtaken(&kept, &kept.scheduled.clone().unwrap()));
    assert_eq!(kept.published.unwrap().number, 1);

    world.advance(Span::days(1));
    world.run_jobs().await;
    let of = world.ask(owner, GetTheme { id }).await.unwrap();
    let version = of.published.unwrap();
    assert_eq!((version.number, version.theme, of.scheduled), (2, colour("#0f766e"), None));
    assert_eq!(
        (version.note.as_str(), version.published_by_name.as_str()),
        ("For spring", owner.name.as_str())
    );
    assert_eq!(of.draft, colour("#b91c1c"), "what is being made stays");
    let face = super::super::face(&world.parts, id).await.unwrap().unwrap();
    assert_eq!(face, crate::rules::css(&colour("#0f766e")));
    assert_eq!(told(&world, "brand.theme_published").await, 2);
    // A job that runs once more finds nothing.
    world.advance(Span::days(30));
    world.run_jobs().await;
    assert_eq!(told(&world, "brand.theme_published").await, 2);
}

#[rstest]
#[tokio::test]
async fn what_waits_is_taken_back_or_published_now(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let world = world.with_jobs(crate::JOBS);
    let (owner, id) = (&market.owner, market.brand);
    let at = world.parts.clock().now() + Span::hours(5);
    world.ask(owner, wait(&market, colour("#0f766e"), at)).await.unwrap();
    let back = world.ask(owner, TakeBackTheme { id }).await.unwrap();
    assert_eq!(back.scheduled, None);
    assert_eq!(world.ask(owner, TakeBackTheme { id }).await.unwrap_err().code(), "nothing_waits");
    assert_eq!(world.ask(owner, PublishScheduledTheme { id }).await.unwrap_err().code(), "nothing_waits");
    // Scheduled anew for another time, the first time brings nothing.
    let later = at + Span::hours(5);
    world.ask(owner, wait(&market, colour("#7c3aed"), later)).await.unwrap();
    world.advance(Span::hours(6));
    world.run_jobs().await;
    let of = world.ask(owner, GetTheme { id }).await.unwrap();
    assert_eq!((of.published.is_none(), of.scheduled.map(|one| one.at)), (true, Some(later)));
    let stranger = world.ask(&market.foreign.owner, PublishScheduledTheme { id }).await.unwrap_err();
    assert_eq!(stranger, Problem::NotFound);
    let now = world.ask(owner, PublishScheduledTheme { id }).await.unwrap();
    assert_eq!((now.worn, now.scheduled), (colour("#7c3aed"), None));
    world.advance(Span::hours(6));
    world.run_jobs().await;
    assert_eq!(told(&world, "brand.theme_published").await, 1);
    assert_eq!(told(&world, "brand.theme_taken_back").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_link_shows_the_theme_as_it_was(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let (owner, id, nobody) = (&market.owner, market.brand, Actor::nobody());
    let made = world.ask(owner, MakeThemeLink { id, theme: colour("#0f766e") }).await.unwrap();
    let token = made.url.rsplit('/').next().unwrap().to_owned();
    assert_eq!(made.url, format!("http://localhost:3000/preview/{token}"));
    assert!(token.len() >= 43, "{token}");
    world.ask(owner, keep(&market, colour("#000000"), None)).await.unwrap();
    let open = || OpenThemeLink { token: token.clone() };
    let shown = world.ask(&nobody, open()).await.unwrap();
    assert_eq!(shown.theme, colour("#0f766e"));
    assert_eq!(shown.expires_at, world.parts.clock().now() + Span::days(7));
    let path = format!("/preview/{token}");
    assert_eq!(super::super::shared_by(&world.parts, &path).await.unwrap(), Some(shown));
    assert_eq!(super::super::shared_by(&world.parts, "/preview/other").await.unwrap(), None);
    assert_eq!(super::super::shared_by(&world.parts, "/deals").await.unwrap(), None);

    // Strangers neither list nor end it.
    let foreign = &market.foreign.owner;
    assert_eq!(world.ask(foreign, ListThemeLinks { id }).await.unwrap_err(), Problem::NotFound);
    assert_eq!(
        world.ask(foreign, EndThemeLink { id, link: made.link.id }).await.unwrap_err(),
        Problem::NotFound
    );
    let listed = world.ask(owner, ListThemeLinks { id }).await.unwrap();
    assert_eq!(listed.items, std::slice::from_ref(&made.link));
    assert!(!serde_json::to_string(&listed).unwrap().contains(&token));
    world.ask(owner, EndThemeLink { id, link: made.link.id }).await.unwrap();
    assert_eq!(world.ask(&nobody, open()).await.unwrap_err(), Problem::NotFound);
    let again = world.ask(owner, EndThemeLink { id, link: made.link.id }).await.unwrap_err();
    assert_eq!(again, Problem::NotFound);

    // Seven days, and twenty at a time.
    for _ in 0..20 {
        world.ask(owner, MakeThemeLink { id, theme: colour("#0f766e") }).await.unwrap();
    }
    let full = world.ask(owner, MakeThemeLink { id, theme: colour("#0f766e") }).await.unwrap_err();
    assert_eq!(full.code(), "too_many_links");
    world.advance(Span::days(7));
    assert_eq!(world.ask(owner, ListThemeLinks { id }).await.unwrap().total, 0);
    let made = world.ask(owner, MakeThemeLink { id, theme: colour("#0f766e") }).await.unwrap();
    world.advance(Span::days(7));
    let token = made.url.rsplit('/').next().unwrap().to_owned();
    assert_eq!(world.ask(&nobody, OpenThemeLink { token }).await.unwrap_err(), Problem::NotFound);
}

#[rstest]
#[tokio::test]
async fn what_a_brand_says_is_kept_with_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let (owner, id) = (&market.owner, market.brand);
    let said = async || access::server::voice_of(&world.parts, id).await.unwrap().unwrap().1;
    assert!(said().await.is_silent());
    let program = || CreateProgram {
        brand: id,
        name: "Alps".into(),
        slug: None,
        currency: None,
        time_zone: None,
        engagement: None,
    };
    let none = world.ask(owner, program()).await.unwrap_err();
    assert_eq!(none.of_field("currency").unwrap().code, "required");
    let voice = Voice { footer: "Aurora Inc.".into(), currency: Some(Currency::CHF), ..Voice::default() };
    let theme = Theme { voice: voice.clone(), ..colour("#0f766e") };
    world.ask(owner, keep(&market, theme.clone(), None)).await.unwrap();
    assert!(said().await.is_silent(), "a draft says nothing to anybody");
    world.ask(owner, publish(&market, theme, None)).await.unwrap();
    assert_eq!(said().await, voice);
    let made = world.ask(owner, program()).await.unwrap();
    assert_eq!(made.program.currency, Currency::CHF);
    // Published without words, the brand is silent again.
    world.ask(owner, publish(&market, colour("#0f766e"), None)).await.unwrap();
    assert!(said().await.is_silent());
}

#[rstest]
#[tokio::test]
async fn presets_are_listed_for_those_who_read_brands(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let all = world.ask(&market.owner, ListThemePresets {}).await.unwrap();
    assert_eq!(all.items, crate::rules::presets());
    world.ask(&market.owner, publish(&market, all.items[0].theme.clone(), None)).await.unwrap();
}

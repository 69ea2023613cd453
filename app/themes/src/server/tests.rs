//! Themes through the verbs, on both engines.
use base::Problem;
use base::db::Engine;
use base::testing::World;
use palette::Rgb;
use partners::fixtures::{Market, market};
use rstest::rstest;

use crate::{
    DiscardThemeDraft, GetTheme, GetThemeTokens, KeepThemeDraft, ListThemeVersions, PublishTheme,
    RollBackTheme, Theme,
};

macro_rules! market {
    ($engine:expr) => {{
        let mut tables = deals::server::tables();
        tables.push(crate::MIGRATIONS());
        let Some(world) = World::try_new($engine, &tables).await else { return };
        let market = market(&world).await;
        (world, market)
    }};
}

mod lifecycle;

fn colour(text: &str) -> Theme {
    Theme::of(text.parse::<Rgb>().unwrap())
}

fn keep(market: &Market, theme: Theme, version: Option<u32>) -> KeepThemeDraft {
    KeepThemeDraft { id: market.brand, theme, version }
}

fn publish(market: &Market, theme: Theme, version: Option<u32>) -> PublishTheme {
    PublishTheme { id: market.brand, theme, note: " New face ".into(), version }
}

#[rstest]
#[tokio::test]
async fn a_theme_is_drafted_published_and_brought_back(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let (owner, id) = (&market.owner, market.brand);
    let before = world.ask(owner, GetTheme { id }).await.unwrap();
    assert_eq!((before.published.is_none(), before.version, before.based_on), (true, 0, 0));
    assert_eq!(before.worn, before.draft);
    assert_eq!(super::face(&world.parts, id).await.unwrap(), None);

    let kept = world.ask(owner, keep(&market, colour("#0f766e"), Some(0))).await.unwrap();
    assert_eq!((kept.version, &kept.draft, &kept.worn), (1, &colour("#0f766e"), &before.worn));
    // A second window that saw nothing of it is told.
    let stale = world.ask(owner, keep(&market, colour("#000000"), Some(0))).await;
    assert_eq!(stale.unwrap_err(), Problem::Stale);
    assert_eq!(super::face(&world.parts, id).await.unwrap(), None, "a draft is worn by nobody");

    let first = world.ask(owner, publish(&market, colour("#0f766e"), Some(1))).await.unwrap();
    let version = first.published.unwrap();
    assert_eq!((version.number, version.note.as_str(), first.version), (1, "New face", 0));
    let face = super::face(&world.parts, id).await.unwrap().unwrap();
    assert_eq!(face, crate::rules::css(&colour("#0f766e")));
    let tokens = world.ask(owner, GetThemeTokens { id }).await.unwrap();
    assert_eq!(tokens.light["accent"], "#0f766e");

    world.ask(owner, publish(&market, colour("#ffdd00"), None)).await.unwrap();
    let tokens = world.ask(&market.alpine.owner, GetThemeTokens { id }).await.unwrap();
    assert!(
        tokens.corrections.iter().any(|moved| moved.token == "accent" && moved.mode == "light"),
        "{tokens:?}"
    );
    let worn = world.ask(owner, RollBackTheme { id, number: 2 }).await.unwrap_err();
    assert_eq!(worn.code(), "worn_already");
    let back = world.ask(owner, RollBackTheme { id, number: 1 }).await.unwrap();
    assert_eq!((back.worn, back.published.unwrap().same_as), (colour("#0f766e"), Some(1)));
    let all = world.ask(owner, ListThemeVersions { id, cursor: None, limit: Some(2) }).await.unwrap();
    let numbers: Vec<u32> = all.items.iter().map(|version| version.number).collect();
    assert_eq!((numbers, all.total), (vec![3, 2], 3));
    let rest =
        world.ask(owner, ListThemeVersions { id, cursor: all.next_cursor, limit: Some(2) }).await.unwrap();
    assert_eq!((rest.items.len(), rest.next_cursor), (1, None));
}

#[rstest]
#[tokio::test]
async fn a_draft_is_thrown_away_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let (owner, id) = (&market.owner, market.brand);
    world.ask(owner, keep(&market, colour("#0f766e"), None)).await.unwrap();
    for _ in 0..2 {
        let gone = world.ask(owner, DiscardThemeDraft { id }).await.unwrap();
        assert_eq!((gone.version, gone.draft), (0, gone.worn));
    }
}

#[rstest]
#[tokio::test]
async fn a_brand_is_dressed_by_its_own_people(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let id = market.brand;
    assert_eq!(world.ask(&market.manager, GetTheme { id }).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.alpine.owner, GetTheme { id }).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.foreign.owner, GetTheme { id }).await.unwrap_err(), Problem::NotFound);
    assert_eq!(world.ask(&market.foreign.owner, GetThemeTokens { id }).await.unwrap_err(), Problem::NotFound);
    let mut wrong = colour("#0f766e");
    wrong.radius = 40;
    let problem = world.ask(&market.owner, keep(&market, wrong, None)).await.unwrap_err();
    assert!(problem.of_field("theme.radius").is_some(), "{problem:?}");
}

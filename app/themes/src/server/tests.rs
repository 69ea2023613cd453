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

/// What the route of a style answers: status, what is kept and for how long, and the style.
async fn style(world: &World, actor: &base::Actor, path: &str, known: &str) -> (u16, String, String) {
    use tower::ServiceExt as _;
    let routes = super::face_routes().layer(axum::Extension(actor.clone())).with_state(world.parts.clone());
    let request = axum::http::Request::get(path).header("if-none-match", known);
    let response = routes.oneshot(request.body(axum::body::Body::empty()).unwrap()).await.unwrap();
    let kept = response.headers().get("cache-control").and_then(|value| value.to_str().ok());
    let (status, kept) = (response.status().as_u16(), kept.unwrap_or_default().to_owned());
    let body = axum::body::to_bytes(response.into_body(), 100_000).await.unwrap();
    (status, kept, String::from_utf8(body.to_vec()).unwrap())
}

fn css_of(dressing: &str) -> String {
    serde_json::from_str::<kit::Dressing>(dressing).unwrap().css
}

#[rstest]
#[tokio::test]
async fn a_style_is_read_by_its_number_and_stays_the_same(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let (owner, partner) = (&market.owner, &market.alpine.sales);
    let path = format!("/api/v1/brands/{}/face", market.brand);
    let (status, kept, css) = style(&world, partner, &path, "").await;
    assert_eq!((status, kept.as_str()), (200, "private, no-cache"));
    assert!(css.contains(":root{--hue:"), "a brand without a theme has its hue: {css}");
    world.ask(owner, publish(&market, colour("#0f766e"), None)).await.unwrap();
    world.ask(owner, publish(&market, colour("#7c3aed"), None)).await.unwrap();
    let first = kit::paths::face(market.brand, 1);
    let forever = "private, max-age=31536000, immutable";
    let (status, kept, css) = style(&world, partner, &first, "").await;
    assert_eq!((status, kept.as_str()), (200, forever));
    assert_eq!(css_of(&css), crate::rules::css(&colour("#0f766e")));
    let (_, _, now) = style(&world, partner, &path, "").await;
    assert_eq!(css_of(&now), crate::rules::css(&colour("#7c3aed")));
    assert_eq!(style(&world, partner, &path, "\"2\"").await.0, 304);
    assert_eq!(style(&world, partner, &path, "\"1\"").await.0, 200);
    for (actor, path) in [
        (partner, kit::paths::face(market.brand, 3)),
        (&market.foreign.owner, path.clone()),
        (&market.foreign.owner, first),
        (partner, "/api/v1/brands/nonsense/face".to_owned()),
    ] {
        assert_eq!(style(&world, actor, &path, "").await.0, 404, "{path}");
    }
    assert_eq!(style(&world, &base::Actor::nobody(), &path, "").await.0, 401);
    // Whoever goes over to the brand knows by which number to ask.
    let me = world.ask(partner, access::WhoAmI {}).await.unwrap();
    assert_eq!(me.program.unwrap().face, 2);
}

#[rstest]
#[tokio::test]
async fn mails_and_paper_wear_what_was_published(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let house =
        super::letter_face(&mut world.parts.db().read().await.unwrap(), &world.parts, None).await.unwrap();
    assert_eq!((house.worn.name.as_str(), house.from), ("Rialto", None));
    let brand = Some(market.brand);
    let before =
        super::letter_face(&mut world.parts.db().read().await.unwrap(), &world.parts, brand).await.unwrap();
    world.ask(&market.owner, publish(&market, colour("#0f766e"), None)).await.unwrap();
    let sender =
        super::letter_face(&mut world.parts.db().read().await.unwrap(), &world.parts, brand).await.unwrap();
    assert_ne!(before.worn, sender.worn);
    assert_eq!(sender.worn.light.accent, "#0f766e");
    assert_ne!(sender.worn.dark.ground, sender.worn.light.ground);
    let from = sender.from.unwrap();
    assert_eq!(
        (from.name.as_str(), from.email.as_str()),
        ("Northwind", ""),
        "its name, at the usual address"
    );
    let mut tx = world.parts.db().read().await.unwrap();
    let paper = super::paper_face(&mut tx, market.brand).await.unwrap().unwrap();
    assert_eq!(paper.name, "Northwind");
    assert!(palette::contrast::ratio(paper.colour, Rgb::WHITE) >= 4.5, "{paper:?}");
}

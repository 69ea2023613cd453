//! Pictures through the verbs and over HTTP, on both engines.
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use base::Problem;
use base::db::Engine;
use base::testing::World;
use partners::fixtures::{Market, market};
use rstest::rstest;
use tower::ServiceExt as _;

use super::{media_routes, upload};
use crate::{
    BrandPicture, GetTheme, KeepThemeDraft, ListBrandPictures, PictureUse, PublishTheme, RemoveBrandPicture,
    Rgb, RollBackTheme, Theme,
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

/// A picture that no other letter has.
fn letter(letter: char) -> Vec<u8> {
    pictures::monogram_icon(Some(letter), [46, 98, 201], Err(96)).unwrap()
}

async fn uploaded(world: &World, market: &Market, purpose: PictureUse, bytes: Vec<u8>) -> BrandPicture {
    upload(&world.parts, &market.owner, market.brand, purpose, bytes).await.unwrap()
}

fn wearing(pictures: &[&BrandPicture]) -> Theme {
    let mut theme = Theme::of(Rgb::new(0x2e, 0x62, 0xc9));
    for picture in pictures {
        theme.wear(picture.purpose, Some(picture.hash.clone()));
    }
    theme
}

async fn get(world: &World, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    let router = media_routes().with_state(world.parts.clone());
    let response = router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    let (head, body) = response.into_parts();
    (head.status, head.headers, to_bytes(body, 1 << 20).await.unwrap().to_vec())
}

#[rstest]
#[tokio::test]
async fn a_picture_is_uploaded_worn_published_and_brought_back(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let (owner, id) = (&market.owner, market.brand);
    let logo = uploaded(&world, &market, PictureUse::Logo, letter('A')).await;
    let again = uploaded(&world, &market, PictureUse::Logo, letter('A')).await;
    assert_eq!(again, logo, "the same picture is the same picture");
    let mark = uploaded(&world, &market, PictureUse::Mark, letter('B')).await;
    let all = world.ask(owner, ListBrandPictures { id }).await.unwrap();
    assert_eq!((all.items.len(), all.bytes), (2, logo.bytes + mark.bytes));

    let theme = wearing(&[&logo, &mark]);
    let kept = world.ask(owner, KeepThemeDraft { id, theme: theme.clone(), version: None }).await.unwrap();
    assert_eq!(kept.draft, theme);
    let publish = |theme: Theme| PublishTheme { id, theme, note: String::new(), version: None };
    world.ask(owner, publish(theme.clone())).await.unwrap();
    assert_eq!(
        super::worn(&world.parts, id).await.unwrap().unwrap().emblem().logo,
        Some(logo.address.clone())
    );
    world.ask(owner, publish(wearing(&[&logo]))).await.unwrap();
    let back = world.ask(owner, RollBackTheme { id, number: 1 }).await.unwrap();
    assert_eq!(back.worn, theme);
    // What a version wears stays, for it can be brought back.
    let worn = world.ask(owner, RemoveBrandPicture { id, picture: mark.hash.clone() }).await.unwrap_err();
    assert_eq!(worn.code(), "picture_worn");
}

#[rstest]
#[tokio::test]
async fn a_theme_wears_only_pictures_that_there_are(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let (owner, id) = (&market.owner, market.brand);
    let logo = uploaded(&world, &market, PictureUse::Logo, letter('A')).await;
    let keep = |theme: Theme| KeepThemeDraft { id, theme, version: None };
    let mut wrong = Theme::of(Rgb::BLACK);
    wrong.wear(PictureUse::Mark, "0f".repeat(32).parse().ok());
    let problem = world.ask(owner, keep(wrong.clone())).await.unwrap_err();
    assert!(problem.of_field("theme.mark").is_some(), "{problem:?}");
    // A logo has no forms of a mark; a logo for dark grounds it can be.
    wrong.wear(PictureUse::Mark, Some(logo.hash.clone()));
    assert!(world.ask(owner, keep(wrong.clone())).await.unwrap_err().of_field("theme.mark").is_some());
    wrong.wear(PictureUse::Mark, None);
    wrong.wear(PictureUse::LogoDark, Some(logo.hash.clone()));
    world.ask(owner, keep(wrong.clone())).await.unwrap();
    let publish = PublishTheme { id, theme: wrong, note: String::new(), version: None };
    world.ask(owner, publish).await.unwrap();
    assert_eq!(world.ask(owner, GetTheme { id }).await.unwrap().worn.logo_dark, Some(logo.hash));
}

#[rstest]
#[tokio::test]
async fn pictures_are_the_brand_s_own_people_s(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let id = market.brand;
    let logo = uploaded(&world, &market, PictureUse::Logo, letter('A')).await;
    for (who, code) in
        [(&market.manager, "role"), (&market.alpine.owner, "role"), (&market.foreign.owner, "not_found")]
    {
        let given = upload(&world.parts, who, id, PictureUse::Logo, letter('C')).await;
        assert_eq!(given.unwrap_err().code(), code);
        assert_eq!(world.ask(who, ListBrandPictures { id }).await.unwrap_err().code(), code);
        let remove = RemoveBrandPicture { id, picture: logo.hash.clone() };
        assert_eq!(world.ask(who, remove).await.unwrap_err().code(), code);
    }
    assert_eq!(world.ask(&market.owner, ListBrandPictures { id }).await.unwrap().items, [logo]);
}

#[rstest]
#[tokio::test]
async fn what_is_refused_is_told_and_nothing_is_kept(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let id = market.brand;
    let script =
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><script/></svg>".to_vec();
    let refused = upload(&world.parts, &market.owner, id, PictureUse::Logo, script).await.unwrap_err();
    assert_eq!(refused.of_field("file").map(|fault| fault.code.as_ref()), Some("svg_script"));
    assert_eq!(world.ask(&market.owner, ListBrandPictures { id }).await.unwrap().items, []);
}

#[rstest]
#[tokio::test]
async fn a_picture_that_nothing_wears_is_removed_with_its_files(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let (owner, id) = (&market.owner, market.brand);
    let hero = uploaded(&world, &market, PictureUse::Hero, letter('A')).await;
    assert_eq!(get(&world, &hero.address).await.0, StatusCode::OK);
    let left = world.ask(owner, RemoveBrandPicture { id, picture: hero.hash.clone() }).await.unwrap();
    assert_eq!((left.items.len(), left.bytes), (0, 0));
    assert_eq!(get(&world, &hero.address).await.0, StatusCode::NOT_FOUND);
    let gone = world.ask(owner, RemoveBrandPicture { id, picture: hero.hash }).await;
    assert_eq!(gone.unwrap_err(), Problem::NotFound);
}

#[rstest]
#[tokio::test]
async fn there_is_room_for_so_many(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let one = |number: u8| pictures::monogram_icon(None, [number, 9, 9], Err(32)).unwrap();
    for number in 0..super::pictures::MOST as u8 {
        uploaded(&world, &market, PictureUse::Favicon, one(number)).await;
    }
    let more = upload(&world.parts, &market.owner, market.brand, PictureUse::Favicon, one(200)).await;
    assert_eq!(more.unwrap_err().code(), "pictures_full");
}

#[rstest]
#[tokio::test]
async fn what_is_handed_out_can_do_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let mark = uploaded(&world, &market, PictureUse::Mark, letter('A')).await;
    let of = |form: &str| mark.hash.address(form);
    let paths = [
        (of("64.png"), "image/png"),
        (of("touch-2e62c9.png"), "image/png"),
        (of("maskable-ffdd00.png"), "image/png"),
        ("/media/4e-2e62c9/icon.svg".to_owned(), "image/svg+xml"),
        ("/media/4e-2e62c9/512.png".to_owned(), "image/png"),
        ("/media/0-ffffff/maskable.png".to_owned(), "image/png"),
    ];
    for (path, kind) in paths {
        let (status, headers, bytes) = get(&world, &path).await;
        assert_eq!((status, bytes.is_empty()), (StatusCode::OK, false), "{path}");
        let header = |name: &str| headers[name].to_str().unwrap();
        assert_eq!(header("content-type"), kind);
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("cross-origin-resource-policy"), "cross-origin");
        assert!(
            header("content-security-policy").starts_with("default-src 'none'")
                && header("content-security-policy").ends_with("sandbox")
        );
        assert!(header("cache-control").contains("immutable"));
    }
    for path in [
        of("hero.jpg"),
        of("65.png"),
        of("touch-2E62C9.png"),
        of("touch-.png"),
        of("..%2f..%2f..%2frialto.db"),
        format!("/media/{}/64.png", "0".repeat(64)),
        "/media/..%2f..%2fsigning.key/64.png".to_owned(),
        "/media/%2e%2e/64.png".to_owned(),
        "/media/4e-2e62c9/64.png".to_owned(),
        "/media/646f-2e62c9/icon.svg".to_owned(),
    ] {
        assert_eq!(get(&world, &path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[rstest]
#[tokio::test]
async fn a_device_is_told_of_the_brand(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let (owner, id) = (&market.owner, market.brand);
    let name = world.ask(owner, GetTheme { id }).await.unwrap().brand_name;
    let path = kit::paths::manifest(id);
    let read = async || {
        let (status, headers, bytes) = get(&world, &path).await;
        assert_eq!(
            (status, headers["content-type"].to_str().unwrap()),
            (StatusCode::OK, "application/manifest+json")
        );
        String::from_utf8(bytes).unwrap()
    };
    let plain = read().await;
    assert!(plain.contains(&name) && plain.contains("/512.png"), "{plain}");
    let mark = uploaded(&world, &market, PictureUse::Mark, letter('A')).await;
    let publish = PublishTheme { id, theme: wearing(&[&mark]), note: String::new(), version: None };
    world.ask(owner, publish).await.unwrap();
    let marked = read().await;
    assert!(marked.contains(&mark.hash.address("maskable-2e62c9.png")), "{marked}");
    assert!(marked.contains("#2e62c9"), "{marked}");
    let unknown = "/brands/brand_01h455vb4pex5vsknk084sn02q/site.webmanifest";
    assert_eq!(get(&world, unknown).await.0, StatusCode::NOT_FOUND);
}

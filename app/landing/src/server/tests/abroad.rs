//! Under which names pages are found, and what search engines are told.
use axum::http::StatusCode;
use base::BrandId;
use base::db::Engine;
use rstest::rstest;

use super::stage;

#[rstest]
#[tokio::test]
async fn under_a_brand_s_own_name_only_its_pages_are_found(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let other = BrandId(base::reexport::uuid::Uuid::from_bytes([9; 16]));
    let path = stage.path();
    assert_eq!(stage.get_at(stage.market.brand, &path).await.status, StatusCode::OK);
    let stranger = stage.get_at(other, &path).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    assert!(
        !stranger.text().contains("Alpine") && !stranger.text().contains("security"),
        "{}",
        stranger.text()
    );
    for file in ["post.png", "event.ics", "motif/shield.png"] {
        assert_eq!(
            stage.get_at(other, &format!("{path}/{file}")).await.status,
            StatusCode::NOT_FOUND,
            "{file}"
        );
    }
}

#[rstest]
#[tokio::test]
async fn search_engines_are_told_of_open_pages(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let map = stage.get("/sitemap.xml").await;
    assert_eq!(map.header("content-type"), "application/xml; charset=utf-8");
    let place = format!("<loc>http://localhost:3000{}</loc><lastmod>2026-11-02</lastmod>", stage.path());
    assert!(map.text().contains(&place), "{}", map.text());
    let other = BrandId(base::reexport::uuid::Uuid::from_bytes([9; 16]));
    assert!(!stage.get_at(other, "/sitemap.xml").await.text().contains("<loc>"));
    assert!(stage.get_at(stage.market.brand, "/sitemap.xml").await.text().contains(&stage.campaign.slug));
}

//! What partners take along.
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use base::Actor;
use base::db::Engine;
use campaigns::CreateCampaign;
use kits::RecallKit;
use rstest::rstest;
use tower::ServiceExt as _;

use super::{Stage, stage};

async fn taken(stage: &Stage, actor: &Actor, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    let router = crate::routes().with_state(stage.world.parts.clone());
    let mut request = Request::get(format!("/api/v1/campaigns/{path}")).body(Body::empty()).unwrap();
    request.extensions_mut().insert(actor.clone());
    let (head, body) = router.oneshot(request).await.unwrap().into_parts();
    (head.status, head.headers, to_bytes(body, 8 << 20).await.unwrap().to_vec())
}

#[rstest]
#[tokio::test]
async fn every_piece_has_its_files(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let partner = &stage.market.alpine.owner;
    for (file, media, begin) in [
        ("page/qr.svg", "image/svg+xml", &b"<svg"[..]),
        ("post/post.png", "image/png", b"\x89PNG"),
        ("post/post.txt", "text/plain; charset=utf-8", b""),
        ("banner/banner-300x250.png", "image/png", b"\x89PNG"),
        ("banner/banner-1200x628.png", "image/png", b"\x89PNG"),
        ("paper/one-pager.pdf", "application/pdf", b"%PDF"),
        ("invitation/event.ics", "text/calendar; charset=utf-8", b"BEGIN:VCALENDAR"),
    ] {
        let (status, headers, bytes) = taken(&stage, partner, &format!("{}/assets/{file}", stage.id())).await;
        assert_eq!(status, StatusCode::OK, "{file}");
        assert_eq!(headers["content-type"], media, "{file}");
        assert!(bytes.starts_with(begin) && !bytes.is_empty(), "{file}");
        let name = file.rsplit('/').next().unwrap();
        let as_file = format!("attachment; filename=\"{}-{name}\"", stage.campaign.slug);
        assert_eq!(headers["content-disposition"], as_file.as_str());
    }
    let (.., text) = taken(&stage, partner, &format!("{}/assets/post/post.txt", stage.id())).await;
    assert!(String::from_utf8(text).unwrap().contains(&stage.path()), "the post leads to the page");
}

#[rstest]
#[tokio::test]
async fn only_those_who_see_the_campaign_take_its_files(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let file = format!("{}/assets/page/qr.svg", stage.id());
    assert_eq!(taken(&stage, &stage.market.manager, &file).await.0, StatusCode::OK);
    for (actor, status) in [
        (&stage.market.bluepeak.owner, StatusCode::NOT_FOUND),
        (&stage.market.foreign.manager, StatusCode::NOT_FOUND),
        (&stage.market.alpine.learner, StatusCode::FORBIDDEN),
        (&Actor::nobody(), StatusCode::UNAUTHORIZED),
    ] {
        assert_eq!(taken(&stage, actor, &file).await.0, status, "{}", actor.name);
    }
    for odd in [
        "page/post.png",
        "nothing/qr.svg",
        "page/..%2fqr.svg",
        "banner/banner-1x1.png",
        "page/qr.svg%0d%0aX:1",
    ] {
        let answer = taken(&stage, &stage.market.alpine.owner, &format!("{}/assets/{odd}", stage.id())).await;
        assert_eq!(answer.0, StatusCode::NOT_FOUND, "{odd}");
    }
    assert_eq!(
        taken(&stage, &stage.market.alpine.owner, "cmp_x/assets/page/qr.svg").await.0,
        StatusCode::NOT_FOUND
    );
}

#[rstest]
#[tokio::test]
async fn nothing_is_taken_before_it_may_go_out_or_after_it_was_called_back(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let partner = &stage.market.alpine.owner;
    let create = CreateCampaign { kit: stage.kit.id, name: None, language: None };
    let draft = stage.world.ask(partner, create).await.unwrap();
    let of_draft = format!("{}/assets/page/qr.svg", draft.id);
    let (status, _, body) = taken(&stage, partner, &of_draft).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(String::from_utf8(body).unwrap().contains("not_launched"));
    assert_eq!(taken(&stage, &stage.market.manager, &of_draft).await.0, StatusCode::OK, "the vendor looks");
    let recall = RecallKit { id: stage.kit.id, number: None, reason: "Wrong".into() };
    stage.world.ask(&stage.market.owner, recall).await.unwrap();
    stage.world.run_jobs().await;
    let (status, _, body) = taken(&stage, partner, &format!("{}/assets/page/qr.svg", stage.id())).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(String::from_utf8(body).unwrap().contains("\"over\""));
}

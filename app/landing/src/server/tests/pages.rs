//! What visitors see.
use axum::http::StatusCode;
use base::db::Engine;
use base::{Problem, Span};
use campaigns::{ArchiveCampaign, PauseCampaign};
use kits::RecallKit;
use rstest::rstest;

use super::stage;
use crate::GetVisits;

#[rstest]
#[tokio::test]
async fn a_page_is_seen_by_everybody_and_runs_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let page = stage.get(&stage.path()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.header("cache-control"), "public, max-age=60");
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("'sha256-") && !policy.contains("script"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'self'") && policy.contains("form-action 'self'"), "{policy}");
    let text = page.text();
    assert!(text.contains("Look at your security") && text.contains("<form method=\"post\""), "{text}");
    assert!(!text.contains("<script") && !text.contains(" style=\""), "nothing that the policy refuses");
    assert!(text.contains(&format!("action=\"{}#form\"", stage.path())), "{text}");
    assert!(!text.contains(" src=\"http"), "pictures come from the host that shows the page: {text}");
    let other = stage.get(&stage.path()).await;
    assert_eq!(other.bytes, page.bytes, "everybody has the same bytes");
}

#[rstest]
#[tokio::test]
async fn a_page_that_is_known_is_not_sent_again(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let page = stage.get(&stage.path()).await;
    let tag = page.header("etag").to_owned();
    let again = stage.get_with(&stage.path(), &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(again.header("etag"), tag);
    let small = stage.get_with(&stage.path(), &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(small.header("content-encoding"), "br");
    let mut whole = Vec::new();
    brotli::BrotliDecompress(&mut small.bytes.as_slice(), &mut whole).unwrap();
    assert_eq!(whole, page.bytes);
    assert!(small.bytes.len() < 25_000, "{} bytes on the way", small.bytes.len());
    let head = axum::http::Request::head(stage.path()).body(axum::body::Body::empty()).unwrap();
    let head = stage.send(head).await;
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
}

#[rstest]
#[tokio::test]
async fn what_is_called_back_or_over_is_gone_at_once_and_the_partner_stays(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    assert_eq!(stage.get(&stage.path()).await.status, StatusCode::OK);
    let seal = stage.get(&stage.path()).await.seal();
    let reason = "The offer is wrong.".to_owned();
    stage.world.ask(&stage.market.owner, RecallKit { id: stage.kit.id, number: None, reason }).await.unwrap();
    stage.world.run_jobs().await;
    let gone = stage.get(&stage.path()).await;
    assert_eq!(gone.status, StatusCode::GONE, "{}", gone.text());
    let text = gone.text();
    assert!(text.contains("This offer has ended") && text.contains("Alpine"), "{text}");
    assert!(!text.contains("<form") && !text.contains("The offer is wrong"), "{text}");
    assert_eq!(gone.header("x-robots-tag"), "noindex");
    let late = stage.post(&stage.path(), &[("seal", &seal), ("email", "a@b.test")]).await;
    assert_eq!(late.status, StatusCode::GONE);
    assert_eq!(stage.get(&format!("{}/event.ics", stage.path())).await.status, StatusCode::NOT_FOUND);
    assert!(!stage.get("/sitemap.xml").await.text().contains(&stage.campaign.slug));
    assert_eq!(stage.leads().await, []);
}

#[rstest]
#[tokio::test]
async fn a_campaign_that_was_put_away_is_gone(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    assert_eq!(stage.get(&stage.path()).await.status, StatusCode::OK);
    let archive = ArchiveCampaign { id: stage.id(), version: None };
    stage.world.ask(&stage.market.alpine.owner, archive).await.unwrap();
    assert_eq!(stage.get(&stage.path()).await.status, StatusCode::GONE);
}

#[rstest]
#[tokio::test]
async fn what_is_no_page_says_so(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    for path in ["/l/nothing-here", "/l/%2e%2e", "/l/A", "/l/a%00b", "/l/%ff", "/l/a/motif/nothing.png"] {
        let answer = stage.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text().contains("There is no such page"), "{path}: {}", answer.text());
    }
    let french = stage.get_with("/l/rien", &[("accept-language", "fr-FR,fr;q=0.9")]).await.text();
    assert!(french.contains("Cette page n’existe pas"), "{french}");
}

#[rstest]
#[tokio::test]
async fn the_files_of_a_page_are_handed_out(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let calendar = stage.get(&format!("{}/event.ics", stage.path())).await;
    assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
    let text = calendar.text();
    assert!(text.starts_with("BEGIN:VCALENDAR") && text.contains("20261210T090000Z"), "{text}");
    assert!(text.contains(&stage.id().to_string()), "named for good: {text}");
    for file in ["post.png", "motif/shield.png"] {
        let picture = stage.get(&format!("{}/{file}", stage.path())).await;
        assert_eq!((picture.status, picture.header("content-type")), (StatusCode::OK, "image/png"), "{file}");
        assert!(picture.bytes.starts_with(b"\x89PNG"), "{file}");
        assert_eq!(picture.header("content-security-policy"), "default-src 'none'; sandbox");
        let tag = picture.header("etag").to_owned();
        let again = stage.get_with(&format!("{}/{file}", stage.path()), &[("if-none-match", &tag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{file}");
    }
}

#[rstest]
#[tokio::test]
async fn visits_are_counted_without_knowing_who_came(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let path = stage.path();
    let browser = |name: &'static str| [("user-agent", name)];
    for agent in ["Firefox/140", "Firefox/140", "Safari/26", "Googlebot/2.1"] {
        stage.get_with(&path, &browser(agent)).await;
    }
    stage.get_with(&path, &[("user-agent", "Firefox/140"), ("sec-purpose", "prefetch")]).await;
    stage.get(&format!("{path}?sent=1")).await;
    // Written down now and then; the clock of the test stands still, that of the task does not.
    tokio::time::sleep(std::time::Duration::from_millis(5_500)).await;
    let visits = stage.world.ask(&stage.market.alpine.owner, GetVisits { id: stage.id() }).await.unwrap();
    assert_eq!((visits.visits, visits.answers), (3, 0), "{visits:?}");
    assert_eq!(visits.visitors, 2, "{visits:?}");
    assert_eq!(visits.days.len(), 1);
    assert!(stage.world.ask(&stage.market.manager, GetVisits { id: stage.id() }).await.is_ok());
    for stranger in [&stage.market.bluepeak.owner, &stage.market.foreign.manager] {
        assert_eq!(stage.world.ask(stranger, GetVisits { id: stage.id() }).await, Err(Problem::NotFound));
    }
    let learner = stage.world.ask(&stage.market.alpine.learner, GetVisits { id: stage.id() }).await;
    assert_eq!(learner.unwrap_err().code(), "role");
}

#[rstest]
#[tokio::test]
async fn a_paused_campaign_stays_open(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    // What went out without a mail is over at once, and cannot be paused: its page stays open either way.
    let pause = PauseCampaign { id: stage.id(), version: None };
    let _ = stage.world.ask(&stage.market.alpine.owner, pause).await;
    stage.world.advance(Span::minutes(2));
    assert_eq!(stage.get(&stage.path()).await.status, StatusCode::OK);
}

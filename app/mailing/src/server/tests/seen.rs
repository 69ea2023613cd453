//! What links of mails do, and for whom.
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use base::db::Engine;
use base::{CampaignId, Parts, Span};
use rstest::rstest;
use tower::ServiceExt;

use super::sink::header as mail_header;
use super::{Stage, people, stage};
use crate::model::{SuppressionReason, Tally};
use crate::server::{Step, routes};
use crate::{ListSuppressed, SuppressionScope};

const SAFARI: &str =
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";

struct Browser(Router<()>);

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Browser {
    fn new(parts: &Parts) -> Self {
        Self(routes().with_state(parts.clone()))
    }

    async fn ask(&self, method: Method, path: &str, agent: &str, body: &'static str) -> Answer {
        let request = Request::builder().method(method).uri(path).header(header::USER_AGENT, agent);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let response = self.0.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        let body = to_bytes(body, 1 << 20).await.unwrap().to_vec();
        Answer { status: head.status, headers: head.headers, body }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, SAFARI, "").await
    }
}

/// Paths of the links in a mail: click, unsubscribe, picture.
fn paths(message: &str) -> [String; 3] {
    let decoded = message.replace("=\r\n", "").replace("=3D", "=");
    ["/m/c/", "/m/u/", "/m/o/"].map(|start| {
        let at = decoded.rfind(start).unwrap_or_else(|| panic!("{start} in {decoded}"));
        let rest = &decoded[at..];
        let end = rest[5..].find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c))).unwrap() + 5;
        rest[..end].to_owned()
    })
}

async fn sent(stage: &Stage, to: std::ops::Range<usize>) -> (CampaignId, Vec<[String; 3]>) {
    let campaign = stage.campaign();
    stage.queue(stage.step(campaign, 1), people(to)).await;
    stage.send(campaign).await;
    (campaign, stage.sink.messages().iter().map(|message| paths(message)).collect())
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clicks_and_openings_are_counted_when_people_make_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let (campaign, links) = sent(&stage, 0..3).await;
    let browser = Browser::new(&stage.world.parts);
    let [click, _, open] = &links[0];
    let is = async |wanted: (u64, u64, u64)| {
        stage
            .until(campaign, |tally: &Tally| (tally.clicked, tally.opened, tally.opened_by_proxy) == wanted)
            .await;
    };
    // A machine that looks for harm, right after sending.
    let answer = browser.get(click).await;
    assert_eq!(answer.status, StatusCode::FOUND);
    let way = "https://p.example/l/spring-abc123?x=1&utm_source=northwind&utm_medium=email&utm_campaign=spring-abc123&utm_content=step-1";
    assert_eq!(answer.headers[header::LOCATION], way);
    tokio::time::sleep(Duration::from_millis(400)).await;
    is((0, 0, 0)).await;
    stage.world.advance(Span::minutes(5));
    assert_eq!(browser.ask(Method::HEAD, click, SAFARI, "").await.status, StatusCode::FOUND);
    let apple = browser.ask(Method::GET, open, "Mozilla/5.0", "").await;
    assert_eq!((apple.status, apple.body.len()), (StatusCode::OK, 43));
    assert!(apple.body.starts_with(b"GIF89a") && apple.body.ends_with(b";"));
    assert_eq!(apple.headers["cross-origin-resource-policy"], "cross-origin");
    is((0, 0, 1)).await;
    for _ in 0..3 {
        browser.get(click).await;
        browser.get(open).await;
    }
    is((1, 1, 0)).await;
    browser.get(&links[1][2]).await;
    is((1, 2, 0)).await;
    assert_eq!(stage.number("select max(clicks) from mailing_message").await, 3);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forged_link_leads_nowhere(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let (campaign, links) = sent(&stage, 0..1).await;
    stage.world.advance(Span::minutes(5));
    let browser = Browser::new(&stage.world.parts);
    let [click, leave, open] = &links[0];
    let other = |path: &str, to: &str| path.replace(&path[..5], to);
    let mut changed = click.clone();
    let last = if changed.pop() == Some('A') { 'B' } else { 'A' };
    changed.push(last);
    for path in [
        changed,
        other(leave, "/m/c/"),
        other(open, "/m/c/"),
        other(click, "/m/u/"),
        "/m/c/x".to_owned(),
        "/m/u/x".to_owned(),
        format!("/m/u/{}", "A".repeat(3_000)),
    ] {
        let answer = browser.get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text().contains("<h1>"), "a page for people");
        assert!(!answer.headers.contains_key(header::LOCATION));
        let posted = browser
            .ask(Method::POST, &path.replace("/m/c/", "/m/u/"), "", "List-Unsubscribe=One-Click")
            .await;
        assert!(
            posted.status == StatusCode::NOT_FOUND || path.contains("/m/c/") && path[5..] == leave[5..],
            "{path}"
        );
    }
    // A picture comes for whatever is asked; nothing is counted for it.
    assert_eq!(browser.get("/m/o/x").await.body.len(), 43);
    assert_eq!(browser.get(&other(click, "/m/o/")).await.body.len(), 43);
    // A link that the mail has, of a kind that is not followed.
    use crate::server::token::{Purpose, read, sign};
    let parts = &stage.world.parts;
    let Some(Purpose::Click { message, step, .. }) = read(parts, &click[5..]) else { panic!("{click}") };
    for link in [1, 2, u16::MAX] {
        let token = sign(parts, Purpose::Click { message, step, link });
        assert_eq!(browser.get(&format!("/m/c/{token}")).await.status, StatusCode::NOT_FOUND);
    }
    tokio::time::sleep(Duration::from_millis(400)).await;
    let tally = stage.tally(campaign).await;
    assert_eq!((tally.clicked, tally.opened), (0, 0));
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_click_ends_the_rest_of_a_sequence(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let campaign = stage.campaign();
    let later = stage.world.parts.clock().now() + Span::days(1);
    stage.queue(stage.step(campaign, 1), people(0..5)).await;
    stage.queue(Step { send_at: later, ..stage.step(campaign, 2) }, people(0..5)).await;
    let working = stage.start(2, "off");
    stage.until(campaign, |tally| tally.sent == 5).await;
    let browser = Browser::new(&stage.world.parts);
    let message =
        stage.sink.messages().into_iter().find(|one| mail_header(one, "To").unwrap() == "p2@d2.example");
    let url = mail_header(&message.unwrap(), "List-Unsubscribe").unwrap();
    let path = url.trim_matches(['<', '>']).strip_prefix("http://localhost:3000").unwrap().to_owned();
    // To look ends nothing; the page is in the language of the mail.
    let page = browser.get(&path).await.text();
    assert!(
        page.contains("lang=\"de\"") && page.contains("p2@d2.example") && page.contains("Alpine Systems"),
        "{page}"
    );
    assert!(!page.contains("<script"));
    assert_eq!(stage.tally(campaign).await.unsubscribed, 0);
    // As mail programs do it: no cookie, nothing else, perhaps twice.
    for _ in 0..2 {
        let answer = browser.ask(Method::POST, &path, "", "List-Unsubscribe=One-Click").await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    assert_eq!(stage.tally(campaign).await.unsubscribed, 1);
    let told = stage.told("mailing.unsubscribed").await;
    assert_eq!((told.len(), &told[0].data["reason"]), (1, &"partner".into()));
    stage.world.advance(Span::days(1));
    let tally = stage.until(campaign, |tally| tally.queued == 0).await;
    working.end().await;
    assert_eq!((tally.sent, tally.suppressed), (9, 1));
    let got = stage.sink.recipients();
    assert_eq!((got["p2@d2.example"], got["p1@d1.example"]), (1, 2));
    // Another partner of the brand still may; until the reader wants nothing of the brand at all.
    let mut step = stage.step(stage.campaign(), 1);
    step.partner = stage.market.bluepeak.id;
    assert_eq!(stage.queue(step.clone(), people(2..3)).await.queued, 1);
    browser.ask(Method::POST, &path, SAFARI, "scope=brand").await;
    step.campaign = stage.campaign();
    assert_eq!(stage.queue(step.clone(), people(2..3)).await.suppressed, 1);
    // And back.
    let page = browser.ask(Method::POST, &path, SAFARI, "undo=1").await.text();
    assert!(!page.contains("name=\"undo\""), "{page}");
    step.campaign = stage.campaign();
    assert_eq!(stage.queue(step, people(2..3)).await.queued, 1);
    assert_eq!(stage.tally(campaign).await.unsubscribed, 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_reads_its_contacts_and_the_vendor_does_not(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let (_, links) = sent(&stage, 0..1).await;
    let browser = Browser::new(&stage.world.parts);
    browser.ask(Method::POST, &links[0][1], SAFARI, "scope=brand").await;
    let world = &stage.world;
    let all = ListSuppressed::default();
    let partner = world.ask(&stage.market.alpine.owner, all.clone()).await.unwrap();
    assert_eq!((partner.total, partner.items[0].address.as_str()), (1, "p0@d0.example"));
    assert_eq!(
        (partner.items[0].scope, partner.items[0].reason),
        (SuppressionScope::Brand, SuppressionReason::Unsubscribed)
    );
    let vendor = world.ask(&stage.market.owner, all.clone()).await.unwrap();
    assert_eq!((vendor.total, vendor.items[0].address.as_str()), (1, "p…@d0.example"));
    for stranger in [&stage.market.bluepeak.owner, &stage.market.foreign.owner] {
        assert_eq!(world.ask(stranger, all.clone()).await.unwrap().total, 0);
    }
}

//! What the one mount promises for every verb: idempotency, versions, faults by field, plain forms, sign-in.
use axum::body::Body;
use axum::http::{Method, Request, header};
use base::db::Engine;
use rstest::rstest;
use serde_json::{Value, json};

use crate::running::{Ground, Running, site};
use crate::stage::{claim, stage};

const GET: Method = Method::GET;
const POST: Method = Method::POST;
const PATCH: Method = Method::PATCH;

#[rstest]
#[tokio::test]
async fn a_key_of_idempotency_does_the_work_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let key = stage.key(&stage.market.alpine.sales).await;
    let ask = claim(stage.market.program, "GTX Pro", "Once Only", true);
    let again = [("idempotency-key", "first")];
    let first = stage.call_with(Some(&key), POST, "/api/v1/deals", &ask, &again).await;
    let second = stage.call_with(Some(&key), POST, "/api/v1/deals", &ask, &again).await;
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.json(), second.json(), "the first answer is given again");
    assert_eq!(stage.get(&key, "/deals").await.json()["total"], 1);
    let other = claim(stage.market.program, "GTX Pro", "Another One", true);
    let refused = stage.call_with(Some(&key), POST, "/api/v1/deals", &other, &again).await;
    assert_eq!(refused.status, 409, "{}", refused.text);
    assert_eq!(refused.json()["code"], "idempotency_key_reused");
    let rival = stage.key(&stage.market.bluepeak.sales).await;
    let theirs = stage.call_with(Some(&rival), POST, "/api/v1/deals", &other, &again).await;
    assert_eq!(theirs.status, 201, "another person's key is another key: {}", theirs.text);
}

#[rstest]
#[tokio::test]
async fn whoever_saw_an_older_version_is_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let key = stage.key(&stage.market.alpine.sales).await;
    let ask = claim(stage.market.program, "GTX Pro", "Moving Target", false);
    let made = stage.post(&key, "/deals", &ask).await;
    let tag = made.header("etag").to_owned();
    assert!(tag.starts_with('"'), "a record with a version has a tag: {tag}");
    let path = format!("/api/v1/deals/{}", made.id());
    let edit = json!({ "notes": "Seen" });
    let seen = [("if-match", tag.as_str())];
    let first = stage.call_with(Some(&key), PATCH, &path, &edit, &seen).await;
    assert_eq!(first.status, 200, "{}", first.text);
    assert_ne!(first.header("etag"), tag);
    let late = stage.call_with(Some(&key), PATCH, &path, &edit, &seen).await;
    assert_eq!(late.status, 412, "{}", late.text);
    assert_eq!(late.header("content-type"), "application/problem+json");
    let any = stage.call_with(Some(&key), PATCH, &path, &edit, &[("if-match", "*")]).await;
    assert_eq!(any.status, 200, "{}", any.text);
}

#[tokio::test]
async fn a_wrong_field_is_named_by_its_path() {
    let stage = stage!(Engine::Sqlite);
    let key = stage.key(&stage.market.alpine.sales).await;
    let mut ask = claim(stage.market.program, "GTX Pro", "Mistyped", false);
    ask["products"][0]["quantity"] = json!("two");
    let answer = stage.post(&key, "/deals", &ask).await;
    assert_eq!(answer.status, 422, "{}", answer.text);
    assert_eq!(answer.json()["errors"][0]["field"], "products[0].quantity");
    ask["products"][0]["quantity"] = json!(0);
    let answer = stage.post(&key, "/deals", &ask).await;
    assert_eq!(answer.status, 422, "{}", answer.text);
    assert_eq!(answer.json()["errors"][0]["field"], "products[0].quantity");
    ask.as_object_mut().unwrap().remove("program");
    ask["products"] = json!([]);
    let answer = stage.post(&key, "/deals", &ask).await;
    assert_eq!(
        answer.json()["errors"][0],
        json!({ "field": "program", "code": "required", "message": "This field is needed." })
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_refused() {
    let stage = stage!(Engine::Sqlite);
    let key = stage.key(&stage.market.owner).await;
    for path in ["/deals/nonsense", "/deals/user_01h455vb4pex5vsknk084sn02q", "/customers/%00"] {
        let answer = stage.get(&key, path).await;
        assert!(matches!(answer.status, 400 | 404), "{path}: {} {}", answer.status, answer.text);
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    let nul = stage.post(&key, "/customers", &json!({ "name": "A\0B" })).await;
    assert_eq!(nul.status, 400, "{}", nul.text);
    assert_eq!(stage.get(&key, "/customers?q=a%00b").await.status, 400);
    for (kind, body) in [("application/json", "[1]"), ("application/json", "{"), ("text/plain", "{}")] {
        let request = Request::post("/api/v1/customers")
            .header(header::AUTHORIZATION, format!("Bearer {key}"))
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body));
        let answer = stage.send(request.unwrap()).await;
        assert_eq!(answer.status, 400, "{kind} {body}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_plain_form_is_answered_with_the_next_page() {
    let stage = stage!(Engine::Sqlite);
    let key = stage.key(&stage.market.alpine.sales).await;
    let form = |body: String| {
        let request = Request::post("/api/v1/deals")
            .header(header::AUTHORIZATION, format!("Bearer {key}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body));
        stage.send(request.unwrap())
    };
    let program = stage.market.program;
    let body = format!("program={program}&customer%5Bname%5D=Paper+AG&notes=&_next=%2Fdeals%2F%7Bid%7D");
    let done = form(body).await;
    assert_eq!(done.status, 303, "{}", done.text);
    assert!(done.header("location").starts_with("/deals/deal_"), "{}", done.header("location"));
    assert!(done.header("set-cookie").starts_with("rialto_flash="));
    let wrong = form(format!("program={program}&value%5Bamount%5D=much&_back=%2Fdeals%2Fnew")).await;
    assert_eq!((wrong.status, wrong.header("location")), (303, "/deals/new"));
    let away = form(format!("program={program}&_next=%2F%2Felsewhere.example")).await;
    assert_eq!((away.status, away.header("location")), (303, "/"), "only our own addresses are followed");
}

#[tokio::test]
async fn a_key_that_was_revoked_opens_nothing() {
    let stage = stage!(Engine::Sqlite);
    let key = stage.key(&stage.market.owner).await;
    let keys = stage.get(&key, "/api-keys").await.done();
    let id = keys["items"][0]["id"].as_str().unwrap();
    let revoked =
        stage.call(Some(&key), Method::DELETE, &format!("/api/v1/api-keys/{id}"), &Value::Null).await;
    assert_eq!((revoked.status, revoked.text.as_str()), (204, ""));
    for key in [key.as_str(), "rk_nonsense", ""] {
        let answer = stage.get(key, "/deals").await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
}

#[tokio::test]
async fn only_public_verbs_are_answered_without_sign_in() {
    let stage = stage!(Engine::Sqlite);
    let api = crate::ask::Api::read();
    let own = std::iter::once(("vendor".to_owned(), vec![stage.market.vendor.to_string()])).collect();
    // Signing in with a wrong password is told like not being signed in.
    for operation in api.operations.iter().filter(|operation| operation.name != "SignIn") {
        let made = api.make(operation, &own, None);
        let answer = stage.ask(None, operation, &made).await;
        assert_eq!(
            answer.status == 401,
            !operation.public,
            "{}: {} {}",
            operation.name,
            answer.status,
            answer.text
        );
    }
}

#[test]
fn the_server_answers_unknown_calls_and_probes() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(&Ground::embedded(folder.path()), &site(folder.path()));
    let missing = running.ask("GET", "/api/v1/nonsense", &[], "").unwrap();
    assert_eq!(missing.status, 404);
    assert!(missing.head.contains("application/problem+json"), "{}", missing.head);
    assert!(missing.head.contains("x-request-id: req_"), "{}", missing.head);
    assert!(missing.head.contains("x-content-type-options: nosniff"), "{}", missing.head);
    let method = running.ask("PUT", "/api/v1/deals", &[], "").unwrap();
    assert_eq!(method.status, 405, "{}", method.body);
    assert!(method.head.contains("application/problem+json"), "{}", method.head);
    for (path, status) in [
        ("/healthz", 200),
        ("/readyz", 200),
        ("/metrics", 200),
        ("/api/openapi.json", 200),
        ("/api/docs", 200),
    ] {
        assert_eq!(running.ask("GET", path, &[], "").unwrap().status, status, "{path}");
    }
    let first = running.ask("GET", "/", &[("accept", "text/html")], "").unwrap();
    assert!(
        first.head.contains("location: /set-up"),
        "an empty installation asks to be set up: {}",
        first.head
    );
    let page = running.ask("GET", "/set-up", &[("accept", "text/html")], "").unwrap();
    assert_eq!(page.status, 200);
    assert!(page.body.starts_with("<!DOCTYPE html>"), "{:.200}", page.body);
    let over = running.ask("GET", "/preview/nothing", &[("accept", "text/html")], "").unwrap();
    assert_eq!(over.status, 404, "a link that is over asks nobody to sign in: {}", over.head);
    assert!(
        over.head.contains("x-robots-tag: noindex") && over.body.contains("This link is over"),
        "{}",
        over.body
    );
    let forged = [("origin", "https://elsewhere.example"), ("sec-fetch-site", "cross-site")];
    let forged = running.ask("POST", "/api/v1/session/end", &forged, "{}").unwrap();
    assert_eq!(forged.status, 403, "another site cannot send for a browser");
    running.kill();
}

#[tokio::test]
async fn a_page_is_followed_to_the_end_without_gaps() {
    let stage = stage!(Engine::Sqlite);
    let key = stage.key(&stage.market.owner).await;
    for number in 0..7 {
        stage.post(&key, "/customers", &json!({ "name": crate::stage::company(number) })).await.done();
    }
    let (mut seen, mut path) = (Vec::new(), "/api/v1/customers?limit=3".to_owned());
    loop {
        let page = stage.call(Some(&key), GET, &path, &Value::Null).await.done();
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/api/v1/customers?limit=3&cursor={}", base::escape(cursor));
    }
    let mut once = seen.clone();
    once.dedup();
    assert_eq!((seen.len(), once.len()), (7, 7));
}

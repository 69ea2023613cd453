//! Plain HTML forms reach every verb, whatever its method.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
use axum::Extension;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use base::db::Engine;
use base::http::{Perform, mount, mounted};
use base::{Actor, Parts, Problem, verb};
use serde::{Deserialize, Serialize};
use tower::ServiceExt;

/// Says what it was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate, schemars::JsonSchema)]
struct ChangeThing {
    #[garde(skip)]
    id: String,
    #[garde(length(chars, max = 5))]
    #[serde(default)]
    name: Option<String>,
    #[garde(skip)]
    #[serde(default)]
    note: Option<String>,
}
verb!(ChangeThing: PATCH "/things/{id}" -> String, public);

impl Perform for ChangeThing {
    async fn perform(self, _: &Parts, _: &Actor) -> Result<String, Problem> {
        Ok(format!("changed {} {:?} {:?}", self.id, self.name, self.note))
    }
}

/// Takes it away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate, schemars::JsonSchema)]
struct EndThing {
    #[garde(skip)]
    id: String,
}
verb!(EndThing: DELETE "/things/{id}" -> String, public);

impl Perform for EndThing {
    async fn perform(self, _: &Parts, _: &Actor) -> Result<String, Problem> {
        Ok(format!("ended {}", self.id))
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Status, `Allow`, `Location` and text of the answer. The form asks for JSON, so that the answer can be read.
async fn post(kind: &str, accept: &str, body: &str) -> (StatusCode, String, String, String) {
    let world = base::testing::World::try_new(Engine::Sqlite, &[]).await.unwrap();
    let router = mount([mounted::<ChangeThing>(), mounted::<EndThing>()])
        .layer(Extension(Actor::nobody()))
        .with_state(world.parts.clone());
    let request = Request::post("/api/v1/things/7").header("content-type", kind).header("accept", accept);
    let answer = router.oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let header =
        |name: &str| answer.headers().get(name).map(|it| it.to_str().unwrap().to_owned()).unwrap_or_default();
    let (status, allow, location) = (answer.status(), header("allow"), header("location"));
    let text = to_bytes(answer.into_body(), 1 << 16).await.unwrap();
    (status, allow, location, String::from_utf8(text.to_vec()).unwrap())
}

#[tokio::test]
async fn a_form_names_the_method_it_means() {
    let (status, _, _, text) = post(FORM, "application/json", "_method=PATCH&name=a&note=b").await;
    assert_eq!((status, text.as_str()), (StatusCode::OK, r#""changed 7 Some(\"a\") Some(\"b\")""#));
    let (status, _, _, text) = post(FORM, "application/json", "_method=delete").await;
    assert_eq!((status, text.as_str()), (StatusCode::OK, r#""ended 7""#));
}

#[tokio::test]
async fn a_browser_is_led_on_as_after_every_form() {
    let (status, _, location, _) = post(FORM, "text/html", "_method=PATCH&name=a&_next=%2Fthings%2F7").await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/things/7"));
}

#[tokio::test]
async fn an_empty_field_counts_as_not_given_unless_the_form_empties_it() {
    let (_, _, _, text) = post(FORM, "application/json", "_method=PATCH&name=&note=&_empty=note+other").await;
    assert_eq!(text, r#""changed 7 None Some(\"\")""#);
}

#[tokio::test]
async fn what_is_no_form_or_names_no_method_is_not_taken() {
    for (kind, body) in [
        ("application/json", r#"{"_method":"PATCH"}"#),
        (FORM, "name=a"),
        (FORM, "_method=GET"),
        (FORM, "_method=PUT"),
        (FORM, "_method=POST"),
    ] {
        let (status, allow, _, text) = post(kind, "application/json", body).await;
        assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "{kind} {body}: {text}");
        assert_eq!(allow, "PATCH, DELETE");
    }
}

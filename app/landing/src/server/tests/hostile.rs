//! What ill-meaning or broken senders send: told clearly or harmless, and never a fault of ours.
use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::db::Engine;
use rstest::rstest;

use super::{Stage, stage};
use crate::rules::form;

/// Texts that hurt somewhere else.
const TEXTS: [&str; 24] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "javascript:alert(1)",
    "Ada\r\nBcc: victim@example.com",
    "Ada\nSubject: Offer",
    "Ada%0d%0aSet-Cookie: a=b",
    "=HYPERLINK(\"http://x.test\",\"x\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "'; drop table lead; --",
    "1' or '1'='1",
    "\") union select * from campaign --",
    "admin\0.php",
    "\u{202e}moc.elgoog\u{202c}",
    "\u{feff}\u{200b}Ada",
    "{{first_name}} {{7*7}}",
    "${jndi:ldap://x.test/a}",
    "../../etc/passwd",
    "%s%s%s%n",
    "𝒜𝒹𝒶 👩‍💻 Ā\u{301}\u{301}\u{301}\u{301}",
    "\u{fffd}\u{ffff}",
];

fn is_harmless(page: &super::Answer, what: &str) {
    assert!(!page.status.is_server_error(), "{what}: {}", page.text());
    let text = page.text();
    for mark in ["<script", "<img src=x", "<svg/onload", "onerror=alert(1)>", "href=\"javascript"] {
        assert!(!text.contains(mark), "{what}: {text}");
    }
    for name in ["set-cookie", "bcc", "subject"] {
        assert!(!page.headers.contains_key(name), "{what}");
    }
}

#[rstest]
#[tokio::test]
async fn hurtful_texts_in_every_field_are_refused_or_harmless(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let fields = [form::FIRST_NAME, form::LAST_NAME, form::COMPANY, form::EMAIL, "field-0", form::CONSENT];
    let mut place = 0;
    for text in TEXTS {
        for field in fields {
            place += 1;
            let address = format!("one-{place}@haddad-bau.example");
            let mut changes = vec![(form::EMAIL, address.as_str())];
            changes.push((field, text));
            let sent = stage.answer(&changes).await;
            let known = [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY];
            assert!(known.contains(&sent.status), "{field} {text:?}: {} {}", sent.status, sent.text());
            is_harmless(&sent, &format!("{field} {text:?}"));
            assert_eq!(
                sent.header("location").split('?').next().unwrap(),
                if sent.status == StatusCode::SEE_OTHER { stage.path() } else { String::new() }
            );
        }
    }
    for lead in stage.leads().await {
        let texts = [&lead.customer.name, &lead.contacts[0].name, &lead.contacts[0].email, &lead.note];
        for text in texts {
            let odd = |letter: char| letter.is_control() && letter != '\n';
            assert!(!text.contains(odd) && !text.contains('\u{202e}') && !text.contains('\0'), "{text:?}");
        }
        assert!(!lead.contacts[0].name.contains('\n') && !lead.customer.name.contains('\n'), "{lead:?}");
        assert!(!lead.contacts[0].email.contains(char::is_whitespace), "{lead:?}");
    }
}

#[rstest]
#[tokio::test]
async fn a_page_that_is_shown_again_shows_texts_as_texts(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    for text in TEXTS {
        // Something is missing, so that the page comes back with all that was typed.
        let changes =
            [(form::FIRST_NAME, text), (form::COMPANY, text), ("field-1", text), (form::LAST_NAME, "")];
        let again = stage.answer(&changes).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{text:?}");
        is_harmless(&again, text);
        assert!(again.header("content-security-policy").contains("default-src 'none'"), "{text:?}");
    }
}

#[rstest]
#[tokio::test]
async fn seals_that_were_made_elsewhere_are_not_taken(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let real = stage.get(&stage.path()).await.seal();
    let (at, seal) = real.split_once('.').unwrap();
    let moved = format!("{}.{seal}", at.parse::<i64>().unwrap() - 60_000);
    let zeros = format!("{at}.{}", "0".repeat(32));
    let (short, long) = (format!("{at}.{}", &seal[..16]), format!("{real}00"));
    let huge = format!("{}.{seal}", "9".repeat(40));
    for forged in [
        "",
        ".",
        "x",
        "1",
        "0.0",
        "-1.00000000000000000000000000000000",
        at,
        &moved,
        &zeros,
        &short,
        &long,
        &huge,
        "9223372036854775807.ffffffffffffffffffffffffffffffff",
        "\u{665}.\u{665}",
    ] {
        let sent = stage.answer(&[(form::SEAL, forged)]).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{forged:?}");
        assert!(sent.text().contains("could not be recognised"), "{forged:?}: {}", sent.text());
        assert!(sent.text().contains("value=\"Noor\""), "nothing is lost");
    }
    assert_eq!(stage.leads().await, []);
}

#[rstest]
#[tokio::test]
async fn a_seal_of_another_campaign_is_not_taken(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let other = super::launched(&stage.world, &stage.market, &stage.kit).await;
    let foreign = stage.get(&format!("/l/{}", other.slug)).await.seal();
    assert!(!foreign.is_empty());
    let sent = stage.answer(&[(form::SEAL, &foreign)]).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", sent.text());
}

async fn turned(stage: &Stage, media: &str, body: Body, status: StatusCode) {
    let answer = stage.post_raw(&stage.path(), media, body).await;
    assert_eq!(answer.status, status, "{media}: {}", answer.text());
    assert!(answer.text().contains("Nothing was sent"), "{media}: {}", answer.text());
}

#[rstest]
#[tokio::test]
async fn what_is_no_form_is_told_so(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let unsupported = StatusCode::UNSUPPORTED_MEDIA_TYPE;
    for media in
        ["application/json", "multipart/form-data; boundary=x", "text/plain", "", "application/xml", "*/*"]
    {
        turned(&stage, media, Body::from("{\"email\":\"a@b.test\"}"), unsupported).await;
    }
    let form = "application/x-www-form-urlencoded";
    turned(&stage, form, Body::from("x=".to_owned() + &"a".repeat(33 * 1024)), StatusCode::PAYLOAD_TOO_LARGE)
        .await;
    turned(&stage, form, Body::from(&b"first_name=\xff\xfe"[..]), StatusCode::BAD_REQUEST).await;
    for body in [
        "",
        "&&&===",
        "%",
        "%zz=%f",
        "first_name=%ff%00%fe",
        "first_name[]=a&first_name[]=b",
        "a".repeat(9_000).as_str(),
    ] {
        let answer = stage.post_raw(&stage.path(), form, body.to_owned()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    let many = (0..2_000).map(|place| format!("x{place}=y")).collect::<Vec<_>>().join("&");
    assert_eq!(stage.post_raw(&stage.path(), form, many).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let charset =
        stage.post_raw(&stage.path(), "Application/X-WWW-Form-Urlencoded; charset=utf-8", "a=b").await;
    assert_eq!(charset.status, StatusCode::UNPROCESSABLE_ENTITY, "it is a form");
    assert_eq!(stage.leads().await, []);
}

#[rstest]
#[tokio::test]
async fn names_that_lead_elsewhere_lead_nowhere(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let filled: BTreeMap<_, _> = stage.filled().await;
    let pairs: Vec<_> = filled.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let real = &stage.campaign.slug;
    for slug in [
        "%2f%2fevil.test",
        "https:%2f%2fevil.test",
        "%5cevil.test",
        "..%2fapi",
        "%0d%0aLocation:%20https:%2f%2fevil.test",
        "a%00b",
        "%ff%fe",
        &format!("{real}%0d%0aX-Injected:1"),
        &format!("{real}%20"),
        &real.to_uppercase(),
        "%27%20or%201=1--",
        &"a".repeat(3_000),
    ] {
        let answer = stage.post(&format!("/l/{slug}"), &pairs).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{slug}: {}", answer.text());
        assert!(answer.header("location").is_empty() && !answer.headers.contains_key("x-injected"), "{slug}");
    }
    // Neither the query nor a field says where one goes next.
    let mut leading = pairs.clone();
    leading.extend([
        ("_next", "https://evil.test"),
        ("next", "//evil.test"),
        ("redirect", "https://evil.test"),
    ]);
    let sent = stage.post(&format!("{}?next=https://evil.test", stage.path()), &leading).await;
    assert_eq!(sent.header("location"), format!("{}?sent=1#form", stage.path()));
    assert_eq!(stage.leads().await.len(), 1);
}

#[rstest]
#[tokio::test]
async fn other_methods_are_refused(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    for method in ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"] {
        let request = Request::builder().method(method).uri(stage.path()).body(Body::empty()).unwrap();
        assert_eq!(stage.send(request).await.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
    for query in ["?sent=1&sent=2", "?sent=%00", "?%ff", "?sent", "?sent=1%0d%0a"] {
        let answer = stage.get(&format!("{}{query}", stage.path())).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
    }
}

#[rstest]
#[tokio::test]
async fn headers_of_any_kind_break_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let long = "x".repeat(10_000);
    for (name, value) in [
        ("accept-language", "\u{1}"),
        ("accept-language", long.as_str()),
        ("accept-encoding", "br;q=nan, ;;;, gzip;q="),
        ("if-none-match", "W/\"\", *x, \"\"\""),
        ("user-agent", long.as_str()),
        ("x-forwarded-for", "'; drop table lead; --"),
        ("cookie", "rialto_session=\"; x=y"),
    ] {
        let Ok(value) = axum::http::HeaderValue::from_bytes(value.as_bytes()) else { continue };
        let request = Request::get(stage.path()).header(name, value).body(Body::empty()).unwrap();
        assert_eq!(stage.send(request).await.status, StatusCode::OK, "{name}");
    }
}

//! A form is filled, and a lead stands with the partner.
use axum::http::StatusCode;
use base::db::{Engine, Tx};
use base::limit::{Class, Limits, Rate};
use base::{Span, events};
use leads::Source;
use rstest::rstest;

use super::stage;
use crate::GetVisits;
use crate::rules::form;

#[rstest]
#[tokio::test]
async fn a_filled_form_is_a_lead_of_the_partner_s(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let sent = stage.answer(&[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert_eq!(sent.header("location"), format!("{}?sent=1#form", stage.path()));
    let thanks = stage.get(&format!("{}?sent=1", stage.path())).await;
    assert!(thanks.text().contains("We will be in touch within a day."), "{}", thanks.text());
    assert!(!thanks.text().contains("<form"));
    assert_eq!(
        (thanks.header("cache-control"), thanks.header("x-robots-tag")),
        ("private, no-cache", "noindex")
    );
    let leads = stage.leads().await;
    let lead = &leads[0];
    assert_eq!((leads.len(), lead.status, lead.source), (1, leads::Status::Accepted, Source::Campaign));
    assert_eq!(lead.customer.name, "Haddad Bau");
    assert_eq!(
        (lead.contacts[0].name.as_str(), lead.contacts[0].email.as_str()),
        ("Noor Haddad", "noor@haddad-bau.example")
    );
    assert_eq!(lead.note, "How many offices?: 4\nWhen?: In May");
    assert_eq!(lead.source_note, "Autumn security check (Security review)");
    let origin = lead.origin.clone().unwrap();
    assert_eq!(origin.campaign, stage.id());
    assert!(origin.consent.contains("may write to me about this."), "{}", origin.consent);
    assert!(!origin.consent.contains("{{"), "as the person read it: {}", origin.consent);
    let mut tx = stage.world.parts.db().read().await.unwrap();
    let told = events::by_subject(&mut tx, &lead.id.to_string(), base::Scope::System).await.unwrap();
    assert_eq!(told.iter().map(|event| event.kind.as_str()).collect::<Vec<_>>(), ["campaign.answered"]);
    assert_eq!(told[0].partner, Some(stage.market.alpine.id));
    for key in ["leads".to_owned(), "campaigns".to_owned(), stage.id().to_string()] {
        assert!(told[0].keys.contains(&key), "{key} moves");
    }
    assert!(!serde_json::to_string(&told[0]).unwrap().contains("noor"), "the log names nobody");
    drop(tx);
    let visits = stage.world.ask(&stage.market.alpine.owner, GetVisits { id: stage.id() }).await.unwrap();
    assert_eq!(visits.answers, 1);
}

#[rstest]
#[tokio::test]
async fn what_is_wrong_is_told_and_what_was_typed_stays(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let wrong = stage.answer(&[(form::EMAIL, "noor"), (form::COMPANY, ""), (form::CONSENT, "")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.header("cache-control"), "no-store");
    let text = wrong.text();
    for words in [
        "Write the address like name@example.com.",
        "Write your company&#39;s name.",
        "Tick the box if you agree",
    ] {
        let plain = words.replace("&#39;", "'");
        assert!(
            text.contains(words) || text.contains(&plain) || text.contains(&words.replace("&#39;", "&#x27;")),
            "{words}: {text}"
        );
    }
    for kept in ["value=\"Noor\"", "value=\"Haddad\"", "value=\"noor\"", "value=\"In May\""] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
    assert!(text.contains("aria-invalid=\"true\"") && text.contains("href=\"#email\""), "{text}");
    assert_eq!(stage.leads().await, []);
    // Put right at once: nobody waits again.
    let mut filled = stage.filled().await;
    filled.insert(form::SEAL, wrong.seal());
    assert_eq!(stage.post_filled(&filled).await.status, StatusCode::SEE_OTHER);
}

#[rstest]
#[tokio::test]
async fn the_same_form_sent_twice_is_one_lead(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let filled = stage.filled().await;
    for _ in 0..5 {
        assert_eq!(stage.post_filled(&filled).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(stage.leads().await.len(), 1);
    let (one, two) = tokio::join!(stage.post_filled(&filled), stage.post_filled(&filled));
    assert_eq!((one.status, two.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    assert_eq!(stage.leads().await.len(), 1);
}

#[rstest]
#[tokio::test]
async fn one_address_answers_three_times_a_day(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    for company in ["One", "Two", "Three"] {
        assert_eq!(
            stage.answer(&[(form::COMPANY, company)]).await.status,
            StatusCode::SEE_OTHER,
            "{company}"
        );
    }
    let more = stage.answer(&[(form::COMPANY, "Four"), (form::EMAIL, "NOOR@haddad-bau.example")]).await;
    assert_eq!(more.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(more.text().contains("several answers from this address"), "{}", more.text());
    let other = stage.answer(&[(form::COMPANY, "Four"), (form::EMAIL, "sam@haddad-bau.example")]).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER);
    stage.world.advance(Span::hours(25));
    assert_eq!(stage.answer(&[(form::COMPANY, "Four")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(stage.leads().await.len(), 5);
}

#[rstest]
#[tokio::test]
async fn machines_are_told_why_and_leave_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let trapped = stage.answer(&[(form::TRAP, "https://spam.test")]).await;
    assert!(trapped.text().contains("a hidden field was filled"), "{}", trapped.text());
    // Drawn anew, and sent in the same second.
    stage.world.advance(Span::minutes(10));
    let mut fast = stage.filled().await;
    stage.world.advance(Span::minutes(10));
    fast.insert(form::SEAL, stage.get(&stage.path()).await.seal());
    let fast = stage.post_filled(&fast).await;
    assert!(fast.text().contains("That was very fast"), "{}", fast.text());
    let mut late = stage.filled().await;
    stage.world.advance(Span::hours(25));
    let stale = stage.post_filled(&late).await;
    assert!(stale.text().contains("open for more than a day"), "{}", stale.text());
    // The page that says so has a seal of now: sent once more it is taken.
    late.insert(form::SEAL, stale.seal());
    stage.world.advance(Span::seconds(3));
    for turned in [&trapped, &fast, &stale] {
        assert_eq!(turned.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(stage.leads().await, []);
    assert_eq!(stage.post_filled(&late).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn whoever_sends_too_many_waits() {
    let stage = stage!(Engine::Sqlite);
    stage.world.parts.limit(Limits::default().with(Class::Form, Rate::new(6, 2)));
    let filled = stage.filled().await;
    for _ in 0..2 {
        assert_eq!(stage.post_filled(&filled).await.status, StatusCode::SEE_OTHER);
    }
    let more = stage.post_filled(&filled).await;
    assert_eq!(more.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(more.header("retry-after"), "10");
    assert!(
        more.text().contains("Too many answers") && more.text().contains("value=\"Noor\""),
        "{}",
        more.text()
    );
}

#[rstest]
#[tokio::test]
async fn who_has_left_the_program_gets_no_leads(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let filled = stage.filled().await;
    let (partner, program) = (stage.market.alpine.id.0, stage.market.program.0);
    let end = async move |tx: &mut Tx| {
        const SQL: &str = "update enrollment set status = 'ended' where partner_id = $1 and program_id = $2";
        base::execute!(tx, sqlx::query(SQL).bind(partner).bind(program))?;
        Ok::<_, base::Problem>(())
    };
    stage.world.parts.db().write(end).await.unwrap();
    let late = stage.post_filled(&filled).await;
    assert_eq!(late.status, StatusCode::GONE, "{}", late.text());
    assert!(late.text().contains("This offer has ended"), "{}", late.text());
}

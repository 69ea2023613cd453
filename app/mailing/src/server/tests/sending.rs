//! Who is written to, when, in whose name, and what a refusal leads to.
use std::time::Duration;

use base::db::Engine;
use base::{Span, Timestamp};
use creative::draw::{Piece, Template};
use outbound::testing::Dns;
use rstest::rstest;

use super::sink::header;
use super::{LEASE, NIGHT, people, person, stage};
use crate::model::{Queued, SenderState, Tally};
use crate::server::{Step, To};
use crate::{AddSender, CheckSender, RemoveSender, SuppressAddress};

#[rstest]
#[tokio::test]
async fn everybody_is_taken_in_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let campaign = stage.campaign();
    let mut to = people(0..1_200);
    to.push(person(5, "another@d1.example"));
    to.push(person(9_000, " P7@D7.example "));
    for (at, odd) in
        ["", "nobody", "a@b@c", "x@nodot", "a b@c.example", "ä@c.example", "a@c.example\r\nBcc: d@e.example"]
            .into_iter()
            .enumerate()
    {
        to.push(person(9_100 + at, odd));
    }
    let first = stage.queue(stage.step(campaign, 1), to.clone()).await;
    assert_eq!(first, Queued { queued: 1_200, suppressed: 0, doubled: 9 });
    let again = stage.queue(stage.step(campaign, 1), to).await;
    assert_eq!(again, Queued { queued: 0, suppressed: 0, doubled: 1_209 });
    assert_eq!(stage.tally(campaign).await, Tally { queued: 1_200, ..Tally::default() });
    // Domains of other scripts are written as mail servers know them.
    let other = stage.queue(stage.step(campaign, 2), vec![person(1, "zoe@Bücher.example")]).await;
    assert_eq!(other.queued, 1);
    assert_eq!(
        stage.number("select count(*) from mailing_message where domain = 'xn--bcher-kva.example'").await,
        1
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_says_who_sends_it_and_leads_back(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let campaign = stage.campaign();
    stage.queue(stage.step(campaign, 1), people(3..4)).await;
    assert_eq!(stage.send(campaign).await.sent, 1);
    let message = &stage.sink.messages()[0];
    let has = |name: &str| header(message, name).unwrap();
    assert_eq!(has("From"), "\"Alpine Systems\" <no-reply@localhost.example>");
    assert_eq!(has("Reply-To"), "team@alpine.example");
    assert_eq!(has("To"), "p3@d3.example");
    assert_eq!(has("Subject"), "Hello Pat3");
    assert!(has("List-Unsubscribe").starts_with("<http://localhost:3000/m/u/"));
    assert_eq!(has("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    assert!(has("Feedback-ID").starts_with(&format!("{campaign}:")));
    assert_eq!(header(message, "DKIM-Signature"), None);
    assert_eq!(header(message, "Precedence"), None);
    let told = &stage.told("mailing.step_sent").await[0];
    assert_eq!((told.subject.as_str(), &told.data["sent"]), (campaign.to_string().as_str(), &1.into()));
    assert!(!told.data.to_string().contains('@'), "no address is in the log");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals_lead_where_they_must(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let campaign = stage.campaign();
    stage.sink.answer_recipients(|to| match to {
        "p1@d1.example" => Some("550 5.1.1 no such user"),
        "p2@d2.example" => Some("550 5.7.1 not from you"),
        "p3@d3.example" => Some("450 4.2.0 come back later"),
        _ => None,
    });
    stage.queue(stage.step(campaign, 1), people(0..10)).await;
    let working = stage.start(2, "off");
    let tally = stage.until(campaign, |tally| tally.queued == 1).await;
    assert_eq!((tally.sent, tally.failed), (7, 2));
    // Only whoever does not exist is never written to again, by nobody of the vendor.
    assert_eq!(stage.number("select count(*) from suppression").await, 1);
    assert_eq!(stage.told("mailing.bounced").await.len(), 1);
    let mut step = stage.step(stage.campaign(), 1);
    step.partner = stage.market.bluepeak.id;
    let queued = stage.queue(step, people(0..4)).await;
    assert_eq!((queued.queued, queued.suppressed), (3, 1));
    // The one that waits is tried again, and its domain left alone until then.
    stage.sink.answer_recipients(|_| None);
    stage.world.advance(Span::minutes(2));
    let tally = stage.until(campaign, |tally| tally.queued == 0).await;
    working.end().await;
    assert_eq!((tally.sent, tally.failed, tally.repeated), (8, 2, 0));
    let reply = stage
        .number("select count(*) from mailing_message where reply like '%4.2.0%' and attempts = 2")
        .await;
    assert_eq!(reply, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_is_unwell_costs_nobody_a_mail(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let campaign = stage.campaign();
    stage.sink.answer_senders(|_| Some("550 5.7.1 relaying denied"));
    stage.queue(stage.step(campaign, 1), people(0..50)).await;
    let working = stage.start(2, "off");
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(stage.tally(campaign).await, Tally { queued: 50, ..Tally::default() });
    stage.sink.answer_senders(|_| None);
    stage.world.advance(LEASE);
    let tally = stage.until(campaign, |tally| tally.queued == 0).await;
    working.end().await;
    assert_eq!((tally.sent, tally.failed, tally.repeated), (50, 0, 0));
    assert_eq!(stage.number("select max(attempts) from mailing_message").await, 1, "it costs them no try");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_written_to_in_their_quiet_hours(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let campaign = stage.campaign();
    let zoned = |at: usize, zone: Option<&str>| To {
        time_zone: zone.map(str::to_owned),
        ..person(at, &format!("p{at}@d.example"))
    };
    // The world begins at ten in Berlin, which is the program's zone, at four in New York and at six in the evening in Tokyo.
    let to = vec![
        zoned(1, None),
        zoned(2, Some("America/New_York")),
        zoned(3, Some("Asia/Tokyo")),
        zoned(4, Some("Nowhere/Land")),
    ];
    let step = Step { quiet: Some(NIGHT), ..stage.step(campaign, 1) };
    stage.queue(step, to).await;
    let working = stage.start(2, "off");
    let tally = stage.until(campaign, |tally| tally.sent == 3).await;
    assert_eq!(tally.queued, 1);
    stage.world.advance(Span(Span::hours(4).0 - 1));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(stage.tally(campaign).await.queued, 1, "not a moment before eight");
    stage.world.advance(Span(1));
    stage.until(campaign, |tally| tally.queued == 0).await;
    working.end().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_domain_gets_its_rate(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let campaign = stage.campaign();
    let to =
        (0..40).map(|at| person(at, &format!("p{at}@{}.example", if at < 30 { "slow" } else { "quick" })));
    stage.queue(stage.step(campaign, 1), to.collect()).await;
    let working = stage.start(4, "slow.example=1+5");
    let tally = stage.until(campaign, |tally| tally.sent >= 15).await;
    assert_eq!(tally.sent, 15, "five at once, and all to the other domain");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(stage.tally(campaign).await.sent, 15);
    for _ in 0..10 {
        stage.world.advance(Span::seconds(4));
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        if stage.tally(campaign).await.queued == 0 {
            break;
        }
    }
    let tally = stage.until(campaign, |tally| tally.queued == 0).await;
    working.end().await;
    assert_eq!((tally.sent, tally.repeated), (40, 0));
    assert_eq!(stage.number("select max(attempts) from mailing_message").await, 1, "to wait is no try");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_of_the_people_get_the_other_subject(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let campaign = stage.campaign();
    let mut step = stage.step(campaign, 1);
    step.mail.other_subject = Some(Template(vec![Piece::As("Something else".to_owned())]));
    stage.queue(step, people(0..200)).await;
    let tally = stage.send(campaign).await;
    let [a, b] = tally.by_variant;
    assert_eq!(a.sent + b.sent, 200);
    assert!((60..=140).contains(&b.sent), "{b:?}");
    let subjects = stage
        .sink
        .messages()
        .iter()
        .filter(|one| header(one, "Subject").unwrap() == "Something else")
        .count();
    assert_eq!(subjects as u64, b.sent);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mails_are_signed_in_the_name_of_a_domain_that_was_shown(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let (world, owner) = (&stage.world, &stage.market.alpine.owner);
    let dns = Dns::start().await;
    world.parts.reach_by(dns.outbound());
    let add = AddSender { address: "Hello@Alpine.example".into(), brand: None };
    let sender = world.ask(owner, add.clone()).await.unwrap();
    assert_eq!((sender.domain.as_str(), sender.state), ("alpine.example", SenderState::Pending));
    assert_eq!(sender.address, "Hello@alpine.example");
    assert_eq!(world.ask(owner, add).await.unwrap_err().of_field("address").unwrap().code, "added_already");
    let checked = world.ask(owner, CheckSender { id: sender.id }).await.unwrap();
    assert_eq!(checked.state, SenderState::Pending);

    let campaign = stage.campaign();
    stage.queue(stage.step(campaign, 1), people(0..1)).await;
    stage.send(campaign).await;
    assert!(header(&stage.sink.messages()[0], "From").unwrap().contains("no-reply@localhost.example"));

    dns.set_texts(&sender.record_name, &[&sender.record_value]);
    dns.set_texts("alpine.example", &["v=spf1 -all"]);
    let checked = world.ask(owner, CheckSender { id: sender.id }).await.unwrap();
    assert_eq!(checked.state, SenderState::Verified);
    assert_eq!((checked.spf.as_str(), checked.dmarc.as_str()), ("found", "missing"));
    let campaign = stage.campaign();
    stage.queue(stage.step(campaign, 1), people(0..1)).await;
    stage.send(campaign).await;
    let message = &stage.sink.messages()[1];
    assert_eq!(header(message, "From").unwrap(), "\"Alpine Systems\" <Hello@alpine.example>");
    let signature = header(message, "DKIM-Signature").unwrap();
    assert!(signature.contains("d=alpine.example;") && signature.contains("a=rsa-sha256;"), "{signature}");

    // After days without its record it is lost, and mails go out in the shared name again.
    dns.set_texts(&sender.record_name, &[]);
    for _ in 0..5 {
        world.advance(Span::days(1));
        world.run_jobs().await;
    }
    let campaign = stage.campaign();
    stage.queue(stage.step(campaign, 1), people(0..1)).await;
    stage.send(campaign).await;
    assert!(header(&stage.sink.messages()[2], "From").unwrap().contains("no-reply@localhost.example"));
    let strangers = [&stage.market.bluepeak.owner, &stage.market.foreign.owner];
    for stranger in strangers {
        let refused = world.ask(stranger, CheckSender { id: sender.id }).await.unwrap_err();
        assert_eq!(refused, base::Problem::NotFound);
    }
    world.ask(owner, RemoveSender { id: sender.id }).await.unwrap();
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_put_on_the_list_after_being_taken_in_gets_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let campaign = stage.campaign();
    let later = stage.world.parts.clock().now() + Span::days(1);
    stage.queue(Step { send_at: later, ..stage.step(campaign, 1) }, people(0..10)).await;
    let ask = SuppressAddress { address: "P3@d3.example".into() };
    stage.world.ask(&stage.market.alpine.owner, ask).await.unwrap();
    let working = stage.start(2, "off");
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(stage.sink.count(), 0, "not before its time");
    stage.world.advance(Span::days(1));
    let tally = stage.until(campaign, |tally| tally.queued == 0).await;
    working.end().await;
    assert_eq!((tally.sent, tally.suppressed), (9, 1));
    assert!(!stage.sink.recipients().contains_key("p3@d3.example"));
    assert!(later > Timestamp(0));
}

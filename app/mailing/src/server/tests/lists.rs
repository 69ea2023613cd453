//! Suppressed addresses, and mails that came back.
use base::db::Engine;
use base::{Actor, Problem, Side};
use rstest::rstest;

use super::sink::header;
use super::{Stage, people, stage};
use crate::model::{SuppressionReason, SuppressionScope};
use crate::server::take_in;
use crate::{ListSenders, ListSuppressed, ReleaseAddress, SuppressAddress};

#[rstest]
#[tokio::test]
async fn an_address_is_put_on_the_list_and_taken_off(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let (world, market) = (&stage.world, &stage.market);
    let put = |address: &str| SuppressAddress { address: address.to_owned() };
    let line = world.ask(&market.alpine.owner, put(" Zoe@B.example ")).await.unwrap();
    assert_eq!((line.address.as_str(), line.scope), ("zoe@b.example", SuppressionScope::Partner));
    assert_eq!(world.ask(&market.alpine.owner, put("ZOE@b.example")).await.unwrap().id, line.id);
    let odd = world.ask(&market.alpine.owner, put("zoe")).await.unwrap_err();
    assert_eq!(odd.of_field("address").unwrap().code, "not_an_address");
    let all = world.ask(&market.owner, put("zoe@b.example")).await.unwrap();
    assert_eq!(all.scope, SuppressionScope::Global);
    // Each reads its own, in full.
    for (actor, id) in [(&market.alpine.owner, line.id), (&market.owner, all.id)] {
        let page = world.ask(actor, ListSuppressed::default()).await.unwrap();
        assert_eq!(page.items.iter().map(|line| line.id).collect::<Vec<_>>(), [id]);
        assert_eq!(page.items[0].address, "zoe@b.example");
        let find = |address: &str| ListSuppressed { address: Some(address.to_owned()), ..Default::default() };
        assert_eq!(world.ask(actor, find("ZOE@b.example")).await.unwrap().total, 1);
        assert_eq!(world.ask(actor, find("zo@b.example")).await.unwrap().total, 0);
    }
    // The vendor's holds for all partners, the partner's for itself.
    let campaign = stage.campaign();
    let mut step = stage.step(campaign, 1);
    step.partner = market.bluepeak.id;
    let to = || vec![super::person(1, "zoe@b.example")];
    assert_eq!(stage.queue(step.clone(), to()).await.suppressed, 1);
    world.ask(&market.owner, ReleaseAddress { id: all.id }).await.unwrap();
    step.campaign = stage.campaign();
    assert_eq!(stage.queue(step, to()).await.queued, 1);
    assert_eq!(stage.queue(stage.step(stage.campaign(), 1), to()).await.suppressed, 1);
    for stranger in [&market.owner, &market.bluepeak.owner, &market.foreign.owner] {
        assert_eq!(world.ask(stranger, ReleaseAddress { id: line.id }).await.unwrap_err(), Problem::NotFound);
    }
    for actor in [&market.alpine.learner, &market.alpine.sales, &market.manager] {
        assert_eq!(world.ask(actor, ListSuppressed::default()).await.unwrap_err().code(), "role");
        assert_eq!(world.ask(actor, ListSenders {}).await.unwrap_err().code(), "role");
    }
    world.ask(&market.alpine.owner, ReleaseAddress { id: line.id }).await.unwrap();
    assert_eq!(world.ask(&market.alpine.owner, ListSuppressed::default()).await.unwrap().total, 0);
    assert_eq!(stage.told("mailing.suppressed").await.len(), 1, "a partner's list is its own affair");
}

#[rstest]
#[tokio::test]
async fn long_lists_come_page_by_page(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let owner = &stage.market.alpine.owner;
    for at in 0..7 {
        let ask = SuppressAddress { address: format!("p{at}@b.example") };
        stage.world.ask(owner, ask).await.unwrap();
    }
    let mut seen = Vec::new();
    let mut cursor = None;
    loop {
        let ask = ListSuppressed { limit: Some(3), cursor, ..Default::default() };
        let page = stage.world.ask(owner, ask).await.unwrap();
        assert_eq!(page.total, 7);
        seen.extend(page.items.into_iter().map(|line| line.address));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, (0..7).rev().map(|at| format!("p{at}@b.example")).collect::<Vec<_>>());
    let odd = ListSuppressed { cursor: Some("x".into()), ..Default::default() };
    assert_eq!(stage.world.ask(owner, odd).await.unwrap_err().of_field("cursor").unwrap().code, "invalid");
}

fn report(message_id: &str, status: &str) -> String {
    format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: no-reply@p.example\r\nContent-Type: multipart/report; \
         report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example\r\n\r\nAction: failed\r\nStatus: {status}\r\n\r\n--b\r\n\
         Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\n--b--\r\n"
    )
}

fn complaint(message_id: &str) -> String {
    format!(
        "From: fbl@isp.example\r\nTo: x@p.example\r\nContent-Type: multipart/report; report-type=feedback-report; \
         boundary=b\r\n\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n\r\n\
         --b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {message_id}\r\n\r\nx\r\n--b--\r\n"
    )
}

async fn take(stage: &Stage, actor: &Actor, raw: String) -> Result<&'static str, Problem> {
    take_in(&stage.world.parts, actor, raw.as_bytes()).await
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mails_that_come_back_are_written_down(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let campaign = stage.campaign();
    stage.queue(stage.step(campaign, 1), people(0..5)).await;
    stage.send(campaign).await;
    let messages = stage.sink.messages();
    let ids: Vec<String> = messages.iter().map(|one| header(one, "Message-ID").unwrap()).collect();
    let owner = &stage.market.owner;
    assert_eq!(take(&stage, owner, report(&ids[0], "5.1.1")).await, Ok("bounced"));
    assert_eq!(take(&stage, owner, report(&ids[0], "5.1.1")).await, Ok("nothing"), "once");
    assert_eq!(take(&stage, owner, report(&ids[1], "5.2.2")).await, Ok("returned"));
    assert_eq!(take(&stage, owner, complaint(&ids[2])).await, Ok("complained"));
    assert_eq!(take(&stage, owner, complaint("<x@p.example>")).await, Err(Problem::NotFound));
    let strangers = [&stage.market.foreign.owner];
    for stranger in strangers {
        assert_eq!(take(&stage, stranger, report(&ids[3], "5.1.1")).await, Err(Problem::NotFound));
    }
    let refused = take(&stage, &stage.market.alpine.owner, report(&ids[3], "5.1.1")).await.unwrap_err();
    assert_eq!(refused.code(), "role");
    assert_eq!(take(&stage, &Actor::nobody(), String::new()).await, Err(Problem::Unauthenticated));
    assert_eq!(stage.market.owner.side(), Some(Side::Vendor));
    let tally = stage.tally(campaign).await;
    assert_eq!((tally.sent, tally.bounced, tally.complained), (5, 2, 1));
    assert_eq!(
        (stage.told("mailing.bounced").await.len(), stage.told("mailing.complained").await.len()),
        (2, 1)
    );
    // A dead mailbox for all of the vendor, a complaint for the brand; a full mailbox for nobody.
    let lines = stage.world.ask(owner, ListSuppressed::default()).await.unwrap().items;
    let found: Vec<_> = lines.iter().map(|line| (line.scope, line.reason)).collect();
    assert_eq!(
        found,
        [
            (SuppressionScope::Brand, SuppressionReason::Complaint),
            (SuppressionScope::Global, SuppressionReason::HardBounce)
        ]
    );
    let refused = stage.world.ask(owner, ReleaseAddress { id: lines[0].id }).await.unwrap_err();
    assert_eq!(refused.code(), "not_by_hand");
}

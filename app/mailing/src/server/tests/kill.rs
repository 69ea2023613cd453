//! A sender that is killed: nobody is left out, few get a mail twice, and all of that is on record.
use std::time::Duration;

use base::db::{Engine, Tx};
use rstest::rstest;

use super::sink::header;
use super::{LEASE, people, stage};
use crate::server::{WINDOW, cancel, pause, resume};

const MANY: usize = 500;

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sender_that_is_killed_again_and_again_leaves_nobody_out(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let campaign = stage.campaign();
    assert_eq!(stage.queue(stage.step(campaign, 1), people(0..MANY)).await.queued, MANY as u64);
    stage.sink.take_time(Duration::from_millis(2));
    let mut kills = 0;
    for stop_at in [1, 40, 41, 150, 260, 390] {
        let working = stage.start(4, "off");
        while stage.sink.count() < stop_at {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        working.kill().await;
        kills += 1;
        // The lease of what was taken ends.
        stage.world.advance(LEASE);
    }
    let tally = stage.send(campaign).await;
    assert_eq!((tally.sent, tally.failed, tally.queued), (MANY as u64, 0, 0));
    let got = stage.sink.recipients();
    assert_eq!(got.len(), MANY, "nobody is left out");
    let twice: usize = got.values().map(|times| times - 1).sum();
    assert!(twice <= kills * WINDOW, "{twice} were sent more than once");
    // On record: every message that came twice says so, and no more than were taken at each kill say so.
    let repeated =
        stage.number("select cast(coalesce(sum(repeated), 0) as bigint) from mailing_message").await;
    assert!(twice as i64 <= repeated && repeated <= (kills * WINDOW) as i64, "{twice} {repeated}");
    assert_eq!(tally.repeated as i64, repeated);
    let unrecorded = stage
        .number("select count(*) from mailing_message where state <> 'sent' or due_at is not null")
        .await;
    assert_eq!(unrecorded, 0);
    // Receivers know a second copy by its name.
    let mut names: Vec<String> =
        stage.sink.messages().iter().map(|message| header(message, "Message-ID").unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), MANY);
    assert_eq!(stage.told("mailing.step_sent").await.len(), 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_asked_to_stop_repeats_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let campaign = stage.campaign();
    stage.queue(stage.step(campaign, 1), people(0..200)).await;
    stage.sink.take_time(Duration::from_millis(2));
    for stop_at in [10, 60, 120] {
        let working = stage.start(4, "off");
        while stage.sink.count() < stop_at {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        working.end().await;
        let taken = stage.number("select count(*) from mailing_message where state = 'claimed'").await;
        assert_eq!(taken, 0, "all is given back");
    }
    let tally = stage.send(campaign).await;
    assert_eq!((tally.sent, tally.repeated), (200, 0));
    assert!(stage.sink.recipients().values().all(|times| *times == 1));
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_breaks_after_the_last_word_is_on_record(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let campaign = stage.campaign();
    stage.queue(stage.step(campaign, 1), people(0..20)).await;
    stage.sink.hang_up_after(5);
    let working = stage.start(1, "off");
    let tally = stage.until(campaign, |tally| tally.queued == 1).await;
    assert_eq!((tally.sent, tally.repeated), (19, 1));
    stage.world.advance(LEASE);
    let tally = stage.until(campaign, |tally| tally.queued == 0).await;
    working.end().await;
    assert_eq!((tally.sent, tally.repeated), (20, 1));
    assert_eq!(stage.sink.count(), 21);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pause_holds_at_once_and_a_cancelled_campaign_stays_so(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    const LINES: usize = 4;
    let stage = stage!(engine);
    let campaign = stage.campaign();
    stage.queue(stage.step(campaign, 1), people(0..300)).await;
    stage.sink.take_time(Duration::from_millis(10));
    let working = stage.start(LINES, "off");
    let db = stage.world.parts.db();
    while stage.sink.count() < 30 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    db.write(async move |tx: &mut Tx| pause(tx, campaign).await).await.unwrap();
    let at_pause = stage.sink.count();
    tokio::time::sleep(Duration::from_millis(600)).await;
    let after = stage.sink.count();
    assert!(after <= at_pause + LINES, "{} went out after the pause", after - at_pause);
    let tally = stage.until(campaign, |tally| tally.sent == after as u64).await;
    assert_eq!((tally.queued, tally.cancelled), (300 - after as u64, 0));
    db.write(async move |tx: &mut Tx| resume(tx, campaign).await).await.unwrap();
    while stage.sink.count() < 120 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    db.write(async move |tx: &mut Tx| cancel(tx, campaign).await).await.unwrap();
    let at_cancel = stage.sink.count();
    tokio::time::sleep(Duration::from_millis(600)).await;
    let after = stage.sink.count();
    assert!(after <= at_cancel + LINES, "{} went out after it was cancelled", after - at_cancel);
    let tally = stage.until(campaign, |tally| tally.sent == after as u64).await;
    assert_eq!((tally.queued, tally.cancelled, tally.repeated), (0, 300 - after as u64, 0));
    db.write(async move |tx: &mut Tx| resume(tx, campaign).await).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(stage.sink.count(), after, "nothing brings it back");
    working.end().await;
    assert!(stage.told("mailing.step_sent").await.is_empty());
}

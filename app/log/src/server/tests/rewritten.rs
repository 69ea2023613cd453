//! A vendor that rewrites its own log, with the true key and every hash made anew, is found out by those who kept a
//! receipt or a checkpoint.
use super::*;
use crate::checkpoint::Checkpoint;
use crate::examine::{Exhibit, Finding, Outcome, Said, Test, examine};

/// What is done to the history.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Nothing,
    Removed,
    Altered,
    Reordered,
    CutShort,
}

/// Which claims the log holds after the deed, in order; a thousand more than a claim is another one.
fn history(deed: Deed, claims: i64) -> Vec<i64> {
    let mut all: Vec<i64> = (0..claims).collect();
    match deed {
        Deed::Nothing => {}
        Deed::Removed => drop(all.remove(5)),
        Deed::Altered => all[5] += 1000,
        Deed::Reordered => all.swap(5, 6),
        Deed::CutShort => all.truncate(9),
    }
    all
}

async fn written(world: &World, claims: &[i64]) -> Vec<Receipt> {
    let mut receipts = Vec::new();
    for n in claims {
        receipts.push(claim(world, VENDOR, *n).await);
    }
    receipts
}

async fn found(world: &World, receipt: &Receipt, kept: &Checkpoint) -> Vec<Finding> {
    let exhibit = Exhibit::Receipt(Box::new(receipt.clone()));
    let evidence = world.ask(&Actor::nobody(), exhibit.question(Some(kept))).await;
    examine(&exhibit, &Said::from(evidence), Some(kept))
}

fn outcome(findings: &[Finding], test: Test) -> Outcome {
    findings.iter().find(|finding| finding.test == test).unwrap().outcome
}

#[rstest]
#[tokio::test]
async fn a_rewritten_log_is_found_out(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(Deed::Nothing, Deed::Removed, Deed::Altered, Deed::Reordered, Deed::CutShort)] deed: Deed,
) {
    let honest = world!(engine, [MIGRATIONS()]);
    let receipts = written(&honest, &history(Deed::Nothing, 20)).await;
    let kept = honest.ask(&Actor::nobody(), GetCheckpoint { vendor: VENDOR }).await.unwrap();
    // The same clock and key: only the history is another one, and it went on.
    let rewritten = world!(engine, [MIGRATIONS()]);
    written(&rewritten, &history(deed, if matches!(deed, Deed::CutShort) { 9 } else { 31 })).await;

    let before = found(&rewritten, &receipts[2], &kept).await;
    let after = found(&rewritten, &receipts[12], &kept).await;
    let innocent = matches!(deed, Deed::Nothing);
    assert_eq!(outcome(&after, Test::Kept), innocent.into(), "{deed:?}");
    assert_eq!(outcome(&after, Test::Grown), innocent.into(), "{deed:?}");
    assert_eq!(outcome(&after, Test::Present), innocent.into(), "{deed:?}");
    // What stands before the deed cannot see it; the kept checkpoint does.
    assert_eq!(outcome(&before, Test::Grown), Outcome::Holds, "{deed:?}");
    assert_eq!(outcome(&before, Test::Kept), innocent.into(), "{deed:?}");
    for check in Check::ALL {
        assert_eq!(outcome(&after, Test::Receipt(check)), Outcome::Holds, "the receipt itself stays good");
    }
}

#[rstest]
#[tokio::test]
async fn a_log_that_is_gone_or_silent_convinces_nobody(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, [MIGRATIONS()]);
    let receipt = claim(&world, VENDOR, 1).await;
    let exhibit = Exhibit::Receipt(Box::new(receipt));
    let gone = examine(&exhibit, &Said::from(Err(Problem::NotFound)), None);
    assert_eq!(outcome(&gone, Test::Present), Outcome::Fails);
    let silent = examine(&exhibit, &Said::from(Err(Problem::Unavailable)), None);
    assert_eq!(outcome(&silent, Test::Present), Outcome::Unknown);
    assert_eq!(outcome(&silent, Test::Receipt(Check::Key)), Outcome::Unknown);
    assert_eq!(outcome(&silent, Test::Receipt(Check::Signature)), Outcome::Holds);
}

#[rstest]
#[tokio::test]
async fn evidence_about_another_entry_or_log_does_not_help(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, [MIGRATIONS()]);
    let receipts = written(&world, &[1, 2, 3, 4]).await;
    let stranger = claim(&world, OTHER, 1).await;
    let ask = async |receipt: &Receipt| {
        let exhibit = Exhibit::Receipt(Box::new(receipt.clone()));
        world.ask(&Actor::nobody(), exhibit.question(None)).await.unwrap()
    };
    let exhibit = Exhibit::Receipt(Box::new(receipts[1].clone()));
    let own = ask(&receipts[1]).await;
    for other in [ask(&receipts[2]).await, ask(&stranger).await] {
        let findings = examine(&exhibit, &Said::Evidence(Box::new(other)), None);
        assert_eq!(outcome(&findings, Test::Present), Outcome::Fails);
    }
    let mut unsigned = own.clone();
    unsigned.checkpoint.at = unsigned.checkpoint.at + Span::hours(1);
    let findings = examine(&exhibit, &Said::Evidence(Box::new(unsigned)), None);
    assert_eq!(outcome(&findings, Test::Checkpoint), Outcome::Fails);
    let mut keyless = own;
    keyless.keys.clear();
    let findings = examine(&exhibit, &Said::Evidence(Box::new(keyless)), None);
    assert_eq!(outcome(&findings, Test::Checkpoint), Outcome::Fails);
    assert_eq!(outcome(&findings, Test::Receipt(Check::Key)), Outcome::Fails);
}

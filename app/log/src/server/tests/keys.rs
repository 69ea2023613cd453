//! Keys that take over from each other.
use super::*;
use crate::examine::{Exhibit, Outcome, Said, examine};
use crate::server::Signer;
use crate::server::rotate;
use crate::signing::leads_to;

/// The same installation, started again with another seed.
fn started_with(world: &World, seed: [u8; 32]) -> base::Parts {
    use base::clock::SequentialChance;
    let (db, settings) = (world.parts.db().clone(), world.parts.settings().clone());
    base::Parts::new(db, Box::new(world.clock.clone()), Box::new(SequentialChance::new(8)), seed, settings)
}

async fn rotated(world: &World, seed: [u8; 32]) -> LogKey {
    let parts = world.parts.clone();
    world.parts.db().write(async move |tx: &mut Tx| rotate(tx, &parts, seed).await).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn receipts_and_checkpoints_of_the_old_key_stay_good_after_it_retired(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use base::http::Perform;
    let mut world = world!(engine, [MIGRATIONS()]);
    let nobody = Actor::nobody();
    let old_receipt = claim(&world, VENDOR, 1).await;
    let kept = world.ask(&nobody, GetCheckpoint { vendor: VENDOR }).await.unwrap();
    world.advance(Span::days(1));
    let next = rotated(&world, [21; 32]).await;
    assert_eq!(next.endorsed_by.as_deref(), Some(old_receipt.key_id.as_str()));
    assert_eq!(rotated(&world, [21; 32]).await, next, "done again it changes nothing");

    world.parts = started_with(&world, [21; 32]);
    let new_receipt = claim(&world, VENDOR, 2).await;
    assert_eq!(new_receipt.key_id, next.key_id);
    let keys = world.ask(&nobody, ListLogKeys {}).await.unwrap().keys;
    assert_eq!(keys.iter().map(|key| &key.key_id).collect::<Vec<_>>(), [&next.key_id, &old_receipt.key_id]);
    assert!(keys[0].retired_at.is_none() && keys[1].retired_at.is_some());
    assert!(leads_to(&keys, &old_receipt.key_id, &next.key_id));
    for receipt in [old_receipt, new_receipt] {
        let exhibit = Exhibit::Receipt(Box::new(receipt));
        let evidence = exhibit.question(Some(&kept)).perform(&world.parts, &nobody).await.unwrap();
        let findings = examine(&exhibit, &Said::Evidence(Box::new(evidence)), Some(&kept));
        assert!(findings.iter().all(|finding| finding.outcome == Outcome::Holds), "{findings:?}");
    }
}

#[rstest]
#[tokio::test]
async fn a_key_that_nobody_vouched_for_does_not_speak_for_the_log(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut world = world!(engine, [MIGRATIONS()]);
    let nobody = Actor::nobody();
    let receipt = claim(&world, VENDOR, 1).await;
    let kept = world.ask(&nobody, GetCheckpoint { vendor: VENDOR }).await.unwrap();
    // Somebody exchanged signing.key without the old one's word.
    world.parts = started_with(&world, [33; 32]);
    claim(&world, VENDOR, 2).await;
    let exhibit = Exhibit::Receipt(Box::new(receipt));
    let evidence = world.ask(&nobody, exhibit.question(Some(&kept))).await.unwrap();
    assert_eq!(evidence.checkpoint.key_id, Signer::new([33; 32]).key().key_id);
    let findings = examine(&exhibit, &Said::Evidence(Box::new(evidence)), Some(&kept));
    let failed: Vec<_> = findings.iter().filter(|finding| finding.outcome != Outcome::Holds).collect();
    assert!(matches!(failed[..], [only] if only.test == crate::examine::Test::Kept), "{findings:?}");
}

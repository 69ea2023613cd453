//! Proofs of every tree from 1 to 200 entries, as the API gives them, and evidence made of them.
use super::*;
use crate::examine::{Exhibit, Outcome, Said, examine};
use crate::slip::Slip;

const MOST: i64 = 200;

#[rstest]
#[tokio::test]
async fn every_tree_up_to_200_entries_proves_its_entries_and_its_growth(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, [MIGRATIONS()]);
    let nobody = Actor::nobody();
    let mut roots: Vec<String> = Vec::new();
    let mut leaves: Vec<String> = Vec::new();
    for size in 1..=MOST {
        let receipt = claim(&world, VENDOR, size).await;
        assert_eq!(receipt.tree_size, size);
        roots.push(receipt.root.clone());
        leaves.push(receipt.entry_hash);
        // The edges of the tree and of its halves, and one that wanders.
        for log_index in [0, size / 2, (size * 7) % size.max(2), size - 1] {
            let log_index = log_index.min(size - 1);
            let ask = GetInclusion { vendor: VENDOR, log_index, tree_size: Some(size) };
            let proof = world.ask(&nobody, ask).await.unwrap();
            let entry = read_hash(&leaves[log_index as usize]).unwrap();
            assert!(proof.proves(&entry, log_index, size, &receipt.root), "{log_index} of {size}");
            assert!(!proof.proves(&entry, log_index, size, &"00".repeat(32)));
        }
    }
    let newest = roots.last().unwrap();
    for from in 1..=MOST {
        let ask = GetConsistency { vendor: VENDOR, from, to: None };
        let proof = world.ask(&nobody, ask).await.unwrap();
        assert!(proof.proves((from, &roots[from as usize - 1]), (MOST, newest)), "{from}");
        let other = &roots[(from % MOST) as usize];
        assert!(from == MOST || !proof.proves((from, other), (MOST, newest)), "{from} with another head");
    }
    for log_index in 0..MOST {
        let ask = GetInclusion { vendor: VENDOR, log_index, tree_size: None };
        let proof = world.ask(&nobody, ask).await.unwrap();
        let entry = read_hash(&leaves[log_index as usize]).unwrap();
        assert!(proof.proves(&entry, log_index, MOST, newest), "{log_index}");
    }
}

#[rstest]
#[tokio::test]
async fn the_hashes_of_all_entries_make_every_head_again(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, [MIGRATIONS()]);
    let nobody = Actor::nobody();
    let mut roots = Vec::new();
    for n in 0..25 {
        roots.push(claim(&world, VENDOR, n).await.root);
    }
    let (mut tree, mut from) = (crate::merkle::Peaks::default(), Some(0));
    while let Some(at) = from {
        let ask = ListLogEntries { vendor: VENDOR, from: Some(at), limit: Some(10) };
        let entries = world.ask(&nobody, ask).await.unwrap();
        assert_eq!(entries.from, at);
        for text in &entries.hashes {
            tree.push(read_hash(text).unwrap());
            assert_eq!(hex::encode(tree.root()), roots[tree.size() as usize - 1]);
        }
        from = entries.next;
    }
    assert_eq!(tree.size(), 25);
    let beyond = ListLogEntries { vendor: VENDOR, from: Some(400), limit: None };
    let beyond = world.ask(&nobody, beyond).await.unwrap();
    assert!(beyond.hashes.is_empty() && beyond.next.is_none());
    let none = ListLogEntries { vendor: OTHER, from: None, limit: None };
    assert_eq!(world.ask(&nobody, none).await, Err(Problem::NotFound));
}

#[rstest]
#[tokio::test]
async fn evidence_convinces_a_stranger_of_a_receipt_and_of_its_slip(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, [MIGRATIONS()]);
    let nobody = Actor::nobody();
    let mut receipts = Vec::new();
    for n in 0..30 {
        receipts.push(claim(&world, VENDOR, n).await);
    }
    let kept = world.ask(&nobody, GetCheckpoint { vendor: VENDOR }).await.unwrap();
    for n in 30..37 {
        claim(&world, VENDOR, n).await;
    }
    for receipt in receipts {
        for exhibit in [Exhibit::Slip(Slip::of(&receipt)), Exhibit::Receipt(Box::new(receipt))] {
            let evidence = world.ask(&nobody, exhibit.question(Some(&kept))).await.unwrap();
            let findings = examine(&exhibit, &Said::Evidence(Box::new(evidence)), Some(&kept));
            assert!(findings.iter().all(|finding| finding.outcome == Outcome::Holds), "{findings:?}");
            assert_eq!(findings.len(), if matches!(exhibit, Exhibit::Slip(_)) { 3 } else { 9 });
        }
    }
}

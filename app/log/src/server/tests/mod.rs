//! The log on both engines, and receipts that nobody can alter.
mod keys;
mod rewritten;
mod sizes;
mod verifier;

use base::db::{Db, Engine, Tx};
use base::testing::World;
use base::{Actor, OrganizationId, Problem, Role, Span, Standing, Timestamp, execute, world};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

use super::{Chain, MIGRATIONS, append, receipt_of, verify_chain};
use crate::checkpoint::CHECKPOINT;
use crate::merkle::{is_consistent, root_of_inclusion};
use crate::receipt::{Broken, Check, Receipt, read_hash, verify};
use crate::signing::{LogKey, holds};
use crate::verbs::*;

const VENDOR: OrganizationId = OrganizationId(uuid(1));
const OTHER: OrganizationId = OrganizationId(uuid(2));

const fn uuid(n: u128) -> base::reexport::uuid::Uuid {
    base::reexport::uuid::Uuid::from_u128(n)
}

async fn claim(world: &World, vendor: OrganizationId, n: i64) -> Receipt {
    let parts = world.parts.clone();
    let work = async move |tx: &mut Tx| {
        let claim = json!({ "customer": { "name": format!("Müller & Söhne {n}") }, "value": n * 100 });
        append(tx, &parts, vendor, &claim, format!("deal_{n}")).await
    };
    world.parts.db().write(work).await.unwrap()
}

async fn walk(db: &Db, vendor: OrganizationId) -> Chain {
    verify_chain(&mut db.read().await.unwrap(), vendor).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn receipts_follow_each_other_and_hold(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world!(engine, [MIGRATIONS()]);
    let keys = world.ask(&Actor::nobody(), ListLogKeys {}).await.unwrap().keys;
    let mut before = "0".repeat(64);
    for n in 0..20 {
        let receipt = claim(&world, VENDOR, n).await;
        assert_eq!((receipt.log_index, receipt.seq, receipt.tree_size), (n, n + 1, n + 1));
        assert_eq!(receipt.prev_hash, before);
        assert!(verify(&receipt, &keys).unwrap().key_is_published);
        before = receipt.entry_hash;
    }
    assert_eq!(claim(&world, OTHER, 1).await.log_index, 0);
    assert!(matches!(walk(world.parts.db(), VENDOR).await, Chain::Whole { entries: 20, .. }));
}

#[rstest]
#[tokio::test]
async fn a_stranger_can_check_the_log(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world!(engine, [MIGRATIONS()]);
    let nobody = Actor::nobody();
    for n in 0..13 {
        claim(&world, VENDOR, n).await;
    }
    let old = world.ask(&nobody, GetCheckpoint { vendor: VENDOR }).await.unwrap();
    for n in 13..40 {
        claim(&world, VENDOR, n).await;
    }
    let new = world.ask(&nobody, GetCheckpoint { vendor: VENDOR }).await.unwrap();
    let keys = world.ask(&nobody, ListLogKeys {}).await.unwrap().keys;
    assert!(holds(&keys[0].public_key, CHECKPOINT, &new.signed_text(), &new.signature));
    assert!(!holds(&keys[0].public_key, CHECKPOINT, &old.signed_text(), &new.signature));
    assert!(old.is_signed(&keys) && new.is_signed(&keys) && !new.is_signed(&[]));
    assert_eq!((old.tree_size, new.tree_size), (13, 40));

    let hash = |text: &str| read_hash(text).unwrap();
    let ask = GetConsistency { vendor: VENDOR, from: 13, to: None };
    let proof = world.ask(&nobody, ask).await.unwrap();
    assert_eq!((&proof.from_root, &proof.to_root), (&old.root, &new.root));
    let path: Vec<_> = proof.path.iter().map(|text| hash(text)).collect();
    assert!(is_consistent(13, 40, &hash(&old.root), &hash(&new.root), &path));

    for (log_index, tree_size) in [(0, None), (12, Some(13)), (39, None), (31, Some(33))] {
        let ask = GetInclusion { vendor: VENDOR, log_index, tree_size };
        let proof = world.ask(&nobody, ask).await.unwrap();
        let path: Vec<_> = proof.path.iter().map(|text| hash(text)).collect();
        let root =
            root_of_inclusion(hash(&proof.entry_hash), log_index as u64, proof.tree_size as u64, &path);
        assert_eq!(root.map(hex::encode), Some(proof.root));
    }
    let beyond = GetInclusion { vendor: VENDOR, log_index: 40, tree_size: None };
    assert_eq!(world.ask(&nobody, beyond).await, Err(Problem::NotFound));
    let too_long = GetConsistency { vendor: VENDOR, from: 13, to: Some(41) };
    assert_eq!(world.ask(&nobody, too_long).await, Err(Problem::NotFound));
    assert_eq!(world.ask(&nobody, GetCheckpoint { vendor: OTHER }).await, Err(Problem::NotFound));
}

#[rstest]
#[tokio::test]
async fn claims_at_the_same_time_get_different_places(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, [MIGRATIONS()]);
    let receipts = futures::future::join_all((0..32).map(|n| claim(&world, VENDOR, n))).await;
    let mut places: Vec<i64> = receipts.iter().map(|receipt| receipt.log_index).collect();
    places.sort_unstable();
    assert_eq!(places, (0..32).collect::<Vec<_>>());
    assert!(receipts.iter().all(|receipt| verify(receipt, &[]).is_ok()));
    assert!(matches!(walk(world.parts.db(), VENDOR).await, Chain::Whole { entries: 32, .. }));
}

#[rstest]
#[tokio::test]
async fn a_clock_that_is_set_back_does_not_reorder_claims(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, [MIGRATIONS()]);
    let first = claim(&world, VENDOR, 1).await;
    world.advance(Span::hours(-3));
    let second = claim(&world, VENDOR, 2).await;
    assert_eq!(second.priority_at, first.priority_at);
    assert!(second.seq > first.seq);
}

#[rstest]
#[case("update log_entry set leaf = replace(leaf, 'deal_3', 'deal_9') where log_index = 3", 3)]
#[case("delete from log_entry where log_index = 5", 6)]
#[case(
    "update log_node set hash = (select hash from log_entry where log_index = 0) where level = 2 and place = 1",
    4
)]
#[case("delete from log_entry where log_index = 11", 11)]
#[tokio::test]
async fn a_log_that_was_tampered_with_is_found_broken(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] tamper: &'static str,
    #[case] at: i64,
) {
    let world = world!(engine, [MIGRATIONS()]);
    for n in 0..12 {
        claim(&world, VENDOR, n).await;
    }
    world.parts.db().write(async move |tx: &mut Tx| Ok(tx.run(tamper).await?)).await.unwrap();
    let Chain::Broken { log_index, .. } = walk(world.parts.db(), VENDOR).await else { panic!("not found") };
    assert_eq!(log_index, at);
}

#[rstest]
#[tokio::test]
async fn an_erased_claim_leaves_the_log_whole(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world!(engine, [MIGRATIONS()]);
    let receipt = claim(&world, VENDOR, 7).await;
    let mut tx = world.parts.db().read().await.unwrap();
    assert_eq!(receipt_of(&mut tx, "deal_7").await.unwrap(), Some(receipt));
    drop(tx);
    world.parts.db().write(async move |tx: &mut Tx| super::erase(tx, "deal_7").await).await.unwrap();
    let mut tx = world.parts.db().read().await.unwrap();
    assert_eq!(receipt_of(&mut tx, "deal_7").await.unwrap(), None);
    drop(tx);
    assert!(matches!(walk(world.parts.db(), VENDOR).await, Chain::Whole { entries: 1, .. }));
}

#[rstest]
#[tokio::test]
async fn a_vendor_reads_its_events_and_a_partner_only_its_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, [MIGRATIONS()]);
    let (alpine, bluepeak) = (OrganizationId(uuid(3)), OrganizationId(uuid(4)));
    for (partner, kind) in
        [(Some(alpine), "deal.submitted"), (Some(bluepeak), "deal.submitted"), (None, "x.y")]
    {
        happen(&world, VENDOR, partner, kind).await;
    }
    happen(&world, OTHER, None, "x.y").await;
    let as_ = |organization, role| Actor {
        means: base::Means::Session,
        user: None,
        name: "A".into(),
        standing: Some(Standing { organization, role, program: None }),
    };
    let seen = async |actor: Actor, ask: ListEvents| world.ask(&actor, ask).await.map(|page| page.total);
    let all = ListEvents::default;
    assert_eq!(seen(as_(VENDOR, Role::Auditor), all()).await, Ok(3));
    assert_eq!(seen(as_(alpine, Role::PartnerOwner), all()).await, Ok(1));
    let only = ListEvents { kind: Some("x.y".into()), ..all() };
    assert_eq!(seen(as_(VENDOR, Role::VendorOwner), only).await, Ok(1));
    assert!(matches!(seen(as_(alpine, Role::Sales), all()).await, Err(Problem::Forbidden { .. })));

    let owner = as_(VENDOR, Role::VendorOwner);
    let first = world.ask(&owner, ListEvents { limit: Some(2), ..all() }).await.unwrap();
    assert_eq!(first.items[0].kind, "x.y");
    let rest = world.ask(&owner, ListEvents { cursor: first.next_cursor, ..all() }).await.unwrap();
    assert_eq!((rest.items.len(), rest.next_cursor), (1, None));
}

async fn happen(world: &World, vendor: OrganizationId, partner: Option<OrganizationId>, kind: &'static str) {
    use base::events::{Happened, append};
    let parts = world.parts.clone();
    let happened =
        Happened { vendor, kind, subject: "s".into(), program: None, partner, keys: vec![], data: json!({}) };
    let work = async move |tx: &mut Tx| append(tx, &parts, &Actor::system(), happened).await.map(|_| ());
    world.parts.db().write(work).await.unwrap();
}

/// The receipt that the tests below alter, made without a database.
pub(super) fn sample() -> (Receipt, Vec<LogKey>) {
    use crate::merkle::{Peaks, leaf_hash};
    use crate::receipt::{RECEIPT, claim_hash, signed_text};
    use crate::server::Signer;
    let mut peaks = Peaks::default();
    for n in 0..5_u8 {
        peaks.push(leaf_hash(&[n]));
    }
    let signer = Signer::new([9; 32]);
    let claim: Value =
        json!({ "customer": { "name": "Müller \"& Söhne\"\nGmbH", "country": "DE" }, "value": 100 });
    let mut receipt = Receipt {
        format: RECEIPT.to_owned(),
        vendor: VENDOR,
        deal: "deal_01h455vb4pex5vsknk084sn02q".to_owned(),
        claim_hash: claim_hash(&claim),
        claim,
        priority_at: Timestamp(1_793_610_000_123),
        seq: 6,
        log_index: 5,
        prev_hash: hex::encode(leaf_hash(&[4])),
        entry_hash: String::new(),
        tree_size: 6,
        root: String::new(),
        inclusion: peaks.path_of_next().iter().map(hex::encode).collect(),
        key_id: signer.key().key_id,
        public_key: signer.key().public_key,
        signature: String::new(),
    };
    let hash = crate::slip::Slip::of(&receipt).hash();
    peaks.push(hash);
    receipt.entry_hash = hex::encode(hash);
    receipt.root = hex::encode(peaks.root());
    receipt.signature = signer.sign(RECEIPT, &signed_text(&receipt));
    (receipt, vec![signer.key()])
}

/// Whether anybody takes these bytes for a receipt: strictly read, or as it is found in what somebody hands in.
fn accepted(bytes: &[u8], keys: &[LogKey]) -> bool {
    let read = serde_json::from_slice::<Receipt>(bytes).ok();
    let found = crate::receipt::find(&String::from_utf8_lossy(bytes));
    [read, found].iter().flatten().any(|receipt| verify(receipt, keys).is_ok())
}

#[test]
fn a_receipt_with_any_bit_flipped_is_refused() {
    let (receipt, keys) = sample();
    let file = serde_json::to_vec(&receipt).unwrap();
    assert!(accepted(&file, &keys) && accepted(&file, &[]));
    for at in 0..file.len() {
        for bit in 0..8 {
            let mut bent = file.clone();
            bent[at] ^= 1 << bit;
            assert!(!accepted(&bent, &[]), "byte {at}, bit {bit}: {}", String::from_utf8_lossy(&bent));
        }
    }
}

proptest! {
    #[test]
    fn a_checkpoint_with_any_byte_replaced_is_refused(at: prop::sample::Index, byte: u8) {
        let signer = crate::server::Signer::new([9; 32]);
        let mut checkpoint = crate::Checkpoint {
            format: CHECKPOINT.to_owned(),
            vendor: VENDOR,
            tree_size: 6,
            root: "ab".repeat(32),
            at: Timestamp(1_793_610_000_123),
            key_id: signer.key().key_id,
            signature: String::new(),
        };
        checkpoint.signature = signer.sign(CHECKPOINT, &checkpoint.signed_text());
        let mut file = serde_json::to_vec(&checkpoint).unwrap();
        let at = at.index(file.len());
        prop_assume!(file[at] != byte);
        file[at] = byte;
        let read = serde_json::from_slice::<crate::Checkpoint>(&file);
        prop_assert!(!read.is_ok_and(|read| read.format == CHECKPOINT && read.is_signed(&[signer.key()])));
    }

    #[test]
    fn a_receipt_with_any_byte_replaced_is_refused(at: prop::sample::Index, byte: u8) {
        let (receipt, keys) = sample();
        let mut file = serde_json::to_vec(&receipt).unwrap();
        let at = at.index(file.len());
        prop_assume!(file[at] != byte);
        file[at] = byte;
        prop_assert!(!accepted(&file, &keys));
    }
}

#[test]
fn a_receipt_signed_with_an_unpublished_key_is_refused() {
    let (receipt, _) = sample();
    let published = crate::server::Signer::new([8; 32]).key();
    assert_eq!(verify(&receipt, &[published]), Err(Broken(Check::Key)));
}

#[rstest]
#[tokio::test]
async fn nothing_is_kept_of_a_claim_whose_work_is_undone(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world!(engine, [MIGRATIONS()]);
    claim(&world, VENDOR, 0).await;
    let parts = world.parts.clone();
    let undone = world.parts.db().write(async move |tx: &mut Tx| -> Result<(), Problem> {
        append(tx, &parts, VENDOR, &json!({}), "deal_x").await?;
        execute!(tx, sqlx::query("select 1"))?;
        Err(Problem::refused("no", "no"))
    });
    assert!(undone.await.is_err());
    assert_eq!(claim(&world, VENDOR, 1).await.log_index, 1);
    assert!(matches!(walk(world.parts.db(), VENDOR).await, Chain::Whole { entries: 2, .. }));
}

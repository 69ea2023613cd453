//! Appends a claim to a vendor's log and signs its receipt.
use std::sync::{Arc, Mutex, PoisonError};

use base::db::Tx;
use base::{OrganizationId, Parts, Problem, Timestamp};
use serde_json::Value;

use super::signer::Signer;
use super::store;
use crate::merkle::leaf_hash;
use crate::receipt::{self, RECEIPT, Receipt};
use crate::slip::Slip;

/// Appends a claim about `subject` (a deal's id) and gives its receipt. Takes the vendor's log for the rest of
/// the transaction, so call it late, but before [`base::events::append`]: always in this order.
///
/// # Errors
/// `Internal` when the engine fails or the stored head is damaged.
pub async fn append(
    tx: &mut Tx,
    parts: &Parts,
    vendor: OrganizationId,
    claim: &Value,
    subject: impl std::fmt::Display,
) -> Result<Receipt, Problem> {
    let signer = signer_of(parts);
    let key = signer.key();
    let mut head = store::take_head(tx, vendor).await?;
    if head.key_id != key.key_id {
        store::remember_key(tx, &key, &signer.public_bytes(), parts.clock().now()).await?;
    }
    let index = head.peaks.size() as i64;
    let path = head.peaks.path_of_next();
    let mut receipt = Receipt {
        format: RECEIPT.to_owned(),
        vendor,
        deal: subject.to_string(),
        claim: claim.clone(),
        claim_hash: receipt::claim_hash(claim),
        // A clock that was set back must not put a later claim before an earlier one.
        priority_at: parts.clock().now().max(Timestamp(head.last_at)),
        seq: index + 1,
        log_index: index,
        prev_hash: hex::encode(head.last_hash),
        entry_hash: String::new(),
        tree_size: index + 1,
        root: String::new(),
        inclusion: path.iter().map(hex::encode).collect(),
        key_id: key.key_id,
        public_key: key.public_key,
        signature: String::new(),
    };
    let leaf = Slip::of(&receipt).text();
    let hash = leaf_hash(leaf.as_bytes());
    let completed = head.peaks.push(hash);
    receipt.entry_hash = hex::encode(hash);
    receipt.root = hex::encode(head.peaks.root());
    receipt.signature = signer.sign(RECEIPT, &receipt::signed_text(&receipt));
    store::insert_entry(tx, &receipt, &leaf, &head.last_hash, &hash).await?;
    store::insert_nodes(tx, vendor, &completed).await?;
    store::set_head(tx, vendor, &head.peaks, &hash, &receipt).await?;
    Ok(receipt)
}

/// The signer, kept between calls: making it from the seed costs as much as a signature.
pub(super) fn signer_of(parts: &Parts) -> Arc<Signer> {
    static KEPT: Mutex<Option<([u8; 32], Arc<Signer>)>> = Mutex::new(None);
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    match &*kept {
        Some((seed, signer)) if seed == parts.signing_seed() => signer.clone(),
        _ => {
            let signer = Arc::new(Signer::new(*parts.signing_seed()));
            *kept = Some((*parts.signing_seed(), signer.clone()));
            signer
        }
    }
}

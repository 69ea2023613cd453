//! The hash chain over the canonical JSON of entries.
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Event;
use crate::canonical;

/// What stands before the first entry.
pub const ZERO_HASH: [u8; 32] = [0; 32];

/// The hash of an entry, over all its fields but `hash`.
pub(super) fn hash(event: &Event) -> serde_json::Result<[u8; 32]> {
    let mut value = serde_json::to_value(event)?;
    if let Value::Object(fields) = &mut value {
        fields.remove("hash");
    }
    Ok(Sha256::digest(canonical(&value)).into())
}

/// Checks a vendor's log from some entry on: places without gaps, each entry's hash, each link.
///
/// # Errors
/// The place of the first entry that does not fit.
pub fn verify<'a>(
    mut prev: [u8; 32],
    mut seq: i64,
    events: impl IntoIterator<Item = &'a Event>,
) -> Result<[u8; 32], i64> {
    for event in events {
        seq += 1;
        let own = hash(event).map_err(|_| event.seq)?;
        if event.seq != seq || event.prev_hash != hex::encode(prev) || event.hash != hex::encode(own) {
            return Err(event.seq);
        }
        prev = own;
    }
    Ok(prev)
}

//! Performs the verbs of the transparency log: heads, proofs, keys.
use std::collections::HashMap;

use base::db::Tx;
use base::http::Perform;
use base::{Actor, OrganizationId, Parts, Problem, canonical};
use serde_json::Value;

use super::append::{key_of, signer_of};
use super::store;
use crate::merkle::{self, Hash, Node};
use crate::verbs::{
    CHECKPOINT, Checkpoint, Consistency, GetCheckpoint, GetConsistency, GetInclusion, Inclusion, ListLogKeys,
    LogKeys,
};

impl Perform for GetCheckpoint {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<Checkpoint, Problem> {
        let mut tx = parts.db().read().await?;
        let head = store::find_head(&mut tx, self.vendor).await?.ok_or(Problem::NotFound)?;
        let signer = signer_of(parts);
        let mut checkpoint = Checkpoint {
            vendor: self.vendor,
            tree_size: head.peaks.size() as i64,
            root: hex::encode(head.peaks.root()),
            at: parts.clock().now(),
            key_id: signer.key().key_id,
            signature: String::new(),
        };
        checkpoint.signature = signer.sign(CHECKPOINT, &checkpoint.signed_text());
        Ok(checkpoint)
    }
}

impl Perform for GetInclusion {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<Inclusion, Problem> {
        let mut tx = parts.db().read().await?;
        let size = size_asked(&mut tx, self.vendor, self.tree_size).await?;
        let index = self.log_index as u64;
        if index >= size {
            return Err(Problem::NotFound);
        }
        let mut ranges = merkle::inclusion(index, size);
        ranges.extend([(index, index + 1), (0, size)]);
        let mut heads = heads(&mut tx, self.vendor, &ranges).await?;
        let (root, leaf) = (heads.pop().unwrap_or_default(), heads.pop().unwrap_or_default());
        Ok(Inclusion {
            log_index: self.log_index,
            tree_size: size as i64,
            entry_hash: leaf,
            root,
            path: heads,
        })
    }
}

impl Perform for GetConsistency {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<Consistency, Problem> {
        let mut tx = parts.db().read().await?;
        let size = size_asked(&mut tx, self.vendor, self.to).await?;
        let from = self.from as u64;
        if from > size {
            return Err(Problem::NotFound);
        }
        let mut ranges = merkle::consistency(from, size);
        ranges.extend([(0, from), (0, size)]);
        let mut heads = heads(&mut tx, self.vendor, &ranges).await?;
        let (to_root, from_root) = (heads.pop().unwrap_or_default(), heads.pop().unwrap_or_default());
        Ok(Consistency { from: self.from, to: size as i64, from_root, to_root, path: heads })
    }
}

impl Perform for ListLogKeys {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<LogKeys, Problem> {
        let present = key_of(parts);
        let mut tx = parts.db().read().await?;
        let mut keys = store::keys(&mut tx).await?;
        keys.retain(|key| *key != present);
        keys.insert(0, present);
        Ok(LogKeys { keys })
    }
}

/// The size that was asked for, or the whole log's; a log that is not so long does not have it.
async fn size_asked(tx: &mut Tx, vendor: OrganizationId, asked: Option<i64>) -> Result<u64, Problem> {
    let head = store::find_head(tx, vendor).await?.ok_or(Problem::NotFound)?;
    let size = asked.map_or(head.peaks.size(), |asked| asked as u64);
    if size == 0 || size > head.peaks.size() {
        return Err(Problem::NotFound);
    }
    Ok(size)
}

async fn heads(tx: &mut Tx, vendor: OrganizationId, ranges: &[(u64, u64)]) -> Result<Vec<String>, Problem> {
    let mut wanted: Vec<Node> = ranges.iter().flat_map(|&(from, to)| merkle::cover(from, to)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let known: HashMap<Node, Hash> = store::nodes(tx, vendor, &wanted).await?.into_iter().collect();
    let heads = merkle::resolve(ranges, |node| known.get(&node).copied());
    let heads = heads.ok_or_else(|| Problem::internal("a log lacks a node that it must have"))?;
    Ok(heads.iter().map(hex::encode).collect())
}

impl Checkpoint {
    /// What the signature is over: all fields but itself.
    #[must_use]
    pub fn signed_text(&self) -> String {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Value::Object(fields) = &mut value {
            fields.remove("signature");
        }
        canonical(&value)
    }
}

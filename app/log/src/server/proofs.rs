//! Performs the verbs of the transparency log: heads, proofs, entries.
use std::collections::HashMap;

use base::db::Tx;
use base::http::Perform;
use base::{Actor, OrganizationId, Parts, Problem};

use super::append::signer_of;
use super::keys::published;
use super::store::{self, Head};
use crate::checkpoint::{CHECKPOINT, Checkpoint, Consistency, Evidence, Inclusion};
use crate::merkle::{self, Hash, Node};
use crate::verbs::{GetCheckpoint, GetConsistency, GetEvidence, GetInclusion, ListLogEntries, LogEntries};

/// How many hashes are given at once.
const MOST_ENTRIES: i64 = 10_000;

impl Perform for GetCheckpoint {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<Checkpoint, Problem> {
        let mut tx = parts.db().read().await?;
        Ok(checkpoint(parts, self.vendor, &head_of(&mut tx, self.vendor).await?))
    }
}

impl Perform for GetInclusion {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<Inclusion, Problem> {
        let mut tx = parts.db().read().await?;
        let size = size_asked(&head_of(&mut tx, self.vendor).await?, self.tree_size)?;
        if self.log_index as u64 >= size {
            return Err(Problem::NotFound);
        }
        included(&mut tx, self.vendor, self.log_index, size).await
    }
}

impl Perform for GetConsistency {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<Consistency, Problem> {
        let mut tx = parts.db().read().await?;
        let size = size_asked(&head_of(&mut tx, self.vendor).await?, self.to)?;
        if self.from as u64 > size {
            return Err(Problem::NotFound);
        }
        grown(&mut tx, self.vendor, self.from, size).await
    }
}

impl Perform for GetEvidence {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<Evidence, Problem> {
        let mut tx = parts.db().read().await?;
        let head = head_of(&mut tx, self.vendor).await?;
        let size = head.peaks.size();
        let inclusion = if (self.log_index as u64) < size {
            Some(included(&mut tx, self.vendor, self.log_index, size).await?)
        } else {
            None
        };
        let mut since = [None, None];
        for (proof, asked) in since.iter_mut().zip([self.receipt_size, self.kept_size]) {
            if let Some(from) = asked.filter(|from| *from as u64 <= size) {
                *proof = Some(grown(&mut tx, self.vendor, from, size).await?);
            }
        }
        let [since_receipt, since_kept] = since;
        let keys = published(&mut tx, parts).await?;
        let checkpoint = checkpoint(parts, self.vendor, &head);
        Ok(Evidence { keys, checkpoint, inclusion, since_receipt, since_kept })
    }
}

impl Perform for ListLogEntries {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<LogEntries, Problem> {
        let mut tx = parts.db().read().await?;
        let size = head_of(&mut tx, self.vendor).await?.peaks.size() as i64;
        let (from, limit) = (self.from.unwrap_or(0), self.limit.unwrap_or(MOST_ENTRIES));
        let hashes = store::hashes(&mut tx, self.vendor, from, limit).await?;
        let end = from.saturating_add(hashes.len() as i64);
        let next = (end < size && !hashes.is_empty()).then_some(end);
        Ok(LogEntries { vendor: self.vendor, from, hashes: hashes.iter().map(hex::encode).collect(), next })
    }
}

fn checkpoint(parts: &Parts, vendor: OrganizationId, head: &Head) -> Checkpoint {
    let signer = signer_of(parts);
    let mut checkpoint = Checkpoint {
        format: CHECKPOINT.to_owned(),
        vendor,
        tree_size: head.peaks.size() as i64,
        root: hex::encode(head.peaks.root()),
        at: parts.clock().now(),
        key_id: signer.key().key_id,
        signature: String::new(),
    };
    checkpoint.signature = signer.sign(CHECKPOINT, &checkpoint.signed_text());
    checkpoint
}

async fn included(
    tx: &mut Tx,
    vendor: OrganizationId,
    log_index: i64,
    size: u64,
) -> Result<Inclusion, Problem> {
    let index = log_index as u64;
    let mut ranges = merkle::inclusion(index, size);
    ranges.extend([(index, index + 1), (0, size)]);
    let mut path = heads(tx, vendor, &ranges).await?;
    let (root, entry_hash) = (path.pop().unwrap_or_default(), path.pop().unwrap_or_default());
    Ok(Inclusion { log_index, tree_size: size as i64, entry_hash, root, path })
}

async fn grown(tx: &mut Tx, vendor: OrganizationId, from: i64, size: u64) -> Result<Consistency, Problem> {
    let mut ranges = merkle::consistency(from as u64, size);
    ranges.extend([(0, from as u64), (0, size)]);
    let mut path = heads(tx, vendor, &ranges).await?;
    let (to_root, from_root) = (path.pop().unwrap_or_default(), path.pop().unwrap_or_default());
    Ok(Consistency { from, to: size as i64, from_root, to_root, path })
}

async fn head_of(tx: &mut Tx, vendor: OrganizationId) -> Result<Head, Problem> {
    let head = store::find_head(tx, vendor).await?;
    head.filter(|head| head.peaks.size() > 0).ok_or(Problem::NotFound)
}

/// The size that was asked for, or the whole log's; a log that is not so long does not have it.
fn size_asked(head: &Head, asked: Option<i64>) -> Result<u64, Problem> {
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

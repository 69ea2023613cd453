//! Walks a vendor's whole log and says whether it is whole, for `rialto verify`.
use base::db::Tx;
use base::{OrganizationId, Problem};

use super::store;
use crate::merkle::{Hash, Node, Peaks, leaf_hash};

/// How many entries are read at a time.
const STEP: i64 = 4096;

/// What a walk over a log came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chain {
    /// Every entry, link and node is as it was written; hex head of the tree.
    Whole { entries: i64, root: String },
    /// The first place where something is not, and what.
    Broken { log_index: i64, what: &'static str },
}

/// Checks every entry's text against its hash, every link to the entry before, every node of the tree and the
/// head. Takes time in proportion to the log.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn verify_chain(tx: &mut Tx, vendor: OrganizationId) -> Result<Chain, Problem> {
    let Some(head) = store::find_head(tx, vendor).await? else {
        return Ok(Chain::Whole { entries: 0, root: hex::encode(crate::merkle::empty_root()) });
    };
    let mut peaks = Peaks::default();
    let mut last: Hash = [0; 32];
    loop {
        let from = peaks.size();
        let rows = store::entries(tx, vendor, from as i64, STEP).await?;
        if rows.is_empty() {
            break;
        }
        let mut completed = Vec::new();
        for (index, seq, leaf, prev, hash) in rows {
            let broken = |what| Ok(Chain::Broken { log_index: index, what });
            let own = leaf_hash(leaf.as_bytes());
            if index as u64 != peaks.size() || seq != index + 1 {
                return broken("an entry is missing before it");
            }
            if hash != own {
                return broken("its text is not the one that was hashed");
            }
            if prev != last {
                return broken("it does not follow the entry before");
            }
            completed.extend(peaks.push(own));
            last = own;
        }
        if let Some(log_index) = first_wrong_node(tx, vendor, &completed, from, peaks.size()).await? {
            return Ok(Chain::Broken { log_index, what: "a node of the tree is not the hash of its parts" });
        }
    }
    if head.peaks != peaks || head.last_hash != last {
        return Ok(Chain::Broken {
            log_index: peaks.size() as i64,
            what: "the head is not that of the entries",
        });
    }
    Ok(Chain::Whole { entries: peaks.size() as i64, root: hex::encode(peaks.root()) })
}

/// Compares the nodes that entries `from..to` completed with the stored ones.
async fn first_wrong_node(
    tx: &mut Tx,
    vendor: OrganizationId,
    completed: &[(Node, Hash)],
    from: u64,
    to: u64,
) -> Result<Option<i64>, Problem> {
    let highest = completed.iter().map(|(node, _)| node.level).max().unwrap_or(0);
    for level in 1..=highest {
        let stored = store::nodes_between(tx, vendor, level, from >> level, to >> level).await?;
        let mut expected = completed.iter().filter(|(node, _)| node.level == level);
        let mut stored = stored.iter();
        loop {
            match (expected.next(), stored.next()) {
                (None, None) => break,
                (Some(a), Some(b)) if a == b => {}
                (Some((node, _)), _) | (None, Some((node, _))) => {
                    return Ok(Some((node.place << level) as i64));
                }
            }
        }
    }
    Ok(None)
}

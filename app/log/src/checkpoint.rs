//! Checkpoints, the signed heads of a log, and the proofs that tie entries and older checkpoints to them.
use base::Timestamp;
use base::{OrganizationId, canonical};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::merkle::{Hash, is_consistent, root_of_inclusion};
use crate::receipt::{exactly, read_hash};
use crate::signing::{LogKey, holds};

/// What a checkpoint's signature is for.
pub const CHECKPOINT: &str = "rialto checkpoint 1";

/// A signed tree head. Whoever keeps one can later have it proved that nothing before it was changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    /// Always `rialto checkpoint 1`.
    pub format: String,
    /// Whose log it is.
    pub vendor: OrganizationId,
    /// How many entries the log has.
    pub tree_size: i64,
    /// Hex head of the Merkle tree (RFC 6962).
    pub root: String,
    /// When it was signed.
    #[serde(deserialize_with = "exactly")]
    pub at: Timestamp,
    /// Which key signed.
    pub key_id: String,
    /// Ed25519, base64url: over `rialto checkpoint 1`, a line feed and all other fields in canonical JSON.
    pub signature: String,
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

    /// Whether one of these keys signed it.
    #[must_use]
    pub fn is_signed(&self, keys: &[LogKey]) -> bool {
        let key = keys.iter().find(|key| key.key_id == self.key_id);
        key.is_some_and(|key| holds(&key.public_key, CHECKPOINT, &self.signed_text(), &self.signature))
    }
}

/// An inclusion proof; all hashes hex.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Inclusion {
    pub log_index: i64,
    pub tree_size: i64,
    pub entry_hash: String,
    pub root: String,
    pub path: Vec<String>,
}

impl Inclusion {
    /// Whether it leads from this entry to this head.
    #[must_use]
    pub fn proves(&self, entry: &Hash, log_index: i64, tree_size: i64, root: &str) -> bool {
        let (Ok(index), Ok(size)) = (u64::try_from(log_index), u64::try_from(tree_size)) else {
            return false;
        };
        let said = self.log_index == log_index && self.tree_size == tree_size && self.root == root;
        let found = read_path(&self.path).and_then(|path| root_of_inclusion(*entry, index, size, &path));
        said && self.entry_hash == hex::encode(entry) && found == read_hash(root) && found.is_some()
    }
}

/// A consistency proof; all hashes hex.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Consistency {
    pub from: i64,
    pub to: i64,
    pub from_root: String,
    pub to_root: String,
    pub path: Vec<String>,
}

impl Consistency {
    /// Whether it leads from the older head to the newer one. The heads are those that the asker knows, not those
    /// that the proof names.
    #[must_use]
    pub fn proves(&self, from: (i64, &str), to: (i64, &str)) -> bool {
        let said = (self.from, self.from_root.as_str()) == from && (self.to, self.to_root.as_str()) == to;
        let (Ok(old), Ok(new)) = (u64::try_from(from.0), u64::try_from(to.0)) else { return false };
        let (Some(was), Some(is), Some(path)) = (read_hash(from.1), read_hash(to.1), read_path(&self.path))
        else {
            return false;
        };
        said && old > 0 && is_consistent(old, new, &was, &is, &path)
    }
}

/// Everything that the log has to say about one entry, all at one size, so that nothing can move in between.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// Every key that ever signed, the present one first.
    pub keys: Vec<LogKey>,
    /// The log as it is now.
    pub checkpoint: Checkpoint,
    /// That the entry is in it; null when the log is not so long.
    pub inclusion: Option<Inclusion>,
    /// That it continues the tree of the receipt; null when not asked for, or when the log is not so long.
    pub since_receipt: Option<Consistency>,
    /// That it continues the checkpoint that the asker kept; null when not asked for, or when the log is not so
    /// long.
    pub since_kept: Option<Consistency>,
}

fn read_path(path: &[String]) -> Option<Vec<Hash>> {
    path.iter().map(|text| read_hash(text)).collect()
}

//! What can be asked of the log. Heads, proofs and keys hold only hashes, so that anybody may check them.
use base::{EventId, OrganizationId, Page, ProgramId, Timestamp, UserId, verb};
use serde::{Deserialize, Serialize};

use crate::checkpoint::{Checkpoint, Consistency, Evidence, Inclusion};
use crate::signing::LogKey;

/// The signed head of a vendor's log. Whoever keeps it can later prove that nothing before it was changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetCheckpoint {
    #[garde(skip)]
    pub vendor: OrganizationId,
}
verb!(GetCheckpoint: GET "/log/checkpoint" -> Checkpoint, public);

/// Proves that an entry is in a vendor's log (RFC 6962, section 2.1.1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetInclusion {
    #[garde(skip)]
    pub vendor: OrganizationId,
    /// The entry's place, from 0.
    #[garde(range(min = 0))]
    pub log_index: i64,
    /// In the tree of this size; the whole log when not given.
    #[garde(inner(range(min = 1)))]
    pub tree_size: Option<i64>,
}
verb!(GetInclusion: GET "/log/proof/inclusion" -> Inclusion, public);

/// Proves that a vendor's log only grew between two sizes (RFC 6962, section 2.1.2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetConsistency {
    #[garde(skip)]
    pub vendor: OrganizationId,
    /// Size of the older tree.
    #[garde(range(min = 1))]
    pub from: i64,
    /// Size of the newer tree; the whole log when not given.
    #[garde(inner(range(min = 1)))]
    pub to: Option<i64>,
}
verb!(GetConsistency: GET "/log/proof/consistency" -> Consistency, public);

/// Proves everything about one entry at once: that the log of today holds it, and that the log only grew since the
/// receipt was made and since the asker kept a checkpoint. Says nothing of what was claimed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetEvidence {
    #[garde(skip)]
    pub vendor: OrganizationId,
    /// The entry's place, from 0.
    #[garde(range(min = 0))]
    pub log_index: i64,
    /// `tree_size` of the receipt.
    #[garde(inner(range(min = 1)))]
    pub receipt_size: Option<i64>,
    /// `tree_size` of the checkpoint that the asker kept.
    #[garde(inner(range(min = 1)))]
    pub kept_size: Option<i64>,
}
verb!(GetEvidence: GET "/log/evidence" -> Evidence, public);

/// Lists the hashes of a vendor's log entries in their order, so that anybody can keep a copy of the tree and compute
/// every head again. A hash tells nothing of its entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ListLogEntries {
    #[garde(skip)]
    pub vendor: OrganizationId,
    /// The first place, from 0.
    #[garde(inner(range(min = 0)))]
    pub from: Option<i64>,
    /// At most 10,000, which is also what is given when nothing is said.
    #[garde(inner(range(min = 1, max = 10_000)))]
    pub limit: Option<i64>,
}
verb!(ListLogEntries: GET "/log/entries" -> LogEntries, public);

/// A stretch of a vendor's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LogEntries {
    pub vendor: OrganizationId,
    /// Place of the first hash.
    pub from: i64,
    /// Hex leaf hashes (RFC 6962), without gaps.
    pub hashes: Vec<String>,
    /// Where to go on; null at the end.
    pub next: Option<i64>,
}

/// Lists the keys that receipts and checkpoints are signed with, the present one first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ListLogKeys {}
verb!(ListLogKeys: GET "/log/keys" -> LogKeys, public);

/// Keys that signed, the present one first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct LogKeys {
    pub keys: Vec<LogKey>,
}

/// Lists what happened, newest first: everything of the vendor, or what concerns the own partner.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListEvents {
    /// Only this type: `deal.approved`.
    #[serde(rename = "type")]
    #[garde(length(max = 80))]
    pub kind: Option<String>,
    /// Only what happened to this.
    #[garde(length(max = 80))]
    pub subject: Option<String>,
    /// Continues after the last entry of the page before.
    #[garde(skip)]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    #[garde(skip)]
    pub limit: Option<u32>,
}
verb!(ListEvents: GET "/events" -> Page<LoggedEvent>);

/// One entry of the audit log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct LoggedEvent {
    pub id: EventId,
    /// Counts up by one within the vendor, from 1.
    pub seq: i64,
    /// Past tense, with its noun: `deal.approved`.
    #[serde(rename = "type")]
    pub kind: String,
    pub at: Timestamp,
    pub actor: EventActor,
    /// Id of what it happened to.
    pub subject: String,
    pub vendor: OrganizationId,
    pub program: Option<ProgramId>,
    /// The partner who may see it; null for the vendor's own affairs.
    pub partner: Option<OrganizationId>,
    /// What changed.
    pub data: serde_json::Value,
    /// Hex SHA-256 of the entry before; 64 zeros for the first.
    pub prev_hash: String,
    /// Hex SHA-256 of this entry.
    pub hash: String,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct EventActor {
    /// Shown name at the time.
    pub name: String,
    pub user: Option<UserId>,
    /// `session`, `key` or `system`.
    pub means: String,
}

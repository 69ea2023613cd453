//! The event log: one entry for every state change, in the same transaction, chained by hash per vendor.
mod chain;
mod hub;
mod resume;
mod store;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use crate::canonical;
use crate::{Actor, EventId, OrganizationId, ProgramId, Timestamp, UserId};
pub use chain::{ZERO_HASH, verify};
pub use hub::{Hub, listen};
pub use resume::{heads, newest, place, since};
pub use store::{after, append, append_all, by_subject, list, position, vendors};

/// Who did it, as the audit log keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ActorRef {
    /// Shown name at the time.
    pub name: String,
    /// The person, if it was one.
    pub user: Option<UserId>,
    /// `session`, `key` or `system`.
    pub means: String,
}

impl From<&Actor> for ActorRef {
    fn from(actor: &Actor) -> Self {
        use crate::Means;
        let means = match actor.means {
            Means::Session => "session",
            Means::Key(_) => "key",
            Means::System => "system",
            Means::Nobody => "nobody",
        };
        Self { name: actor.name.clone(), user: actor.user, means: means.to_owned() }
    }
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Event {
    pub id: EventId,
    /// Counts up by one within the vendor, from 1.
    pub seq: i64,
    pub vendor: OrganizationId,
    pub at: Timestamp,
    pub actor: ActorRef,
    /// Past tense, with its noun: `deal.approved`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Id of what it happened to.
    pub subject: String,
    pub program: Option<ProgramId>,
    /// The partner who may see it; none for the vendor's own affairs.
    pub partner: Option<OrganizationId>,
    /// Dashboard tiles and lists that moved.
    pub keys: Vec<String>,
    /// What changed. Holds no personal data beyond ids.
    pub data: Value,
    /// Hex SHA-256 of the entry before; 64 zeros for the first.
    pub prev_hash: String,
    /// Hex SHA-256 of this entry in canonical JSON without `hash`.
    pub hash: String,
}

/// What a slice says happened; the log adds id, place and hash.
#[derive(Clone, Debug)]
pub struct Happened {
    pub vendor: OrganizationId,
    pub kind: &'static str,
    pub subject: String,
    pub program: Option<ProgramId>,
    pub partner: Option<OrganizationId>,
    pub keys: Vec<String>,
    pub data: Value,
}

impl Event {
    /// What the partner may read of the data. Decisions about rivals travel in the same events, so only what is
    /// known to concern the partner itself is let through.
    #[must_use]
    pub fn data_for_partner(&self) -> Value {
        const OPEN: [&str; 16] = [
            "number",
            "customer",
            "status",
            "from",
            "to",
            "version",
            "reason",
            "rule",
            "rules",
            "fields",
            "value",
            "expiry",
            "until",
            "start",
            "protection",
            "answer_due",
        ];
        let Value::Object(fields) = &self.data else { return Value::Object(serde_json::Map::new()) };
        let open = fields.iter().filter(|(name, _)| OPEN.contains(&name.as_str()));
        Value::Object(open.map(|(name, value)| (name.clone(), value.clone())).collect())
    }
}

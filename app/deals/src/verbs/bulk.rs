//! One decision about many deals, with a moment to take it back.
use base::{DealId, Page, verb};
use serde::{Deserialize, Serialize};

use super::moves::known_fields;
use crate::model::{Bulk, BulkAction, BulkId, Held, RejectionReason};

/// The most deals of one decision.
pub const MOST_DEALS: usize = 200;
/// The longest time to undo, in seconds.
pub const LONGEST_UNDO: u32 = 60;

/// A deal to decide on, as it was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct BulkDeal {
    #[garde(skip)]
    pub id: DealId,
    /// The version that was seen: a deal that has changed since is refused as `stale` instead of being decided unseen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub version: Option<u32>,
}

/// Decides on up to 200 deals, each as its own unit of work with its own event. The answer says of each what became of
/// it; one that is refused keeps none of the others back. With `undo_seconds` the decisions are held for so long:
/// nobody is told, no clock stops, nothing is decided, and `POST /deals/bulk/{id}/undo` takes them back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct DecideDeals {
    #[garde(skip)]
    pub action: BulkAction,
    #[garde(length(min = 1, max = MOST_DEALS), dive)]
    pub deals: Vec<BulkDeal>,
    /// Why they are rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(custom(needed_when(self.action == BulkAction::Reject)))]
    pub reason: Option<RejectionReason>,
    /// Which fields the partners may change when deals are returned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[garde(length(max = 14), custom(known_fields), custom(some_when(self.action == BulkAction::Return)))]
    pub fields: Vec<String>,
    /// What the other side should know.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[garde(length(chars, max = 2000), custom(told_when(self.action == BulkAction::RequestExtension
        || self.reason == Some(RejectionReason::Other) && self.action == BulkAction::Reject)))]
    pub note: String,
    /// Whether extensions are granted; true when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub granted: Option<bool>,
    /// For how long the decisions are held, at most 60 seconds; they take effect at once when left out. A submit is never
    /// held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(range(max = LONGEST_UNDO)))]
    pub undo_seconds: Option<u32>,
}
verb!(DecideDeals: POST "/deals/bulk" -> Bulk);

impl DecideDeals {
    /// About some deals, with nothing else said.
    #[must_use]
    pub const fn new(action: BulkAction, deals: Vec<BulkDeal>) -> Self {
        Self {
            action,
            deals,
            reason: None,
            fields: Vec::new(),
            note: String::new(),
            granted: None,
            undo_seconds: None,
        }
    }
}

/// One decision about many deals, and what became of each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetBulk {
    #[garde(skip)]
    pub id: BulkId,
}
verb!(GetBulk: GET "/deals/bulk/{id}" -> Bulk);

/// Takes back what is still held of a decision; only whoever made it may. What has taken effect stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct UndoBulk {
    #[garde(skip)]
    pub id: BulkId,
}
verb!(UndoBulk: POST "/deals/bulk/{id}/undo" -> Bulk);

/// Decisions of the asker's organisation that are held at this moment, the first to take effect first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListHeld {}
verb!(ListHeld: GET "/deals/held" -> Page<Held>);

fn needed_when<T>(needed: bool) -> impl Fn(&Option<T>, &()) -> garde::Result {
    move |value, (): &()| {
        if needed && value.is_none() {
            return Err(garde::Error::new("required: This field is needed."));
        }
        Ok(())
    }
}

fn some_when(needed: bool) -> impl Fn(&Vec<String>, &()) -> garde::Result {
    move |fields, (): &()| {
        if needed && fields.is_empty() {
            return Err(garde::Error::new("required: This field is needed."));
        }
        Ok(())
    }
}

fn told_when(needed: bool) -> impl Fn(&String, &()) -> garde::Result {
    move |note, ctx| if needed { base::filled(note, ctx) } else { Ok(()) }
}

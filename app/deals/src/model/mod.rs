//! The nouns of deal registration.
mod board;
mod bulk;
mod check;
mod claim;
mod conflict;
mod deal;
mod ids;
mod reasons;
mod row;
mod state;
mod statuses;
mod timeline;
mod view;

pub use base::DealId;
pub use board::{Board, BoardColumn, BoardGroup};
pub use bulk::{Bulk, BulkAction, BulkId, BulkItem, Held, ItemState};
pub use check::{Check, CheckReason, CheckVerdict, ReasonCode};
pub use claim::{
    Amount, Claim, CustomerClaim, EVIDENCE_KINDS, Evidence, EvidenceKind, FIELDS, LineAsk, PartnerRole,
    ProductLine, ValueKind,
};
pub use conflict::{Agreement, Conflict, RecordKind, Rival};
pub use deal::{Deal, Move, Outcome, Refused, RuleVerdict};
pub use ids::DealIds;
pub use reasons::{
    LapseCause, REJECTION_REASONS, REVOCATION_REASONS, RejectionReason, RevocationReason, Ruling,
};
pub use row::{Counts, DealRow};
pub use state::{DealState, ExtensionAsk, Person, Priority, Protection, Status};
pub use statuses::Statuses;
pub use timeline::{Change, DealVersion, TimelineEntry};
pub use view::{Columns, Layout, ListColumn, View, ViewId};

//! What a step tells: the event it appends, and the note that is kept apart from it.
use base::Timestamp;
use serde_json::{Value, json};

use crate::model::{LapseCause, Status};
use crate::rules::Step;

/// An event to come.
pub(super) struct Announced {
    pub(super) kind: &'static str,
    pub(super) from: Status,
    pub(super) to: Status,
    /// Whether the rules or the clock did it, not who asked.
    pub(super) is_systems: bool,
    /// What else it says.
    pub(super) more: Value,
}

/// What a step says of itself in its event; texts that people wrote are kept apart. A decision also says by when it
/// was `due`, so that answers can be held against the promise.
pub(super) fn details(step: &Step, due: Option<Timestamp>) -> Value {
    let mut told = match step {
        Step::Return { fields, .. } => json!({ "fields": fields }),
        Step::Reject { reason, rule, .. } => json!({ "reason": reason, "rule": rule }),
        Step::Revoke { reason, .. } => json!({ "reason": reason }),
        Step::Rule { ruling, share_percent, .. } => {
            json!({ "ruling": ruling, "share_percent": share_percent })
        }
        Step::Amend { material } => json!({ "material": material }),
        Step::Convert { opportunity } => json!({ "opportunity": opportunity }),
        Step::GraceOver => json!({ "cause": LapseCause::Unanswered }),
        Step::GoneQuiet => json!({ "cause": LapseCause::Inactive }),
        _ => json!({}),
    };
    if let Some(due) = due {
        told["answer_due"] = json!(due);
    }
    told
}

pub(super) fn note_of(step: &Step) -> Option<&str> {
    match step {
        Step::Return { note, .. }
        | Step::Reject { note, .. }
        | Step::Appeal { note }
        | Step::Rule { note, .. }
        | Step::AskExtension { note }
        | Step::AnswerExtension { note, .. }
        | Step::Revoke { note, .. } => Some(note),
        _ => None,
    }
}

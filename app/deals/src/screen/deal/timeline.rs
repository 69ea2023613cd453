//! A deal's history in words, newest first.
use kit::{Moment, Timeline, Tone, When, lucide};
use leptos::prelude::*;
use serde_json::Value;

use crate::model::{Status, TimelineEntry};
use crate::screen::parts::{field_words, status_tone};
use crate::t;

/// All entries, newest first.
pub(super) fn view(entries: Vec<TimelineEntry>) -> AnyView {
    let moments = entries.into_iter().rev().map(moment).collect_view();
    view! { <Timeline label=t::history()>{moments}</Timeline> }.into_any()
}

fn moment(entry: TimelineEntry) -> AnyView {
    let tone = entry.status.map_or(Tone::Neutral, status_tone);
    let icon = match entry.status {
        Some(Status::Approved | Status::Converted | Status::Won) => lucide::LuCheck,
        Some(Status::Rejected | Status::Cancelled | Status::Lost) => lucide::LuX,
        Some(Status::Returned) => lucide::LuUndo2,
        Some(Status::Conflict | Status::Disputed) => lucide::LuTriangleAlert,
        Some(Status::Submitted | Status::InReview) => lucide::LuSend,
        _ => lucide::LuPencil,
    };
    let what = what(&entry);
    let who = if entry.actor.user.is_none() && entry.actor.name.is_empty() {
        t::the_system().to_owned()
    } else {
        entry.actor.name.clone()
    };
    let title = t::event_by(what, who);
    let when = view! { <When at=entry.at/> }.into_any();
    let details = details(&entry.data);
    let words = details.into_iter().map(|words| view! { <p>{words}</p> }).collect_view();
    view! { <Moment icon=icon tone=tone title=title when=when>{words}</Moment> }.into_any()
}

/// What happened; an event without words of its own tells where the deal stands since.
fn what(entry: &TimelineEntry) -> String {
    let key =
        format!("event_{}", entry.kind.strip_prefix("deal.").unwrap_or(&entry.kind).replace(['.', '-'], "_"));
    match (t::lookup(&key), entry.status) {
        (Some(words), _) => words.to_owned(),
        (None, Some(status)) => status.words().to_owned(),
        (None, None) => entry.kind.clone(),
    }
}

/// Reason, note and fields that the change carried.
fn details(data: &Value) -> Vec<String> {
    let text = |name: &str| data.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let mut lines = Vec::new();
    if let Some(reason) = text("reason") {
        let known = t::lookup(&format!("reason_reject_{reason}"))
            .or_else(|| t::lookup(&format!("reason_revoke_{reason}")));
        lines.push(known.unwrap_or(reason).to_owned());
    }
    let fields = ["fields", "changed"].into_iter().find_map(|name| data.get(name).and_then(Value::as_array));
    if let Some(fields) = fields {
        let words: Vec<String> = fields.iter().filter_map(Value::as_str).map(field_words).collect();
        if !words.is_empty() {
            lines.push(t::event_fields(words.join(", ")));
        }
    }
    if let Some(note) = text("note") {
        lines.push(note.to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_change_tells_its_reason_its_fields_and_its_note() {
        let lines = details(&json!({ "reason": "not_qualified", "fields": ["value"], "note": "Too early" }));
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[0], "Not qualified");
        assert_eq!(lines[2], "Too early");
    }

    #[test]
    fn a_change_without_anything_to_tell_tells_nothing() {
        assert_eq!(details(&json!({})), Vec::<String>::new());
        assert_eq!(details(&json!({ "note": "" })), Vec::<String>::new());
    }
}

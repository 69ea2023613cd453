//! A deal's history in words, newest first.
use kit::catalogue::locale;
use kit::{Moment, Timeline, Tone, When, format, lucide};
use leptos::prelude::*;
use serde_json::Value;

use crate::model::{Status, TimelineEntry};
use crate::screen::parts::{amount_words, field_words, status_tone};
use crate::t;
use crate::verbs::{FROM_PARTNER, FROM_VENDOR};

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
        None if entry.kind == FROM_PARTNER || entry.kind == FROM_VENDOR => lucide::LuSend,
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

/// Reason, note, fields, evidence and differences that the change carried.
fn details(data: &Value) -> Vec<String> {
    let text = |name: &str| data.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let mut lines = Vec::new();
    if let Some(reason) = text("reason") {
        let known = t::lookup(&format!("reason_reject_{reason}"))
            .or_else(|| t::lookup(&format!("reason_revoke_{reason}")));
        lines.push(known.unwrap_or(reason).to_owned());
    }
    for (name, words) in [("cause", "event_cause_"), ("ruling", "verdict_ruling_")] {
        let known = text(name).and_then(|code| t::lookup(&format!("{words}{code}")));
        lines.extend(known.map(str::to_owned));
    }
    let percent = data.get("share_percent").and_then(Value::as_i64);
    lines.extend(percent.filter(|percent| *percent < 100).map(t::event_share));
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
    let all = |name: &str| data.get(name).and_then(Value::as_array).into_iter().flatten();
    lines.extend(all("evidence").map(piece));
    lines.extend(all("changes").map(change));
    lines
}

fn part<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A piece of evidence in a line.
fn piece(value: &Value) -> String {
    let kind = t::lookup(&format!("evidence_{}", part(value, "kind"))).unwrap_or_default();
    match part(value, "on").parse() {
        Ok(day) => t::event_evidence_on(format::date(day, locale()), kind, part(value, "note")),
        Err(_) => t::event_evidence(kind, part(value, "note")),
    }
}

/// What a field was and is.
fn change(value: &Value) -> String {
    let side = |name: &str| match part(value, name) {
        "" => t::nothing_before().to_owned(),
        text => amount_words(text).unwrap_or_else(|| text.to_owned()),
    };
    t::event_change(side("after"), side("before"), field_words(part(value, "field")))
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

//! A lead's history in words, newest first.
use kit::{Moment, Timeline, Tone, When, lucide};
use leptos::prelude::*;
use serde_json::Value;

use crate::model::{Status, TimelineEntry};
use crate::screen::parts::status_tone;
use crate::t;

/// All entries, newest first.
pub(super) fn view(entries: Vec<TimelineEntry>) -> AnyView {
    let moments = entries.into_iter().rev().map(moment).collect_view();
    view! { <Timeline label=t::history()>{moments}</Timeline> }.into_any()
}

fn moment(entry: TimelineEntry) -> AnyView {
    let is_note = entry.kind == "lead.noted";
    let tone = entry.status.filter(|_| !is_note).map_or(Tone::Neutral, status_tone);
    let icon = match entry.status {
        _ if is_note => lucide::LuPencil,
        Some(Status::Accepted | Status::Registered) => lucide::LuCheck,
        Some(Status::Declined | Status::TimedOut | Status::Dead) => lucide::LuX,
        Some(Status::Recycled) => lucide::LuUndo2,
        Some(Status::Assigned) => lucide::LuSend,
        _ => lucide::LuTarget,
    };
    let key = format!("event_{}", entry.kind.rsplit('.').next().unwrap_or(&entry.kind));
    let what = t::lookup(&key).unwrap_or(&entry.kind).to_owned();
    let who = if entry.actor.user.is_none() { t::the_system().to_owned() } else { entry.actor.name.clone() };
    let title = t::event_by(what, who);
    let when = view! { <When at=entry.at/> }.into_any();
    let words = details(&entry.data)
        .into_iter()
        .map(|words| view! { <p class="break pre">{words}</p> })
        .collect_view();
    view! { <Moment icon=icon tone=tone title=title when=when>{words}</Moment> }.into_any()
}

/// Reason and note that the change carried.
fn details(data: &Value) -> Vec<String> {
    let text = |name: &str| data.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let mut lines = Vec::new();
    if let Some(reason) = text("reason") {
        let known = t::lookup(&format!("decline_{reason}")).or_else(|| t::lookup(&format!("dead_{reason}")));
        lines.push(known.unwrap_or(reason).to_owned());
    }
    lines.extend(text("note").map(str::to_owned));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_change_tells_its_reason_and_its_note() {
        let lines = details(&json!({ "reason": "no_capacity", "note": "In May" }));
        assert_eq!(lines, ["No people free for it", "In May"]);
        assert_eq!(details(&json!({})), Vec::<String>::new());
    }
}

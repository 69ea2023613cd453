//! Whatever happens to a deal or a lead is told to somebody, or is silent on purpose.
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Events that nobody gets a message of: one's own work in progress, and what a decider sees in the queue anyway.
const SILENT: [&str; 14] = [
    "goal.set",
    "deal.registered",
    "deal.edited",
    "deal.conflict_changed",
    "deal.activity",
    "lead.created",
    "lead.edited",
    "lead.answer_undone",
    "lead.started",
    "lead.noted",
    "lead.deal_begun",
    "lead.deal_dropped",
    "lead.dead",
    "lead.reopened",
];

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the house").flatten() {
        let path = entry.path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "tests") {
                sources(&path, into);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

/// The kinds of events that the rules and the server of deals and of leads name.
fn named() -> BTreeSet<String> {
    let mut kinds = named_by("deals", "deal");
    kinds.extend(named_by("leads", "lead"));
    kinds.extend(named_by("goals", "goal"));
    kinds
}

fn named_by(slice: &str, noun: &str) -> BTreeSet<String> {
    let slice = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app").join(slice).join("src");
    let mut files = Vec::new();
    for part in ["rules", "server", "verbs"].map(|part| slice.join(part)).iter().filter(|part| part.is_dir())
    {
        sources(part, &mut files);
    }
    let begin = format!("\"{noun}.");
    let mut kinds = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(file).expect("a source");
        for rest in text.split(begin.as_str()).skip(1) {
            let word = rest.split('"').next().unwrap_or_default();
            if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
                kinds.insert(format!("{noun}.{word}"));
            }
        }
    }
    kinds
}

#[test]
fn every_event_of_a_deal_or_a_lead_is_told_or_silent_on_purpose() {
    let kinds = named();
    assert!(kinds.len() > 20, "the sources were read");
    let undecided: Vec<_> = kinds
        .iter()
        .filter(|kind| notices::rules::audience(kind).is_none() && !SILENT.contains(&kind.as_str()))
        .collect();
    assert!(undecided.is_empty(), "events without a message: {undecided:?}");
}

#[test]
fn nothing_is_told_that_never_happens() {
    let kinds = named();
    let idle: Vec<_> = notices::rules::TOLD
        .iter()
        .map(|(kind, _)| *kind)
        .chain(SILENT)
        .filter(|kind| {
            ["deal.", "lead.", "goal."].iter().any(|noun| kind.starts_with(noun)) && !kinds.contains(*kind)
        })
        .collect();
    assert!(idle.is_empty(), "messages of nothing: {idle:?}");
}

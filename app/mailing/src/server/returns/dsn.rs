//! Reads what mail servers send back: delivery reports (RFC 3464, RFC 6522), complaints (RFC 5965), and the reports of
//! servers that follow neither. Pure.
use base::MessageId;

use super::mime::{Leaf, header, leaves, read_headers};
use crate::rules::{enhanced, is_hard};

/// How much of a message is looked at.
pub const MOST: usize = 1024 * 1024;

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// There is no such mailbox.
    Hard,
    /// It was not delivered this time; the address may be right.
    Soft,
    /// Its reader called it spam.
    Complaint,
    /// It is on its way still, or it arrived: nothing to write down.
    Nothing,
}

/// One message that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    pub message: MessageId,
    pub kind: Kind,
    /// `5.1.1`, or the words of the server; at most 200 letters.
    pub status: String,
}

/// Reads a mail. None when it is about no message of ours.
#[must_use]
pub fn read(raw: &[u8]) -> Option<Return> {
    let raw = String::from_utf8_lossy(&raw[..raw.len().min(MOST)]);
    let (headers, _) = read_headers(&raw);
    let leaves = leaves(&raw);
    let message = message_of(&headers, &leaves)?;
    let of_kind = |kind: &str| leaves.iter().find(|leaf| leaf.kind == kind);
    if let Some(report) = of_kind("message/feedback-report") {
        let (fields, _) = read_headers(report.text.trim_start());
        let kind = header(&fields, "feedback-type").unwrap_or_default().to_ascii_lowercase();
        // `not-spam` takes a complaint back; `auth-failure`, `virus` and others are not the reader's.
        let kind = if matches!(kind.as_str(), "abuse" | "fraud" | "opt-out") {
            Kind::Complaint
        } else {
            Kind::Nothing
        };
        return Some(Return { message, kind, status: "complaint".to_owned() });
    }
    if let Some(report) =
        of_kind("message/delivery-status").or_else(|| of_kind("message/global-delivery-status"))
    {
        let (kind, status) = delivery(&report.text);
        return Some(Return { message, kind, status });
    }
    if is_automatic(&headers) && !is_from_postmaster(&headers) {
        return None;
    }
    let text =
        leaves.iter().find(|leaf| leaf.kind.starts_with("text/")).map_or("", |leaf| leaf.text.as_str());
    is_from_postmaster(&headers).then(|| {
        let (kind, status) = guessed(text);
        Return { message, kind, status }
    })
}

/// What a delivery report says: blocks of fields, the first about the message, each other one about a recipient. Ours have
/// one each.
fn delivery(text: &str) -> (Kind, String) {
    let mut rest = text.trim_start();
    for _ in 0..20 {
        if rest.trim().is_empty() {
            break;
        }
        let (fields, after) = read_headers(rest);
        rest = after.trim_start_matches(['\r', '\n']);
        let Some(action) = header(&fields, "action") else { continue };
        let said = header(&fields, "status").unwrap_or_default();
        let diagnosis = header(&fields, "diagnostic-code").unwrap_or_default();
        let status = enhanced(said).or_else(|| enhanced(diagnosis));
        // Exchange and others give 5.0.0 where the words beside it say more.
        let status = match (status, enhanced(diagnosis)) {
            (Some((5, 0, 0)), Some(closer)) => Some(closer),
            (status, _) => status,
        };
        let kind = match (action.to_ascii_lowercase().as_str(), status) {
            ("failed", Some(status)) if is_hard(status) => Kind::Hard,
            ("failed", _) => Kind::Soft,
            _ => Kind::Nothing,
        };
        let words = match status {
            Some((class, subject, detail)) => format!("{class}.{subject}.{detail} {diagnosis}"),
            None => format!("{said} {diagnosis}"),
        };
        return (kind, short(&words));
    }
    (Kind::Nothing, String::new())
}

/// What the text of a report without fields says, such as qmail's.
fn guessed(text: &str) -> (Kind, String) {
    const NOBODY: [&str; 10] = [
        "user unknown",
        "unknown user",
        "no such user",
        "no mailbox here by that name",
        "mailbox not found",
        "recipient not found",
        "does not exist",
        "address rejected",
        "mailbox unavailable",
        "unknown recipient",
    ];
    const FULL: [&str; 6] = ["quota", "mailbox full", "over the limit", "too large", "blocked", "spam"];
    let start: String = text.chars().take(8_000).collect::<String>().to_lowercase();
    let line =
        start.lines().find(|line| enhanced(line).is_some() || NOBODY.iter().any(|one| line.contains(one)));
    let words = short(line.unwrap_or_default());
    if let Some(status) = enhanced(&start) {
        return (if is_hard(status) { Kind::Hard } else { Kind::Soft }, words);
    }
    if FULL.iter().any(|one| start.contains(one)) {
        return (Kind::Soft, words);
    }
    if NOBODY.iter().any(|one| start.contains(one)) { (Kind::Hard, words) } else { (Kind::Soft, words) }
}

/// Which message it is about: by the address that it came back to, by the headers that it brings along, or by its text.
fn message_of(headers: &[(String, String)], leaves: &[Leaf]) -> Option<MessageId> {
    for name in ["to", "delivered-to", "x-original-to", "x-failed-recipients"] {
        if let Some(id) = header(headers, name).and_then(find) {
            return Some(id);
        }
    }
    let brought =
        leaves.iter().filter(|leaf| leaf.kind == "message/rfc822" || leaf.kind == "text/rfc822-headers");
    for leaf in brought {
        let (inner, _) = read_headers(leaf.text.trim_start());
        if let Some(id) = header(&inner, "message-id").and_then(find) {
            return Some(id);
        }
    }
    for name in ["in-reply-to", "references"] {
        if let Some(id) = header(headers, name).and_then(find) {
            return Some(id);
        }
    }
    leaves.iter().find_map(|leaf| find(&leaf.text))
}

/// The first id of a message in a text: `msg_` and 26 letters.
fn find(text: &str) -> Option<MessageId> {
    text.match_indices("msg_").take(20).find_map(|(at, _)| text.get(at..at + 30)?.parse().ok())
}

fn is_from_postmaster(headers: &[(String, String)]) -> bool {
    let from = header(headers, "from").unwrap_or_default().to_ascii_lowercase();
    let empty = header(headers, "return-path").is_some_and(|path| path.trim() == "<>");
    empty || from.contains("mailer-daemon") || from.contains("postmaster") || from.contains("mail delivery")
}

/// Whether a program answered for a person: on holiday, moved, received.
fn is_automatic(headers: &[(String, String)]) -> bool {
    let said = header(headers, "auto-submitted").unwrap_or("no").to_ascii_lowercase();
    said != "no"
        || header(headers, "x-autoreply").is_some()
        || header(headers, "precedence") == Some("auto_reply")
}

fn short(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect()
}

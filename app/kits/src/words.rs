//! The words of this slice's codes in the reader's language.
use base::{FieldError, Problem};
use creative::check::{Finding, Weight};
use creative::{AssetKind, Motif, Part, Topic, Zone};

use crate::model::{KitState, KitVersionState};
use crate::rules::Refusal;
use crate::t;

fn known(kind: &str, code: &'static str) -> &'static str {
    t::lookup(&[kind, "_", code].concat()).unwrap_or(code)
}

impl KitState {
    /// In the reader's language.
    #[must_use]
    pub fn words(self) -> &'static str {
        known("state", self.as_str())
    }
}

impl KitVersionState {
    /// In the reader's language.
    #[must_use]
    pub fn words(self) -> &'static str {
        known("version_state", self.as_str())
    }
}

/// What a kit is about, in the reader's language.
#[must_use]
pub fn topic_words(topic: Topic) -> &'static str {
    known("topic", topic.as_str())
}

/// What a piece becomes, in the reader's language.
#[must_use]
pub fn kind_words(kind: AssetKind) -> &'static str {
    known("kind", kind.as_str())
}

/// What is drawn, in the reader's language.
#[must_use]
pub fn motif_words(motif: Motif) -> &'static str {
    known("motif", motif.as_str())
}

/// What was found, in the reader's language; what it is about stands beside it.
#[must_use]
pub fn finding_words(finding: Finding) -> &'static str {
    known("finding", finding.as_str())
}

/// How much a finding weighs, in the reader's language.
#[must_use]
pub fn weight_words(weight: Weight) -> &'static str {
    known("weight", weight.as_str())
}

/// Kinds of blocks, in the order in which they are offered.
pub(crate) const BLOCKS: [&str; 11] = [
    "heading",
    "text",
    "image",
    "button",
    "columns",
    "quote",
    "partner_card",
    "form",
    "event",
    "divider",
    "footer",
];

/// The kind of a block, as on the wire.
pub(crate) const fn block_kind(part: &Part) -> &'static str {
    match part {
        Part::Heading { .. } => "heading",
        Part::Text { .. } => "text",
        Part::Image { .. } => "image",
        Part::Button { .. } => "button",
        Part::Columns { .. } => "columns",
        Part::Quote { .. } => "quote",
        Part::PartnerCard => "partner_card",
        Part::Form { .. } => "form",
        Part::Event { .. } => "event",
        Part::Divider => "divider",
        Part::Footer { .. } => "footer",
    }
}

pub(crate) fn block_words(kind: &'static str) -> &'static str {
    known("block", kind)
}

/// Who may change a block, as on the wire.
pub(crate) const fn zone_kind(zone: &Zone) -> &'static str {
    match zone {
        Zone::Locked => "locked",
        Zone::Choice { .. } => "choice",
        Zone::Text { .. } => "text",
        Zone::Partner => "partner",
    }
}

pub(crate) fn zone_words(kind: &'static str) -> &'static str {
    known("zone", kind)
}

/// What is wrong with a field of a kit.
pub(crate) fn fault_words(fault: &FieldError) -> String {
    match t::lookup(&["fault_", &fault.code].concat()) {
        Some(words) => words.to_owned(),
        None => kit::fault_words(fault),
    }
}

/// Why a kit does not move, in the reader's language instead of the API's.
pub(crate) fn in_words(problem: Problem) -> Problem {
    match problem {
        Problem::Refused { code, detail } => {
            let refusal = Refusal::ALL.iter().find(|refusal| refusal.code() == code);
            let detail = refusal.map_or(detail, |refusal| known("refusal", refusal.code()).to_owned());
            Problem::Refused { code, detail }
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words() {
        let states = KitState::ALL.iter().map(|one| (one.as_str(), one.words()));
        let versions = KitVersionState::ALL.iter().map(|one| (one.as_str(), one.words()));
        let topics = Topic::ALL.iter().map(|one| (one.as_str(), topic_words(*one)));
        let kinds = AssetKind::ALL.iter().map(|one| (one.as_str(), kind_words(*one)));
        let motifs = Motif::ALL.iter().map(|one| (one.as_str(), motif_words(*one)));
        let findings = Finding::ALL.iter().map(|one| (one.as_str(), finding_words(*one)));
        let weights = Weight::ALL.iter().map(|one| (one.as_str(), weight_words(*one)));
        let blocks = BLOCKS.into_iter().map(|one| (one, block_words(one)));
        let zones = ["locked", "choice", "text", "partner"].into_iter().map(|one| (one, zone_words(one)));
        let refusals = Refusal::ALL.iter().map(|one| (one.code(), known("refusal", one.code())));
        let all = states.chain(versions).chain(topics).chain(kinds).chain(motifs).chain(findings);
        for (code, words) in all.chain(weights).chain(blocks).chain(zones).chain(refusals) {
            assert_ne!(code, words);
        }
    }
}

//! Events in words, and where their subjects are found.
use kit::paths;

use crate::t;

/// What happened, in the reader's language; a type without words of its own stands for itself.
pub(super) fn what(kind: &str) -> String {
    let key = format!("kind_{}", kind.replace(['.', '-'], "_"));
    t::lookup(&key).map_or_else(|| kind.to_owned(), str::to_owned)
}

/// The page of what it happened to, by the kind of its id.
pub(super) fn page_of(subject: &str) -> Option<String> {
    let (prefix, _) = subject.split_once('_')?;
    match prefix {
        "deal" => Some(paths::deal(subject)),
        "imp" => Some(paths::import(subject)),
        "goal" => Some(paths::goal(subject)),
        "cmp" => Some(paths::campaign(subject)),
        "aud" => Some(paths::audience(subject)),
        "prog" | "pver" => Some(paths::PROGRAM.to_owned()),
        "key" => Some(paths::API_KEYS.to_owned()),
        _ => None,
    }
}

/// What it happened to: the kind of record, and the end of its id, which tells two of them apart.
pub(super) fn subject(subject: &str) -> (String, String) {
    let (prefix, suffix) = subject.split_once('_').unwrap_or(("", subject));
    let kind = match prefix {
        "deal" => t::subject_deal(),
        "imp" => t::subject_import(),
        "prog" | "pver" => t::subject_program(),
        "key" => t::subject_api_key(),
        "org" => t::subject_organization(),
        "user" => t::subject_person(),
        "cust" => t::subject_customer(),
        "opp" => t::subject_opportunity(),
        "prod" => t::subject_product(),
        "goal" => t::subject_goal(),
        "kit" => t::subject_kit(),
        "cmp" => t::subject_campaign(),
        "aud" => t::subject_audience(),
        _ => t::subject_other(),
    };
    let short = suffix.len().saturating_sub(6);
    (kind.to_owned(), suffix.get(short..).unwrap_or(suffix).to_owned())
}

/// The types that the filter offers.
pub(super) const KINDS: &[&str] = &[
    "deal.registered",
    "deal.submitted",
    "deal.returned",
    "deal.resubmitted",
    "deal.approved",
    "deal.rejected",
    "deal.withdrawn",
    "deal.converted",
    "deal.won",
    "deal.lost",
    "deal.expired",
    "import.done",
    "import.failed",
    "program.published",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_that_the_filter_offers_has_words() {
        for kind in KINDS {
            assert_ne!(what(kind), *kind);
        }
    }

    #[test]
    fn a_record_is_named_by_its_kind_and_the_end_of_its_id() {
        let (kind, short) = subject("deal_01kaf3v7m2e5r8n4q6w9x1y2z3");
        assert_eq!((kind.as_str(), short.as_str()), (t::subject_deal(), "x1y2z3"));
        assert_eq!(subject("moon"), (t::subject_other().to_owned(), "moon".to_owned()));
    }

    #[test]
    fn an_unknown_type_stands_for_itself() {
        assert_eq!(what("moon.landed"), "moon.landed");
        assert_eq!(page_of("moon"), None);
    }
}

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
        "prog" | "pver" => Some(paths::PROGRAM.to_owned()),
        "key" => Some(paths::API_KEYS.to_owned()),
        _ => None,
    }
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
    fn an_unknown_type_stands_for_itself() {
        assert_eq!(what("moon.landed"), "moon.landed");
        assert_eq!(page_of("moon"), None);
    }
}

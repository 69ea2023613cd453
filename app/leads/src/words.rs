//! The words of this slice's codes in the reader's language.
use crate::model::{Choice, DeadReason, DeclineReason, Exclusion, How, Source, Status, TrialOutcome};
use crate::t;

/// The words of a code, kept in the catalogue under a name made of it.
fn known(kind: &str, code: &'static str) -> &'static str {
    t::lookup(&[kind, "_", code].concat()).unwrap_or(code)
}

macro_rules! words {
    ($($name:ident = $kind:literal,)*) => {$(
        impl $name {
            /// In the reader's language.
            #[must_use]
            pub fn words(self) -> &'static str {
                known($kind, self.as_str())
            }
        }
    )*};
}
words! {
    Status = "state",
    Source = "source",
    DeclineReason = "decline",
    DeadReason = "dead",
    Choice = "choice",
    Exclusion = "excluded",
    TrialOutcome = "trial",
    How = "how",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words() {
        let mut all: Vec<(&str, &str)> = Vec::new();
        all.extend(Status::ALL.iter().map(|one| (one.as_str(), one.words())));
        all.extend(Source::ALL.iter().map(|one| (one.as_str(), one.words())));
        all.extend(DeclineReason::ALL.iter().map(|one| (one.as_str(), one.words())));
        all.extend(DeadReason::ALL.iter().map(|one| (one.as_str(), one.words())));
        all.extend(Choice::ALL.iter().map(|one| (one.as_str(), one.words())));
        all.extend(Exclusion::ALL.iter().map(|one| (one.as_str(), one.words())));
        all.extend(TrialOutcome::ALL.iter().map(|one| (one.as_str(), one.words())));
        all.extend(How::ALL.iter().map(|one| (one.as_str(), one.words())));
        for (code, words) in all {
            assert_ne!(code, words);
        }
    }
}

//! The words of this slice's codes in the reader's language.
use base::Problem;
use creative::check::{Finding, Weight};
use kit::FormState;
use leptos::prelude::*;

use crate::model::{CampaignState, ConsentSource, ContactField, OptIn, RowFault};
use crate::rules::Refusal;
use crate::rules::ab::Better;
use crate::t;

fn known(kind: &str, code: &'static str) -> &'static str {
    t::lookup(&[kind, "_", code].concat()).unwrap_or(code)
}

macro_rules! worded {
    ($($name:ident by $kind:literal;)*) => {$(
        impl $name {
            /// In the reader's language.
            #[must_use]
            pub fn words(self) -> &'static str {
                known($kind, self.as_str())
            }
        }
    )*};
}
worded! {
    CampaignState by "state";
    ConsentSource by "source";
    OptIn by "opt_in";
    RowFault by "fault";
    ContactField by "field";
    Better by "better";
}

/// What was found, in the reader's language.
#[must_use]
pub fn finding_words(finding: Finding) -> &'static str {
    known("finding", finding.as_str())
}

/// What to do about it, in the reader's language.
#[must_use]
pub fn mend_words(finding: Finding) -> &'static str {
    known("mend", finding.as_str())
}

/// How much a finding weighs, in the reader's language.
#[must_use]
pub fn weight_words(weight: Weight) -> &'static str {
    known("weight", weight.as_str())
}

/// A refusal of the rules in the reader's language instead of the API's.
pub(crate) fn in_words(problem: Problem) -> Problem {
    match problem {
        Problem::Refused { code, detail } => {
            let known = Refusal::ALL.iter().find(|refusal| refusal.code() == code);
            let detail = known.map_or(detail, |refusal| known_refusal(*refusal).to_owned());
            Problem::Refused { code, detail }
        }
        other => other,
    }
}

fn known_refusal(refusal: Refusal) -> &'static str {
    known("refusal", refusal.code())
}

/// A problem as one sentence of the reader's language.
pub(crate) fn sentence(problem: Problem) -> String {
    kit::sentence(&in_words(problem))
}

/// Put into a form of this slice: what the rules refuse is said in the reader's language.
#[component]
pub(crate) fn Worded() -> impl IntoView {
    if let Some(form) = use_context::<FormState>() {
        let say = move || {
            let said = form.problem.get();
            let worded = said.clone().map(in_words);
            if worded != said {
                form.problem.set(worded);
            }
        };
        untrack(say);
        Effect::new(move |_| say());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words() {
        let mut all: Vec<(&str, &str)> = Vec::new();
        all.extend(CampaignState::ALL.iter().map(|one| (one.as_str(), one.words())));
        all.extend(ConsentSource::ALL.iter().map(|one| (one.as_str(), one.words())));
        all.extend(OptIn::ALL.iter().map(|one| (one.as_str(), one.words())));
        all.extend(RowFault::ALL.iter().map(|one| (one.as_str(), one.words())));
        all.extend(ContactField::ALL.iter().map(|one| (one.as_str(), one.words())));
        all.extend(Better::ALL.iter().map(|one| (one.as_str(), one.words())));
        all.extend(Weight::ALL.iter().map(|one| (one.as_str(), weight_words(*one))));
        all.extend(Finding::ALL.iter().map(|one| (one.as_str(), finding_words(*one))));
        all.extend(Finding::ALL.iter().map(|one| (one.as_str(), mend_words(*one))));
        all.extend(Refusal::ALL.iter().map(|one| (one.code(), known_refusal(*one))));
        for (code, words) in all {
            assert_ne!(code, words);
        }
    }
}

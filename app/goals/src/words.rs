//! The words of this slice's codes in the reader's language.
use base::Problem;
use figures::kpi::Standing;
use kit::FormState;
use leptos::prelude::*;

use crate::model::{Metric, Status};
use crate::rules::Refusal;
use crate::t;

fn known(kind: &str, code: &'static str) -> &'static str {
    t::lookup(&[kind, "_", code].concat()).unwrap_or(code)
}

impl Metric {
    /// In the reader's language.
    #[must_use]
    pub fn words(self) -> &'static str {
        known("metric", self.as_str())
    }
}

impl Status {
    /// In the reader's language.
    #[must_use]
    pub fn words(self) -> &'static str {
        known("status", self.as_str())
    }
}

/// How a goal stands, in the reader's language.
#[must_use]
pub fn standing_words(standing: Standing) -> &'static str {
    known("standing", standing.as_str())
}

/// A refusal of the rules in the reader's language instead of the API's.
fn in_words(problem: Problem) -> Problem {
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
        let metrics = Metric::ALL.iter().map(|one| (one.as_str(), one.words()));
        let statuses = Status::ALL.iter().map(|one| (one.as_str(), one.words()));
        let standings = Standing::ALL.iter().map(|one| (one.as_str(), standing_words(*one)));
        let refusals = Refusal::ALL.iter().map(|one| (one.code(), known_refusal(*one)));
        for (code, words) in metrics.chain(statuses).chain(standings).chain(refusals) {
            assert_ne!(code, words);
        }
    }
}

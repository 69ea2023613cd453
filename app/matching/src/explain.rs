//! Why a verdict was reached, in words that give nobody's data away.

use crate::evidence::{Feature, Grade, Score, Verdict};
use serde::{Deserialize, Serialize};

/// A stable reason code; the catalogue turns it into a sentence. The code names a kind of agreement, never a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    SameRegistrationNumber,
    SameDomain,
    SamePhone,
    SameAddress,
    SameName,
    SimilarNameSameCountry,
    SimilarName,
    /// The same name under another top-level domain.
    RelatedDomain,
    /// Numbers of one switchboard.
    RelatedPhone,
    /// One digit of the registration number differs.
    SimilarRegistrationNumber,
    SameCity,
}

impl Reason {
    /// The code as it is stored and sent.
    pub fn code(self) -> &'static str {
        match self {
            Self::SameRegistrationNumber => "same_registration_number",
            Self::SameDomain => "same_domain",
            Self::SamePhone => "same_phone",
            Self::SameAddress => "same_address",
            Self::SameName => "same_name",
            Self::SimilarNameSameCountry => "similar_name_same_country",
            Self::SimilarName => "similar_name",
            Self::RelatedDomain => "related_domain",
            Self::RelatedPhone => "related_phone",
            Self::SimilarRegistrationNumber => "similar_registration_number",
            Self::SameCity => "same_city",
        }
    }
}

/// A verdict and what spoke for it, strongest first; safe to show to a rival.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Explanation {
    pub verdict: Verdict,
    /// Empty when the verdict is `clear`: what nearly agreed is nobody's business.
    pub reasons: Vec<Reason>,
}

impl Score {
    /// The verdict with its reasons, without a value of either side.
    pub fn explanation(&self) -> Explanation {
        let mut reasons = match self.verdict {
            Verdict::Clear => Vec::new(),
            Verdict::Review | Verdict::Match => {
                self.named().into_iter().chain(self.evidence.iter().filter_map(of_identity)).collect()
            }
        };
        reasons.sort_unstable();
        Explanation { verdict: self.verdict, reasons }
    }

    fn named(&self) -> Option<Reason> {
        let views = || self.evidence.iter().filter(|evidence| evidence.feature.is_name());
        let same_country = self.of(Feature::Country).is_some_and(|country| country.grade == Grade::Same);
        if views().next().is_some() && views().all(|view| view.grade == Grade::Same) {
            Some(Reason::SameName)
        } else if views().map(|view| view.weight).sum::<f64>() <= 0.0 {
            None
        } else if same_country {
            Some(Reason::SimilarNameSameCountry)
        } else {
            Some(Reason::SimilarName)
        }
    }
}

fn of_identity(evidence: &crate::Evidence) -> Option<Reason> {
    if !evidence.agrees {
        return None;
    }
    match (evidence.feature, evidence.grade) {
        (Feature::RegistrationNumber, Grade::Same) => Some(Reason::SameRegistrationNumber),
        (Feature::RegistrationNumber, _) => Some(Reason::SimilarRegistrationNumber),
        (Feature::Domain, Grade::Same) => Some(Reason::SameDomain),
        (Feature::Domain, _) => Some(Reason::RelatedDomain),
        (Feature::Phone, Grade::Same) => Some(Reason::SamePhone),
        (Feature::Phone, _) => Some(Reason::RelatedPhone),
        (Feature::Address, Grade::Same | Grade::Near | Grade::Close) => Some(Reason::SameAddress),
        (Feature::Address, _) => Some(Reason::SameCity),
        (Feature::Country | Feature::NameSpelling | Feature::NameTrigrams | Feature::NameWords, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_what_is_sent() {
        for reason in
            [Reason::SameDomain, Reason::SimilarNameSameCountry, Reason::SameCity, Reason::RelatedPhone]
        {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.code());
        }
    }

    #[test]
    fn a_clear_verdict_gives_no_reason() {
        let score = Score { bits: 0.0, verdict: Verdict::Clear, evidence: Vec::new() };
        assert_eq!(score.explanation().reasons, []);
    }
}

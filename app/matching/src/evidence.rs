//! What a comparison says: the verdict, its weight, and feature by feature why.

use serde::{Deserialize, Serialize};

/// What is compared, in the order in which it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// Registrable domain of website or e-mail.
    Domain,
    RegistrationNumber,
    Phone,
    /// Spelling of the whole name, beginnings counting more (Jaro–Winkler).
    NameSpelling,
    /// Three-letter pieces the names share (Dice).
    NameTrigrams,
    /// Words the names share, in any order.
    NameWords,
    /// Street, postal code and city.
    Address,
    Country,
}

impl Feature {
    /// Whether this is one of the three views of the name, which never decide by themselves.
    pub fn is_name(self) -> bool {
        matches!(self, Self::NameSpelling | Self::NameTrigrams | Self::NameWords)
    }
}

/// How far two values agree, best first. Not every feature knows every grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    Same,
    Near,
    Close,
    Part,
    Different,
}

/// One feature that both sides state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Evidence {
    pub feature: Feature,
    pub grade: Grade,
    /// Bits (base-2 log-odds) for the same company; negative speaks against. Rounded to hundredths.
    pub weight: f64,
    /// The normalised value of the first profile.
    pub left: String,
    /// The normalised value of the second profile. Never shown to a rival.
    pub right: String,
    /// Whether it speaks for the same company.
    pub agrees: bool,
}

/// What is to be done about a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Other companies.
    Clear,
    /// A person looks at it.
    Review,
    /// The same company.
    Match,
}

/// The weighed comparison of two profiles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Score {
    /// Sum of the evidence in bits, rounded to hundredths.
    pub bits: f64,
    pub verdict: Verdict,
    /// Only what both sides state, in the order of [`Feature`].
    pub evidence: Vec<Evidence>,
}

impl Score {
    /// The evidence of one feature, if both sides state it.
    pub fn of(&self, feature: Feature) -> Option<&Evidence> {
        self.evidence.iter().find(|evidence| evidence.feature == feature)
    }
}

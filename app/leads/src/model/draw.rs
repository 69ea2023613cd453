//! How a lead came to a partner: everything that was looked at, so that anybody can do it again.
use base::{OrganizationId, Timestamp};
use partners::{PartnerType, Tier};
use serde::{Deserialize, Serialize};

use super::{Choice, LeadFacts};

/// By what a partner was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The customer is pinned to the partner.
    Pin,
    Rule,
    /// Somebody at the vendor chose.
    Hand,
    /// A campaign of the partner's own brought the lead.
    Campaign,
    /// Nobody was found.
    Nobody,
}

/// One way of a lead to a partner, or to nobody.
///
/// For a draw, take the candidates that are not excluded in their order; `seed` through one step of `SplitMix64` gives
/// 64 bits, their product with the sum of the weights, divided by 2⁶⁴, is the `ticket`, and it belongs to the first
/// candidate whose running sum of weights exceeds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Draw {
    /// Counts up within the lead, from 1; 0 for a preview.
    pub number: u32,
    pub at: Timestamp,
    pub how: How,
    /// Who asked for it; empty for the system.
    pub by_name: String,
    /// Version of the program's rules; 0 for those before anything was published.
    pub rules_number: u32,
    /// The rule that decided.
    pub rule: Option<String>,
    pub rule_name: Option<String>,
    pub choice: Option<Choice>,
    /// 16 hexadecimal digits; told to the vendor's side.
    pub seed: Option<String>,
    /// The number drawn, from 0 to below `tickets`.
    pub ticket: Option<u64>,
    /// The sum of the weights.
    pub tickets: Option<u64>,
    pub partner: Option<OrganizationId>,
    pub partner_name: Option<String>,
    /// What was known of the lead.
    pub facts: LeadFacts,
    /// Each rule in its order, up to the one that decided.
    pub trials: Vec<Trial>,
}

/// What one rule came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Trial {
    /// The rule's id; `pin` for the pinned customer.
    pub rule: String,
    pub name: String,
    pub outcome: TrialOutcome,
    /// Those who came into question in the order of the draw, then those who did not, of whom at most 100 are kept. A
    /// partner reads of itself only.
    pub candidates: Vec<Candidate>,
}

/// What one rule came to, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TrialOutcome {
    /// It decided.
    Decided,
    /// It is switched off.
    Off,
    /// Another country.
    Country,
    /// Another region.
    Region,
    /// Another product family.
    Family,
    /// Another source.
    Source,
    /// Worth too little or too much, or nobody knows what.
    Value,
    /// It fits the lead, but no partner came into question.
    Nobody,
}

impl How {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Pin, Self::Rule, Self::Hand, Self::Campaign, Self::Nobody];

    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pin => "pin",
            Self::Rule => "rule",
            Self::Hand => "hand",
            Self::Campaign => "campaign",
            Self::Nobody => "nobody",
        }
    }
}

impl TrialOutcome {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Decided,
        Self::Off,
        Self::Country,
        Self::Region,
        Self::Family,
        Self::Source,
        Self::Value,
        Self::Nobody,
    ];

    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::Off => "off",
            Self::Country => "country",
            Self::Region => "region",
            Self::Family => "family",
            Self::Source => "source",
            Self::Value => "value",
            Self::Nobody => "nobody",
        }
    }
}

/// A partner as a rule saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Candidate {
    pub partner: OrganizationId,
    pub partner_name: String,
    /// Why not; none for those who came into question.
    pub excluded: Option<Exclusion>,
    /// Its share of the tickets; 0 where nothing was drawn.
    pub weight: u64,
    pub territory: Option<String>,
    pub country: Option<String>,
    pub tier: Tier,
    pub partner_types: Vec<PartnerType>,
    /// Open leads, and how many it can have.
    pub open: u32,
    pub max_open: u32,
    /// Closed deals in the program.
    pub won: u32,
    pub lost: u32,
    /// When it was offered a lead of the program last.
    pub last_offered_at: Option<Timestamp>,
}

/// Why a partner does not come into question. The codes are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// Does not take part in the program now.
    NotActive,
    /// Declined this lead before.
    Declined,
    /// Let this lead time out before.
    TimedOut,
    /// Was offered this lead since it was opened.
    Offered,
    /// Is none of the rule's partners.
    NotListed,
    /// Works in another territory.
    Territory,
    /// Sits in another country.
    Country,
    /// Stands too low.
    Tier,
    /// Is of another type.
    Type,
    /// Won too few of its deals.
    WinRate,
    /// Has as many open leads as it can have.
    Full,
}

impl Exclusion {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::NotActive,
        Self::Declined,
        Self::TimedOut,
        Self::Offered,
        Self::NotListed,
        Self::Territory,
        Self::Country,
        Self::Tier,
        Self::Type,
        Self::WinRate,
        Self::Full,
    ];

    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotActive => "not_active",
            Self::Declined => "declined",
            Self::TimedOut => "timed_out",
            Self::Offered => "offered",
            Self::NotListed => "not_listed",
            Self::Territory => "territory",
            Self::Country => "country",
            Self::Tier => "tier",
            Self::Type => "type",
            Self::WinRate => "win_rate",
            Self::Full => "full",
        }
    }
}

impl Draw {
    /// What a partner reads of it: why it was chosen, by which rule and facts, and of nobody else. None when it was not.
    #[must_use]
    pub fn for_partner(self, own: OrganizationId) -> Option<Self> {
        if self.partner != Some(own) {
            return None;
        }
        let decided = self.trials.into_iter().filter(|trial| trial.outcome == TrialOutcome::Decided);
        let trials = decided
            .map(|trial| Trial {
                candidates: trial.candidates.into_iter().filter(|one| one.partner == own).collect(),
                ..trial
            })
            .collect();
        // Weights and tickets would say how many others there are.
        let mut draw =
            Self { seed: None, ticket: None, tickets: None, by_name: String::new(), trials, ..self };
        for candidate in draw.trials.iter_mut().flat_map(|trial| &mut trial.candidates) {
            candidate.weight = 0;
        }
        Some(draw)
    }
}

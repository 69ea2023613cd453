//! Who gets leads: the rules of a program, as data that is published version by version.
use base::{Currency, OrganizationId, ProgramId, Timestamp};
use partners::{PartnerType, Tier};
use serde::{Deserialize, Serialize};

use super::Source;
use super::facts::country_code;

/// How a program hands out leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct Distribution {
    /// In their order: the first rule that fits a lead and finds a partner decides. At most 100.
    #[garde(length(max = 100), custom(told_apart), dive)]
    pub rules: Vec<LeadRule>,
    /// How long a partner can answer, in the program's business calendar.
    #[garde(dive)]
    pub window: AnswerWindow,
    /// Whether a new lead is offered at once. Otherwise somebody says when. Default false.
    pub automatic: bool,
    /// Whether the next partner is asked when one declines or does not answer. Default true.
    pub reassign: bool,
    /// Whether a partner who let a lead time out is never offered it again, as one who declined it. Default true.
    pub timed_out_is_final: bool,
    /// Open leads that a partner can have where a rule does not say otherwise, 1 to 10,000. Default 20.
    #[garde(range(min = 1, max = 10_000))]
    pub max_open: u32,
}

impl Default for Distribution {
    /// One rule for every lead and every partner that takes part, by the room they have left; a person says when.
    fn default() -> Self {
        let everybody = LeadRule {
            id: "everybody".to_owned(),
            name: "Everybody with room for it".to_owned(),
            choice: Choice::CapacityLeft,
            ..LeadRule::default()
        };
        Self {
            rules: vec![everybody],
            window: AnswerWindow::default(),
            automatic: false,
            reassign: true,
            timed_out_is_final: true,
            max_open: 20,
        }
    }
}

fn told_apart<C>(rules: &[LeadRule], _: &C) -> garde::Result {
    let twice = |(place, rule): &(usize, &LeadRule)| {
        !rule.id.is_empty() && rules[..*place].iter().any(|one| one.id == rule.id)
    };
    match rules.iter().enumerate().find(twice) {
        Some((_, rule)) => Err(garde::Error::new(format!("taken: Two rules have the id {}.", rule.id))),
        None => Ok(()),
    }
}

/// How long a partner can answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct AnswerWindow {
    /// 1 to 240.
    #[garde(range(min = 1, max = 240))]
    pub length: u32,
    pub unit: WindowUnit,
}

impl Default for AnswerWindow {
    /// Two business days.
    fn default() -> Self {
        Self { length: 2, unit: WindowUnit::BusinessDays }
    }
}

/// What an answer window counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WindowUnit {
    BusinessHours,
    #[default]
    BusinessDays,
}

/// One rule: for which leads, who comes into question, and how one is chosen among them. What is left empty sets no
/// limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct LeadRule {
    /// Stays the same over versions; unique within a program. Made from the rule's place when left out.
    #[garde(length(chars, max = 40))]
    pub id: String,
    #[garde(custom(base::filled), length(chars, max = 120))]
    pub name: String,
    /// A rule that is switched off is passed over. Default true.
    pub enabled: bool,
    /// The lead's country is one of these (ISO 3166-1 alpha-2).
    #[garde(length(max = 250), inner(custom(country_code)))]
    pub countries: Vec<String>,
    /// The lead's region is one of these, whatever the case.
    #[garde(length(max = 200), inner(length(chars, max = 120)))]
    pub regions: Vec<String>,
    /// The lead asks for one of these product families, whatever the case.
    #[garde(length(max = 200), inner(length(chars, max = 200)))]
    pub families: Vec<String>,
    /// The lead comes from one of these sources.
    #[garde(length(max = 20))]
    pub sources: Vec<Source>,
    /// The lead is worth at least this, in minor units of the program's currency. A lead without a value is not.
    #[garde(inner(range(min = 0, max = 1_000_000_000_000_000_i64)))]
    pub value_from_minor: Option<i64>,
    /// The lead is worth less than this, in minor units of the program's currency. A lead without a value is not.
    #[garde(inner(range(min = 0, max = 1_000_000_000_000_000_i64)), custom(above(self.value_from_minor)))]
    pub value_below_minor: Option<i64>,
    /// The partner's territory is one of these, whatever the case.
    #[garde(length(max = 200), inner(length(chars, max = 120)))]
    pub territories: Vec<String>,
    /// The partner sits in the lead's country. Default false.
    pub same_country: bool,
    /// The partner stands at least this high.
    pub minimum_tier: Option<Tier>,
    /// The partner is of one of these types.
    #[garde(length(max = 20))]
    pub partner_types: Vec<PartnerType>,
    /// The partner is one of these.
    #[garde(length(max = 500))]
    pub partners: Vec<OrganizationId>,
    /// The partner has fewer open leads than this, 1 to 10,000; the program's number where none is given.
    #[garde(inner(range(min = 1, max = 10_000)))]
    pub max_open: Option<u32>,
    /// The partner won at least so many per cent of its closed deals in the program. One who has closed none comes
    /// into question all the same.
    #[garde(inner(range(max = 100)))]
    pub minimum_win_percent: Option<u32>,
    /// How one is chosen among those who come into question.
    pub choice: Choice,
}

impl Default for LeadRule {
    fn default() -> Self {
        Self {
            id: String::new(),
            name: String::new(),
            enabled: true,
            countries: Vec::new(),
            regions: Vec::new(),
            families: Vec::new(),
            sources: Vec::new(),
            value_from_minor: None,
            value_below_minor: None,
            territories: Vec::new(),
            same_country: false,
            minimum_tier: None,
            partner_types: Vec::new(),
            partners: Vec::new(),
            max_open: None,
            minimum_win_percent: None,
            choice: Choice::default(),
        }
    }
}

fn above(from: Option<i64>) -> impl Fn(&Option<i64>, &()) -> garde::Result {
    move |below, (): &()| match (from, below) {
        (Some(from), Some(below)) if *below <= from => {
            Err(garde::Error::new("out_of_range: This must be more than the least value."))
        }
        _ => Ok(()),
    }
}

/// How one is chosen among those who come into question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// A draw, each with the same chance.
    Even,
    /// A draw, with a chance in proportion to the open leads that a partner can still take.
    #[default]
    CapacityLeft,
    /// A draw, with a chance in proportion to 1 more than the per cent of closed deals that a partner won. One who has
    /// closed none counts with 50 per cent.
    WinRate,
    /// Whoever was offered a lead of the program longest ago; those never asked first.
    RoundRobin,
}

impl Choice {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Even, Self::CapacityLeft, Self::WinRate, Self::RoundRobin];

    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::CapacityLeft => "capacity_left",
            Self::WinRate => "win_rate",
            Self::RoundRobin => "round_robin",
        }
    }
}

/// A partner by name, for rules and screens that name partners by id.
pub type NamedPartner = programs::NamedPartner;

/// How a program hands out leads now, and the draft of what comes next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct LeadRules {
    pub program: ProgramId,
    pub program_name: String,
    /// Of the amounts in the rules.
    #[cfg_attr(feature = "ssr", schemars(with = "String"))]
    pub currency: Currency,
    /// Number of the version in force; 0 for what is so before anything was published.
    pub number: u32,
    pub distribution: Distribution,
    pub published_at: Option<Timestamp>,
    pub published_by_name: Option<String>,
    /// What is being written; none when it would be the same as what is in force.
    pub draft: Option<Distribution>,
    pub changed_at: Option<Timestamp>,
    pub changed_by_name: Option<String>,
    /// Counts drafts and versions; send it back as `If-Match`.
    pub version: u32,
    /// The partners that take part in the program: those that rules can name.
    pub partners: Vec<NamedPartner>,
}

/// One published version of how a program hands out leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct LeadRulesVersion {
    /// Counts up by one within the program, from 1.
    pub number: u32,
    pub distribution: Distribution,
    pub published_at: Timestamp,
    pub published_by_name: String,
    /// What was said about the change.
    pub note: String,
}

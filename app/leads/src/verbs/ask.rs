//! What can be read: lists, one lead, its history, how it came to its partner, and the numbers beside the navigation.
use std::fmt;
use std::str::FromStr;

use base::{LeadId, OrganizationId, Page, ProgramId, verb};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::{Counts, Draw, Lead, LeadRow, Source, Statuses, TimelineEntry};

/// By what a list of leads is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortBy {
    /// What the asker's side has to do first, most urgent first; then the newest.
    #[default]
    Attention,
    CreatedAt,
    UpdatedAt,
    Value,
    Customer,
}

impl SortBy {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Attention, Self::CreatedAt, Self::UpdatedAt, Self::Value, Self::Customer];

    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Attention => "attention",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
            Self::Value => "value",
            Self::Customer => "customer",
        }
    }
}

/// How a list is sorted: `-created_at` is newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sort {
    pub by: SortBy,
    pub descending: bool,
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.by.as_str())
    }
}

impl FromStr for Sort {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        let by = SortBy::ALL.into_iter().find(|by| by.as_str() == name);
        by.map(|by| Self { by, descending }).ok_or_else(|| format!("leads cannot be sorted by {name}"))
    }
}

impl Serialize for Sort {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sort {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "ssr")]
impl schemars::JsonSchema for Sort {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "LeadSort".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names = SortBy::ALL.map(SortBy::as_str).join("|");
        schemars::json_schema!({ "type": "string", "pattern": format!("^-?({names})$") })
    }
}

/// Lists the leads the actor may see: a vendor all of its own, a partner those it was offered or has. What the asker has
/// to do comes first unless sorted otherwise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListLeads {
    /// One status, or several separated by commas.
    #[garde(skip)]
    pub status: Option<Statuses>,
    #[garde(skip)]
    pub program: Option<ProgramId>,
    /// Only this partner's.
    #[garde(skip)]
    pub partner: Option<OrganizationId>,
    #[garde(skip)]
    pub source: Option<Source>,
    /// The company's country, ISO 3166-1 alpha-2.
    #[garde(length(max = 2))]
    pub country: Option<String>,
    /// Part of the company's name or website, of a contact's name, or of the lead's number.
    #[garde(length(chars, max = 200))]
    pub q: Option<String>,
    /// Only leads that wait for the asker's side.
    #[garde(skip)]
    pub needs_action: Option<bool>,
    /// `attention`, `created_at`, `updated_at`, `value` or `customer`, with `-` for largest first.
    #[garde(skip)]
    pub sort: Option<Sort>,
    /// Continues after the last row of the page before.
    #[garde(length(max = 900))]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    #[garde(skip)]
    pub limit: Option<u32>,
}
verb!(ListLeads: GET "/leads" -> Page<LeadRow>);

/// One lead, with what the asker may do with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct GetLead {
    pub id: LeadId,
}
verb!(GetLead: GET "/leads/{id}" -> Lead);

/// What happened to a lead, oldest first. A partner reads what concerns it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ListLeadEvents {
    pub id: LeadId,
}
verb!(ListLeadEvents: GET "/leads/{id}/events" -> Page<TimelineEntry>);

/// How a lead came to its partners, latest first: rules, candidates, exclusions, seed. A partner reads why it was chosen,
/// and of nobody else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ListLeadDraws {
    pub id: LeadId,
}
verb!(ListLeadDraws: GET "/leads/{id}/draw" -> Page<Draw>);

/// How many leads wait, for the numbers beside the navigation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct CountLeads {
    /// Only of this program.
    pub program: Option<ProgramId>,
}
verb!(CountLeads: GET "/leads/counts" -> Counts);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_is_read_back_from_its_text() {
        for by in SortBy::ALL {
            for descending in [false, true] {
                let sort = Sort { by, descending };
                assert_eq!(sort.to_string().parse(), Ok(sort));
            }
        }
        assert!("-name".parse::<Sort>().is_err());
    }
}

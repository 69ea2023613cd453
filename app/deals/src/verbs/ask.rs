//! What can be read: lists, one deal, its timeline, conflicts and receipt, and the numbers beside the navigation.
use std::fmt;
use std::str::FromStr;

use base::{Date, DealId, OrganizationId, Page, ProgramId, verb};
use log::Receipt;
use partners::Segment;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::{Conflict, Counts, Deal, DealIds, DealRow, Statuses, TimelineEntry};

/// By what a list of deals is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortBy {
    #[default]
    CreatedAt,
    UpdatedAt,
    PriorityAt,
    /// Nothing due comes last, whichever way.
    AnswerDue,
    /// Nothing that ends comes last, whichever way.
    ExpiresAt,
    Value,
    Customer,
}

impl SortBy {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::CreatedAt,
        Self::UpdatedAt,
        Self::PriorityAt,
        Self::AnswerDue,
        Self::ExpiresAt,
        Self::Value,
        Self::Customer,
    ];

    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
            Self::PriorityAt => "priority_at",
            Self::AnswerDue => "answer_due",
            Self::ExpiresAt => "expires_at",
            Self::Value => "value",
            Self::Customer => "customer",
        }
    }
}

/// How a list is sorted: `-created_at` is newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    pub by: SortBy,
    pub descending: bool,
}

impl Sort {
    /// Smallest first.
    #[must_use]
    pub const fn up(by: SortBy) -> Self {
        Self { by, descending: false }
    }

    /// Largest first.
    #[must_use]
    pub const fn down(by: SortBy) -> Self {
        Self { by, descending: true }
    }
}

impl Default for Sort {
    fn default() -> Self {
        Self::down(SortBy::CreatedAt)
    }
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
        by.map(|by| Self { by, descending }).ok_or_else(|| format!("deals cannot be sorted by {name}"))
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
        "DealSort".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names = SortBy::ALL.map(SortBy::as_str).join("|");
        schemars::json_schema!({ "type": "string", "pattern": format!("^-?({names})$") })
    }
}

/// Lists the deals the actor may see, newest first unless sorted otherwise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListDeals {
    /// One status, or several separated by commas.
    #[garde(skip)]
    pub status: Option<Statuses>,
    #[garde(skip)]
    pub program: Option<ProgramId>,
    /// Only this partner's.
    #[garde(skip)]
    pub partner: Option<OrganizationId>,
    #[serde(flatten)]
    #[garde(dive)]
    pub segment: Segment,
    /// Only these deals, separated by commas; at most 200.
    #[garde(skip)]
    pub ids: Option<DealIds>,
    /// Part of the customer's name or website, or of the deal's number.
    #[garde(length(chars, max = 200))]
    pub q: Option<String>,
    /// Only deals that wait for the asker's side.
    #[garde(skip)]
    pub needs_action: Option<bool>,
    /// Only deals that wait for a decision of the vendor: the decision queue, most urgent first unless sorted otherwise.
    #[garde(skip)]
    pub queue: Option<bool>,
    /// Only deals whose protection ends within 30 days, soonest first unless sorted otherwise.
    #[garde(skip)]
    pub expiring: Option<bool>,
    /// Only deals that the asker wrote.
    #[garde(skip)]
    pub mine: Option<bool>,
    /// Only deals received on this day or later, in the time zone of each deal's program.
    #[garde(skip)]
    pub since: Option<Date>,
    /// Only deals received before this day, in the time zone of each deal's program.
    #[garde(skip)]
    pub until: Option<Date>,
    /// `created_at`, `updated_at`, `priority_at`, `answer_due`, `expires_at`, `value` or `customer`, with `-` for
    /// largest first.
    #[garde(skip)]
    pub sort: Option<Sort>,
    /// Continues after the last row of the page before.
    #[garde(length(max = 600))]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    #[garde(skip)]
    pub limit: Option<u32>,
}
verb!(ListDeals: GET "/deals" -> Page<DealRow>);

impl ListDeals {
    /// The list that named texts ask for, as in an address; what cannot be read is not asked.
    pub fn from_fields(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let is = |name: &str| text(name).and_then(|value| value.parse().ok()).filter(|on: &bool| *on);
        Self {
            status: text("status").and_then(|value| value.parse().ok()),
            program: text("program").and_then(|value| value.parse().ok()),
            partner: text("partner").and_then(|value| value.parse().ok()),
            segment: Segment::from_fields(text),
            ids: None,
            q: text("q"),
            needs_action: is("needs_action"),
            queue: is("queue"),
            expiring: is("expiring"),
            mine: is("mine"),
            since: text("since").and_then(|value| value.parse().ok()),
            until: text("until").and_then(|value| value.parse().ok()),
            sort: text("sort").and_then(|value| value.parse().ok()),
            cursor: text("cursor"),
            limit: None,
        }
    }

    /// Reads what [`ListDeals::to_query`] writes.
    ///
    /// # Errors
    /// The first name that is none of the list's, or whose value cannot be read.
    pub fn from_query(query: &str) -> Result<Self, String> {
        let pairs = base::pairs(query);
        let list = Self { cursor: None, ..Self::from_fields(base::named(query)) };
        let kept = base::pairs(&list.to_query());
        match pairs.iter().find(|(name, _)| kept.iter().all(|(known, _)| known != name)) {
            Some((name, _)) => Err(name.clone()),
            None => Ok(list),
        }
    }

    /// Filters and order as in an address, without the page.
    #[must_use]
    pub fn to_query(&self) -> String {
        let list = Self { cursor: None, limit: None, ids: None, ..self.clone() };
        base::address(&list).map(|(_, fields)| base::query(&fields)).unwrap_or_default()
    }
}

/// One deal, with what the asker may do with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetDeal {
    #[garde(skip)]
    pub id: DealId,
}
verb!(GetDeal: GET "/deals/{id}" -> Deal);

/// What happened to a deal, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ListDealEvents {
    #[garde(skip)]
    pub id: DealId,
}
verb!(ListDealEvents: GET "/deals/{id}/events" -> Page<TimelineEntry>);

/// Records that look like the same customer, most alike first. A partner sees what agrees, but never whose it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ListConflicts {
    #[garde(skip)]
    pub id: DealId,
}
verb!(ListConflicts: GET "/deals/{id}/conflicts" -> Page<Conflict>);

/// The signed receipt of the last submit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetReceipt {
    #[garde(skip)]
    pub id: DealId,
}
verb!(GetReceipt: GET "/deals/{id}/receipt" -> Receipt);

/// How many deals wait, for the numbers beside the navigation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct CountDeals {
    /// Only of this program.
    #[garde(skip)]
    pub program: Option<ProgramId>,
}
verb!(CountDeals: GET "/deals/counts" -> Counts);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_survive_their_query_and_nothing_else_is_one() {
        let list = ListDeals {
            q: Some("a & b=c ü+".into()),
            mine: Some(true),
            sort: "-value".parse().ok(),
            cursor: Some("x".into()),
            ..ListDeals::default()
        };
        let read = ListDeals::from_query(&list.to_query());
        assert_eq!(read, Ok(ListDeals { cursor: None, ..list }));
        assert_eq!(ListDeals::from_query("colour=red"), Err("colour".to_owned()));
        assert_eq!(ListDeals::from_query("status=lucky"), Err("status".to_owned()));
        assert_eq!(ListDeals::from_query(""), Ok(ListDeals::default()));
    }

    #[test]
    fn every_sort_is_read_back_from_its_text() {
        for by in SortBy::ALL {
            for sort in [Sort::up(by), Sort::down(by)] {
                assert_eq!(sort.to_string().parse(), Ok(sort));
            }
        }
        assert!("-name".parse::<Sort>().is_err());
    }
}

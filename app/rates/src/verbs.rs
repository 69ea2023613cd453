//! What can be asked of rates.
use base::{Page, verb};
use serde::{Deserialize, Serialize};

use crate::model::{Rate, RatesReport};

/// Lists the vendor's rates by currency, the latest month first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ListRates {
    /// Only rates of this currency (ISO 4217).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[garde(length(max = 3))]
    pub currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[garde(length(max = 20))]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
verb!(ListRates: GET "/rates" -> Page<Rate>);

/// Sets what one euro is worth in a currency from a month on. A rate of that month is replaced; dashboards and goals are
/// computed with it at once, past months too.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct SetRate {
    /// ISO 4217 code, not the euro's.
    #[garde(length(chars, min = 1, max = 10))]
    pub currency: String,
    /// `2026-11`.
    #[garde(length(chars, min = 1, max = 20))]
    pub month: String,
    /// Units of the currency for one euro, with six decimals at most: `1.0842`.
    #[garde(length(chars, min = 1, max = 20))]
    pub per_euro: String,
}
verb!(SetRate: POST "/rates" -> Rate);

/// Sets many rates at once. A row that cannot be set comes back with what is wrong; the others are set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct SetRates {
    /// At most 1,000.
    #[garde(length(min = 1, max = 1000))]
    pub rates: Vec<SetRate>,
}
verb!(SetRates: PUT "/rates" -> RatesReport);

/// Takes a rate away: the one of the month before holds on. Answers with what was taken away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct RemoveRate {
    /// ISO 4217 code.
    pub currency: String,
    /// `2026-11`.
    pub month: String,
}
verb!(RemoveRate: DELETE "/rates/{currency}/{month}" -> Rate);

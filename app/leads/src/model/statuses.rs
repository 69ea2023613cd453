//! Several statuses of leads in one text, as a list is asked for them.
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Status;

/// Several statuses in one text, separated by commas: `?status=assigned,working`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statuses(pub Vec<Status>);

impl FromStr for Statuses {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        words
            .map(|word| Status::parse(word).ok_or_else(|| format!("there is no status {word}")))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl fmt::Display for Statuses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, status) in self.0.iter().enumerate() {
            write!(f, "{}{status}", if place > 0 { "," } else { "" })?;
        }
        Ok(())
    }
}

impl From<Status> for Statuses {
    fn from(status: Status) -> Self {
        Self(vec![status])
    }
}

impl Serialize for Statuses {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Statuses {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "ssr")]
impl schemars::JsonSchema for Statuses {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "LeadStatuses".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let words = Status::ALL.iter().map(|status| status.as_str()).collect::<Vec<_>>().join("|");
        schemars::json_schema!({
            "type": "string",
            "description": "One status, or several separated by commas.",
            "pattern": format!("^(({words})(,({words}))*)?$")
        })
    }
}

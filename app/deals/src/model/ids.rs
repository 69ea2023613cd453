//! Several deals in one text, as a list is asked for them.
use std::fmt;
use std::str::FromStr;

use base::DealId;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Several deals in one text, separated by commas: `?ids=deal_01j…,deal_01k…`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DealIds(pub Vec<DealId>);

impl DealIds {
    /// The most that can be asked for at once: a page of a list.
    pub const MOST: usize = 200;
}

impl FromStr for DealIds {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        let ids: Vec<DealId> =
            words.map(str::parse).collect::<Result<_, base::IdError>>().map_err(|error| error.to_string())?;
        if ids.len() > Self::MOST {
            return Err(format!("at most {} deals can be asked for at once", Self::MOST));
        }
        Ok(Self(ids))
    }
}

impl fmt::Display for DealIds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, id) in self.0.iter().enumerate() {
            write!(f, "{}{id}", if place > 0 { "," } else { "" })?;
        }
        Ok(())
    }
}

impl Serialize for DealIds {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DealIds {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "ssr")]
impl schemars::JsonSchema for DealIds {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "DealIds".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "Ids of deals, separated by commas; at most 200." })
    }
}

//! Which set of a program's rules is meant: a published version by its number, or the draft.
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// `draft`, or the number of a version: `3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edition {
    Draft,
    Version(u32),
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Draft => f.write_str("draft"),
            Self::Version(number) => write!(f, "{number}"),
        }
    }
}

impl FromStr for Edition {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "draft" => Ok(Self::Draft),
            number => number
                .parse()
                .ok()
                .filter(|number| *number > 0)
                .map(Self::Version)
                .ok_or("give the number of a version, or draft"),
        }
    }
}

impl Serialize for Edition {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Edition {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "ssr")]
impl schemars::JsonSchema for Edition {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Edition".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "The number of a published version, or `draft`.",
            "pattern": "^(draft|[1-9][0-9]{0,8})$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Edition;

    #[test]
    fn a_number_or_the_draft_is_meant_and_nothing_else() {
        assert_eq!("draft".parse(), Ok(Edition::Draft));
        assert_eq!("12".parse(), Ok(Edition::Version(12)));
        assert!(["0", "-1", "", "latest"].iter().all(|text| text.parse::<Edition>().is_err()));
    }
}

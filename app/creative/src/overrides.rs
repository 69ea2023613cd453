//! What a partner makes of an asset: for each block that is open to it, its own words or its choice.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Asset, Content};

/// Which block of which asset in which language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Spot {
    pub asset: String,
    pub language: String,
    /// The block's id.
    pub block: String,
}

/// What stands there in place of the kit's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Override {
    /// One of a choice's variants, counted from 0.
    Chosen { variant: u8 },
    /// The partner's own words.
    Written { text: String },
    /// Where the partner's button leads.
    Leads { url: String },
}

/// All that a partner changed, at most 500.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Overrides(pub Vec<(Spot, Override)>);

/// Why something cannot be changed so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub spot: Spot,
    /// A stable code: `locked`, `no_such_block`, `no_such_variant`, `too_long`, `wrong_kind`, `malformed`.
    pub code: &'static str,
}

impl Overrides {
    /// The same as a map, the last word for each spot.
    #[must_use]
    pub fn by_spot(&self) -> BTreeMap<&Spot, &Override> {
        self.0.iter().map(|(spot, one)| (spot, one)).collect()
    }

    /// Whether the zones of these assets let all of it be.
    ///
    /// # Errors
    /// Each that is not.
    pub fn allowed_by(&self, _assets: &[Asset]) -> Result<(), Vec<Refused>> {
        unimplemented!()
    }

    /// What an asset says with these changes, in a language; in the kit's first language where it has not that one.
    #[must_use]
    pub fn applied(&self, _asset: &Asset, _language: &str) -> Option<Content> {
        unimplemented!()
    }
}

//! Which partners are meant: those of a brand, a tier, a type, a territory, or of one channel manager.
use base::{BrandId, UserId};
use serde::{Deserialize, Serialize};

use crate::model::{ChannelManager, PartnerType, Tier};

/// A choice of enrollments; what is not said does not matter. Who is meant is seen by what the enrollments say now: when
/// a partner rises to Gold, all that it did counts as a Gold partner's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct Segment {
    /// Only programs of this brand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<BrandId>,
    /// Only partners that have this tier now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// Only partners that are of this type, among others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_type: Option<PartnerType>,
    /// Only partners of exactly this territory.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[garde(length(max = 120))]
    pub territory: Option<String>,
    /// Only partners whom this person looks after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_manager: Option<UserId>,
}

impl Segment {
    /// Names of the fields, as in an address.
    pub const FIELDS: [&str; 5] = ["brand", "tier", "partner_type", "territory", "channel_manager"];

    /// The segment that named texts say, as in an address; what cannot be read is not asked.
    pub fn from_fields(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Self {
            brand: text("brand").and_then(|value| value.parse().ok()),
            tier: text("tier").and_then(|value| Tier::parse(&value)),
            partner_type: text("partner_type").and_then(|value| PartnerType::parse(&value)),
            territory: text("territory"),
            channel_manager: text("channel_manager").and_then(|value| value.parse().ok()),
        }
    }

    /// What is said, as names and texts for an address.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let all = [
            self.brand.map(|id| id.to_string()),
            self.tier.map(|tier| tier.as_str().to_owned()),
            self.partner_type.map(|kind| kind.as_str().to_owned()),
            self.territory.clone(),
            self.channel_manager.map(|id| id.to_string()),
        ];
        Self::FIELDS.into_iter().zip(all).filter_map(|(name, text)| Some((name, text?))).collect()
    }

    /// Whether anything is said of partners, and not of brands alone.
    #[must_use]
    pub fn is_of_partners(&self) -> bool {
        *self != Self { brand: self.brand, ..Self::default() }
    }
}

/// What a vendor's partners can be told apart by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Segments {
    /// The tiers that partners have, lowest first.
    pub tiers: Vec<Tier>,
    pub partner_types: Vec<PartnerType>,
    /// By name, at most 200.
    pub territories: Vec<String>,
    /// By name, at most 200.
    pub channel_managers: Vec<ChannelManager>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_survives_its_address() {
        let segment = Segment {
            tier: Some(Tier::Gold),
            territory: Some("DACH & CEE".into()),
            partner_type: Some(PartnerType::Msp),
            ..Segment::default()
        };
        let fields = segment.fields();
        let get = |name: &str| fields.iter().find(|(known, _)| *known == name).map(|(_, text)| text.clone());
        assert_eq!(Segment::from_fields(get), segment);
        assert!(segment.is_of_partners());
        assert!(!Segment::default().is_of_partners());
    }

    #[test]
    fn what_cannot_be_read_is_not_asked() {
        assert_eq!(Segment::from_fields(|_| Some("?".into())).territory.as_deref(), Some("?"));
        assert_eq!(
            Segment::from_fields(|name| (name != "territory").then(|| " ".into())),
            Segment::default()
        );
    }
}

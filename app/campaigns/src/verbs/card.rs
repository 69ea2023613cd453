//! What is asked of the partner's card.
use base::verb;
use creative::PartnerCard;
use serde::{Deserialize, Serialize};

use crate::model::KeptCard;

/// What the partner says of itself in all its campaigns; from its record until it is changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetPartnerCard {}
verb!(GetPartnerCard: GET "/partner-card" -> KeptCard);

/// Keeps the partner's card. Campaigns that were launched keep what they were launched with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct KeepPartnerCard {
    /// Its logo is one that was uploaded for it.
    #[garde(dive)]
    pub card: PartnerCard,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(KeepPartnerCard: PUT "/partner-card" -> KeptCard);

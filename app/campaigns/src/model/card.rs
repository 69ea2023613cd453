//! What a partner says of itself in all its campaigns.
use base::Timestamp;
use creative::PartnerCard;
use serde::{Deserialize, Serialize};

/// A partner's card, as it is kept. Until it is changed it is filled from the partner's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct KeptCard {
    pub card: PartnerCard,
    pub changed_at: Option<Timestamp>,
    pub changed_by_name: Option<String>,
    /// Counts changes; 0 while nothing was kept.
    pub version: u32,
}

/// A logo that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CardLogo {
    /// Its name, by which the card wears it.
    pub hash: String,
    /// Where it is shown.
    pub address: String,
    pub width: u32,
    pub height: u32,
}

/// The form of a logo that is shown.
pub const LOGO_FORM: &str = "logo.png";

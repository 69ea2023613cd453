//! Where a lead of a partner's own came from: the campaign, and what the person agreed to.
use base::{CampaignId, Timestamp};
use serde::{Deserialize, Serialize};

/// The campaign of a partner whose landing page brought a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "LeadOrigin"))]
pub struct Origin {
    pub campaign: CampaignId,
    /// As the partner called it then.
    pub campaign_name: String,
    /// The kit that the campaign was made of.
    pub kit_name: String,
    /// What the person agreed to, in the words of the page.
    pub consent: String,
    pub consented_at: Timestamp,
    /// BCP 47 tag of the page's language.
    pub language: String,
}

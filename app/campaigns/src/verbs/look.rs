//! What only reads.
use base::{CampaignId, KitId, OrganizationId, Page, ProgramId, verb};
use serde::{Deserialize, Serialize};

use crate::model::{
    Campaign, CampaignAdoption, CampaignChange, CampaignDesk, CampaignResults, CampaignRow, CampaignState,
};

/// Lists the campaigns the actor may see: those that wait for an approval first, then by their last change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ListCampaigns {
    pub program: Option<ProgramId>,
    pub partner: Option<OrganizationId>,
    pub kit: Option<KitId>,
    /// Without it, all but archived ones.
    pub state: Option<CampaignState>,
    #[garde(length(max = 100))]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    pub limit: Option<u32>,
}
verb!(ListCampaigns: GET "/campaigns" -> Page<CampaignRow>);

macro_rules! of_one {
    ($($(#[$doc:meta])* $name:ident at $path:literal -> $answer:ty;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
        #[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
        #[garde(allow_unvalidated)]
        pub struct $name {
            pub id: CampaignId,
        }
        verb!($name: GET $path -> $answer);
    )*};
}
of_one! {
    /// One campaign.
    GetCampaign at "/campaigns/{id}" -> Campaign;
    /// One campaign with the pieces of its kit, what the check says of it as it stands, and whom it would reach.
    GetCampaignDesk at "/campaigns/{id}/desk" -> CampaignDesk;
    /// What the partner changed, beside what the kit says.
    ListCampaignChanges at "/campaigns/{id}/changes" -> Page<CampaignChange>;
    /// What came of a campaign, from mails to sales.
    GetCampaignResults at "/campaigns/{id}/results" -> CampaignResults;
}

/// How a vendor's partners use its kits, those with most campaigns first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ListCampaignAdoption {
    pub program: Option<ProgramId>,
    /// Rows, at most 200.
    pub limit: Option<u32>,
}
verb!(ListCampaignAdoption: GET "/campaigns/adoption" -> Page<CampaignAdoption>);

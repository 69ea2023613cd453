//! What can be asked of landing pages.
use base::{CampaignId, verb};
use serde::{Deserialize, Serialize};

use crate::model::Visits;

/// How often the landing page of a campaign was opened, by day, and how often its form was filled. What was counted in the
/// last seconds is not in it yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetVisits {
    #[garde(skip)]
    pub id: CampaignId,
}
verb!(GetVisits: GET "/campaigns/{id}/visits" -> Visits);

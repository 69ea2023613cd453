//! What makes campaigns and moves them.
use base::{AudienceId, CampaignId, KitId, verb};
use creative::Overrides;
use serde::{Deserialize, Serialize};

use crate::model::{Campaign, CampaignDesk, TestSent};

/// Makes a campaign of a kit that is open to the partner, already with the partner's card in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct CreateCampaign {
    pub kit: KitId,
    /// That of the kit when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(chars, min = 1, max = 120)))]
    pub name: Option<String>,
    /// BCP 47. Left out, or where the kit has not that one, the kit's first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(max = 20))]
    pub language: Option<String>,
}
verb!(CreateCampaign: POST "/campaigns" -> Campaign, status = 201);

/// Changes a campaign. What is left out stays; a campaign that was checked or approved must be so again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ChangeCampaign {
    pub id: CampaignId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(custom(base::filled), length(chars, max = 120)))]
    pub name: Option<String>,
    /// One of the kit's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(max = 20))]
    pub language: Option<String>,
    /// All that is changed of the kit's words; it takes the place of what was there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<Overrides>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<AudienceId>,
    /// Day and time in `time_zone`: `2026-12-01T09:30`. Empty for at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(max = 25))]
    pub send_on: Option<String>,
    /// By its IANA name: `Europe/Berlin`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(max = 64))]
    pub time_zone: Option<String>,
    /// Whether nobody is written to at night.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<bool>,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(ChangeCampaign: PATCH "/campaigns/{id}" -> CampaignDesk);

macro_rules! moves {
    ($($(#[$doc:meta])* $name:ident at $path:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
        #[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
        #[garde(allow_unvalidated)]
        pub struct $name {
            pub id: CampaignId,
            /// The version that was seen; from `If-Match`.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub version: Option<u32>,
        }
        verb!($name: POST $path -> Campaign);
    )*};
}
moves! {
    /// Launches a campaign: it is checked once more, handed to the vendor where that is needed, and goes out at its time, or at once.
    LaunchCampaign at "/campaigns/{id}/launch";
    /// The partner takes a campaign back that waits for the vendor or for its time, to change it.
    TakeBackCampaign at "/campaigns/{id}/take-back";
    /// The vendor approves a campaign; it goes out at its time.
    ApproveCampaign at "/campaigns/{id}/approve";
    /// Nothing more goes out until it is resumed.
    PauseCampaign at "/campaigns/{id}/pause";
    /// Goes on where it was paused.
    ResumeCampaign at "/campaigns/{id}/resume";
    /// Stops a campaign for good. For ten seconds it can be brought back.
    CancelCampaign at "/campaigns/{id}/cancel";
    /// Brings a campaign back that was cancelled up to ten seconds ago.
    RestoreCampaign at "/campaigns/{id}/restore";
    /// Puts a campaign away that is over; its pages are closed.
    ArchiveCampaign at "/campaigns/{id}/archive";
}

/// Checks a campaign as it stands. One that nothing stops is `checked` until it is changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct CheckCampaign {
    pub id: CampaignId,
}
verb!(CheckCampaign: POST "/campaigns/{id}/check" -> CampaignDesk);

/// The vendor sends a campaign back to be changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct SendBackCampaign {
    pub id: CampaignId,
    /// What to do about it; the partner is told.
    #[garde(custom(base::filled), length(chars, max = 2000))]
    pub reason: String,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(SendBackCampaign: POST "/campaigns/{id}/send-back" -> Campaign);

/// Sends the campaign's mails to the asker alone, to look at. Up to 20 an hour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct TestCampaign {
    pub id: CampaignId,
    /// Key of one of the kit's mails; all when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(max = 40))]
    pub asset: Option<String>,
}
verb!(TestCampaign: POST "/campaigns/{id}/test" -> TestSent);

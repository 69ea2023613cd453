//! A campaign: a partner's instance of one version of a kit.
use base::{AudienceId, BrandId, CampaignId, KitId, OrganizationId, ProgramId, Timestamp, words};
use creative::check::Found;
use creative::{Asset, BrandRules, Overrides, PartnerCard, Spot};
use serde::{Deserialize, Serialize};

use super::audience::Reach;

words! {
    /// How far a campaign is.
    CampaignState {
        /// Being made.
        Draft = "draft",
        /// Nothing in it stops it.
        Checked = "checked",
        /// A person of the vendor looks at it.
        AwaitingApproval = "awaiting_approval",
        /// May go out.
        Approved = "approved",
        /// Goes out at its time.
        Scheduled = "scheduled",
        /// Its pages are open and its mails are going out.
        Sending = "sending",
        /// Nothing goes out until somebody says so.
        Paused = "paused",
        /// All mails are out; its pages stay open.
        Sent = "sent",
        /// Over; its pages are closed.
        Archived = "archived",
        /// Stopped by the partner.
        Cancelled = "cancelled",
        /// The vendor called the version of the kit back.
        Recalled = "recalled",
    }
}

impl CampaignState {
    /// Whether the partner may change what it says.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Checked | Self::Approved)
    }

    /// Whether something went out, or could at any moment.
    #[must_use]
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Scheduled | Self::Sending | Self::Paused)
    }

    /// Whether strangers may see its landing page.
    #[must_use]
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Sending | Self::Paused | Self::Sent)
    }

    /// Whether it was launched once and has figures.
    #[must_use]
    pub const fn was_launched(self) -> bool {
        matches!(self, Self::Sending | Self::Paused | Self::Sent | Self::Archived)
    }

    /// Whether nothing more will come of it.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Archived | Self::Cancelled | Self::Recalled)
    }
}

/// What was decided about a campaign at the vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "CampaignDecision"))]
pub struct Decision {
    pub by: String,
    pub at: Timestamp,
    /// Whether it may go out.
    pub approved: bool,
    /// Why not; empty for an approval.
    #[serde(default)]
    pub reason: String,
}

/// A partner's campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Campaign {
    pub id: CampaignId,
    pub vendor: OrganizationId,
    pub program: ProgramId,
    pub program_name: String,
    pub brand: BrandId,
    pub brand_name: String,
    pub partner: OrganizationId,
    pub partner_name: String,
    pub kit: KitId,
    /// Of the kit's versions; it stays the same when the kit is published anew.
    pub kit_version: u32,
    pub kit_name: String,
    pub name: String,
    /// BCP 47; one of the kit's.
    pub language: String,
    pub overrides: Overrides,
    /// As it was when the campaign was handed in or launched; before that the partner's card of today.
    pub card: PartnerCard,
    /// Null for the vendor, who sees how many people there are and never who.
    pub audience: Option<AudienceId>,
    pub audience_name: Option<String>,
    /// People of the audience.
    pub audience_size: u64,
    pub state: CampaignState,
    /// Where it was before it was paused or cancelled.
    pub before: Option<CampaignState>,
    /// When it goes out; null for at once.
    pub send_at: Option<Timestamp>,
    /// In which that time was chosen.
    pub time_zone: String,
    /// Whether nobody is written to at night, in their own time zone.
    pub quiet: bool,
    /// Last part of its public address.
    pub slug: String,
    pub asked_at: Option<Timestamp>,
    pub decision: Option<Decision>,
    /// Why the kit was called back; empty otherwise.
    pub recall_reason: String,
    pub launched_at: Option<Timestamp>,
    pub sent_at: Option<Timestamp>,
    pub created_by_name: String,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    /// Counts changes; the `ETag`.
    pub version: u32,
}

/// A campaign in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CampaignRow {
    pub id: CampaignId,
    pub name: String,
    pub kit: KitId,
    pub kit_name: String,
    pub program: ProgramId,
    pub program_name: String,
    pub brand_name: String,
    pub partner: OrganizationId,
    pub partner_name: String,
    pub language: String,
    pub state: CampaignState,
    pub audience_size: u64,
    pub send_at: Option<Timestamp>,
    pub asked_at: Option<Timestamp>,
    pub changed_at: Timestamp,
    pub sent: u64,
    pub clicked: u64,
    pub leads: u64,
}

/// Everything that the page of one campaign shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CampaignDesk {
    pub campaign: Campaign,
    /// Of the kit's version.
    pub assets: Vec<Asset>,
    pub rules: BrandRules,
    pub languages: Vec<String>,
    /// What the check says of it as it stands.
    pub found: Vec<Found>,
    /// Whom it would reach; null without an audience and for the vendor.
    pub reach: Option<Reach>,
    /// When it goes out, as the clock stands in its time zone: `2026-12-01T09:30`; empty for at once.
    pub send_on: String,
    /// The version of the partner's card, for changing it from here.
    pub card_version: u32,
}

impl CampaignDesk {
    /// Whether it writes to people.
    #[must_use]
    pub fn has_mail(&self) -> bool {
        self.assets.iter().any(|asset| asset.kind == creative::AssetKind::Email)
    }
}

/// One thing that a partner changed, beside what the kit says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CampaignChange {
    pub spot: Spot,
    pub asset_name: String,
    pub before: String,
    pub after: String,
}

/// What was sent to whom for a look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct TestSent {
    pub to: String,
    /// How many mails.
    pub mails: u32,
}

/// How a partner uses the kits of a vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CampaignAdoption {
    pub partner: OrganizationId,
    pub partner_name: String,
    /// All its campaigns.
    pub campaigns: u64,
    /// Those that went out.
    pub launched: u64,
    pub sent: u64,
    pub clicked: u64,
    pub leads: u64,
    pub last_at: Option<Timestamp>,
}

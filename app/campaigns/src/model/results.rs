//! What came of a campaign.
use base::{CampaignId, Money, Timestamp};
use serde::{Deserialize, Serialize};

use crate::rules::ab::Verdict;

/// From mails to sales. Each number holds those of the next only as far as they came by this campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CampaignResults {
    pub campaign: CampaignId,
    /// Wait for their time.
    pub queued: u64,
    pub sent: u64,
    /// Sent and not come back.
    pub delivered: u64,
    pub bounced: u64,
    pub failed: u64,
    pub complained: u64,
    pub unsubscribed: u64,
    pub suppressed: u64,
    /// By people, as far as anybody can tell.
    pub opened: u64,
    /// By programs that load pictures for people, whether they read or not.
    pub opened_by_proxy: u64,
    /// Mails in which a link was followed.
    pub clicked: u64,
    pub leads: u64,
    pub deals: u64,
    pub won: u64,
    /// Of the sales won, in the program's currency; other currencies are not counted.
    pub won_value: Money,
    /// None without a second subject.
    pub subjects: Option<SubjectTest>,
    pub as_of: Timestamp,
}

/// Two subjects beside each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct SubjectTest {
    pub a: SubjectResult,
    pub b: SubjectResult,
    pub verdict: Verdict,
}

/// What one subject did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct SubjectResult {
    pub subject: String,
    pub sent: u64,
    pub clicked: u64,
}

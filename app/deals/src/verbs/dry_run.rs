//! What can be asked before rules are published: which past registrations would have ended differently, and why.
use base::{Currency, DealId, Money, OrganizationId, Page, ProgramId, Timestamp, verb};
use programs::{Edition, Engagement, RuleId};
use serde::{Deserialize, Serialize};

use crate::model::Status;

/// Replays the program's registrations of the past months under other rules, with the facts of their time, and names
/// each one that would have gone differently. Nothing is changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct DryRunRules {
    pub program: ProgramId,
    /// The rules to try: the draft when left out.
    #[serde(default)]
    pub edition: Option<Edition>,
    /// How many months are looked back, 1 to 36; 18 when left out.
    #[serde(default)]
    #[garde(inner(range(min = 1, max = 36)))]
    pub months: Option<u32>,
    #[serde(default)]
    #[garde(length(max = 100))]
    pub cursor: Option<String>,
    #[serde(default)]
    pub limit: Option<u32>,
}
verb!(DryRunRules: GET "/programs/{program}/dry-run" -> DryRun);

/// What a dry run came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct DryRun {
    pub program: ProgramId,
    pub program_name: String,
    /// All amounts of rules are in it.
    #[cfg_attr(feature = "ssr", schemars(with = "String"))]
    pub currency: Currency,
    /// Number of the version that is in force.
    pub in_force: u32,
    pub in_force_engagement: Engagement,
    /// The rules that were tried.
    pub edition: Edition,
    pub engagement: Engagement,
    /// The first instant that was looked at.
    pub since: Timestamp,
    /// How many registrations were replayed.
    pub replayed: u64,
    /// Whether there were more than can be replayed at once: then the newest were.
    pub is_cut: bool,
    /// How many first answers came too late by the rules of their time, and how many would have.
    pub late_before: u64,
    pub late_after: u64,
    /// How the registrations go, by how often: as it was and as it would be.
    pub tally: Vec<EndingTally>,
    /// Those that would have gone differently, the first received first.
    pub changed: Page<DryRunRow>,
}

/// How often registrations go one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct EndingTally {
    pub ending: Ending,
    pub before: u64,
    pub after: u64,
}

/// A registration that would have gone differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct DryRunRow {
    pub id: DealId,
    /// For people: `DR-2041`.
    pub number: String,
    pub customer_name: String,
    pub partner: OrganizationId,
    pub partner_name: String,
    pub value: Option<Money>,
    pub received_at: Timestamp,
    /// Where it stands today.
    pub status: Status,
    /// How it goes by the rules of its time.
    pub before: Ending,
    /// How it would have gone.
    pub after: Ending,
    /// The rules that make the difference, the deciding one first.
    pub rules: Vec<RuleId>,
    /// What the first of them rests on under the rules that were tried, by name.
    pub facts: Vec<(String, String)>,
}

/// How a registration goes, as far as rules decide it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The submit is refused.
    NotTaken,
    /// Approved without a person.
    ApprovedAtOnce,
    /// A person decides; no rule speaks against it.
    Reviewed,
    /// A person decides; a rule speaks against it.
    ReviewedAgainst,
    /// Somebody else is in the way.
    Conflict,
    /// The grace of a return, or too long a silence, ended it.
    Lapsed,
    /// An appeal came too late.
    AppealRefused,
    /// A change of the approved deal went to a person again.
    ReviewedAgain,
    /// Its protection ended.
    Expired,
    /// It is protected today.
    StillProtected,
}

impl Ending {
    /// All of them, in the order of a deal's life.
    pub const ALL: [Self; 10] = [
        Self::NotTaken,
        Self::ApprovedAtOnce,
        Self::Reviewed,
        Self::ReviewedAgainst,
        Self::Conflict,
        Self::Lapsed,
        Self::AppealRefused,
        Self::ReviewedAgain,
        Self::Expired,
        Self::StillProtected,
    ];
}

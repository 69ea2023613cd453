//! What both sides can ask about the vendor: how fast and how steadily it answers.
use base::{ProgramId, Timestamp, verb};
use serde::{Deserialize, Serialize};

/// Tells how fast and how steadily the vendor answered; partners see the same figures as the vendor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct GetScorecard {
    /// One program's figures; partners name one. All programs of the vendor when left out.
    pub program: Option<ProgramId>,
    /// How many days are looked back, 1 to 730; 90 when left out.
    #[garde(inner(range(min = 1, max = 730)))]
    pub days: Option<u32>,
}
verb!(GetScorecard: GET "/scorecard" -> Scorecard);

/// The vendor's answers of a time. Times are business time by the program's calendar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Scorecard {
    pub program: Option<ProgramId>,
    /// The first instant that counts.
    pub since: Timestamp,
    /// Answers that people gave: approved, rejected, returned, ruled.
    pub answers: u64,
    /// Registrations that were approved at once, without a person; they are in none of the times.
    pub automatic: u64,
    /// Half of the answers took no longer; none without answers.
    pub median_business_hours: Option<f64>,
    /// Nine of ten answers took no longer; none without answers.
    pub p90_business_hours: Option<f64>,
    /// Answers of people that came when they were due or before.
    pub in_time: u64,
    /// Decisions: approvals, rejections and rulings, automatic ones too.
    pub decided: u64,
    /// Rejections and revocations that a ruling turned round.
    pub reversed: u64,
    /// Approvals that were taken back.
    pub revoked: u64,
    /// Registrations that were escalated because no answer came in time.
    pub escalated: u64,
    /// Registrations that wait for an answer now.
    pub waiting: u64,
    /// Of these, those whose answer is overdue.
    pub overdue: u64,
}

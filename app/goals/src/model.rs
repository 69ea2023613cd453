//! Nouns: a goal, whose it is, what it counts, how it was answered.
use base::{Currency, Date, GoalId, Money, OrganizationId, ProgramId, Timestamp, words};
use figures::kpi::{Forecast, Pace};
use serde::{Deserialize, Serialize};

words! {
    /// What a goal counts.
    Metric {
        /// Value of sales won, in the program's currency.
        WonValue = "won_value",
        /// Number of sales won.
        WonCount = "won_count",
        /// Number of deals registered.
        Registrations = "registrations",
    }
}

words! {
    /// How far a goal is agreed.
    Status {
        /// Of a whole program or territory: nobody has to agree.
        Set = "set",
        /// Waits for the partner's answer.
        Proposed = "proposed",
        Agreed = "agreed",
        /// The partner said no, and perhaps what it would agree to.
        Declined = "declined",
        /// Taken back; counts no more.
        Dropped = "dropped",
    }
}

impl Metric {
    /// Whether it is an amount of money; otherwise it is a number of records.
    #[must_use]
    pub const fn is_money(self) -> bool {
        matches!(self, Self::WonValue)
    }

    /// The metric of the sums that it is read from.
    #[must_use]
    pub const fn figure(self) -> &'static str {
        match self {
            Self::WonValue | Self::WonCount => "opp.won",
            Self::Registrations => "deal.submitted",
        }
    }
}

/// What the partner said to a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Answer {
    pub by: String,
    pub at: Timestamp,
    #[serde(default)]
    pub note: String,
    /// What the partner would agree to, in the goal's unit; none when it did not say.
    #[serde(default)]
    pub counter: Option<i64>,
}

/// Something to be reached within a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Goal {
    pub id: GoalId,
    pub vendor: OrganizationId,
    pub program: ProgramId,
    pub program_name: String,
    /// None for the whole program or a territory.
    pub partner: Option<OrganizationId>,
    pub partner_name: Option<String>,
    /// All partners of it together; none for the whole program or one partner.
    pub territory: Option<String>,
    pub metric: Metric,
    /// Minor units for money, else records.
    pub target: i64,
    /// The program's currency.
    #[cfg_attr(feature = "ssr", schemars(with = "String"))]
    pub currency: Currency,
    /// First day, in the program's time zone.
    pub from: Date,
    /// Last day.
    pub until: Date,
    pub status: Status,
    pub note: String,
    pub answer: Option<Answer>,
    /// The goal that this one is a share of.
    pub parent: Option<GoalId>,
    /// What is reached, in the unit of the target.
    pub actual: i64,
    pub pace: Pace,
    /// Where it will end as things go; none without enough weeks behind, before it begins and after it ended.
    pub forecast: Option<Forecast>,
    pub created_by_name: String,
    pub created_at: Timestamp,
    /// Counts changes; the `ETag`.
    pub version: u32,
}

impl Goal {
    /// A number of its unit as money; none for a number of records.
    #[must_use]
    pub fn money(&self, number: i64) -> Option<Money> {
        self.metric.is_money().then(|| Money::new(number, self.currency))
    }
}

/// A partner's share of a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GoalShare {
    pub partner: OrganizationId,
    pub partner_name: String,
    /// What the partner did in the equally long period before, in the goal's unit.
    pub before: i64,
    pub target: i64,
    /// The goal that was made of it; none in a preview, and for a partner that has such a goal already.
    pub goal: Option<GoalId>,
}

/// How a goal is shared out among the partners of its program or territory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Cascade {
    pub metric: Metric,
    /// The program's currency.
    #[cfg_attr(feature = "ssr", schemars(with = "String"))]
    pub currency: Currency,
    /// Adds up to the goal's target.
    pub shares: Vec<GoalShare>,
    pub created: u32,
}

/// What became of one row of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GoalRow {
    /// Place among the rows, from 0.
    pub place: u32,
    pub goal: Option<GoalId>,
    pub errors: Vec<base::FieldError>,
}

/// What became of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GoalsReport {
    pub created: u32,
    pub rejected: u32,
    pub rows: Vec<GoalRow>,
}

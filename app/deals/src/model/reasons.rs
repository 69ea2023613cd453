//! Why a decision went as it did, or time took a claim: codes for rejections, revocations, rulings and lapses.
use serde::{Deserialize, Serialize};

/// Why a registration is rejected. The codes are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RejectionReason {
    /// Another partner registered the opportunity first.
    RivalFirst,
    /// The vendor's own sales work on it already.
    OpenOpportunity,
    ExistingCustomer,
    NamedAccount,
    OutsideTerritory,
    NotQualified,
    BelowMinimum,
    PublicTender,
    OutsideProgram,
    Other,
}

/// All reasons, in the order in which they are offered.
pub const REJECTION_REASONS: [RejectionReason; 10] = [
    RejectionReason::RivalFirst,
    RejectionReason::OpenOpportunity,
    RejectionReason::ExistingCustomer,
    RejectionReason::NamedAccount,
    RejectionReason::OutsideTerritory,
    RejectionReason::NotQualified,
    RejectionReason::BelowMinimum,
    RejectionReason::PublicTender,
    RejectionReason::OutsideProgram,
    RejectionReason::Other,
];

impl RejectionReason {
    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RivalFirst => "rival_first",
            Self::OpenOpportunity => "open_opportunity",
            Self::ExistingCustomer => "existing_customer",
            Self::NamedAccount => "named_account",
            Self::OutsideTerritory => "outside_territory",
            Self::NotQualified => "not_qualified",
            Self::BelowMinimum => "below_minimum",
            Self::PublicTender => "public_tender",
            Self::OutsideProgram => "outside_program",
            Self::Other => "other",
        }
    }
}

/// Why an approval is taken back. The codes are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RevocationReason {
    NoActivity,
    WrongInformation,
    CustomerRequest,
    BreachOfRules,
    Other,
}

/// All reasons, in the order in which they are offered.
pub const REVOCATION_REASONS: [RevocationReason; 5] = [
    RevocationReason::NoActivity,
    RevocationReason::WrongInformation,
    RevocationReason::CustomerRequest,
    RevocationReason::BreachOfRules,
    RevocationReason::Other,
];

impl RevocationReason {
    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoActivity => "no_activity",
            Self::WrongInformation => "wrong_information",
            Self::CustomerRequest => "customer_request",
            Self::BreachOfRules => "breach_of_rules",
            Self::Other => "other",
        }
    }
}

/// How an arbiter ends a dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    Approved,
    Rejected,
    /// The partner shares the benefit with the one who is protected.
    Split,
}

/// Why a registration lapsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LapseCause {
    /// It was returned, and the grace passed.
    #[default]
    Unanswered,
    /// It was approved, and showed no activity for too long.
    Inactive,
}

impl LapseCause {
    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::Inactive => "inactive",
        }
    }
}

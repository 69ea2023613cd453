//! The words of this slice's codes in the reader's language.
use crate::model::{
    CheckVerdict, EvidenceKind, Outcome, PartnerRole, ReasonCode, RejectionReason, RevocationReason, Ruling,
    Status, ValueKind,
};
use crate::t;

impl Status {
    /// Its name.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Draft => t::state_draft(),
            Self::Submitted => t::state_submitted(),
            Self::InReview => t::state_in_review(),
            Self::Conflict => t::state_conflict(),
            Self::Returned => t::state_returned(),
            Self::Approved => t::state_approved(),
            Self::Converted => t::state_converted(),
            Self::Won => t::state_won(),
            Self::Lost => t::state_lost(),
            Self::Rejected => t::state_rejected(),
            Self::Disputed => t::state_disputed(),
            Self::Lapsed => t::state_lapsed(),
            Self::Withdrawn => t::state_withdrawn(),
            Self::Expired => t::state_expired(),
            Self::Cancelled => t::state_cancelled(),
        }
    }
}

impl CheckVerdict {
    /// Its name: "Clear", "Possible conflict", "Conflict".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Clear => t::verdict_clear(),
            Self::PossibleConflict => t::verdict_possible_conflict(),
            Self::Conflict => t::verdict_conflict(),
        }
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Clear => t::verdict_clear_sentence(),
            Self::PossibleConflict => t::verdict_possible_conflict_sentence(),
            Self::Conflict => t::verdict_conflict_sentence(),
        }
    }
}

impl Outcome {
    /// Its name.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Passed => t::verdict_rule_passed(),
            Self::Review => t::verdict_rule_review(),
            Self::Failed => t::verdict_rule_failed(),
        }
    }
}

impl ReasonCode {
    /// The reason as a sentence.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::RivalProtected => t::reason_rival_protected(),
            Self::RivalRegistered => t::reason_rival_registered(),
            Self::OwnRegistration => t::reason_own_registration(),
            Self::OpenOpportunity => t::reason_open_opportunity(),
            Self::ExistingCustomer => t::reason_existing_customer(),
            Self::NamedAccount => t::reason_named_account(),
            Self::OutsideTerritory => t::reason_outside_territory(),
            Self::PublicTender => t::reason_public_tender(),
            Self::BelowMinimum => t::reason_below_minimum(),
            Self::TooManyOpen => t::reason_too_many_open(),
            Self::AboveLimit => t::reason_above_limit(),
            Self::NotInGoodStanding => t::reason_not_in_good_standing(),
            Self::NotEnrolled => t::reason_not_enrolled(),
            Self::SameRegistrationNumber => t::reason_same_registration_number(),
            Self::SameDomain => t::reason_same_domain(),
            Self::SamePhone => t::reason_same_phone(),
            Self::SameAddress => t::reason_same_address(),
            Self::SameName => t::reason_same_name(),
            Self::SimilarNameSameCountry => t::reason_similar_name_same_country(),
            Self::SimilarName => t::reason_similar_name(),
            Self::RelatedDomain => t::reason_related_domain(),
            Self::RelatedPhone => t::reason_related_phone(),
            Self::SimilarRegistrationNumber => t::reason_similar_registration_number(),
            Self::SameCity => t::reason_same_city(),
        }
    }
}

impl RejectionReason {
    /// The reason in a few words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::RivalFirst => t::reason_reject_rival_first(),
            Self::OpenOpportunity => t::reason_reject_open_opportunity(),
            Self::ExistingCustomer => t::reason_reject_existing_customer(),
            Self::NamedAccount => t::reason_reject_named_account(),
            Self::OutsideTerritory => t::reason_reject_outside_territory(),
            Self::NotQualified => t::reason_reject_not_qualified(),
            Self::BelowMinimum => t::reason_reject_below_minimum(),
            Self::PublicTender => t::reason_reject_public_tender(),
            Self::OutsideProgram => t::reason_reject_outside_program(),
            Self::Other => t::reason_reject_other(),
        }
    }
}

impl RevocationReason {
    /// The reason in a few words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NoActivity => t::reason_revoke_no_activity(),
            Self::WrongInformation => t::reason_revoke_wrong_information(),
            Self::CustomerRequest => t::reason_revoke_customer_request(),
            Self::BreachOfRules => t::reason_revoke_breach_of_rules(),
            Self::Other => t::reason_revoke_other(),
        }
    }
}

impl Ruling {
    /// Its name.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Approved => t::verdict_ruling_approved(),
            Self::Rejected => t::verdict_ruling_rejected(),
            Self::Split => t::verdict_ruling_split(),
        }
    }
}

impl EvidenceKind {
    /// Its name.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Meeting => t::evidence_meeting(),
            Self::Call => t::evidence_call(),
            Self::Email => t::evidence_email(),
            Self::Demo => t::evidence_demo(),
            Self::Workshop => t::evidence_workshop(),
            Self::Proposal => t::evidence_proposal(),
            Self::Document => t::evidence_document(),
            Self::Referral => t::evidence_referral(),
            Self::Event => t::evidence_event(),
            Self::Other => t::evidence_other(),
        }
    }
}

impl PartnerRole {
    /// All roles, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Sell, Self::Influence, Self::Deliver, Self::Integrate];

    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sell => "sell",
            Self::Influence => "influence",
            Self::Deliver => "deliver",
            Self::Integrate => "integrate",
        }
    }

    /// Its name.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Sell => t::role_sell(),
            Self::Influence => t::role_influence(),
            Self::Deliver => t::role_deliver(),
            Self::Integrate => t::role_integrate(),
        }
    }
}

impl ValueKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::OneOff, Self::Arr, Self::Tcv];

    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OneOff => "one_off",
            Self::Arr => "arr",
            Self::Tcv => "tcv",
        }
    }

    /// Its name.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::OneOff => t::value_one_off(),
            Self::Arr => t::value_arr(),
            Self::Tcv => t::value_tcv(),
        }
    }
}

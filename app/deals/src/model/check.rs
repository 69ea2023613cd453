//! The answer while typing: is this customer free, why not, and what is still missing. It never names anybody.
use base::{FieldError, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Outcome, RuleVerdict};

/// Whether a customer looks free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckVerdict {
    /// Nothing speaks against it.
    Clear,
    /// A person will look at it.
    PossibleConflict,
    /// The customer is taken, or a rule speaks against it.
    Conflict,
}

macro_rules! reasons {
    ($($name:ident = $code:literal, $message:literal;)*) => {
        /// Why a customer may not be free. Codes are stable; each names a kind of agreement, never a value.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum ReasonCode { $(#[doc = $message] $name),* }

        impl ReasonCode {
            /// All of them, the weightiest first.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The wire form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// In English, for people who read the API.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self { $(Self::$name => $message),* }
            }
        }
    };
}

reasons! {
    RivalProtected = "rival_protected", "Another partner holds a protected registration for this customer and product family.";
    RivalRegistered = "rival_registered", "Another partner has registered this customer and product family and awaits an answer.";
    OwnRegistration = "own_registration", "Your organisation has registered this customer and product family already.";
    OpenOpportunity = "open_opportunity", "The vendor has an open opportunity with this customer.";
    ExistingCustomer = "existing_customer", "This company is a customer of the vendor already.";
    NamedAccount = "named_account", "This company is a named account of the vendor.";
    OutsideTerritory = "outside_territory", "The customer is outside of your territory.";
    PublicTender = "public_tender", "Public tenders are not registered in this program.";
    BelowMinimum = "below_minimum", "The value is below the program's minimum.";
    TooManyOpen = "too_many_open", "Your organisation has reached the program's number of open registrations.";
    AboveLimit = "above_limit", "The value is above what is approved automatically; a person will look at it.";
    NotInGoodStanding = "not_in_good_standing", "Your enrollment needs attention before registrations are approved automatically.";
    NotEnrolled = "not_enrolled", "Your organisation is not an active member of this program.";
    SameRegistrationNumber = "same_registration_number", "The registration number is the same.";
    SameDomain = "same_domain", "The website is the same.";
    SamePhone = "same_phone", "The telephone number is the same.";
    SameAddress = "same_address", "The address is the same.";
    SameName = "same_name", "The name is the same.";
    SimilarNameSameCountry = "similar_name_same_country", "The name is similar and the country the same.";
    SimilarName = "similar_name", "The name is similar.";
    RelatedDomain = "related_domain", "The website has the same name under another ending.";
    RelatedPhone = "related_phone", "The telephone numbers belong to one switchboard.";
    SimilarRegistrationNumber = "similar_registration_number", "The registration number differs in one place.";
    SameCity = "same_city", "The city is the same.";
}

/// A reason with its sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CheckReason {
    pub code: ReasonCode,
    /// In English; screens translate the code.
    pub message: String,
}

impl From<ReasonCode> for CheckReason {
    fn from(code: ReasonCode) -> Self {
        Self { code, message: code.message().to_owned() }
    }
}

/// The answer to [`CheckDeal`](crate::CheckDeal).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Check {
    pub verdict: CheckVerdict,
    /// Strongest first; empty when clear.
    pub reasons: Vec<CheckReason>,
    /// What is missing or wrong before it can be submitted.
    pub fields: Vec<FieldError>,
    /// When protection would end if it were approved now.
    pub protection_until: Option<Timestamp>,
    /// When a person would answer at the latest if it were submitted now.
    pub answer_by: Timestamp,
    /// Whether it would be approved at once, without a person.
    pub automatic: bool,
    /// How many records were compared.
    pub compared: u32,
    /// What each rule of engagement says.
    pub rules: Vec<RuleVerdict>,
    /// Number of the program version whose rules were applied.
    pub rules_version: u32,
    /// Version of the weights by which records were compared.
    pub weights_version: String,
}

impl Check {
    /// Whether it could be submitted as it is.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.fields.is_empty()
    }

    /// Rules that speak against it.
    pub fn against(&self) -> impl Iterator<Item = &RuleVerdict> {
        self.rules.iter().filter(|rule| rule.outcome == Outcome::Failed)
    }
}

//! Every rule of engagement by its lasting code, so that a decision can cite it.
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::t;

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $text:ident;)*) => {
        /// A rule of engagement. Codes are never given to another rule.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
        pub enum RuleId {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl RuleId {
            /// All rules, in the order of their codes.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The lasting code: `ROE-3`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Its short name, in the reader's language; English where there is no reader.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => t::$text(),)* }
            }
        }
    };
}

rules! {
    /// Whose claim goes first.
    Priority = "ROE-1", rule_priority;
    /// One active approval for a customer, a product family and a brand.
    OneApproval = "ROE-2", rule_one_approval;
    /// How long an approved deal is the partner's.
    Protection = "ROE-3", rule_protection;
    /// How often and how far protection can be extended.
    Extension = "ROE-4", rule_extension;
    /// By when the vendor answers.
    Review = "ROE-5", rule_review;
    /// How long a returned deal keeps its priority, and how often it can be returned.
    Grace = "ROE-6", rule_grace;
    /// What is approved without a person.
    AutoApproval = "ROE-7", rule_auto_approval;
    /// The least a deal must be worth.
    MinimumValue = "ROE-8", rule_minimum_value;
    /// Public tenders cannot be registered.
    PublicTender = "ROE-9", rule_public_tender;
    /// Named accounts belong to the vendor.
    NamedAccount = "ROE-10", rule_named_account;
    /// An open CRM opportunity goes before.
    OpenOpportunity = "ROE-11", rule_open_opportunity;
    /// Who already buys a product family cannot be registered for it.
    ExistingCustomer = "ROE-12", rule_existing_customer;
    /// A territory that one partner holds alone for a time.
    ExclusiveTerritory = "ROE-13", rule_exclusive_territory;
    /// Proof that the partner works with the customer.
    Evidence = "ROE-14", rule_evidence;
    /// How many registrations a partner may hold open.
    OpenRegistrations = "ROE-15", rule_open_registrations;
    /// A deal without activity is warned, then lapses.
    Heartbeat = "ROE-16", rule_heartbeat;
    /// What the second to register receives.
    SecondaryShare = "ROE-17", rule_secondary_share;
    /// Which changes of an approved deal are reviewed again.
    MaterialChange = "ROE-18", rule_material_change;
    /// How long a rejection can be appealed.
    Appeal = "ROE-19", rule_appeal;
    /// Which hours count as business time.
    Calendar = "ROE-20", rule_calendar;
}

impl RuleId {
    /// Reads a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.code() == code)
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::RuleId;

    #[test]
    fn every_code_is_its_own_and_is_read_back() {
        for rule in RuleId::ALL {
            assert_eq!(RuleId::parse(rule.code()), Some(*rule));
            assert_eq!(serde_json::to_value(rule).unwrap(), rule.code());
        }
    }
}

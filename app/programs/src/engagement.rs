//! The rules of engagement of a program version: when a registration is accepted, protected, in conflict, over.
use base::{Date, OrganizationId};
use serde::{Deserialize, Serialize};

use crate::Calendar;

/// Rules of engagement. What is left out when publishing takes the default written here. Amounts are minor units
/// of the program's currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct Engagement {
    /// ROE-1: whose claim goes first. Default `first_to_register`.
    pub priority_mode: PriorityMode,
    /// ROE-3: days that an approved deal is the partner's, 1 to 365; null protects nothing. Default 90.
    #[garde(inner(custom(within(1, 365))))]
    pub protection_days: Option<u32>,
    /// ROE-4: how often protection can be extended, 0 to 12. Default 1.
    #[garde(custom(within(0, 12)))]
    pub max_extensions: u32,
    /// ROE-4: days of one extension, 1 to 180. Default 30.
    #[garde(custom(within(1, 180)))]
    pub extension_days: u32,
    /// ROE-5: business days in which the vendor answers, 1 to 60. Default 2.
    #[garde(custom(within(1, 60)))]
    pub review_business_days: u32,
    /// ROE-5: who is told when the vendor has not answered in time. Default `program_admin`.
    pub escalate_to: EscalateTo,
    /// ROE-6: business days that a returned deal keeps its priority, 1 to 60. Default 5.
    #[garde(custom(within(1, 60)))]
    pub grace_business_days: u32,
    /// ROE-6: how often a deal can be returned, 1 to 10. Default 3.
    #[garde(custom(within(1, 10)))]
    pub max_returns: u32,
    /// ROE-7: what is approved without a person.
    #[garde(dive)]
    pub auto_approve: AutoApprove,
    /// ROE-8: the least a deal must be worth. Default 0.
    #[garde(custom(amount()))]
    pub minimum_value_minor: i64,
    /// ROE-9 to ROE-13: what cannot be registered, or not by everybody.
    #[garde(dive)]
    pub excluded: Exclusions,
    /// ROE-14: whether a submit needs evidence of engagement. Default true.
    pub evidence_required: bool,
    /// ROE-15: how many registrations a partner may hold open, 1 to 100,000. Default 50.
    #[garde(custom(within(1, 100_000)))]
    pub max_open_registrations: u32,
    /// ROE-16: activity that keeps a deal alive.
    #[garde(dive)]
    pub heartbeat: Heartbeat,
    /// ROE-17: what the second to register receives, per cent of the benefit, 0 to 50. Default 0.
    #[garde(custom(within(0, 50)))]
    pub secondary_share_percent: u32,
    /// ROE-18: change of value, in per cent either way, from which an approved deal is reviewed again, 0 to 100. Default 20.
    #[garde(custom(within(0, 100)))]
    pub material_change_percent: u32,
    /// ROE-19: business days in which a rejection can be appealed, 1 to 60. Default 10.
    #[garde(custom(within(1, 60)))]
    pub appeal_business_days: u32,
    /// ROE-20: which hours count as business time.
    #[garde(dive)]
    pub calendar: Calendar,
}

impl Default for Engagement {
    fn default() -> Self {
        Self {
            priority_mode: PriorityMode::default(),
            protection_days: Some(90),
            max_extensions: 1,
            extension_days: 30,
            review_business_days: 2,
            escalate_to: EscalateTo::default(),
            grace_business_days: 5,
            max_returns: 3,
            auto_approve: AutoApprove::default(),
            minimum_value_minor: 0,
            excluded: Exclusions::default(),
            evidence_required: true,
            max_open_registrations: 50,
            heartbeat: Heartbeat::default(),
            secondary_share_percent: 0,
            material_change_percent: 20,
            appeal_business_days: 10,
            calendar: Calendar::default(),
        }
    }
}

/// Whose claim goes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PriorityMode {
    /// Whoever registered first.
    #[default]
    FirstToRegister,
    /// Whoever first had a qualified opportunity.
    FirstQualified,
    /// Whoever contributed most.
    ContributionWeighted,
    /// The benefit is shared.
    Split,
}

impl PriorityMode {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] =
        [Self::FirstToRegister, Self::FirstQualified, Self::ContributionWeighted, Self::Split];

    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FirstToRegister => "first_to_register",
            Self::FirstQualified => "first_qualified",
            Self::ContributionWeighted => "contribution_weighted",
            Self::Split => "split",
        }
    }
}

/// Who at the vendor is told when an answer is late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EscalateTo {
    #[default]
    ProgramAdmin,
    VendorOwner,
    ChannelManager,
}

impl EscalateTo {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::ProgramAdmin, Self::VendorOwner, Self::ChannelManager];

    /// The wire form, which is also the role's.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProgramAdmin => "program_admin",
            Self::VendorOwner => "vendor_owner",
            Self::ChannelManager => "channel_manager",
        }
    }
}

/// A clear deal of a partner in good standing is approved at once when its value is within the limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct AutoApprove {
    /// Default true.
    pub enabled: bool,
    /// Largest value that is approved so. Default 10,000.00.
    #[garde(custom(amount()))]
    pub limit_minor: i64,
}

impl Default for AutoApprove {
    fn default() -> Self {
        Self { enabled: true, limit_minor: 1_000_000 }
    }
}

/// What cannot be registered, or not by everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct Exclusions {
    /// ROE-9: deals with a tender reference. Default true.
    pub public_tenders: bool,
    /// ROE-10: companies that the vendor serves itself. Default none.
    #[garde(custom(at_most(1000)), dive)]
    pub named_accounts: Vec<NamedAccount>,
    /// ROE-11: customers with an open CRM opportunity in the same product family. Default true.
    pub open_opportunities: bool,
    /// ROE-12: customers that already bought in the product family. Default true.
    pub existing_customers: bool,
    /// ROE-13: territories that one partner holds alone. Default none.
    #[garde(custom(at_most(1000)), dive)]
    pub exclusive_territories: Vec<ExclusiveTerritory>,
}

impl Default for Exclusions {
    fn default() -> Self {
        Self {
            public_tenders: true,
            named_accounts: Vec::new(),
            open_opportunities: true,
            existing_customers: true,
            exclusive_territories: Vec::new(),
        }
    }
}

/// A company that the vendor serves itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct NamedAccount {
    #[garde(custom(base::filled), length(max = 200))]
    pub name: String,
    /// Tells it apart from companies of a like name.
    #[serde(default)]
    #[garde(length(max = 200))]
    pub website: Option<String>,
}

/// A country that one partner holds alone, on the days `[from, until)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ExclusiveTerritory {
    /// ISO 3166-1 alpha-2, upper case.
    #[garde(custom(two_capitals))]
    pub country: String,
    /// Whose it is.
    pub partner: OrganizationId,
    pub from: Date,
    /// First day after; null without an end.
    #[serde(default)]
    #[garde(inner(custom(after_day(self.from))))]
    pub until: Option<Date>,
}

impl ExclusiveTerritory {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// Activity that keeps a deal alive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Heartbeat {
    /// Days without activity until a warning, 1 to 180. Default 21.
    #[garde(custom(within(1, 180)))]
    pub warn_days: u32,
    /// Days without activity until the deal lapses; more than `warn_days`, at most 365. Default 30.
    #[garde(custom(within(i64::from(self.warn_days) + 1, 365)))]
    pub lapse_days: u32,
}

impl Default for Heartbeat {
    fn default() -> Self {
        Self { warn_days: 21, lapse_days: 30 }
    }
}

fn within(least: i64, most: i64) -> impl Fn(&u32, &()) -> garde::Result {
    move |value, (): &()| {
        if (least..=most).contains(&i64::from(*value)) {
            return Ok(());
        }
        Err(garde::Error::new(format!("out_of_range: Give a number from {least} to {most}.")))
    }
}

/// Up to a trillion minor units, so that sums of many stay within 64 bits.
fn amount() -> impl Fn(&i64, &()) -> garde::Result {
    |minor, (): &()| {
        if (0..=1_000_000_000_000).contains(minor) {
            return Ok(());
        }
        Err(garde::Error::new("out_of_range: Give an amount that is not negative."))
    }
}

fn at_most<T>(most: usize) -> impl Fn(&Vec<T>, &()) -> garde::Result {
    move |items, (): &()| {
        if items.len() <= most {
            return Ok(());
        }
        Err(garde::Error::new(format!("too_long: At most {most} entries.")))
    }
}

fn two_capitals<C>(code: &str, _: &C) -> garde::Result {
    if code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(garde::Error::new("invalid: Give a country as two capital letters."))
}

fn after_day(from: Date) -> impl Fn(&Date, &()) -> garde::Result {
    move |until, (): &()| {
        if *until > from {
            return Ok(());
        }
        Err(garde::Error::new("out_of_range: The end is after the beginning."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{Problem, check_fields};

    #[test]
    fn defaults_are_those_of_the_specification() {
        let rules: Engagement = serde_json::from_str("{}").unwrap();
        assert_eq!(rules, Engagement::default());
        assert_eq!(rules.protection_days, Some(90));
        assert_eq!((rules.max_extensions, rules.extension_days), (1, 30));
        assert_eq!((rules.review_business_days, rules.grace_business_days), (2, 5));
        assert_eq!((rules.heartbeat.warn_days, rules.heartbeat.lapse_days), (21, 30));
        assert_eq!(check_fields(&rules), Ok(()));
    }

    #[test]
    fn every_number_out_of_range_is_named() {
        let rules = Engagement {
            protection_days: Some(0),
            max_extensions: 13,
            minimum_value_minor: -1,
            heartbeat: Heartbeat { warn_days: 30, lapse_days: 30 },
            calendar: Calendar { workdays: vec![], ..Calendar::default() },
            ..Engagement::default()
        };
        let Err(Problem::Invalid { errors }) = check_fields(&rules) else { panic!("was let through") };
        let mut fields: Vec<_> =
            errors.iter().map(|error| (error.field.as_str(), error.code.as_ref())).collect();
        fields.sort_unstable();
        assert_eq!(
            fields,
            [
                ("calendar.workdays", "out_of_range"),
                ("heartbeat.lapse_days", "out_of_range"),
                ("max_extensions", "out_of_range"),
                ("minimum_value_minor", "out_of_range"),
                ("protection_days", "out_of_range"),
            ]
        );
    }

    #[test]
    fn a_territory_is_held_until_the_day_it_ends() {
        let day = |n| Date::from_ymd_opt(2026, 3, n).unwrap();
        let partner = OrganizationId(base::reexport::uuid::Uuid::nil());
        let held = ExclusiveTerritory { country: "DE".into(), partner, from: day(2), until: Some(day(5)) };
        assert_eq!([1, 2, 4, 5].map(|n| held.holds_on(day(n))), [false, true, true, false]);
    }
}

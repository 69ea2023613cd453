//! What can be asked of a program's rules: drafts, publishing, comparing, files.
use base::{Date, ProgramId, verb};
use serde::{Deserialize, Serialize};

use crate::{Edition, Engagement, ProgramVersion, RulesComparison, RulesDraft, RulesFile};

/// Gets the draft of a program's next rules; the rules in force when no draft is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct GetRulesDraft {
    pub id: ProgramId,
}
verb!(GetRulesDraft: GET "/programs/{id}/draft" -> RulesDraft);

/// Keeps a whole set of rules as the draft. Nothing is decided by it before it is published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct SaveRulesDraft {
    pub id: ProgramId,
    /// The draft's version that was seen.
    #[serde(default)]
    pub version: Option<u32>,
    #[garde(dive)]
    pub engagement: Engagement,
}
verb!(SaveRulesDraft: PUT "/programs/{id}/draft" -> RulesDraft);

/// Keeps the draft as a form sends it: every field as it was typed. What is left out is empty: a box that is not ticked
/// is off, a list without lines has no entries, and no days of protection protect nothing; other numbers and choices
/// that are left out are what they usually are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct EditRulesDraft {
    pub id: ProgramId,
    /// The draft's version that was seen.
    #[serde(default)]
    pub version: Option<u32>,
    #[serde(flatten)]
    #[garde(dive)]
    pub form: RulesForm,
}
verb!(EditRulesDraft: POST "/programs/{id}/draft" -> RulesDraft);

/// Throws the draft away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct DiscardRulesDraft {
    pub id: ProgramId,
}
verb!(DiscardRulesDraft: POST "/programs/{id}/draft/discard" -> RulesDraft);

/// Publishes the draft as the next version, in force at once or from a day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct PublishRulesDraft {
    pub id: ProgramId,
    /// The draft's version that was seen.
    #[serde(default)]
    pub version: Option<u32>,
    /// The first day on which it is in force, in the rules' time zone; at once when left out.
    #[serde(default)]
    pub in_force_on: Option<Date>,
    /// What is said about the change.
    #[serde(default)]
    #[garde(inner(length(chars, max = 1000)))]
    pub note: Option<String>,
}
verb!(PublishRulesDraft: POST "/programs/{id}/draft/publish" -> ProgramVersion);

/// Publishes the content of an earlier version as a new one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct RollBackRules {
    pub id: ProgramId,
    /// The program's version that was seen.
    #[serde(default)]
    pub version: Option<u32>,
    /// Of the version to bring back.
    #[garde(range(min = 1))]
    pub number: u32,
    /// The first day on which it is in force, in the rules' time zone; at once when left out.
    #[serde(default)]
    pub in_force_on: Option<Date>,
    /// What is said about the change.
    #[serde(default)]
    #[garde(inner(length(chars, max = 1000)))]
    pub note: Option<String>,
}
verb!(RollBackRules: POST "/programs/{id}/roll-back" -> ProgramVersion);

/// Takes back a published version that is not in force yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct WithdrawRules {
    pub id: ProgramId,
    #[garde(range(min = 1))]
    pub number: u32,
}
verb!(WithdrawRules: POST "/programs/{id}/withdraw-rules" -> ProgramVersion);

/// Says in plain words what differs between two sets of a program's rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct CompareRules {
    pub id: ProgramId,
    /// The version in force when left out.
    #[serde(default)]
    pub from: Option<Edition>,
    /// The version in force when left out.
    #[serde(default)]
    pub to: Option<Edition>,
}
verb!(CompareRules: GET "/programs/{id}/compare" -> RulesComparison);

/// Gives a set of rules as a TOML file that `ImportRules` takes back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ExportRules {
    pub id: ProgramId,
    /// The version in force when left out.
    #[serde(default)]
    pub edition: Option<Edition>,
}
verb!(ExportRules: GET "/programs/{id}/rules-file" -> RulesFile);

/// Keeps the rules of a TOML file as the draft. Rules that the file leaves out take their defaults; names that are no
/// rule are refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ImportRules {
    pub id: ProgramId,
    /// The draft's version that was seen.
    #[serde(default)]
    pub version: Option<u32>,
    #[garde(custom(base::filled), length(max = 500_000))]
    pub toml: String,
}
verb!(ImportRules: POST "/programs/{id}/draft/import" -> RulesDraft);

/// The rules as a form sends them. Fields are named like those of the rules they become, so that what is wrong is
/// told at the field that was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct RulesForm {
    pub priority_mode: Option<String>,
    pub protection_days: Option<String>,
    pub max_extensions: Option<String>,
    pub extension_days: Option<String>,
    pub review_business_days: Option<String>,
    pub escalate_to: Option<String>,
    pub grace_business_days: Option<String>,
    pub max_returns: Option<String>,
    pub auto_approve: AutoApproveForm,
    pub minimum_value: TypedAmount,
    pub excluded: ExclusionsForm,
    /// Ticked: `true`.
    pub evidence_required: Option<String>,
    pub max_open_registrations: Option<String>,
    pub heartbeat: HeartbeatForm,
    pub secondary_share_percent: Option<String>,
    pub material_change_percent: Option<String>,
    pub appeal_business_days: Option<String>,
    pub calendar: CalendarForm,
}

/// An amount as typed, in the program's currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct TypedAmount {
    pub amount: Option<String>,
    /// Sent by forms beside the amount; the program's currency counts.
    pub currency: Option<String>,
}

/// Part of [`RulesForm`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct AutoApproveForm {
    /// Ticked: `true`.
    pub enabled: Option<String>,
    pub limit: TypedAmount,
}

/// Part of [`RulesForm`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ExclusionsForm {
    /// Ticked: `true`.
    pub public_tenders: Option<String>,
    /// A company a line: its name, then, after a bar, its website.
    pub named_accounts: Option<String>,
    /// Ticked: `true`.
    pub open_opportunities: Option<String>,
    /// Ticked: `true`.
    pub existing_customers: Option<String>,
    /// A territory a line: country, partner, first day, first day after, between bars.
    pub exclusive_territories: Option<String>,
}

/// Part of [`RulesForm`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct HeartbeatForm {
    pub warn_days: Option<String>,
    pub lapse_days: Option<String>,
}

/// Part of [`RulesForm`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct CalendarForm {
    pub time_zone: Option<String>,
    /// Those that are ticked: `monday`.
    pub workdays: Vec<String>,
    pub opens: Option<String>,
    pub closes: Option<String>,
    /// A day a line: `2026-12-25`.
    pub holidays: Option<String>,
}

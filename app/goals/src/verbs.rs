//! What can be asked of goals.
use base::{Date, GoalId, OrganizationId, Page, ProgramId, verb};
use serde::{Deserialize, Serialize};

use crate::model::{Cascade, Goal, GoalsReport, Metric, Status};

/// Lists the goals the actor may see, those that end last first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct ListGoals {
    pub program: Option<ProgramId>,
    pub partner: Option<OrganizationId>,
    pub status: Option<Status>,
    /// Only goals of whole programs and territories.
    pub whole: Option<bool>,
    /// Only goals whose period runs today.
    pub current: Option<bool>,
    #[garde(length(max = 100))]
    pub cursor: Option<String>,
    /// Rows of a page, at most 200.
    pub limit: Option<u32>,
}
verb!(ListGoals: GET "/goals" -> Page<Goal>);

/// One goal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct GetGoal {
    pub id: GoalId,
}
verb!(GetGoal: GET "/goals/{id}" -> Goal);

/// Sets a goal for a program, a territory or a partner. A partner is asked to agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct SetGoal {
    pub program: ProgramId,
    /// Without a partner it is the program's, or the territory's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<OrganizationId>,
    /// As in the partners' enrollments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(length(chars, max = 120))]
    pub territory: Option<String>,
    pub metric: Metric,
    /// As people write it: an amount in the program's currency (`120,000`), or a number of records.
    #[garde(length(chars, min = 1, max = 40))]
    pub target: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    #[serde(default)]
    #[garde(length(chars, max = 2000))]
    pub note: String,
}
verb!(SetGoal: POST "/goals" -> Goal, status = 201);

/// Changes a goal. What is left out stays; a partner is asked anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ChangeGoal {
    pub id: GoalId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(chars, min = 1, max = 40)))]
    pub target: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(chars, max = 2000)))]
    pub note: Option<String>,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(ChangeGoal: PATCH "/goals/{id}" -> Goal);

macro_rules! moves {
    ($($(#[$doc:meta])* $name:ident at $path:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
        #[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
        #[garde(allow_unvalidated)]
        pub struct $name {
            pub id: GoalId,
            /// The version that was seen; from `If-Match`.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub version: Option<u32>,
        }
        verb!($name: POST $path -> Goal);
    )*};
}
moves! {
    /// The partner agrees.
    AgreeGoal at "/goals/{id}/agree";
    /// The vendor takes what the partner would agree to.
    TakeCounter at "/goals/{id}/take-counter";
    /// Takes a goal back.
    DropGoal at "/goals/{id}/drop";
    /// Brings a goal back that was taken back.
    RestoreGoal at "/goals/{id}/restore";
}

/// The partner declines, and may say what it would agree to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct DeclineGoal {
    pub id: GoalId,
    #[serde(default)]
    #[garde(length(chars, max = 2000))]
    pub note: String,
    /// As people write it, like the target; empty when nothing is proposed.
    #[serde(default)]
    #[garde(length(chars, max = 40))]
    pub counter: String,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(DeclineGoal: POST "/goals/{id}/decline" -> Goal);

/// Shows how a goal of a program or territory would be shared out among its partners, by what each did in the equally long
/// period before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct PreviewCascade {
    pub id: GoalId,
}
verb!(PreviewCascade: GET "/goals/{id}/cascade" -> Cascade);

/// Shares a goal of a program or territory out: each active partner is proposed its share, unless it has a goal of the same
/// kind and period already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct CascadeGoal {
    pub id: GoalId,
}
verb!(CascadeGoal: POST "/goals/{id}/cascade" -> Cascade);

/// One goal of an import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct GoalEntry {
    /// Name or id of the partner; empty for the whole program.
    #[serde(default)]
    #[garde(length(chars, max = 200))]
    pub partner: String,
    #[serde(default)]
    #[garde(length(chars, max = 120))]
    pub territory: String,
    pub metric: Metric,
    /// As people write it, like in `SetGoal`.
    #[garde(length(chars, min = 1, max = 40))]
    pub target: String,
    pub from: Date,
    pub until: Date,
    #[serde(default)]
    #[garde(length(chars, max = 2000))]
    pub note: String,
}

/// Sets many goals at once. A row that cannot be set comes back with what is wrong, one that is there already with its
/// goal; the others are set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ImportGoals {
    pub program: ProgramId,
    /// At most 500.
    #[garde(length(min = 1, max = 500))]
    pub goals: Vec<GoalEntry>,
}
verb!(ImportGoals: POST "/goals/import" -> GoalsReport);

//! A registration as it is read: the claim, where it stands, and what the asker may do with it.
use base::{BrandId, Date, DealId, Money, OpportunityId, OrganizationId, ProgramId, Timestamp};
use programs::{PriorityMode, RuleId};
use serde::{Deserialize, Serialize};

use super::{
    Claim, CustomerClaim, DealState, Evidence, PartnerRole, Person, Priority, ProductLine, Protection,
    Status, ValueKind,
};
use crate::access::Do;

/// A partner's claim on an opportunity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Deal {
    pub id: DealId,
    /// For people: `DR-2041`, unique within the vendor.
    pub number: String,
    pub status: Status,
    /// The status with what is true only in it.
    pub state: DealState,
    pub vendor: OrganizationId,
    pub brand: BrandId,
    pub program: ProgramId,
    pub program_name: String,
    pub partner: OrganizationId,
    pub partner_name: String,
    pub customer: CustomerClaim,
    pub products: Vec<ProductLine>,
    pub value: Option<Money>,
    pub value_kind: ValueKind,
    pub expected_close: Option<Date>,
    pub partner_role: PartnerRole,
    pub evidence: Vec<Evidence>,
    pub notes: String,
    pub sales_stage: String,
    pub use_case: String,
    pub competitor: String,
    pub incumbent: String,
    pub tender_reference: String,
    /// Campaign, lead or play it came from.
    pub source: String,
    /// When the server received the registration; none for a draft.
    pub priority_at: Option<Timestamp>,
    /// Place among registrations of the same instant.
    pub priority_seq: Option<i64>,
    /// The window in which the deal is the partner's, while it is.
    pub protection: Option<Protection>,
    /// Until when the vendor should have answered, while an answer is awaited.
    pub answer_due: Option<Timestamp>,
    /// When an approved deal lapses unless the partner shows activity before.
    #[serde(default)]
    pub lapses_at: Option<Timestamp>,
    /// Since when it is a qualified opportunity: worth something, expected on a day, with the customer engaged.
    #[serde(default)]
    pub qualified_at: Option<Timestamp>,
    /// What the partner has shown to have done, in points; decides in programs that weigh contributions.
    #[serde(default)]
    pub contribution: u32,
    /// The opportunity of the CRM that stands for it.
    #[serde(default)]
    pub opportunity: Option<OpportunityId>,
    /// How often it went back to the partner.
    pub rounds: u32,
    /// How often its protection was extended.
    pub extensions: u32,
    /// Who wrote the draft.
    pub registered_by: Person,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// Counts up with every change; send it back as `If-Match`.
    pub version: u32,
    /// Number of the program version whose rules were applied last.
    pub rules_version: Option<u32>,
    /// What each rule of engagement said at the last screening: the answer to "Why?".
    pub rules: Vec<RuleVerdict>,
    /// What the asker could do with it, and why not.
    pub moves: Vec<Move>,
}

impl Deal {
    /// The part that the partner wrote.
    #[must_use]
    pub fn claim(&self) -> Claim {
        Claim {
            customer: self.customer.clone(),
            products: self.products.clone(),
            value: self.value,
            value_kind: self.value_kind,
            expected_close: self.expected_close,
            partner_role: self.partner_role,
            evidence: self.evidence.clone(),
            notes: self.notes.clone(),
            sales_stage: self.sales_stage.clone(),
            use_case: self.use_case.clone(),
            competitor: self.competitor.clone(),
            incumbent: self.incumbent.clone(),
            tender_reference: self.tender_reference.clone(),
            source: self.source.clone(),
        }
    }

    /// The same deal with another claim.
    #[must_use]
    pub fn with_claim(self, claim: Claim) -> Self {
        Self {
            customer: claim.customer,
            products: claim.products,
            value: claim.value,
            value_kind: claim.value_kind,
            expected_close: claim.expected_close,
            partner_role: claim.partner_role,
            evidence: claim.evidence,
            notes: claim.notes,
            sales_stage: claim.sales_stage,
            use_case: claim.use_case,
            competitor: claim.competitor,
            incumbent: claim.incumbent,
            tender_reference: claim.tender_reference,
            source: claim.source,
            ..self
        }
    }

    /// The same deal in another state; the flat fields follow it.
    #[must_use]
    pub fn with_state(self, state: DealState) -> Self {
        Self {
            status: state.status(),
            protection: state.protection(),
            answer_due: state.answer_due(),
            state,
            ..self
        }
    }

    /// When it was received, and in which order; none for a draft, and lost when it lapsed.
    #[must_use]
    pub fn priority(&self) -> Option<Priority> {
        Some(Priority { at: self.priority_at?, seq: self.priority_seq? })
    }

    /// Its place in line by a program's mode; smaller goes first.
    #[must_use]
    pub fn place(&self, mode: PriorityMode) -> Option<Priority> {
        Some(crate::rules::place(mode, self.priority()?, self.qualified_at, self.contribution))
    }

    /// Whether the asker may do something with it now; `None` when the thing is not theirs to do at all.
    #[must_use]
    pub fn may(&self, action: Do) -> Option<&Move> {
        self.moves.iter().find(|step| step.action == action)
    }
}

/// Something the asker's side does with a deal, and whether it can be done now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Move {
    pub action: Do,
    /// Why not; none when it may be done now.
    pub refused: Option<Refused>,
}

/// Why something cannot be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Refused {
    /// Stable; screens translate it.
    pub code: String,
    /// In English.
    pub message: String,
}

/// What a rule came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing against it.
    Passed,
    /// A person has to look.
    Review,
    /// Speaks against the registration.
    Failed,
}

/// What one rule of engagement said about a registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct RuleVerdict {
    /// By its lasting code: `ROE-4`.
    pub rule: RuleId,
    pub outcome: Outcome,
    /// What it rests on, by name: `limit`, `value`, `rivals`. Never another partner's data.
    pub facts: Vec<(String, String)>,
}

//! A lead as it is read: the interest, where it stands, and what the asker may do with it.
use base::{BrandId, DealId, EventId, LeadId, Money, OrganizationId, ProgramId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Contact, Interest, LeadCustomer, LeadFacts, LeadState, Origin, Person, Source, Status};
use crate::access::Do;

/// Interest of a company, on its way from a vendor to a partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Lead {
    pub id: LeadId,
    /// For people: `LD-1042`, unique within the vendor.
    pub number: String,
    pub status: Status,
    /// The status with what is true only in it.
    pub state: LeadState,
    pub vendor: OrganizationId,
    pub vendor_name: String,
    pub brand: BrandId,
    pub program: ProgramId,
    pub program_name: String,
    /// The partner that has it, or had it last until the next is asked.
    pub partner: Option<OrganizationId>,
    pub partner_name: Option<String>,
    pub customer: LeadCustomer,
    pub contacts: Vec<Contact>,
    pub interest: Option<Interest>,
    /// What it may be worth.
    pub value: Option<Money>,
    pub source: Source,
    /// Which campaign, which event, who referred it.
    pub source_note: String,
    /// The partner's own campaign that brought it; none for what the vendor brought in. Such a lead stays with its partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// What the partner should know.
    pub note: String,
    /// Until when the partner can answer, while an answer is awaited; that instant itself is too late.
    pub answer_by: Option<Timestamp>,
    /// The registration that was begun with it.
    pub deal: Option<DealId>,
    pub deal_number: Option<String>,
    pub deal_status: Option<deals::Status>,
    pub created_by: Person,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// Counts up with every change; send it back as `If-Match`.
    pub version: u32,
    /// What the asker could do with it, and why not.
    pub moves: Vec<Move>,
}

impl Lead {
    /// What rules look at.
    #[must_use]
    pub fn facts(&self) -> LeadFacts {
        LeadFacts {
            country: self.customer.country.clone(),
            region: self.customer.region.clone(),
            family: self.interest.as_ref().map(|interest| interest.family.clone()),
            value: self.value,
            source: self.source,
        }
    }

    /// The same lead in another state; the flat fields follow it.
    #[must_use]
    pub fn with_state(self, state: LeadState) -> Self {
        let partner = state.partner();
        let partner_name = if partner == self.partner { self.partner_name } else { None };
        let is_same_deal = state.deal() == self.deal;
        Self {
            status: state.status(),
            partner,
            partner_name,
            answer_by: state.answer_by(),
            deal: state.deal(),
            deal_number: self.deal_number.filter(|_| is_same_deal),
            deal_status: self.deal_status.filter(|_| is_same_deal),
            state,
            ..self
        }
    }

    /// Whether the asker may do something with it now.
    #[must_use]
    pub fn can(&self, action: Do) -> bool {
        self.moves.iter().any(|step| step.action == action && step.refused.is_none())
    }
}

/// Something the asker's side does with a lead, and whether it can be done now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "LeadMove"))]
pub struct Move {
    pub action: Do,
    /// Why not; none when it may be done now.
    pub refused: Option<Refused>,
}

/// Why something cannot be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "LeadRefused"))]
pub struct Refused {
    /// Stable.
    pub code: String,
    pub message: String,
}

/// One entry of a lead's history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "LeadEntry"))]
pub struct TimelineEntry {
    pub id: EventId,
    pub at: Timestamp,
    /// Past tense, with its noun: `lead.accepted`.
    #[serde(rename = "type")]
    pub kind: String,
    pub actor: Person,
    /// Where it stood before.
    pub from: Option<Status>,
    /// Where it stood after.
    pub status: Option<Status>,
    /// Reason code, note, partner: what the change carried.
    pub data: Value,
}

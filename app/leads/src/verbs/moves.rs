//! What moves a lead: the vendor's steps and the partner's.
use base::{LeadId, OrganizationId, verb};
use serde::{Deserialize, Serialize};

use crate::model::{DeadReason, DeclineReason, Lead};

/// A verb that names a lead and nothing else.
macro_rules! plain {
    ($($(#[$doc:meta])* $name:ident = $path:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
        #[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
        #[garde(allow_unvalidated)]
        pub struct $name {
            pub id: LeadId,
            /// The version that was seen; from `If-Match`.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub version: Option<u32>,
        }
        verb!($name: POST $path -> Lead);
    )*};
}

plain! {
    /// Accepts a lead. Undone with `POST /leads/{id}/undo` within fifteen seconds.
    AcceptLead = "/leads/{id}/accept";
    /// Undoes the answer that the partner just gave: the offer runs on as before.
    UndoLeadAnswer = "/leads/{id}/undo";
    /// Begins to work on an accepted lead.
    StartLead = "/leads/{id}/start";
    /// Begins a deal registration with a lead: a draft with its customer, contacts, product and value, whose `source` is the
    /// lead. The lead is registered when that draft is submitted. Asked again, the same draft comes back.
    RegisterLead = "/leads/{id}/register";
    /// Begins again with a lead that came back or was given up: it is new. Who declined it is not asked again.
    ReopenLead = "/leads/{id}/reopen";
}

/// Offers a lead: by the program's rules, or to a partner that somebody chose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct AssignLead {
    pub id: LeadId,
    /// By the rules when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<OrganizationId>,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(AssignLead: POST "/leads/{id}/assign" -> Lead);

/// Declines a lead, or gives back one that was accepted. The partner is never offered it again. Undone with
/// `POST /leads/{id}/undo` within fifteen seconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct DeclineLead {
    pub id: LeadId,
    pub reason: DeclineReason,
    /// What the vendor should know; needed when the reason is `other`.
    #[serde(default)]
    #[garde(length(chars, max = 2000), custom(told_when(self.reason == DeclineReason::Other)))]
    pub note: String,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(DeclineLead: POST "/leads/{id}/decline" -> Lead);

/// Writes down what happened with a lead. Vendor and partner read each other's notes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct NoteLead {
    pub id: LeadId,
    #[garde(custom(base::filled), length(chars, max = 5000))]
    pub text: String,
}
verb!(NoteLead: POST "/leads/{id}/note" -> Lead);

/// Takes a lead back from its partner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct RecycleLead {
    pub id: LeadId,
    /// What the partner should know.
    #[serde(default)]
    #[garde(length(chars, max = 2000))]
    pub note: String,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(RecycleLead: POST "/leads/{id}/recycle" -> Lead);

/// Gives a lead up. It can be reopened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct MarkLeadDead {
    pub id: LeadId,
    pub reason: DeadReason,
    /// Why; needed when the reason is `other`.
    #[serde(default)]
    #[garde(length(chars, max = 2000), custom(told_when(self.reason == DeadReason::Other)))]
    pub note: String,
    /// The version that was seen; from `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
verb!(MarkLeadDead: POST "/leads/{id}/dead" -> Lead);

fn told_when(needed: bool) -> impl Fn(&String, &()) -> garde::Result {
    move |note, ctx| if needed { base::filled(note, ctx) } else { Ok(()) }
}

//! Writing a claim: draft, edit, check while typing.
use base::{Date, DealId, OrganizationId, ProgramId, verb};
use serde::{Deserialize, Serialize};

use crate::model::{Amount, Check, CustomerClaim, Deal, Evidence, LineAsk, PartnerRole, ValueKind};

/// Declares a verb that carries a claim. The claim's fields stand in the verb itself, because a flattened struct
/// cannot be read from an HTML form.
macro_rules! with_claim {
    ($(#[$doc:meta])* $name:ident { $($(#[$own_doc:meta])* $own:ident: $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
        #[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
        pub struct $name {
            $($(#[$own_doc])* #[garde(skip)] pub $own: $kind,)*
            /// The end customer.
            #[garde(dive)]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub customer: Option<CustomerClaim>,
            /// At most 50.
            #[garde(custom(at_most(50)), dive)]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub products: Option<Vec<LineAsk>>,
            /// What the whole deal is worth.
            #[garde(dive)]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub value: Option<Amount>,
            #[garde(skip)]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub value_kind: Option<ValueKind>,
            /// The day on which the customer is expected to sign.
            #[garde(skip)]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub expected_close: Option<Date>,
            #[garde(skip)]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub partner_role: Option<PartnerRole>,
            /// What shows that the opportunity is real; at most 20.
            #[garde(custom(at_most(20)), dive)]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub evidence: Option<Vec<Evidence>>,
            #[garde(length(chars, max = 5000))]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub notes: Option<String>,
            #[garde(length(chars, max = 100))]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub sales_stage: Option<String>,
            #[garde(length(chars, max = 2000))]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub use_case: Option<String>,
            #[garde(length(chars, max = 200))]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub competitor: Option<String>,
            #[garde(length(chars, max = 200))]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub incumbent: Option<String>,
            /// Reference of a public tender, if it is one.
            #[garde(length(chars, max = 200))]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub tender_reference: Option<String>,
            /// Campaign, lead or play it came from.
            #[garde(length(chars, max = 200))]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub source: Option<String>,
        }

        impl $name {
            /// The claim's part of it.
            #[must_use]
            pub fn claim(&self) -> ClaimAsk {
                ClaimAsk {
                    customer: self.customer.clone(),
                    products: self.products.clone(),
                    value: self.value.clone(),
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
        }
    };
}

fn at_most<T>(most: usize) -> impl Fn(&Option<Vec<T>>, &()) -> garde::Result {
    move |items, (): &()| {
        if items.as_ref().is_some_and(|items| items.len() > most) {
            return Err(garde::Error::new(format!("too_long: At most {most} entries.")));
        }
        Ok(())
    }
}

/// The fields of a claim as they are asked; what is none stays as it was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClaimAsk {
    pub customer: Option<CustomerClaim>,
    pub products: Option<Vec<LineAsk>>,
    pub value: Option<Amount>,
    pub value_kind: Option<ValueKind>,
    pub expected_close: Option<Date>,
    pub partner_role: Option<PartnerRole>,
    pub evidence: Option<Vec<Evidence>>,
    pub notes: Option<String>,
    pub sales_stage: Option<String>,
    pub use_case: Option<String>,
    pub competitor: Option<String>,
    pub incumbent: Option<String>,
    pub tender_reference: Option<String>,
    pub source: Option<String>,
}

with_claim! {
    /// Registers a draft. It holds nothing until it is submitted; everything but the program may still be missing.
    RegisterDeal {
        program: ProgramId,
        /// Needed when the vendor registers on a partner's behalf; the actor's own partner otherwise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        partner: Option<OrganizationId>,
        /// Submits it in the same step; nothing is kept when it cannot be submitted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        submit: Option<bool>,
    }
}
verb!(RegisterDeal: POST "/deals" -> Deal, status = 201);

with_claim! {
    /// Changes a draft, or the asked-for fields of a returned deal. What is left out stays; an empty text clears.
    EditDeal {
        id: DealId,
        /// The version that was seen; from `If-Match`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<u32>,
    }
}
verb!(EditDeal: PATCH "/deals/{id}" -> Deal);

with_claim! {
    /// Changes an approved deal. A material change (value beyond the program's percentage, customer, products) is
    /// reviewed again. The versions before are kept.
    AmendDeal {
        id: DealId,
        /// The version that was seen; from `If-Match`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<u32>,
    }
}
verb!(AmendDeal: POST "/deals/{id}/amend" -> Deal);

with_claim! {
    /// Answers, while a form is being filled, whether the customer looks free, why not, and what is still missing.
    /// Keeps nothing and never names anybody.
    CheckDeal {
        program: ProgramId,
        /// Needed when the vendor asks on a partner's behalf.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        partner: Option<OrganizationId>,
        /// The draft that is being edited: it is no rival of itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<DealId>,
    }
}
verb!(CheckDeal: POST "/deals/check" -> Check);

macro_rules! blank {
    ($name:ident { $($own:ident: $kind:ty),* } { $($rest:ident),* }) => {
        impl $name {
            /// With no field of the claim filled.
            #[must_use]
            pub fn new($($own: $kind),*) -> Self {
                Self {
                    $($own,)*
                    $($rest: None,)*
                    customer: None,
                    products: None,
                    value: None,
                    value_kind: None,
                    expected_close: None,
                    partner_role: None,
                    evidence: None,
                    notes: None,
                    sales_stage: None,
                    use_case: None,
                    competitor: None,
                    incumbent: None,
                    tender_reference: None,
                    source: None,
                }
            }
        }
    };
}
blank!(RegisterDeal { program: ProgramId } { partner, submit });
blank!(EditDeal { id: DealId } { version });
blank!(AmendDeal { id: DealId } { version });
blank!(CheckDeal { program: ProgramId } { partner, id });

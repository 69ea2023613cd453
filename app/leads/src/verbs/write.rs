//! What brings leads in and changes what is known of them.
use base::{LeadId, OrganizationId, ProgramId, verb};
use deals::Amount;
use serde::{Deserialize, Serialize};

use crate::model::{Contact, Lead, LeadCustomer, LeadsReport, Source};

macro_rules! with_interest {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $own:ident: $kind:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
        #[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
        #[garde(allow_unvalidated)]
        pub struct $name {
            $($(#[$about])* pub $own: $kind,)*
            /// The people to speak to; at most 10.
            #[garde(custom(at_most_ten), dive)]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub contacts: Option<Vec<Contact>>,
            /// Product id, SKU or name, or a product family.
            #[garde(length(chars, max = 200))]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub product: Option<String>,
            /// What it may be worth.
            #[garde(dive)]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub value: Option<Amount>,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub source: Option<Source>,
            /// Which campaign, which event, who referred it.
            #[garde(length(chars, max = 200))]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub source_note: Option<String>,
            /// What the partner should know.
            #[garde(length(chars, max = 5000))]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub note: Option<String>,
        }
    };
}

#[allow(clippy::ref_option, reason = "the form that garde calls")]
fn at_most_ten<C>(contacts: &Option<Vec<Contact>>, _: &C) -> garde::Result {
    if contacts.as_ref().is_some_and(|contacts| contacts.len() > 10) {
        return Err(garde::Error::new("too_long: At most 10 people."));
    }
    Ok(())
}

/// What is known of an interest, of whichever verb; what is none stays as it was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InterestAsk {
    pub customer: Option<LeadCustomer>,
    pub contacts: Option<Vec<Contact>>,
    pub product: Option<String>,
    pub value: Option<Amount>,
    pub source: Option<Source>,
    pub source_note: Option<String>,
    pub note: Option<String>,
}

with_interest! {
    /// Brings a lead in. It is offered at once where the program's rules, `assign` or `partner` say so.
    CreateLead {
        program: ProgramId,
        /// Offers it to this partner, whatever the rules say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        partner: Option<OrganizationId>,
        /// Offers it by the rules at once, or leaves it; as the program's rules say when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assign: Option<bool>,
        /// The name at least.
        #[garde(dive)]
        customer: LeadCustomer,
    }
}
verb!(CreateLead: POST "/leads" -> Lead, status = 201);

with_interest! {
    /// Changes what is known of a lead. What is left out stays; an empty text clears.
    EditLead {
        id: LeadId,
        /// The version that was seen; from `If-Match`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<u32>,
        #[garde(dive)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        customer: Option<LeadCustomer>,
    }
}
verb!(EditLead: PATCH "/leads/{id}" -> Lead);

with_interest! {
    /// One lead of many.
    NewLead {
        #[garde(dive)]
        customer: LeadCustomer,
    }
}

/// Brings many leads in, at most 200. Those that are right are kept, in one step; the others come back with what is
/// wrong, field by field. Sent again with the same `Idempotency-Key` it does nothing and answers the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct CreateLeads {
    pub program: ProgramId,
    /// Offers them by the rules at once, or leaves them; as the program's rules say when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assign: Option<bool>,
    #[garde(length(min = 1, max = 200))]
    pub leads: Vec<NewLead>,
}
verb!(CreateLeads: POST "/leads/bulk" -> LeadsReport);

macro_rules! interest {
    ($name:ident, |$ask:ident| $customer:expr) => {
        impl $name {
            /// What it says of the interest.
            #[must_use]
            pub fn interest(&self) -> InterestAsk {
                let $ask = self;
                InterestAsk {
                    customer: $customer,
                    contacts: self.contacts.clone(),
                    product: self.product.clone(),
                    value: self.value.clone(),
                    source: self.source,
                    source_note: self.source_note.clone(),
                    note: self.note.clone(),
                }
            }
        }
    };
}
interest!(CreateLead, |ask| Some(ask.customer.clone()));
interest!(EditLead, |ask| ask.customer.clone());
interest!(NewLead, |ask| Some(ask.customer.clone()));

impl CreateLead {
    /// With a company's name, and nothing else known.
    #[must_use]
    pub fn new(program: ProgramId, name: impl Into<String>) -> Self {
        Self {
            program,
            partner: None,
            assign: None,
            customer: LeadCustomer { name: name.into(), ..LeadCustomer::default() },
            contacts: None,
            product: None,
            value: None,
            source: None,
            source_note: None,
            note: None,
        }
    }
}

impl EditLead {
    /// That changes nothing.
    #[must_use]
    pub fn new(id: LeadId) -> Self {
        Self {
            id,
            version: None,
            customer: None,
            contacts: None,
            product: None,
            value: None,
            source: None,
            source_note: None,
            note: None,
        }
    }
}

//! Leads that a partner's own campaign brought stay with that partner.
use super::{Refusal, Step};
use crate::model::Lead;

/// Whether a step leaves a partner's own lead with it; any step does with what the vendor brought in.
///
/// # Errors
/// `PartnersOwn` for what hands the lead out, takes it back or ends it over the partner's head.
pub fn keeps(lead: &Lead, step: &Step) -> Result<(), Refusal> {
    let moves_away = matches!(
        step,
        Step::Offer { .. } | Step::Exhaust | Step::Recycle { .. } | Step::Reopen | Step::Die { .. }
    );
    if lead.origin.is_some() && moves_away { Err(Refusal::PartnersOwn) } else { Ok(()) }
}

//! The words of this slice's codes, in the language of the page.
use crate::rules::form::{self, Fault, Filled};
use crate::rules::spam::Turned;
use crate::t;

/// What is wrong with a field, for the line below it and the list above the form.
#[must_use]
pub fn of_fault(field: &str, fault: Fault) -> &'static str {
    match (field, fault) {
        (form::FIRST_NAME, Fault::Required) => t::need_first_name(),
        (form::LAST_NAME, Fault::Required) => t::need_last_name(),
        (form::EMAIL, Fault::Required) => t::need_email(),
        (form::COMPANY, Fault::Required) => t::need_company(),
        (_, Fault::Required) => t::need_answer(),
        (_, Fault::TooLong) => t::too_long(),
        (_, Fault::NotAnEmail) => t::not_an_email(),
        (_, Fault::Links) => t::no_links(),
        (_, Fault::NotAgreed) => t::need_consent(),
    }
}

/// Why an answer was not taken.
#[must_use]
pub fn of_turned(turned: Turned) -> &'static str {
    match turned {
        Turned::Trap => t::turned_trap(),
        Turned::TooFast => t::turned_too_fast(),
        Turned::Stale => t::turned_stale(),
        Turned::Forged => t::turned_forged(),
        Turned::Flood => t::turned_flood(),
        Turned::Crowd => t::turned_crowd(),
        Turned::Unreadable => t::turned_unreadable(),
    }
}

/// What is wrong with a form, by field, in words.
#[must_use]
pub fn of_faults(filled: &Filled) -> std::collections::BTreeMap<String, String> {
    let faults = filled.faults().into_iter();
    faults.map(|(field, fault)| (field.clone(), of_fault(&field, fault).to_owned())).collect()
}

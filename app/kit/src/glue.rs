//! Problems as views, for the asking half of the kit.
use base::{FieldError, Problem};
use leptos::prelude::*;

/// A problem in the place of what could not be shown.
#[must_use]
pub fn problem_view(problem: Problem) -> AnyView {
    view! { <crate::ErrorPanel problem=problem /> }.into_any()
}

/// What is wrong with one field, in the reader's language.
#[must_use]
pub fn field_error_text(error: &FieldError) -> String {
    crate::fault_words(error)
}

/// What is wrong with a form, above its fields; nothing while nothing is. Call it in the form's own component
/// before its fields: they tell it their labels.
#[must_use]
pub fn form_problem(problem: RwSignal<Option<Problem>>) -> AnyView {
    let _ = crate::FieldLabels::provide();
    view! { <crate::ErrorSummary problem=problem /> }.into_any()
}

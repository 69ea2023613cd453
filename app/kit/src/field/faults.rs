//! What is wrong with the fields of a form: in words, and as a summary that takes the focus.
use base::{FieldError, Problem};
use leptos::html;
use leptos::prelude::*;

use super::element_id;
use crate::icon::{Icon, lucide};
use crate::t;

/// The labels of the fields of a form, so that its summary can name them.
#[derive(Clone, Copy)]
pub struct FieldLabels(StoredValue<Vec<(String, String)>>);

impl FieldLabels {
    /// Lets the fields of the form that is being built tell their labels.
    #[must_use]
    pub fn provide() -> Self {
        let labels = Self(StoredValue::new(Vec::new()));
        provide_context(labels);
        labels
    }

    pub(crate) fn add(self, path: &str, label: &str) {
        self.0.update_value(|labels| {
            labels.retain(|(known, _)| known != path);
            labels.push((path.to_owned(), label.to_owned()));
        });
    }

    fn of(self, path: &str) -> Option<String> {
        self.0.with_value(|labels| {
            labels.iter().find(|(known, _)| known == path).map(|(_, label)| label.clone())
        })
    }
}

/// What is wrong with a field, in the reader's language where its code is a known one.
#[must_use]
pub fn fault_words(fault: &FieldError) -> String {
    match t::lookup(&format!("fault_{}", fault.code)) {
        Some(words) => words.to_owned(),
        None if fault.message.is_empty() => t::fault_invalid().to_owned(),
        None => fault.message.clone(),
    }
}

/// Lists what is wrong on top of a form, each with a link to its field. It takes the focus when it appears
/// after a submit; a problem that is not about fields is shown as it is.
#[component]
pub fn ErrorSummary(#[prop(into)] problem: Signal<Option<Problem>>) -> impl IntoView {
    let labels = use_context::<FieldLabels>();
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |before: Option<bool>| {
        let wrong = problem.try_with(Option::is_some).unwrap_or(false);
        if wrong && before.is_some() {
            request_animation_frame(move || {
                if let Some(summary) = node.get_untracked() {
                    let _ = summary.focus();
                }
            });
        }
        wrong
    });
    view! {
        <div class="summary" tabindex="-1" node_ref=node role="alert">
            {move || problem.try_get().flatten().map(|problem| match problem {
                Problem::Invalid { errors } => summary(errors, labels).into_any(),
                problem => view! { <crate::ErrorPanel problem=problem /> }.into_any(),
            })}
        </div>
    }
}

fn summary(faults: Vec<FieldError>, labels: Option<FieldLabels>) -> impl IntoView {
    let count = i64::try_from(faults.len()).unwrap_or(i64::MAX);
    let items = faults
        .into_iter()
        .map(|fault| {
            let words = fault_words(&fault);
            match labels.and_then(|labels| labels.of(&fault.field)) {
                Some(label) => {
                    let href = format!("#{}", element_id(&fault.field));
                    view! { <li><a href=href rel="external">{t::fault_of(label, words)}</a></li> }.into_any()
                }
                None => view! { <li>{words}</li> }.into_any(),
            }
        })
        .collect_view();
    view! {
        <div class="faults">
            <Icon of=lucide::LuCircleAlert />
            <div><p>{t::faults(count)}</p><ul>{items}</ul></div>
        </div>
    }
}

/// Says that what was typed is safe.
#[component]
pub fn Saved(
    /// "Draft saved 2 s ago"
    #[prop(into)]
    words: Signal<String>,
) -> impl IntoView {
    view! { <span class="saved" role="status"><Icon of=lucide::LuCheck /><span>{move || words.get()}</span></span> }
}

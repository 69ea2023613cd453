//! `<VerbForm>`: a form that asks a verb; a plain HTML form until the page is alive, and without JavaScript.
use base::Problem;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ask::Ask;
use crate::edited::Edited;

/// What happened to a form sent without JavaScript, carried over the redirect. Provided by the shell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SentForm {
    /// The verb that was asked.
    pub verb: String,
    /// What is wrong; none when it was done.
    pub problem: Option<Problem>,
    /// What was typed, by field name.
    pub typed: Vec<(String, String)>,
}

/// The state of the form around a field. Fields find it by context.
///
/// What its answer changes may take the form off the page, and with it this state, while its own parts are still to be
/// told: they read it by `try_…`, for whom a state that is gone has nothing to say.
#[derive(Clone, Copy)]
pub struct FormState {
    /// What is wrong, if anything.
    pub problem: RwSignal<Option<Problem>>,
    /// Being sent.
    pub pending: RwSignal<bool>,
    typed: StoredValue<Vec<(String, String)>>,
}

impl FormState {
    /// A form of its own, for screens that hold their values in signals and ask by themselves.
    #[must_use]
    pub fn new() -> Self {
        Self {
            problem: RwSignal::new(None),
            pending: RwSignal::new(false),
            typed: StoredValue::new(Vec::new()),
        }
    }

    /// For a verb: with what a plain form left behind.
    #[must_use]
    pub fn of(verb: &str) -> Self {
        let sent = use_context::<Option<SentForm>>().flatten().filter(|sent| sent.verb == verb);
        let (problem, typed) = sent.map_or((None, Vec::new()), |sent| (sent.problem, sent.typed));
        Self {
            problem: RwSignal::new(problem),
            pending: RwSignal::new(false),
            typed: StoredValue::new(typed),
        }
    }

    /// What was typed in a field before the form was sent without JavaScript.
    #[must_use]
    pub fn typed(&self, name: &str) -> Option<String> {
        let of_name = |typed: &Vec<(String, String)>| {
            typed.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone())
        };
        self.typed.try_with_value(of_name).flatten()
    }

    /// Whether it is being sent.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.pending.try_get().unwrap_or(false)
    }
}

impl Default for FormState {
    fn default() -> Self {
        Self::new()
    }
}

/// A form for a verb. `action` is the verb's address with ids filled in (see [`verb_action`]); fields inside are
/// named like the verb's (`customer[name]`). `next` is where a form without JavaScript goes when it was done.
#[component]
pub fn VerbForm<V: Ask>(
    /// The verb, for its method and name; its values are not sent, except ids in the path.
    verb: V,
    /// Where a plain form goes when it was done; `{field}` takes the answer's field.
    #[prop(into)]
    next: String,
    /// Called with the answer when the page is alive.
    done: Callback<V::Answer>,
    /// Whether it keeps, or gives up, all that is edited in the [`crate::shown_to_edit`] around it.
    #[prop(optional)]
    settles: bool,
    /// Asked right before it is sent; says whether it is.
    #[prop(optional, into)]
    before: Option<Callback<(), bool>>,
    /// Extra class of the form element.
    #[prop(optional, into)]
    class: String,
    children: Children,
) -> impl IntoView {
    let state = FormState::of(V::NAME);
    provide_context(state);
    let edited = settles.then(use_context::<Edited>).flatten();
    let action = verb_action(&verb);
    let submit = {
        let action = action.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let is_idle = !state.pending.try_get_untracked().unwrap_or(true);
            if is_idle && before.is_none_or(|before| before.run(())) {
                submit::<V>(&event, action.clone(), state, edited, done);
            }
        }
    };
    view! {
        <form method="post" action=action class=format!("form {class}") on:submit=submit novalidate>
            <input type="hidden" name="_next" value=next/>
            {crate::form_problem(state.problem)}
            {children()}
        </form>
    }
}

/// A verb's address, with the ids of its path filled in from its value.
pub fn verb_action<V: base::Verb>(verb: &V) -> String {
    base::address(verb).map(|(path, _)| path).unwrap_or_default()
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn submit<V: Ask>(
    event: &leptos::ev::SubmitEvent,
    action: String,
    state: FormState,
    edited: Option<Edited>,
    done: Callback<V::Answer>,
) {
    use wasm_bindgen::JsCast;
    let Some(form) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok())
    else {
        return;
    };
    let Ok(data) = web_sys::FormData::new_with_form(&form) else { return };
    let Ok(pairs) = web_sys::UrlSearchParams::new_with_record_from_str_to_str(data.unchecked_ref()) else {
        return;
    };
    let body = String::from(pairs.to_string());
    let _ = state.pending.try_set(true);
    leptos::task::spawn_local(async move {
        let result = crate::wire::send_form(&action, &body).await;
        let _ = state.pending.try_set(false);
        let answer = result.and_then(|text| base::tree::read(&text).map_err(|_| Problem::Unavailable));
        match answer {
            Ok(answer) => {
                let _ = state.problem.try_set(None);
                if let Some(edited) = edited {
                    edited.settle();
                }
                let _ = done.try_run(answer);
            }
            Err(problem) => {
                let _ = state.problem.try_set(Some(problem));
            }
        }
    });
}

#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
fn submit<V: Ask>(
    _: &leptos::ev::SubmitEvent,
    _: String,
    _: FormState,
    _: Option<Edited>,
    _: Callback<V::Answer>,
) {
}

//! One of several, from a list.
use leptos::prelude::*;

use super::{Heard, Wiring, first_value, framed, keep_in_step};
use crate::icon::{Icon, lucide};

/// One choice of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

impl<V: Into<String>, L: Into<String>> From<(V, L)> for Choice {
    fn from((value, label): (V, L)) -> Self {
        Self::new(value, label)
    }
}

/// A field that offers a list.
#[component]
pub fn SelectField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(optional, into)] value: String,
    #[prop(optional)] bind: Option<RwSignal<String>>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    /// The first entry, which chooses nothing: "Choose a country".
    #[prop(optional, into)]
    empty: Option<String>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let wiring = Wiring::new(&name, &label, id, help.is_some(), error);
    let value = first_value(&name, value, bind);
    let heard = Heard { bind, on_input, on_leave: None };
    let node = NodeRef::<leptos::html::Select>::new();
    keep_in_step(node, bind);
    let none = empty.map(|words| {
        let selected = value.is_empty();
        view! { <option value="" selected=selected>{words}</option> }
    });
    let options = move || {
        let chosen = bind.map_or_else(|| value.clone(), |bind| bind.get_untracked());
        choices
            .get()
            .into_iter()
            .map(|choice| {
                let selected = choice.value == chosen;
                view! { <option value=choice.value selected=selected>{choice.label}</option> }
            })
            .collect_view()
    };
    let control = view! {
        <span class="select">
            <select
                class="input"
                id=wiring.id.clone()
                name=name
                autocomplete=autocomplete
                aria-required=required.then_some("true")
                disabled=move || disabled.get()
                aria-invalid=wiring.invalid()
                aria-describedby=wiring.described()
                node_ref=node
                on:change=move |event| heard.typed(event_target_value(&event))
            >
                {none}
                {options}
            </select>
            <Icon of=lucide::LuChevronDown />
        </span>
    };
    framed(&wiring, label, optional, help, control.into_any())
}

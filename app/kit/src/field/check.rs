//! Yes or no, and one of a few in the open.
use leptos::prelude::*;

use super::{Choice, Wiring, element_id, fault_line, first_value, help_line};

/// A box to tick, or a switch.
#[component]
pub fn CheckField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] checked: bool,
    #[prop(optional)] bind: Option<RwSignal<bool>>,
    /// What the form sends when it is ticked.
    #[prop(default = "true".to_owned(), into)]
    value: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    /// Looks like a switch: for what takes effect at once.
    #[prop(optional)]
    switch: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let wiring = Wiring::new(&name, &label, id, help.is_some(), error);
    let checked = bind.map_or(checked, |bind| bind.get_untracked());
    let changed = move |event| {
        let checked = event_target_checked(&event);
        if let Some(bind) = bind {
            bind.set(checked);
        }
        if let Some(on_change) = on_change {
            on_change.run(checked);
        }
    };
    let id = wiring.id.clone();
    let shown = move || bind.map_or(checked, |bind| bind.get());
    view! {
        <div class=if switch { "check switch" } else { "check" }>
            <input
                type="checkbox"
                role=switch.then_some("switch")
                id=id.clone()
                name=name
                value=value
                checked=checked
                prop:checked=shown
                disabled=move || disabled.get()
                aria-invalid=wiring.invalid()
                aria-describedby=wiring.described()
                on:change=changed
            />
            <label for=id>{label}</label>
            {fault_line(&wiring)}
            {help_line(&wiring, help)}
        </div>
    }
}

/// One of a few choices, all in view.
#[component]
pub fn RadioField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] value: String,
    #[prop(optional)] bind: Option<RwSignal<String>>,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let wiring = Wiring::new(&name, &label, None, help.is_some(), error);
    let chosen = first_value(&name, value, bind);
    let buttons = choices
        .into_iter()
        .map(|choice| {
            let id = format!("{}-{}", element_id(&name), choice.value);
            let (checked, sent) = (choice.value == chosen, choice.value.clone());
            let changed = move |_| {
                if let Some(bind) = bind {
                    bind.set(sent.clone());
                }
                if let Some(on_input) = on_input {
                    on_input.run(sent.clone());
                }
            };
            view! {
                <div class="check">
                    <input type="radio" id=id.clone() name=name.clone() value=choice.value checked=checked on:change=changed />
                    <label for=id>{choice.label}</label>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" id=wiring.id.clone() aria-describedby=wiring.described()>
            <legend class="label">{label}</legend>
            {buttons}
            {fault_line(&wiring)}
            {help_line(&wiring, help)}
        </fieldset>
    }
}

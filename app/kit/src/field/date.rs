//! A calendar day, with the browser's own picker.
use base::Date;
use leptos::prelude::*;

use super::{Heard, Wiring, first_value, framed, keep_in_step};

/// A field for a day; it sends and binds `2027-06-30`.
#[component]
pub fn DateField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] value: Option<Date>,
    #[prop(optional)] bind: Option<RwSignal<String>>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    /// The first day that can be chosen.
    #[prop(optional)]
    min: Option<Date>,
    /// The last day that can be chosen.
    #[prop(optional)]
    max: Option<Date>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let wiring = Wiring::new(&name, &label, id, help.is_some(), error);
    let text = |date: Date| date.to_string();
    let value = first_value(&name, value.map(text).unwrap_or_default(), bind);
    let heard = Heard { bind, on_input, on_leave: None };
    let node = NodeRef::<leptos::html::Input>::new();
    keep_in_step(node, bind);
    let control = view! {
        <input
            type="date"
            class="input num"
            id=wiring.id.clone()
            name=name
            value=value
            min=min.map(text)
            max=max.map(text)
            aria-required=required.then_some("true")
            disabled=move || disabled.get()
            aria-invalid=wiring.invalid()
            aria-describedby=wiring.described()
            node_ref=node
            on:input=move |event| heard.typed(event_target_value(&event))
        />
    };
    framed(&wiring, label, optional, help, control.into_any())
}

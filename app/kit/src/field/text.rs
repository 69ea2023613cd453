//! A line of text, with what may stand before and after it.
use leptos::prelude::*;

use super::{Heard, Wiring, first_value, framed, keep_in_step};
use crate::icon::{Drawing, Icon};

/// A field for one line of text.
#[allow(clippy::fn_params_excessive_bools, reason = "they are named where the field is used")]
#[component]
pub fn TextField(
    /// Its name in the form, in brackets where it is nested: `customer[name]`.
    #[prop(into)]
    name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    /// Kept in step with what is typed.
    #[prop(optional)]
    bind: Option<RwSignal<String>>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] help: Option<String>,
    /// What is wrong; otherwise the form's faults are asked.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// The HTML type: `text`, `email`, `url`, `password`, `search`, `tel`, `number`.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional)] maxlength: Option<u32>,
    /// Marks the field as one that may stay empty.
    #[prop(optional)]
    optional: bool,
    #[prop(optional)] required: bool,
    #[prop(optional)] readonly: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] autofocus: bool,
    /// In the typeface of code.
    #[prop(optional)]
    code: bool,
    /// The one box that a screen starts with.
    #[prop(optional)]
    smart: bool,
    #[prop(optional)] icon: Option<Drawing>,
    /// Before the text: a unit, a prefix.
    #[prop(optional, into)]
    before: Option<String>,
    /// After the text: a unit, a result.
    #[prop(optional)]
    after: Option<AnyView>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
    #[prop(optional, into)] on_leave: Option<Callback<String>>,
) -> impl IntoView {
    let wiring = Wiring::new(&name, &label, id, help.is_some(), error);
    let value = first_value(&name, value, bind);
    let heard = Heard { bind, on_input, on_leave };
    let node = NodeRef::<leptos::html::Input>::new();
    keep_in_step(node, bind);
    let class = match (code, kind) {
        (true, _) => "input code",
        (false, "number" | "tel") => "input num",
        _ => "input",
    };
    let input = view! {
        <input
            type=kind
            class=class
            id=wiring.id.clone()
            name=name
            value=value
            inputmode=inputmode
            autocomplete=autocomplete
            placeholder=placeholder
            maxlength=maxlength
            aria-required=required.then_some("true")
            readonly=readonly
            disabled=move || disabled.get()
            autofocus=autofocus
            aria-invalid=wiring.invalid()
            aria-describedby=wiring.described()
            node_ref=node
            on:input=move |event| heard.typed(event_target_value(&event))
            on:change=move |event| heard.left(event_target_value(&event))
        />
    };
    let control = if smart || icon.is_some() || before.is_some() || after.is_some() {
        let class = if smart { "affix smart" } else { "affix" };
        view! {
            <div class=class>
                {icon.map(|icon| view! { <Icon of=icon /> })}
                {before.map(|before| view! { <span class="before">{before}</span> })}
                {input}
                {after.map(|after| view! { <span class="after">{after}</span> })}
            </div>
        }
        .into_any()
    } else {
        input.into_any()
    };
    framed(&wiring, label, optional, help, control)
}

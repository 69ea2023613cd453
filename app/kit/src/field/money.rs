//! An amount with its currency.
use base::{Currency, Money};
use leptos::prelude::*;

use super::{Choice, Heard, Wiring, first_value, framed, keep_in_step};
use crate::format;
use crate::icon::{Icon, lucide};
use crate::t;

/// A field for an amount, typed as people write it (`48,000.00`, `48.000`, `48000`). In a form it sends
/// `name[amount]` as typed and `name[currency]`; `bind` holds what is typed, for `Money::parse`.
#[component]
pub fn MoneyField(
    /// Without brackets at its end: `value`.
    #[prop(into)]
    name: String,
    #[prop(into)] label: String,
    #[prop(optional)] value: Option<Money>,
    #[prop(optional)] bind: Option<RwSignal<String>>,
    /// The only currency, unless there is a choice.
    currency: Currency,
    /// Other currencies to choose from, the first one included.
    #[prop(optional)]
    currencies: Vec<Currency>,
    /// Kept in step with the chosen currency, as an ISO code.
    #[prop(optional)]
    bind_currency: Option<RwSignal<String>>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
    #[prop(optional, into)] on_leave: Option<Callback<String>>,
) -> impl IntoView {
    let wiring = Wiring::new(&name, &label, id, help.is_some(), error);
    let typed = value.map(|value| format::amount(value, crate::catalogue::locale())).unwrap_or_default();
    let typed = first_value(&format!("{name}[amount]"), typed, bind);
    let currency = value.map_or(currency, |value| value.currency);
    let heard = Heard { bind, on_input, on_leave };
    let node = NodeRef::<leptos::html::Input>::new();
    keep_in_step(node, bind);
    let (amount_name, currency_name) = (format!("{name}[amount]"), format!("{name}[currency]"));
    let chooser = if currencies.len() > 1 {
        let chosen = bind_currency.map_or_else(|| currency.code().to_owned(), |bind| bind.get_untracked());
        let options = currencies
            .iter()
            .map(|currency| Choice::new(currency.code(), currency.code()))
            .map(|choice| {
                let selected = choice.value == chosen;
                view! { <option value=choice.value selected=selected>{choice.label}</option> }
            })
            .collect_view();
        let heard = Heard { bind: bind_currency, on_input: None, on_leave: None };
        view! {
            <span class="select">
                <select
                    class="input"
                    name=currency_name
                    aria-label=t::currency()
                    on:change=move |event| heard.typed(event_target_value(&event))
                >
                    {options}
                </select>
                <Icon of=lucide::LuChevronDown />
            </span>
        }
        .into_any()
    } else {
        view! { <input type="hidden" name=currency_name value=currency.code() disabled=move || disabled.get() /> }.into_any()
    };
    let before = (currencies.len() < 2)
        .then(|| view! { <span class="before" aria-hidden="true">{format::sign(currency)}</span> });
    let control = view! {
        <div class="affix">
            {before}
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                class="input num"
                id=wiring.id.clone()
                name=amount_name
                value=typed
                aria-required=required.then_some("true")
                disabled=move || disabled.get()
                aria-invalid=wiring.invalid()
                aria-describedby=wiring.described()
                node_ref=node
                on:input=move |event| heard.typed(event_target_value(&event))
                on:change=move |event| heard.left(event_target_value(&event))
            />
            {chooser}
        </div>
    };
    framed(&wiring, label, optional, help, control.into_any())
}

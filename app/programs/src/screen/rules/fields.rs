//! Fields of the editor: each changes one rule of the draft as it is typed, so that its sentence follows.
use base::{Currency, Money};
use kit::{CheckField, MoneyField, TextField};
use leptos::prelude::*;

use crate::{Engagement, RuleId, rule_sentence, t};

/// What all fields of an editor share.
#[derive(Clone, Copy)]
pub(super) struct Sheet {
    pub(super) rules: RwSignal<Engagement>,
    pub(super) currency: Currency,
}

/// A whole number: its name in the form, its words, its range.
pub(super) struct Number {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) unit: &'static str,
    pub(super) range: (u32, u32),
    /// What it is when nobody says.
    pub(super) usual: u32,
}

impl Sheet {
    pub(super) fn number(self, number: Number, value: u32, set: fn(&mut Engagement, u32)) -> AnyView {
        let text = value.to_string();
        self.number_or_none(number, text, move |rules, value| {
            if let Some(value) = value {
                set(rules, value);
            }
        })
    }

    /// A number that may be left empty; otherwise empty is told as missing when the form is sent.
    pub(super) fn number_or_none(
        self,
        number: Number,
        value: String,
        set: impl Fn(&mut Engagement, Option<u32>) + Send + Sync + 'static,
    ) -> AnyView {
        let Number { name, label, unit, range: (least, most), usual } = number;
        let fault = RwSignal::new(None::<String>);
        let read = move |text: &str| text.trim().parse::<u32>().ok().filter(|n| (least..=most).contains(n));
        let typed = move |text: String| {
            let value = read(&text);
            if value.is_some() || text.trim().is_empty() {
                fault.set(None);
                self.rules.update(|rules| set(rules, value));
            }
        };
        let left = move |text: String| {
            let wrong = !text.trim().is_empty() && read(&text).is_none();
            fault.set(wrong.then(|| t::from_to(least, most)));
        };
        view! {
            <TextField
                name=name
                label=label
                value=value
                inputmode="numeric"
                help=t::number_help(least, most, usual)
                after=view! { {unit} }.into_any()
                error=Signal::derive(move || fault.get())
                on_input=Callback::new(typed)
                on_leave=Callback::new(left)
            />
        }
        .into_any()
    }

    pub(super) fn tick(
        self,
        name: &'static str,
        label: &'static str,
        checked: bool,
        set: fn(&mut Engagement, bool),
    ) -> AnyView {
        let change = Callback::new(move |on| self.rules.update(|rules| set(rules, on)));
        view! { <CheckField name=name label=label checked=checked on_change=change /> }.into_any()
    }

    pub(super) fn amount(
        self,
        name: &'static str,
        label: &'static str,
        help: String,
        minor: i64,
        set: fn(&mut Engagement, i64),
    ) -> AnyView {
        let currency = self.currency;
        let typed = Callback::new(move |text: String| {
            let money = if text.trim().is_empty() {
                Some(0)
            } else {
                Money::parse(&text, currency).map(|m| m.amount_minor)
            };
            if let Some(minor) = money {
                self.rules.update(|rules| set(rules, minor));
            }
        });
        let value = Money::new(minor, currency);
        view! { <MoneyField name=name label=label value=value currency=currency help=help on_input=typed /> }
            .into_any()
    }

    /// What rules will say, as they stand in the form.
    pub(super) fn says(self, rules: &'static [RuleId]) -> AnyView {
        let lines = rules.iter().map(|rule| {
            let sentence = move || self.rules.with(|now| rule_sentence(*rule, now, self.currency));
            view! { <p class="rule"><code>{rule.code()}</code><span>{sentence}</span></p> }
        });
        let lines = lines.collect_view();
        view! { <div class="rules-say" role="group" aria-label=t::will_say()>{lines}</div> }.into_any()
    }
}

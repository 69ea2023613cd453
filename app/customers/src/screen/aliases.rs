//! What else a customer is known by: shown, and changed by those who may.
use kit::{Button, Card, Fact, FactLayout, KeyValues, TextField, Toasts, VerbForm, paths};
use leptos::prelude::*;

use crate::access::Do;
use crate::model::{Customer, CustomerAliases};
use crate::t;
use crate::verbs::SetCustomerAliases;

/// Fields that a form offers beyond those that are filled.
const SPARE: usize = 2;
/// Names and websites that are taken at most.
const MOST: [usize; 2] = [5, 20];

/// The card of a customer's page.
pub(super) fn card(customer: &Customer, known: CustomerAliases) -> AnyView {
    let body = if Do::EditCustomers.by(&access::me().actor()).is_ok() {
        form(customer, &known)
    } else {
        facts(&known)
    };
    view! { <Card title=t::known_as() id="aliases">{body}</Card> }.into_any()
}

fn facts(known: &CustomerAliases) -> AnyView {
    if known.names.is_empty() && known.websites.is_empty() {
        return view! { <p class="muted">{t::no_aliases()}</p> }.into_any();
    }
    let lines =
        |all: &[String]| all.iter().map(|one| view! { <li class="break">{one.clone()}</li> }).collect_view();
    let (names, websites) = (lines(&known.names), lines(&known.websites));
    view! {
        <KeyValues layout=FactLayout::Columns>
            <Fact label=t::other_names()><ul>{names}</ul></Fact>
            <Fact label=t::other_websites()><ul>{websites}</ul></Fact>
        </KeyValues>
    }
    .into_any()
}

/// A field for each name and website and a few more; an emptied one is taken away.
fn form(customer: &Customer, known: &CustomerAliases) -> AnyView {
    let toasts = use_context::<Toasts>();
    let done = Callback::new(move |_: CustomerAliases| {
        if let Some(toasts) = toasts {
            toasts.say(t::aliases_saved());
        }
    });
    let (id, version) = (customer.id, known.version);
    let verb = SetCustomerAliases { id, names: Vec::new(), websites: Vec::new(), version: None };
    let names = fields("names", &known.names, MOST[0], t::other_name);
    let websites = fields("websites", &known.websites, MOST[1], t::other_website);
    view! {
        <p class="muted small">{t::aliases_note()}</p>
        <VerbForm verb=verb next=paths::customer(id) done=done>
            <input type="hidden" name="_method" value="PUT"/>
            <input type="hidden" name="version" value=version/>
            <div class="grid g2 aliases">
                <div class="stack gap-8">{names}</div>
                <div class="stack gap-8">{websites}</div>
            </div>
            <div class="actions"><Button submit=true>{t::save_aliases()}</Button></div>
        </VerbForm>
    }
    .into_any()
}

fn fields(name: &str, all: &[String], most: usize, label: fn(i64) -> String) -> AnyView {
    let count = (all.len() + SPARE).min(most.max(all.len()));
    let fields = (0..count).map(|place| {
        let value = all.get(place).cloned().unwrap_or_default();
        let label = label(place as i64 + 1);
        view! { <TextField name=format!("{name}[{place}]") label=label value=value maxlength=300 optional=true/> }
    });
    fields.collect_view().into_any()
}

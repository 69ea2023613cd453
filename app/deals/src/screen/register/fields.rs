//! The groups of the form: customer, product, worth, evidence, and what is asked seldom.
use base::ProgramId;
use kit::{Choice, DateField, Fold, KeyValues, MoneyField, SelectField, TextArea, TextField};
use leptos::prelude::*;
use programs::{ListProducts, Product};

use super::OFFERED;
use super::draft::{MORE, Open};
use super::form::Hands;
use crate::model::{EVIDENCE_KINDS, PartnerRole, ValueKind};
use crate::screen::countries;
use crate::screen::deal::source;
use crate::screen::parts::field_words;
use crate::t;

pub(super) fn customer(hands: Hands) -> AnyView {
    let draft = hands.draft;
    let shut = hands.shut("customer");
    view! {
        <div class="form-row r21">
            <TextField name="customer[name]" label=t::company() bind=draft.name error=hands.fault("customer.name") disabled=shut required=true autocomplete="off" maxlength=200/>
            <SelectField name="customer[country]" label=t::fact_country() choices=countries::choices() bind=draft.country error=hands.fault("customer.country") disabled=shut empty=t::choose_country() required=true/>
        </div>
        <TextField name="customer[website]" label=t::field_website() bind=draft.website error=hands.fault("customer.website") disabled=shut required=true inputmode="url" autocomplete="off" maxlength=300/>
        <Fold label=t::more_customer() open=!shut.get_untracked() && !draft.registration_number.get_untracked().is_empty()>
            <div class="form-row r3">
                <TextField name="customer[registration_number]" label=t::field_registration_number() bind=draft.registration_number disabled=shut optional=true maxlength=60/>
                <TextField name="customer[phone]" label=t::field_phone() bind=draft.phone disabled=shut optional=true kind="tel" autocomplete="off" maxlength=40/>
                <TextField name="customer[city]" label=t::city() bind=draft.city disabled=shut optional=true autocomplete="off" maxlength=120/>
            </div>
        </Fold>
    }
    .into_any()
}

/// `of` is the program whose products these are; what was kept on the device may belong to another.
pub(super) fn product(hands: Hands, products: Vec<Product>, of: Option<ProgramId>) -> AnyView {
    let draft = hands.draft;
    let shut = hands.shut("products");
    let known = draft.product.get_untracked();
    let offered = RwSignal::new(choices(products, &known));
    let of = of.map(|id| id.to_string()).unwrap_or_default();
    Effect::new(move |before: Option<String>| {
        let program = draft.program.get();
        let known = if before.is_none() { known.clone() } else { String::new() };
        if before.unwrap_or_else(|| of.clone()) != program {
            leptos::task::spawn_local(async move {
                let program = program.parse().ok();
                let ask = ListProducts {
                    program,
                    active: Some(true),
                    limit: Some(OFFERED),
                    ..ListProducts::default()
                };
                if let Ok(page) = kit::ask(ask).await {
                    let _ = offered.try_set(choices(page.items, &known));
                }
            });
        }
        draft.program.get_untracked()
    });
    view! {
        <div class="form-row r21">
            <SelectField
                name="products[0][product]"
                label=t::product()
                choices=offered
                bind=draft.product
                error=hands.fault("products[0].product")
                disabled=shut
                empty=t::choose_product()
                required=true
            />
            <TextField name="products[0][quantity]" label=t::quantity() bind=draft.quantity disabled=shut kind="number" inputmode="numeric"/>
        </div>
    }
    .into_any()
}

/// Products by name; one that is no longer sold stays while a deal names it.
fn choices(products: Vec<Product>, known: &str) -> Vec<Choice> {
    let mut all: Vec<Choice> =
        products.into_iter().map(|one| Choice::new(one.id.to_string(), one.name)).collect();
    if !known.is_empty() && all.iter().all(|choice| choice.value != known) {
        all.push(Choice::new(known, known));
    }
    all
}

pub(super) fn worth(hands: Hands) -> AnyView {
    let draft = hands.draft;
    let kinds = ValueKind::ALL.map(|kind| Choice::new(kind.as_str(), kind.words())).to_vec();
    let value = move || {
        view! {
            <MoneyField name="value" label=t::col_value() bind=draft.value currency=draft.currency.get() error=hands.fault("value") disabled=hands.shut("value") required=true/>
        }
    };
    view! {
        <div class="form-row r3">
            {value}
            <SelectField name="value_kind" label=t::field_value_kind() choices=kinds bind=draft.value_kind disabled=hands.shut("value_kind")/>
            <DateField name="expected_close" label=t::fact_close() bind=draft.close min=kit::present().date() error=hands.fault("expected_close") disabled=hands.shut("expected_close") required=true/>
        </div>
    }
    .into_any()
}

pub(super) fn evidence(hands: Hands) -> AnyView {
    let draft = hands.draft;
    let shut = hands.shut("evidence");
    let kinds = EVIDENCE_KINDS.map(|kind| Choice::new(kind.as_str(), kind.words())).to_vec();
    view! {
        <div class="form-row r12">
            <SelectField name="evidence[0][kind]" label=t::evidence_kind() choices=kinds bind=draft.evidence_kind disabled=shut/>
            <TextArea name="evidence[0][note]" label=t::evidence_label() help=t::evidence_help() bind=draft.evidence error=hands.fault("evidence[0].note") disabled=shut rows=2 maxlength=2000/>
        </div>
    }
    .into_any()
}

pub(super) fn more(hands: Hands) -> AnyView {
    let draft = hands.draft;
    let roles = PartnerRole::ALL.map(|role| Choice::new(role.as_str(), role.words())).to_vec();
    let texts = MORE
        .into_iter()
        .zip(draft.more)
        .map(|(field, bind)| match field {
            "notes" | "use_case" => view! {
                <TextArea name=field label=field_words(field) bind=bind disabled=hands.shut(field) optional=true rows=2 maxlength=2000/>
            }
            .into_any(),
            // The lead that it came from is kept; nobody types the id of one.
            "source" if bind.with_untracked(|text| text.parse::<base::LeadId>().is_ok()) => {
                let lead = bind.get_untracked();
                let shown = source(&lead);
                view! {
                    <KeyValues>{shown}</KeyValues>
                    <input type="hidden" name=field value=lead/>
                }
                .into_any()
            }
            _ => view! { <TextField name=field label=field_words(field) bind=bind disabled=hands.shut(field) optional=true maxlength=100/> }
                .into_any(),
        })
        .collect_view();
    let open = hands.open.with_value(|open| match open {
        Open::All => false,
        Open::Only(fields) => {
            fields.iter().any(|field| MORE.contains(&field.as_str()) || field == "partner_role")
        }
    });
    view! {
        <Fold label=t::more_details() open=open>
            <div class="form">
                <SelectField name="partner_role" label=t::field_partner_role() choices=roles bind=draft.partner_role disabled=hands.shut("partner_role")/>
                {texts}
            </div>
        </Fold>
    }
    .into_any()
}

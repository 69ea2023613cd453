//! What is known of an interest, as fields: for bringing a lead in, and for changing one.
use kit::{Choice, Fold, SelectField, TextArea, TextField};
use leptos::prelude::*;

use crate::model::{Lead, Source};
use crate::t;

/// The fields, filled with a lead.
pub(super) fn fields(lead: Option<&Lead>) -> AnyView {
    let known = lead.map(|lead| lead.customer.clone()).unwrap_or_default();
    let contact = lead.and_then(|lead| lead.contacts.first().cloned()).unwrap_or_default();
    let others =
        lead.map(|lead| lead.contacts.iter().skip(1).cloned().collect::<Vec<_>>()).unwrap_or_default();
    let others =
        others.into_iter().zip(1..).map(|(contact, place)| hidden_contact(place, contact)).collect_view();
    let product = lead
        .and_then(|lead| lead.interest.as_ref())
        .map(|interest| interest.product.clone())
        .unwrap_or_default();
    let product_name = lead.and_then(|lead| lead.interest.as_ref()).map(|interest| interest.name.clone());
    let value = lead.and_then(|lead| lead.value).map(|value| {
        value.to_string().rsplit_once(' ').map(|(amount, _)| amount.to_owned()).unwrap_or_default()
    });
    let source = lead.map_or(Source::Other, |lead| lead.source);
    let sources = Source::ALL.map(|one| Choice::new(one.as_str(), one.words())).to_vec();
    let (source_note, note) =
        lead.map(|lead| (lead.source_note.clone(), lead.note.clone())).unwrap_or_default();
    let more = known.region.is_some() || known.registration_number.is_some() || known.phone.is_some();
    let text = |value: Option<String>| value.unwrap_or_default();
    // A product is written by its name; what the list knows under it is looked up when it is kept.
    let shown = product_name.unwrap_or(product);
    view! {
        <div class="form-row r21">
            <TextField name="customer[name]" label=t::company() value=known.name required=true autocomplete="off" maxlength=200/>
            <SelectField name="customer[country]" label=t::field_country() choices=deals::country_choices() value=text(known.country) empty=t::choose_country() optional=true/>
        </div>
        <div class="form-row r12">
            <TextField name="customer[city]" label=t::field_city() value=text(known.city) optional=true autocomplete="off" maxlength=120/>
            <TextField name="customer[website]" label=t::field_website() value=text(known.website) help=t::website_help() optional=true inputmode="url" autocomplete="off" maxlength=300/>
        </div>
        <Fold label=t::more_customer() open=more>
            <div class="form-row r3">
                <TextField name="customer[region]" label=t::field_region() value=text(known.region) optional=true maxlength=120/>
                <TextField name="customer[phone]" label=t::field_phone() value=text(known.phone) optional=true kind="tel" autocomplete="off" maxlength=40/>
                <TextField name="customer[registration_number]" label=t::field_registration_number() value=text(known.registration_number) optional=true maxlength=60/>
            </div>
        </Fold>
        <div class="form-row r12">
            <TextField name="contacts[0][name]" label=t::field_contact() value=contact.name optional=true autocomplete="off" maxlength=120/>
            <TextField name="contacts[0][title]" label=t::field_title() value=contact.title optional=true autocomplete="off" maxlength=120/>
        </div>
        <div class="form-row r12">
            <TextField name="contacts[0][email]" label=t::field_email() value=contact.email optional=true kind="email" autocomplete="off" maxlength=254/>
            <TextField name="contacts[0][phone]" label=t::field_phone() id="contact-phone" value=contact.phone optional=true kind="tel" autocomplete="off" maxlength=40/>
        </div>
        {others}
        <div class="form-row r21">
            <TextField name="product" label=t::fact_wanted() value=shown help=t::product_help() optional=true maxlength=200/>
            <TextField name="value[amount]" label=t::fact_value() value=value.unwrap_or_default() optional=true inputmode="decimal" maxlength=40/>
        </div>
        <div class="form-row r12">
            <SelectField name="source" label=t::fact_source() choices=sources value=source.as_str()/>
            <TextField name="source_note" label=t::field_source_note() value=source_note optional=true maxlength=200/>
        </div>
        <TextArea name="note" label=t::field_note() help=t::note_help() value=note optional=true maxlength=5000/>
    }
    .into_any()
}

/// A person that the form does not show and keeps.
fn hidden_contact(place: usize, contact: crate::model::Contact) -> AnyView {
    let name = |field: &str| format!("contacts[{place}][{field}]");
    view! {
        <input type="hidden" name=name("name") value=contact.name/>
        <input type="hidden" name=name("title") value=contact.title/>
        <input type="hidden" name=name("email") value=contact.email/>
        <input type="hidden" name=name("phone") value=contact.phone/>
    }
    .into_any()
}

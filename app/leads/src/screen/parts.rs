//! Pieces that several pages of this slice show: badges, facts, refusals in words.
use base::{Problem, Side};
use deals::country_name;
use kit::catalogue::locale;
use kit::{
    Countdown, Fact, FactLayout, FormState, KeyValues, MoneyText, Tag, Tell, Tone, When, format, paths,
};
use leptos::prelude::*;

use crate::model::{Lead, Refused, Status};
use crate::t;

/// What the colour of a status says.
pub(super) const fn status_tone(status: Status) -> Tone {
    match status {
        Status::New | Status::Assigned | Status::Working => Tone::Accent,
        Status::Accepted | Status::Registered => Tone::Good,
        Status::Declined | Status::TimedOut | Status::Recycled => Tone::Warn,
        Status::Dead => Tone::Neutral,
    }
}

/// A status as its reader calls it: what is offered to a partner is new to it.
pub(super) fn status_words(status: Status) -> &'static str {
    match status {
        Status::Assigned if !is_vendor() => t::state_assigned_to_you(),
        Status::Recycled if is_vendor() => t::state_recycled_vendor(),
        other => other.words(),
    }
}

/// A lead's status as a tag.
pub(super) fn badge(status: Status, big: bool) -> AnyView {
    view! { <Tag tone=status_tone(status) big=big>{status_words(status)}</Tag> }.into_any()
}

pub(super) fn is_vendor() -> bool {
    access::me().side() == Some(Side::Vendor)
}

/// What stands where nothing was given.
pub(super) fn nothing() -> AnyView {
    view! { <span class="muted">{t::not_given()}</span> }.into_any()
}

fn or_nothing(text: String) -> AnyView {
    if text.is_empty() { nothing() } else { text.into_any() }
}

/// Source and what was said of it in one line.
pub(super) fn source_words(lead: &Lead) -> String {
    let parts = [lead.source.words(), lead.source_note.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// What a lead is in a few facts; the same on its page and in the panel beside the list.
pub(super) fn facts(lead: &Lead) -> AnyView {
    let value = lead.value.map_or_else(nothing, |value| view! { <MoneyText of=value/> }.into_any());
    let wanted = lead.interest.as_ref().map(|interest| interest.name.clone()).unwrap_or_default();
    let customer = &lead.customer;
    let country = customer.country.as_deref().map(country_name);
    let place = [customer.city.as_deref(), customer.region.as_deref(), country.as_deref()];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let partner = is_vendor().then(|| {
        let shown = match (lead.partner, &lead.partner_name) {
            (Some(id), Some(name)) => {
                view! { <a class="link" href=paths::partner(id)>{name.clone()}</a> }.into_any()
            }
            _ => nothing(),
        };
        view! { <Fact label=t::fact_partner()>{shown}</Fact> }
    });
    let clock = lead.answer_by.map(|until| {
        view! {
            <Fact label=t::fact_answer_by()>
                <Countdown until=until soon_ms=4 * 3_600_000/>" "
                <span class="muted small"><When at=until tell=Tell::Soon/></span>
            </Fact>
        }
    });
    let deal = lead.deal.map(|id| {
        let number = lead.deal_number.clone().unwrap_or_default();
        let status = lead.deal_status.map(deals::status_words);
        view! {
            <Fact label=t::fact_deal()>
                <a class="link num" href=paths::deal(id)>{number}</a>" "<span class="muted small">{status}</span>
            </Fact>
        }
    });
    let (source, program) = (source_words(lead), lead.program_name.clone());
    let source = match lead.origin.as_ref() {
        Some(origin) => {
            view! { <a class="link" href=paths::campaign(origin.campaign)>{source}</a> }.into_any()
        }
        None => source.into_any(),
    };
    view! {
        <KeyValues layout=FactLayout::Columns>
            {clock}
            {deal}
            <Fact label=t::fact_wanted()>{or_nothing(wanted)}</Fact>
            <Fact label=t::fact_value()>{value}</Fact>
            <Fact label=t::fact_place()>{or_nothing(place)}</Fact>
            {partner}
            <Fact label=t::fact_source()>{source}</Fact>
            <Fact label=t::fact_program()>{program}</Fact>
        </KeyValues>
    }
    .into_any()
}

/// The company's people, with what leads to them.
pub(super) fn contacts(lead: &Lead) -> AnyView {
    let phone = lead.customer.phone.clone();
    let website = lead.customer.website.clone();
    if lead.contacts.is_empty() && phone.is_none() && website.is_none() {
        return view! { <p class="muted">{t::no_contacts()}</p> }.into_any();
    }
    let people = lead
        .contacts
        .iter()
        .map(|contact| {
            let name = if contact.name.is_empty() { contact.email.clone() } else { contact.name.clone() };
            let links = links(&contact.email, &contact.phone);
            let title = contact.title.clone();
            view! {
                <li class="stack gap-4">
                    <span><strong>{name}</strong>{(!title.is_empty()).then(|| view! { <span class="muted">" · "{title}</span> })}</span>
                    {links}
                </li>
            }
        })
        .collect_view();
    let website = website.map(|website| {
        let href = if website.contains("://") { website.clone() } else { format!("https://{website}") };
        // What others typed is an address of the web, or no link.
        let is_web = href.starts_with("https://") || href.starts_with("http://");
        if is_web {
            view! { <li><a class="link break" href=href rel="noopener noreferrer" target="_blank">{website}</a></li> }.into_any()
        } else {
            view! { <li class="break">{website}</li> }.into_any()
        }
    });
    let phone = phone.map(|phone| view! { <li>{links("", &phone)}</li> });
    view! { <ul class="stack gap-16">{people}{phone}{website}</ul> }.into_any()
}

fn links(email: &str, phone: &str) -> AnyView {
    let mail = (!email.is_empty())
        .then(|| view! { <a class="link break" href=format!("mailto:{email}")>{email.to_owned()}</a> });
    let call = (!phone.is_empty()).then(|| {
        let number: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        view! { <a class="link num" href=format!("tel:{number}")>{phone.to_owned()}</a> }
    });
    view! { <span class="line wrap">{mail}{call}</span> }.into_any()
}

/// An amount in plain words.
pub(super) fn money_words(value: base::Money) -> String {
    format::money_plain(value, locale())
}

/// A refusal of the rules in the reader's language instead of the API's.
pub(super) fn in_words(problem: Problem) -> Problem {
    match problem {
        Problem::Refused { code, detail } => {
            let refused = Refused { code: code.to_string(), message: detail };
            Problem::Refused { code, detail: refused.words() }
        }
        other => other,
    }
}

/// Put into a form of this slice: what the rules refuse is said in the reader's language.
#[component]
pub(super) fn Worded() -> impl IntoView {
    if let Some(form) = use_context::<FormState>() {
        let say = move || {
            let said = form.problem.get();
            let worded = said.clone().map(in_words);
            if worded != said {
                form.problem.set(worded);
            }
        };
        untrack(say);
        Effect::new(move |_| say());
    }
}

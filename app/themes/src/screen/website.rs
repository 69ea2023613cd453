//! Colours of a website: its address in, its colours out, each with where it was found.
use base::Problem;
use kit::{Button, TextField, lucide};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::state::Studio;
use crate::model::{ColourProposal, WebsiteProposals};
use crate::t;
use crate::verbs::ProposeFromWebsite;

/// How far the reading of a website is.
#[derive(Clone, PartialEq)]
enum Reading {
    No,
    Now,
    Done(WebsiteProposals),
    Refused(Problem),
}

/// The field and what comes of it. What is taken is one step that can be undone.
pub(super) fn website(studio: Studio) -> AnyView {
    let (url, reading) = (RwSignal::new(String::new()), RwSignal::new(Reading::No));
    let busy = Signal::derive(move || reading.get() == Reading::Now);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || url.with_untracked(|url| url.trim().is_empty()) {
            return;
        }
        reading.set(Reading::Now);
        let ask = ProposeFromWebsite { id: studio.id, url: url.get_untracked() };
        leptos::task::spawn_local(async move {
            let answer = kit::ask(ask).await;
            let _ = reading.try_set(answer.map_or_else(Reading::Refused, Reading::Done));
        });
    };
    let fault = MaybeProp::derive(move || match reading.get() {
        Reading::Refused(problem) => Some(words(&problem)),
        _ => None,
    });
    let button = view! { <Button submit=true size=kit::Size::Small icon=lucide::LuSearch busy=busy>{t::website_read()}</Button> };
    let shown = move || match reading.get() {
        Reading::Now => view! { <p class="muted small">{t::website_reading()}</p> }.into_any(),
        Reading::Done(found) => done(studio, found),
        Reading::No | Reading::Refused(_) => ().into_any(),
    };
    view! {
        <form on:submit=submit novalidate>
            <TextField name="website" kind="url" label=t::website() help=t::website_help() bind=url error=fault maxlength=2048
                autocomplete="url" placeholder="www.example.com" after=button.into_any()/>
        </form>
        <div role="status">{shown}</div>
    }
    .into_any()
}

fn done(studio: Studio, found: WebsiteProposals) -> AnyView {
    let WebsiteProposals { address, name, colours, logos } = found;
    if colours.is_empty() {
        return view! { <p class="muted small">{t::website_no_colours(address)}</p> }.into_any();
    }
    let from = t::website_found(name.unwrap_or_else(|| address.clone()));
    let each = colours.into_iter().map(|one| colour(studio, one)).collect_view();
    let logos = (!logos.is_empty()).then(|| {
        let each = logos.into_iter().map(|logo| {
            let text = logo.clone();
            view! { <li class="wrap"><a class="link" href=logo target="_blank" rel="noopener noreferrer external">{text}</a></li> }
        });
        view! {
            <details class="small">
                <summary>{t::website_logos()}</summary>
                <ul>{each.collect_view()}</ul>
                <p class="muted">{t::website_logos_help()}</p>
            </details>
        }
    });
    view! { <p class="small">{from}</p><ul class="swatches with-reasons">{each}</ul>{logos} }.into_any()
}

fn colour(studio: Studio, one: ColourProposal) -> AnyView {
    let text = one.colour.to_string();
    let reasons = reasons(&one);
    let (colour, label) = (one.colour, t::take_colour(&text));
    let take = move |_| studio.change("", |theme| theme.colour = colour);
    view! {
        <li>
            <button type="button" class="swatch" aria-label=label.clone() title=label on:click=take>
                <svg width="40" height="32" aria-hidden="true"><rect width="40" height="32" rx="6" fill=text.clone()></rect></svg>
                <code>{text}</code>
            </button>
            <span class="muted small">{reasons}</span>
        </li>
    }
    .into_any()
}

/// Where it was found and how much it is used there, in a line.
fn reasons(one: &ColourProposal) -> String {
    let mut all: Vec<String> = one.found_in.iter().map(|place| place.words().to_owned()).collect();
    if one.share >= 100 {
        all.push(t::website_share(one.share / 100));
    }
    all.join(", ")
}

/// What went wrong, and what to do.
fn words(problem: &Problem) -> String {
    let code = match problem {
        Problem::Invalid { errors } => errors.first().map(|fault| fault.code.to_string()).unwrap_or_default(),
        _ => problem.code().to_owned(),
    };
    let words = match code.as_str() {
        "not_an_address" | "required" | "invalid" => t::website_not_an_address(),
        "port" => t::website_port(),
        "private_address" => t::website_private(),
        "no_such_host" => t::website_no_such_host(),
        "unreachable" | "unreadable" | "too_many_redirects" => t::website_unreachable(),
        "status" => t::website_status(),
        "wrong_type" => t::website_wrong_type(),
        "too_large" => t::website_too_large(),
        "too_slow" => t::website_too_slow(),
        _ => return kit::sentence(problem),
    };
    words.to_owned()
}

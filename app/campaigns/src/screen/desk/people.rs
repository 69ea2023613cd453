//! Whom a campaign goes to: an audience that is there, or a file that becomes one.
use base::{AudienceId, Page};
use kit::{Asked, Choice, SelectField, Shape, Skeleton, paths};
use leptos::prelude::*;

use super::super::audience::import_form;
use super::super::parts::number;
use super::state::Desk;
use crate::model::Audience;
use crate::t;

pub(super) fn step(desk: Desk, audiences: Option<Asked<Page<Audience>>>) -> AnyView {
    if !desk.of.with_untracked(|of| of.has_mail()) {
        return view! { <p class="muted">{t::no_mail_no_people()}</p> }.into_any();
    }
    let Some(audiences) = audiences else { return ().into_any() };
    let chosen = Callback::new(move |id: AudienceId| {
        desk.audience.set(Some(id));
        desk.note();
    });
    let list = kit::shown(
        audiences,
        || view! { <Skeleton shape=Shape::Text/> }.into_any(),
        move |page| choose(desk, page.items, chosen),
    );
    view! {
        <div class="stack gap-16">
            {list}
            {move || reach(desk)}
            <details class="campaign-import" open=desk.audience.get_untracked().is_none()>
                <summary>{t::people_from_file()}</summary>
                {import_form(None, chosen)}
            </details>
        </div>
    }
    .into_any()
}

fn choose(desk: Desk, audiences: Vec<Audience>, chosen: Callback<AudienceId>) -> AnyView {
    if audiences.is_empty() {
        return view! { <p class="muted small">{t::no_audience_yet()}</p> }.into_any();
    }
    let choices: Vec<Choice> = audiences
        .into_iter()
        .map(|one| Choice::new(one.id.to_string(), t::audience_of(one.people as i64, one.name)))
        .collect();
    let value = desk.audience.get_untracked().map(|id| id.to_string()).unwrap_or_default();
    let picked = Callback::new(move |text: String| {
        if let Ok(id) = text.parse() {
            chosen.run(id);
        }
    });
    view! { <SelectField name="audience" label=t::audience() choices=choices value=value empty=t::choose_audience() on_input=picked/> }
        .into_any()
}

/// How many mails go out, and why not to all.
fn reach(desk: Desk) -> Option<AnyView> {
    let (reach, id) = desk.of.with(|of| (of.reach, of.campaign.audience));
    let (reach, id) = (reach?, id?);
    let left_out = (reach.suppressed + reach.pending > 0)
        .then(|| t::reach_left_out(number(reach.pending), number(reach.suppressed)));
    Some(
        view! {
            <p role="status">
                <span class="strong">{t::reach_of(reach.sendable() as i64)}</span>" "<span class="muted small">{left_out}</span>" "
                <a class="link small" href=paths::audience(id)>{t::see_people()}</a>
            </p>
        }
        .into_any(),
    )
}

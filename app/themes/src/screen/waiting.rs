//! The theme that waits for its time: how it is let wait, and what can be done about it meanwhile.
use base::{Problem, Timestamp};
use kit::{Banner, Button, Card, Kind, Size, Tell, Toasts, Tone, When};
use leptos::prelude::*;

use super::paint::WornPage;
use super::state::Studio;
use crate::model::{BrandTheme, ThemeSchedule};
use crate::rules;
use crate::t;
use crate::verbs::{PublishScheduledTheme, ScheduleTheme, TakeBackTheme};

/// What the reader typed as a moment, where the reader is.
pub(super) fn instant(typed: &str) -> Option<Timestamp> {
    rules::instant(typed, kit::offset_minutes)
}

/// In the dialog: now, or from a time on.
pub(super) fn choice(
    studio: Studio,
    later: RwSignal<bool>,
    at: RwSignal<String>,
    problem: RwSignal<Option<Problem>>,
) -> AnyView {
    let zone = access::me().user.time_zone;
    let toggled = move |event: leptos::ev::Event| {
        later.set(event_target_checked(&event));
        problem.set(None);
    };
    let fault = move || problem.with(|problem| problem.as_ref()?.of_field("at").map(kit::fault_words));
    let field = move || {
        let label = t::at_time(&zone);
        later.get().then(|| {
            view! {
                <div class="field">
                    <label for="publish-at">{label}</label>
                    <input type="datetime-local" class="input num" id="publish-at" required=true
                        prop:value=move || at.get() on:input=move |event| at.set(event_target_value(&event))
                        aria-invalid=move || fault().map(|_| "true") aria-describedby="publish-at-fault"/>
                    <p class="error" id="publish-at-fault" role="alert">{fault}</p>
                </div>
            }
        })
    };
    let body = move || {
        if studio.waits.get() {
            return view! { <p class="muted small">{t::one_waits()}</p> }.into_any();
        }
        view! {
            <label class="check">
                <input type="checkbox" id="publish-later" prop:checked=move || later.get() on:change=toggled/>
                <span>{t::publish_later()}</span>
            </label>
        }
        .into_any()
    };
    view! { {body}{field} }.into_any()
}

/// Above the versions, while a theme waits.
pub(super) fn card(of: BrandTheme, studio: Studio) -> AnyView {
    studio.learn(&of);
    let Some(waiting) = of.scheduled.clone() else { return ().into_any() };
    let overtaken = rules::was_overtaken(&of, &waiting);
    let toasts = use_context::<Toasts>();
    let page = WornPage::of(studio);
    let fail = move |problem: &Problem| {
        if let Some(toasts) = toasts {
            toasts.fail(kit::sentence(problem));
        }
    };
    let id = studio.id;
    let again = waiting.clone();
    let take_back = move |_| {
        let again = again.clone();
        leptos::task::spawn_local(async move {
            match kit::ask(TakeBackTheme { id }).await {
                Ok(of) => {
                    studio.learn(&of);
                    let undo = Callback::new(move |()| wait_again(studio, again.clone(), toasts));
                    if let Some(toasts) = toasts {
                        toasts.say_with_undo(t::taken_back(), undo);
                    }
                }
                Err(problem) => fail(&problem),
            }
        });
    };
    let publish = move |_| {
        leptos::task::spawn_local(async move {
            match kit::ask(PublishScheduledTheme { id }).await {
                Ok(of) => {
                    studio.learn(&of);
                    if let Some(page) = page {
                        page.wear(&of);
                    }
                    if let Some(toasts) = toasts {
                        toasts.say(t::published());
                    }
                }
                Err(problem) => fail(&problem),
            }
        });
    };
    let ThemeSchedule { theme, note, at, scheduled_by_name, .. } = waiting;
    let (colour, zone) = (theme.colour.to_string(), access::me().user.time_zone);
    let note = (!note.is_empty()).then(|| view! { <p>{note}</p> });
    let overtaken = overtaken.then(|| view! { <Banner tone=Tone::Warn>{t::overtaken()}</Banner> });
    view! {
        <Card title=t::waits_for_its_time() id="waiting">
            <div class="stack gap-16">
                <p class="line wrap">
                    <svg class="dot" width="14" height="14" aria-hidden="true"><rect width="14" height="14" rx="3" fill=colour.clone()></rect></svg>
                    <code>{colour}</code>
                    <span><When at=at tell=Tell::Absolute/>" ("{zone}")"</span>
                    <span class="muted small">{t::scheduled_by(scheduled_by_name)}</span>
                </p>
                {note}
                {overtaken}
                <div class="actions">
                    <Button size=Size::Small kind=Kind::Primary on_click=publish>{t::publish_now()}</Button>
                    <Button size=Size::Small on_click=take_back>{t::take_back()}</Button>
                </div>
            </div>
        </Card>
    }
    .into_any()
}

/// Lets what was taken back wait once more.
fn wait_again(studio: Studio, again: ThemeSchedule, toasts: Option<Toasts>) {
    let ask = ScheduleTheme { id: studio.id, theme: again.theme, note: again.note, at: again.at };
    leptos::task::spawn_local(async move {
        match (kit::ask(ask).await, toasts) {
            (Ok(of), _) => studio.learn(&of),
            (Err(problem), Some(toasts)) => toasts.fail(kit::sentence(&problem)),
            (Err(_), None) => {}
        }
    });
}

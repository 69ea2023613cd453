//! What is done with the whole: whether it is kept, a test, and the launch. On a phone it stays in sight.
use base::{CampaignId, Problem};
use creative::check::Weight;
use kit::{Banner, Button, Kind, Toasts, Tone, lucide};
use leptos::prelude::*;

use super::state::{Desk, Kept};
use crate::model::CampaignState;
use crate::t;
use crate::verbs::{LaunchCampaign, TakeBackCampaign, TestCampaign};
use crate::words::sentence;

pub(super) fn bar(desk: Desk) -> AnyView {
    let toasts = use_context::<Toasts>();
    let (testing, launching) = (RwSignal::new(false), RwSignal::new(false));
    let has_mail = desk.of.with_untracked(|of| of.has_mail());
    let refused = Signal::derive(move || stopped(desk));
    let test = move |_| {
        testing.set(true);
        desk.then(Callback::new(move |()| {
            leptos::task::spawn_local(async move {
                let answer = kit::ask(TestCampaign { id: desk.id, asset: None }).await;
                let _ = testing.try_set(false);
                match (answer, toasts) {
                    (Ok(sent), Some(toasts)) => toasts.say(t::test_sent(i64::from(sent.mails), sent.to)),
                    (Err(problem), Some(toasts)) => toasts.fail(sentence(problem)),
                    (_, None) => {}
                }
            });
        }));
    };
    let launch = move |_| {
        launching.set(true);
        desk.then(Callback::new(move |()| {
            leptos::task::spawn_local(async move {
                let version = desk.of.try_with_untracked(|of| of.campaign.version);
                let answer = kit::ask(LaunchCampaign { id: desk.id, version }).await;
                let _ = launching.try_set(false);
                match answer {
                    Ok(campaign) => {
                        tell(toasts, desk, campaign.id, campaign.state);
                        desk.refresh();
                    }
                    Err(problem) => fail(toasts, problem),
                }
            });
        }));
    };
    // What could not be kept gives the buttons back.
    Effect::new(move |_| {
        if matches!(desk.kept.get(), Kept::No(_)) {
            testing.set(false);
            launching.set(false);
        }
    });
    let kept = move || match desk.kept.get() {
        Kept::Waiting => view! { <span class="muted small">{t::keeping()}</span> }.into_any(),
        Kept::Yes => view! { <span class="muted small">{t::kept()}</span> }.into_any(),
        Kept::No(_) => ().into_any(),
    };
    let trouble = move || match desk.kept.get() {
        Kept::No(Problem::Stale) => {
            Some(view! { <Banner tone=Tone::Warn announce=true>{t::kept_elsewhere()}</Banner> })
        }
        Kept::No(problem) => {
            let words = faults(problem);
            Some(view! { <Banner tone=Tone::Bad announce=true>{words}</Banner> })
        }
        Kept::Yes | Kept::Waiting => None,
    };
    let test_button = has_mail.then(|| {
        view! { <Button icon=lucide::LuMail busy=testing on_click=test>{t::test_to_self()}</Button> }
    });
    let words = move || {
        let asks = desk.of.with(|of| {
            of.campaign.state != CampaignState::Approved
                && crate::rules::needs_approval(&of.found, of.rules.approval_needed)
        });
        if asks {
            t::hand_in()
        } else if desk.send_on.with(String::is_empty) {
            t::launch_now()
        } else {
            t::launch_later()
        }
    };
    view! {
        {trouble}
        <div class="campaign-bar">
            <span role="status">{kept}</span>
            <span class="end actions">
                {test_button}
                <Button id="launch" kind=Kind::Primary icon=lucide::LuRocket refused=refused busy=launching on_click=launch>{words}</Button>
            </span>
        </div>
    }
    .into_any()
}

/// All that is wrong in one line: the field's own words where there are some.
fn faults(problem: Problem) -> String {
    match &problem {
        Problem::Invalid { errors } => errors.iter().map(kit::fault_words).collect::<Vec<_>>().join(" "),
        _ => sentence(problem),
    }
}

/// Why it cannot be launched as it stands.
fn stopped(desk: Desk) -> Option<String> {
    desk.of.with(|of| {
        let stops = of.found.iter().filter(|one| one.weight == Weight::Stops).count();
        if stops > 0 {
            return Some(t::stops_found(stops as i64));
        }
        if !of.has_mail() {
            return None;
        }
        match of.reach {
            None => Some(t::choose_people_first().to_owned()),
            Some(reach) if reach.sendable() == 0 => Some(t::nobody_to_write_to().to_owned()),
            Some(_) => None,
        }
    })
}

fn fail(toasts: Option<Toasts>, problem: Problem) {
    if let Some(toasts) = toasts {
        toasts.fail(sentence(problem));
    }
}

/// Says what became of it, and offers the way back.
fn tell(toasts: Option<Toasts>, desk: Desk, id: CampaignId, state: CampaignState) {
    let Some(toasts) = toasts else { return };
    let words = match state {
        CampaignState::AwaitingApproval => t::handed_in(),
        _ if desk.send_on.with_untracked(String::is_empty) => t::goes_out_now(),
        _ => t::goes_out_later(),
    };
    let undo = Callback::new(move |()| {
        leptos::task::spawn_local(async move {
            match kit::ask(TakeBackCampaign { id, version: None }).await {
                Ok(_) => desk.refresh(),
                Err(problem) => fail(Some(toasts), problem),
            }
        });
    });
    toasts.say_with_undo(words, undo);
}

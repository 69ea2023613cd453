//! Before everybody sees it, and before nobody may use it: the dialogs of publishing and recalling.
use base::Problem;
use creative::check::Weight;
use kit::{Button, Dialog, Kind, TextArea, Toasts};
use leptos::prelude::*;

use super::state::Desk;
use crate::sample;
use crate::t;
use crate::verbs::{PublishKit, RecallKit};
use crate::words::in_words;

/// The version that is about to be recalled.
#[derive(Clone, Copy)]
pub(super) struct Recalling(pub(super) RwSignal<Option<u32>>);

/// How many findings of all pieces in all languages stop them, and how many ask for a look.
fn found(desk: Desk) -> (i64, i64) {
    let found = desk.content.with(sample::found);
    let count = |weight| found.iter().filter(|one| one.weight == weight).count() as i64;
    (count(Weight::Stops), count(Weight::Asks))
}

pub(super) fn publish(desk: Desk, open: RwSignal<bool>) -> AnyView {
    let toasts = use_context::<Toasts>();
    let (note, problem, busy) =
        (RwSignal::new(String::new()), RwSignal::new(None::<Problem>), RwSignal::new(false));
    let act = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let ask = PublishKit {
            id: desk.id,
            note: note.get_untracked(),
            version: Some(desk.kit.with_untracked(|kit| kit.version)),
        };
        leptos::task::spawn_local(async move {
            let answer = kit::ask(ask).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(of) => {
                    desk.settle(&of);
                    let _ = (open.try_set(false), note.try_set(String::new()), problem.try_set(None));
                    if let Some(toasts) = toasts {
                        toasts.say(t::published_said(of.kit.number));
                    }
                }
                Err(refused) => drop(problem.try_set(Some(in_words(refused)))),
            }
        });
    };
    let faults = move || {
        let count = desk.faults().with(Vec::len);
        let (stops, asks) = if open.get() { found(desk) } else { (0, 0) };
        view! {
            {(count > 0).then(|| view! { <p class="strong">{t::faults_left(i64::try_from(count).unwrap_or(i64::MAX))}</p> })}
            {(stops > 0).then(|| view! { <p class="strong">{t::stops_left(stops)}</p> })}
            {(asks > 0).then(|| view! { <p class="muted">{t::asks_left(asks)}</p> })}
        }
    };
    let close = move |()| {
        open.set(false);
        problem.set(None);
    };
    let refused = MaybeProp::derive(move || {
        use super::state::Kept;
        let waits = !matches!(desk.kept.get(), Kept::Yes);
        if desk.faults().with(|faults| !faults.is_empty()) {
            Some(t::finish_first().to_owned())
        } else {
            waits.then(|| t::keeping().to_owned())
        }
    });
    let footer = view! {
        <Button on_click=move |_| close(())>{t::cancel()}</Button>
        <Button kind=Kind::Primary busy=busy refused=refused on_click=act id="publish-now">{t::publish_now()}</Button>
    }
    .into_any();
    view! {
        <Dialog id="publish" title=t::publish_title() open=open on_close=close footer=footer>
            <div class="stack gap-16">
                {move || problem.get().map(kit::problem_view)}
                <p>{t::publish_note()}</p>
                {faults}
                <TextArea name="note" id="publish-note" label=t::note() help=t::note_help() bind=note optional=true maxlength=500 rows=2/>
            </div>
        </Dialog>
    }
    .into_any()
}

pub(super) fn recall(desk: Desk, number: RwSignal<Option<u32>>) -> AnyView {
    let toasts = use_context::<Toasts>();
    let (reason, problem, busy) =
        (RwSignal::new(String::new()), RwSignal::new(None::<Problem>), RwSignal::new(false));
    let open = Signal::derive(move || number.get().is_some());
    let act = move |_| {
        if busy.get_untracked() {
            return;
        }
        let ask = RecallKit { id: desk.id, number: number.get_untracked(), reason: reason.get_untracked() };
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = kit::ask(ask).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(of) => {
                    desk.settle(&of);
                    let _ = (number.try_set(None), reason.try_set(String::new()), problem.try_set(None));
                    if let Some(toasts) = toasts {
                        toasts.say(t::recalled_said());
                    }
                }
                Err(refused) => drop(problem.try_set(Some(in_words(refused)))),
            }
        });
    };
    let close = move |()| {
        number.set(None);
        problem.set(None);
    };
    let fault = MaybeProp::derive(move || {
        let fault = problem.with(|problem| problem.as_ref()?.of_field("reason").cloned());
        fault.map(|fault| crate::words::fault_words(&fault))
    });
    let title = move || number.get().map(t::recall_title).unwrap_or_default();
    let footer = view! {
        <Button on_click=move |_| close(())>{t::cancel()}</Button>
        <Button kind=Kind::Fatal busy=busy on_click=act id="recall-now">{t::recall_now()}</Button>
    }
    .into_any();
    view! {
        <Dialog id="recall" title=t::recall() open=open on_close=close footer=footer>
            <div class="stack gap-16">
                {move || problem.get().filter(|problem| problem.of_field("reason").is_none()).map(kit::problem_view)}
                <p class="strong">{title}</p>
                <p>{t::recall_note()}</p>
                <TextArea name="reason" id="recall-reason" label=t::reason() help=t::reason_help() bind=reason error=fault required=true maxlength=500 rows=2/>
            </div>
        </Dialog>
    }
    .into_any()
}

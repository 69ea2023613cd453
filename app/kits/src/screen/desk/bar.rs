//! What is done with the whole: back, again, throw away, publish and the rest; and whether it is kept.
use kit::{Banner, Button, Kind, Size, Toasts, Tone, lucide};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::dialogs;
use super::state::{Desk, Kept};
use crate::model::{KitState, WholeKit};
use crate::screen::parts::state_tag;
use crate::t;
use crate::verbs::{CreateKit, DeleteKit, DiscardKitDraft, RetireKit};
use crate::words::in_words;

pub(super) fn bar(desk: Desk, of: &WholeKit) -> AnyView {
    let publishing = RwSignal::new(false);
    let recall =
        use_context::<dialogs::Recalling>().map(|dialogs::Recalling(number)| dialogs::recall(desk, number));
    let drafted = Memo::new(move |_| desk.kit.with(|kit| kit.is_drafted) || desk.kept.get() != Kept::Yes);
    let state = move || match desk.kept.get() {
        Kept::Waiting => view! { <span class="muted small">{t::keeping()}</span> }.into_any(),
        Kept::Unfinished => view! { <span class="small strong">{t::unfinished()}</span> }.into_any(),
        Kept::Yes if !drafted.get() => {
            view! { <span class="muted small">{t::as_published()}</span> }.into_any()
        }
        Kept::Yes => view! { <span class="muted small">{t::kept()}</span> }.into_any(),
        Kept::No(_) => ().into_any(),
    };
    let refused = move || match desk.kept.get() {
        Kept::No(base::Problem::Stale) => {
            Some(view! { <Banner tone=Tone::Warn>{t::kept_elsewhere()}</Banner> })
        }
        Kept::No(problem) => {
            let words = kit::sentence(&in_words(problem));
            Some(view! { <Banner tone=Tone::Bad>{words}</Banner> })
        }
        _ => None,
    };
    let recalled = move || {
        let is_recalled = desk.kit.with(|kit| kit.state == KitState::Recalled);
        is_recalled.then(|| view! { <Banner tone=Tone::Bad>{t::is_recalled()}</Banner> })
    };
    let name = move || desk.content.with(|content| content.name.clone());
    let about = format!("{} · {}", of.kit.brand_name, of.kit.program_name);
    let version = move || {
        let number = desk.kit.with(|kit| kit.number);
        (number > 0).then(|| view! { <span class="muted small">{t::version_number(number)}</span> })
    };
    view! {
        <div class="head studio-bar needs-script">
            <div>
                <h2 class="title">{name}</h2>
                <p class="muted small">{about}</p>
            </div>
            {move || desk.kit.with(state_tag)}
            {version}
            <span role="status">{state}</span>
            <span class="end actions">
                <Button size=Size::Small icon=lucide::LuUndo2 label=t::undo() refused=refusal(move || desk.can_undo()) on_click=move |_| desk.undo()/>
                <Button size=Size::Small icon=lucide::LuRedo2 label=t::redo() refused=refusal(move || desk.can_redo()) on_click=move |_| desk.redo()/>
                {more(desk, drafted)}
                <Button kind=Kind::Primary size=Size::Small refused=refusal(move || drafted.get() || desk.kit.with(|kit| kit.state != KitState::Published))
                    on_click=move |_| { desk.strict.set(true); publishing.set(true); } id="publish-kit">{t::publish()}</Button>
            </span>
        </div>
        {refused}
        {recalled}
        {dialogs::publish(desk, publishing)}
        {recall}
    }
    .into_any()
}

/// Why a button does nothing now.
fn refusal(can: impl Fn() -> bool + Send + Sync + 'static) -> MaybeProp<String> {
    MaybeProp::derive(move || (!can()).then(|| t::nothing_to_do().to_owned()))
}

/// What fits the state the kit is in.
fn more(desk: Desk, drafted: Memo<bool>) -> AnyView {
    let toasts = use_context::<Toasts>();
    let navigate = use_navigate();
    let recalling = use_context::<dialogs::Recalling>();
    let fail = move |problem| {
        if let Some(toasts) = toasts {
            toasts.fail(kit::sentence(&in_words(problem)));
        }
    };
    let discard = move |_| {
        let before = desk.content.get_untracked();
        leptos::task::spawn_local(async move {
            match kit::ask(DiscardKitDraft { id: desk.id }).await {
                Ok(of) => {
                    desk.settle(&of);
                    let again = Callback::new(move |()| {
                        if !desk.is_gone() {
                            let before = before.clone();
                            desk.change("", move |content| *content = before);
                        }
                    });
                    if let Some(toasts) = toasts {
                        toasts.say_with_undo(t::discarded(), again);
                    }
                }
                Err(problem) => fail(problem),
            }
        });
    };
    let retire = move |_| {
        leptos::task::spawn_local(async move {
            match kit::ask(RetireKit { id: desk.id }).await {
                Ok(of) => {
                    desk.settle(&of);
                    if let Some(toasts) = toasts {
                        toasts.say(t::retired_said());
                    }
                }
                Err(problem) => fail(problem),
            }
        });
    };
    let to = navigate.clone();
    let copy = move |_| {
        let to = to.clone();
        let (program, name) = (
            desk.kit.with_untracked(|kit| kit.program),
            desk.content.with_untracked(|content| t::copy_named(&content.name)),
        );
        let name = Some(name.chars().take(120).collect());
        leptos::task::spawn_local(async move {
            let ask =
                CreateKit { program, name, topic: None, ready: None, copy_of: Some(desk.id), language: None };
            match kit::ask(ask).await {
                Ok(of) => to(&kit::paths::kit(of.kit.id), Default::default()),
                Err(problem) => fail(problem),
            }
        });
    };
    let deleting = RwSignal::new(false);
    let delete = move |()| {
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            match kit::ask(DeleteKit { id: desk.id }).await {
                Ok(_) => navigate(kit::paths::KITS, Default::default()),
                Err(problem) => {
                    let _ = deleting.try_set(false);
                    fail(problem);
                }
            }
        });
    };
    let buttons = move || {
        let (state, number) = desk.kit.with(|kit| (kit.state, kit.number));
        let take_back = move |_| {
            if let Some(dialogs::Recalling(recalling)) = recalling {
                recalling.set(Some(number));
            }
        };
        let discard = (state != KitState::Draft && drafted.get())
            .then(|| view! { <Button size=Size::Small on_click=discard>{t::discard()}</Button> });
        let retire = (state == KitState::Published)
            .then(|| view! { <Button size=Size::Small on_click=retire>{t::retire()}</Button> });
        let recall = matches!(state, KitState::Published | KitState::Retired).then(|| {
            view! { <Button size=Size::Small kind=Kind::Danger on_click=take_back id="recall-kit">{t::recall()}</Button> }
        });
        let delete = (state == KitState::Draft).then(|| {
            view! { <Button size=Size::Small kind=Kind::Danger on_click=move |_| deleting.set(true)>{t::delete_kit()}</Button> }
        });
        view! { {discard}{retire}{recall}{delete} }
    };
    view! {
        <Button size=Size::Small icon=lucide::LuCopy on_click=copy>{t::make_copy()}</Button>
        {buttons}
        <kit::Confirm id="delete-kit" title=t::delete_title() consequence=t::delete_consequence() action=t::delete_kit()
            open=deleting on_close=move |()| deleting.set(false) on_confirm=delete/>
    }
    .into_any()
}

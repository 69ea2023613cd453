//! Toasts: what just happened, and for ten seconds the way back.
use std::time::Duration;

use leptos::prelude::*;

use crate::icon::{Icon, lucide};
use crate::t;
use crate::tone::Tone;

/// How long a toast stays; longer while it is looked at.
const STAYS: Duration = Duration::from_secs(10);

/// One message.
#[derive(Clone)]
struct Toast {
    id: u64,
    words: String,
    tone: Tone,
    undo: Option<Callback<()>>,
}

/// The messages that are shown. The frame provides it; everyone may speak.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    /// The message that is looked at, which therefore stays.
    held: RwSignal<Option<u64>>,
    last: StoredValue<u64>,
}

impl Toasts {
    /// Makes a place for messages known; call it in the frame.
    #[must_use]
    pub fn provide() -> Self {
        let toasts =
            Self { shown: RwSignal::new(Vec::new()), held: RwSignal::new(None), last: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    /// Says that something was done.
    pub fn say(self, words: impl Into<String>) {
        self.push(words.into(), Tone::Good, None);
    }

    /// Says that something went wrong.
    pub fn fail(self, words: impl Into<String>) {
        self.push(words.into(), Tone::Bad, None);
    }

    /// Says that something was done, and offers to undo it.
    pub fn say_with_undo(self, words: impl Into<String>, undo: impl Into<Callback<()>>) {
        self.push(words.into(), Tone::Good, Some(undo.into()));
    }

    fn push(self, words: String, tone: Tone, undo: Option<Callback<()>>) {
        let id = self.last.try_update_value(|last| {
            *last += 1;
            *last
        });
        let Some(id) = id else { return };
        self.shown.try_update(|shown| {
            if shown.len() > 2 {
                shown.remove(0);
            }
            shown.push(Toast { id, words, tone, undo });
        });
        self.leave_later(id, STAYS);
    }

    fn leave_later(self, id: u64, after: Duration) {
        set_timeout(
            move || {
                if self.held.try_get_untracked().flatten() == Some(id) {
                    self.leave_later(id, Duration::from_secs(2));
                } else {
                    self.dismiss(id);
                }
            },
            after,
        );
    }

    fn dismiss(self, id: u64) {
        self.shown.try_update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// Where the messages stand. One in the frame.
#[component]
pub fn ToastRegion(toasts: Toasts) -> impl IntoView {
    view! {
        <div class="toasts" role="region" aria-label=t::messages() aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.id let:toast>
                <ToastView toast=toast toasts=toasts />
            </For>
        </div>
    }
}

#[component]
fn ToastView(toast: Toast, toasts: Toasts) -> impl IntoView {
    let Toast { id, words, tone, undo } = toast;
    let undo = undo.map(|undo| {
        let click = move |_| {
            undo.run(());
            toasts.dismiss(id);
        };
        view! { <button type="button" class="button small" on:click=click>{t::undo()}</button> }
    });
    view! {
        <div on:mouseenter=move |_| toasts.held.set(Some(id)) on:mouseleave=move |_| toasts.held.set(None)>
            <ToastLook words=words tone=tone end=view! {
                {undo}
                <button type="button" class="button small icon" aria-label=t::close() on:click=move |_| toasts.dismiss(id)>
                    <Icon of=lucide::LuX />
                </button>
            }.into_any() />
        </div>
    }
}

/// One message as it looks.
#[component]
pub fn ToastLook(
    #[prop(into)] words: String,
    #[prop(optional)] tone: Tone,
    #[prop(optional)] end: Option<AnyView>,
) -> impl IntoView {
    let icon = if tone == Tone::Bad { lucide::LuCircleAlert } else { lucide::LuCheck };
    view! {
        <div class="toast">
            <Icon of=icon />
            <span class="words">{words}</span>
            {end}
            <span class="left" aria-hidden="true"></span>
        </div>
    }
}

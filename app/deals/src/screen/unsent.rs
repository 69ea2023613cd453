//! The banner that names what waits on this device: go on with it, or throw it away.
use kit::{Banner, Button, Kind, LinkButton, Size, Toasts, Tone, When, paths};
use leptos::prelude::*;

use super::parts::name_of;
use super::shelf::Shelf;
use crate::rules::shelf::Unsent;
use crate::t;

/// What the lines of the banner do.
#[derive(Clone, Copy)]
struct Hands {
    shelf: StoredValue<Shelf>,
    waiting: RwSignal<Vec<Unsent>>,
    /// The draft that is in the form.
    open: Option<StoredValue<String>>,
    toasts: Option<Toasts>,
}

/// The banner; nothing while nothing waits. `open` is the draft that is in the form.
pub(super) fn banner(open: Option<StoredValue<String>>) -> AnyView {
    let hands = Hands {
        shelf: StoredValue::new(Shelf::mine()),
        waiting: RwSignal::new(Vec::new()),
        open,
        toasts: use_context::<Toasts>(),
    };
    // After hydration only: the server does not know what this browser keeps.
    Effect::new(move |_| {
        hands.look();
        kit::on_put_elsewhere(move || hands.look());
    });
    let shown = move || {
        let waiting = hands.waiting.get();
        if waiting.is_empty() {
            return ().into_any();
        }
        let title = t::unsent_title(i64::try_from(waiting.len()).unwrap_or(i64::MAX));
        let lines = waiting.into_iter().map(|unsent| hands.line(unsent)).collect_view();
        view! {
            <Banner tone=Tone::Neutral>
                <p class="strong">{title}</p>
                <ul class="stack gap-4">{lines}</ul>
            </Banner>
        }
        .into_any()
    };
    view! { <div class="unsent needs-script" aria-live="polite">{shown}</div> }.into_any()
}

impl Hands {
    fn look(self) {
        let Some(mut all) = self.shelf.try_with_value(Shelf::all) else { return };
        let open = self.open.and_then(|open| open.try_get_value());
        all.retain(|one| Some(&one.key) != open.as_ref());
        if self.waiting.try_with_untracked(|now| *now != all) == Some(true) {
            let _ = self.waiting.try_set(all);
        }
    }

    fn line(self, unsent: Unsent) -> AnyView {
        let name = name_of(unsent.typed.text("name"));
        let (href, at) = (paths::unsent(&unsent.key), unsent.at);
        let queued = unsent.submit.then(|| format!(" · {}", t::kept_queued()));
        let (go_on, discard) = (t::unsent_go_on_with(&name), t::unsent_discard_of(&name));
        view! {
            <li class="line wrap gap-8">
                <span class="grow">
                    <span class="strong break">{name}</span>" "
                    <span class="muted small"><When at=at/>{queued}</span>
                </span>
                <span class="line gap-8">
                    <LinkButton href=href size=Size::Small label=go_on>{t::unsent_go_on()}</LinkButton>
                    <Button kind=Kind::Quiet size=Size::Small label=discard on_click=move |_| self.discard(&unsent)>{t::unsent_discard()}</Button>
                </span>
            </li>
        }
        .into_any()
    }

    /// Throws a draft away; for ten seconds it can be had back.
    fn discard(self, unsent: &Unsent) {
        self.shelf.with_value(|shelf| shelf.remove(&unsent.key));
        self.look();
        let Some(toasts) = self.toasts else { return };
        let (shelf, back) = (self.shelf.get_value(), unsent.clone());
        let words = t::unsent_discarded(name_of(unsent.typed.text("name")));
        // Of nobody's: the way back outlives the line that is gone now, and the page.
        leptos::task::spawn_local(async move {
            toasts.say_with_undo(words, move || {
                let _ = shelf.put(&back);
                kit::put_here();
            });
        });
    }
}

//! The bell of the top bar: how many messages are unread, and a quiet word when something changed.
use kit::live::Live;
use kit::{Icon, lucide, paths};
use leptos::prelude::*;

use crate::model::NoticeCount;
use crate::t;

/// A screen reader hears of changes at most so often.
#[cfg(not(feature = "ssr"))]
const QUIET: std::time::Duration = std::time::Duration::from_secs(10);
/// Long enough for a reader to see that there was nothing.
#[cfg(not(feature = "ssr"))]
const SOON: std::time::Duration = std::time::Duration::from_millis(100);

/// The count of the whole frame, for the inbox in it.
#[derive(Clone, Copy)]
pub struct Unread(pub kit::Asked<NoticeCount>);

/// The way to the inbox, with the number of unread messages.
#[component]
pub fn InboxBell(
    /// The count, asked once for the whole frame.
    count: kit::Asked<NoticeCount>,
) -> impl IntoView {
    view! {
        <a class="button quiet icon inbox-bell" href=paths::INBOX title=t::inbox_title()>
            <Icon of=lucide::LuBell/>
            <span class="visually-hidden">{t::inbox_title()}</span>
            <Transition>
                {move || count.get().map(|count| badge(count.map_or(0, |count| count.unread)))}
            </Transition>
        </a>
        <Summary/>
    }
}

fn badge(unread: u64) -> Option<impl IntoView> {
    let shown = if unread > 99 { "99+".to_owned() } else { unread.to_string() };
    (unread > 0).then(|| {
        view! {
            <span class="badge-count">
                <span aria-hidden="true">{shown}</span>
                <span class="visually-hidden">" · "{t::unread_count(unread as i64)}</span>
            </span>
        }
    })
}

/// Says politely that something on the page changed.
#[component]
fn Summary() -> impl IntoView {
    let words = RwSignal::new(String::new());
    if let Some(live) = use_context::<Live>() {
        gather(live, words);
    }
    view! { <p class="visually-hidden" role="status" aria-live="polite">{move || words.get()}</p> }
}

#[cfg(not(feature = "ssr"))]
fn gather(live: Live, words: RwSignal<String>) {
    let waiting = StoredValue::new(0_i64);
    Effect::new(move |before: Option<()>| {
        // What came before this page was made is on it.
        live.last.track();
        if before.is_none() {
            return;
        }
        let before = waiting.try_update_value(|count| {
            *count += 1;
            *count
        });
        if before == Some(1) {
            set_timeout(
                move || {
                    if let Some(count) = waiting.try_update_value(std::mem::take) {
                        // Emptied first: the same words once more would not be heard.
                        let _ = words.try_set(String::new());
                        set_timeout(move || drop(words.try_set(t::changes(count))), SOON);
                    }
                },
                QUIET,
            );
        }
    });
}

#[cfg(feature = "ssr")]
fn gather(_: Live, _: RwSignal<String>) {}

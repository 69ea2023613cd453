//! What is on every page of the search: the keys that work everywhere, and the button. The palette itself is loaded when
//! it is opened.
use std::time::Duration;

use base::Side;
use kit::{Icon, lucide};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::Event;
use leptos_router::hooks::use_navigate;

use super::keys::{Press, read};
use crate::t;

/// What the button of the top bar sends to the palette.
const FIND: &str = "rialto-find";
/// A jump is over when its second key does not come.
const JUMP: Duration = Duration::from_millis(1500);

/// Opens the palette, in every top bar.
#[component]
pub fn FindButton() -> impl IntoView {
    let open = |_| {
        if let Ok(event) = Event::new(FIND) {
            let _ = window().dispatch_event(&event);
        }
    };
    view! {
        <button type="button" class="find needs-script" aria-haspopup="dialog" aria-keyshortcuts="Control+K Meta+K" on:click=open>
            <Icon of=lucide::LuSearch/>
            <span>{t::find()}</span>
            <kbd aria-hidden="true">{t::key_ctrl()}" K"</kbd>
        </button>
    }
}

/// What is open; it lives as long as the frame.
#[derive(Clone, Copy, Debug)]
pub struct Finder {
    pub palette: RwSignal<bool>,
    /// The sheet of shortcuts.
    pub sheet: RwSignal<bool>,
    /// What is typed in the palette.
    pub typed: RwSignal<String>,
    pub side: Option<Side>,
}

impl Finder {
    /// Listens to the keys and to the button, until the frame goes.
    #[must_use]
    pub fn listening() -> Self {
        let side = access::me().side();
        let finder = Self {
            palette: RwSignal::new(false),
            sheet: RwSignal::new(false),
            typed: RwSignal::new(String::new()),
            side,
        };
        let navigate = use_navigate();
        Effect::new(move |_| {
            let navigate = navigate.clone();
            listen(finder, move |path| navigate(path, Default::default()));
        });
        finder
    }

    /// Whether there is something to show.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.palette.get() || self.sheet.get()
    }

    /// Closes both.
    pub fn close(self) {
        let _ = self.palette.try_set(false);
        let _ = self.sheet.try_set(false);
    }
}

/// Stands for what was asked for until its code is there: keys that are pressed meanwhile are typed into it and not
/// obeyed by the page below.
#[component]
pub fn Opening(finder: Finder) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        let _ = dialog.show_modal();
        // Gives the focus back, so that what comes instead knows where it was.
        on_cleanup(move || dialog.close());
    });
    view! {
        <dialog class="dialog palette" aria-label=t::find() aria-busy="true" node_ref=node on:cancel=move |_: Event| finder.close()>
            <div class="ask">
                <Icon of=lucide::LuSearch/>
                <input
                    type="text"
                    aria-label=t::find()
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=t::placeholder()
                    on:input=move |event| finder.typed.set(event_target_value(&event))
                />
            </div>
        </dialog>
    }
    .into_any()
}

fn listen(finder: Finder, go: impl Fn(&'static str) + 'static) {
    let begun = StoredValue::new(false);
    let keys = window_event_listener(ev::keydown, move |event| {
        let was = begun.try_update_value(std::mem::take).unwrap_or_default();
        match read(&event, finder.side, was) {
            Press::Palette => {
                event.prevent_default();
                let _ = finder.palette.try_update(|open| *open = !*open);
            }
            Press::Sheet => {
                let _ = finder.sheet.try_set(true);
            }
            Press::Begin => {
                begun.try_update_value(|begun| *begun = true);
                set_timeout(
                    move || {
                        begun.try_update_value(|begun| *begun = false);
                    },
                    JUMP,
                );
            }
            Press::Go(path) => {
                event.prevent_default();
                go(path);
            }
            Press::Nothing => {}
        }
    });
    let find = window_event_listener_untyped(FIND, move |_| {
        let _ = finder.palette.try_set(true);
    });
    on_cleanup(move || {
        keys.remove();
        find.remove();
    });
}

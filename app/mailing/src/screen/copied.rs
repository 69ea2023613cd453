//! A value to be put somewhere else, with a button that copies it.
use kit::{Button, Size, lucide};
use leptos::prelude::*;

use crate::t;

/// One line of a record: what it is, the value, and a button that copies it.
#[component]
pub(super) fn Copied(#[prop(into)] label: String, #[prop(into)] value: String) -> impl IntoView {
    let copied = RwSignal::new(false);
    let text = value.clone();
    let click = move |_| {
        copy(&text);
        copied.set(true);
    };
    let name = t::copy_what(&label);
    view! {
        <div class="record-line">
            <span class="muted small">{label}</span>
            <code class="break">{value}</code>
            <span class="needs-script">
                <Button size=Size::Small icon=lucide::LuCopy label=name on_click=click>
                    {move || if copied.get() { t::copied() } else { t::copy() }}
                </Button>
            </span>
            <span class="visually-hidden" role="status">{move || copied.get().then(t::copied)}</span>
        </div>
    }
    .into_any()
}

fn copy(text: &str) {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    if let Some(window) = web_sys::window() {
        let _ = window.navigator().clipboard().write_text(text);
    }
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    let _ = text;
}

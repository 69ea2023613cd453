//! The panel over a list that shows one of its records. It has its own address; Esc and the cross lead back.
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use crate::icon::{Icon, lucide};
use crate::t;

/// A panel at the end of the screen; on a phone a sheet.
#[component]
pub fn Peek(
    #[prop(into)] title: String,
    /// The list without the panel.
    #[prop(into)]
    close_href: String,
    /// The record's own page.
    #[prop(optional, into)]
    page_href: Option<String>,
    /// Stays below: what can be done with the record.
    #[prop(optional)]
    footer: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let close = NodeRef::<html::A>::new();
    let panel = NodeRef::<html::Aside>::new();
    Effect::new(move |_| {
        if let Some(panel) = panel.get() {
            crate::focus::focus_first(&panel, "h2");
        }
    });
    Effect::new(move |_| {
        let listening = window_event_listener(ev::keydown, move |event| {
            let inside_dialog = document().query_selector("dialog[open]").is_ok_and(|open| open.is_some());
            // A panel that stood in while its record was awaited listens on; a click on its link, which is no
            // longer in the page, would pass the router by and load the page anew.
            if event.key() == "Escape"
                && !event.default_prevented()
                && !inside_dialog
                && let Some(close) = close.get_untracked().filter(|close| close.is_connected())
            {
                close.click();
            }
        });
        on_cleanup(move || listening.remove());
    });
    let (name, scrim_href) = (title.clone(), close_href.clone());
    view! {
        <a class="peek-scrim" href=scrim_href tabindex="-1" aria-hidden="true"></a>
        <aside class="peek" aria-label=name node_ref=panel>
            <header>
                <h2 tabindex="-1">{title}</h2>
                <span class="end">
                    {page_href.map(|href| view! {
                        <a class="button quiet icon" href=href aria-label=t::open_page() title=t::open_page()><Icon of=lucide::LuMaximize2 /></a>
                    })}
                    <a class="button quiet icon" href=close_href aria-label=t::close() title=t::close() node_ref=close><Icon of=lucide::LuX /></a>
                </span>
            </header>
            <div class="body">{children()}</div>
            {footer.map(|footer| view! { <footer>{footer}</footer> })}
        </aside>
    }
}

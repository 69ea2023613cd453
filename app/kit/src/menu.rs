//! Menus that open below a button; they work without script, with script also by arrow keys and Esc.
use leptos::ev::{self, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Node;

use crate::icon::{Drawing, Icon, lucide};

/// A menu. Its items are links and buttons of class `item`; [`MenuLink`] and [`MenuButton`] are such.
#[component]
pub fn Menu(
    /// What the button shows.
    summary: AnyView,
    /// The accessible name of a button without words.
    #[prop(optional, into)]
    label: Option<String>,
    /// The look of the button.
    #[prop(default = "button")]
    class: &'static str,
    /// Grows from the end of the button instead of its start.
    #[prop(optional)]
    ends: bool,
    /// Opens upwards.
    #[prop(optional)]
    above: bool,
    /// For a form or text instead of a list of items.
    #[prop(optional)]
    roomy: bool,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Details>::new();
    Effect::new(move |_| {
        let listening = window_event_listener(ev::click, move |event| {
            let Some(menu) = node.get_untracked() else { return };
            let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
            let chose = target
                .as_ref()
                .and_then(|node| node.dyn_ref::<leptos::web_sys::Element>())
                .is_some_and(|element| element.closest(".item").is_ok_and(|item| item.is_some()));
            if menu.open() && (chose || !menu.contains(target.as_ref())) {
                menu.set_open(false);
            }
        });
        on_cleanup(move || listening.remove());
    });
    let mut classes = String::from("menu");
    for (on, name) in [(ends, " ends"), (above, " above")] {
        if on {
            classes.push_str(name);
        }
    }
    view! {
        <details class=classes node_ref=node on:keydown=move |event| move_in(node, &event)>
            <summary class=class aria-label=label.clone() title=label>{summary}</summary>
            <div class=if roomy { "pop roomy" } else { "pop" }>{children()}</div>
        </details>
    }
}

#[cfg(feature = "ssr")]
fn move_in(_: NodeRef<html::Details>, _: &KeyboardEvent) {}

#[cfg(not(feature = "ssr"))]
fn move_in(node: NodeRef<html::Details>, event: &KeyboardEvent) {
    let Some(menu) = node.get_untracked() else { return };
    let step: i32 = match event.key().as_str() {
        "Escape" if menu.open() => {
            event.prevent_default();
            event.stop_propagation();
            menu.set_open(false);
            focus(menu.query_selector("summary").ok().flatten());
            return;
        }
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    event.prevent_default();
    menu.set_open(true);
    let Ok(items) = menu.query_selector_all(".item") else { return };
    let count = items.length() as i32;
    if count == 0 {
        return;
    }
    let focused = document().active_element();
    let at = (0..count).find(|place| {
        let item = items.item(*place as u32);
        item.as_ref().zip(focused.as_ref()).is_some_and(|(item, focused)| item.is_same_node(Some(focused)))
    });
    let next = at.map_or(if step > 0 { 0 } else { count - 1 }, |at| (at + step).rem_euclid(count));
    focus(items.item(next as u32).and_then(|item| item.dyn_into().ok()));
}

#[cfg(not(feature = "ssr"))]
fn focus(element: Option<leptos::web_sys::Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<leptos::web_sys::HtmlElement>().ok())
    {
        let _ = element.focus();
    }
}

/// An item that goes somewhere.
#[component]
pub fn MenuLink(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] note: Option<String>,
    #[prop(optional)] icon: Option<Drawing>,
    /// Whether this is where one is; it gets a tick.
    #[prop(optional)]
    current: bool,
    /// Before the words, in place of an icon.
    #[prop(optional_no_strip)]
    lead: Option<AnyView>,
    /// Behind the words: a count.
    #[prop(optional_no_strip)]
    end: Option<AnyView>,
) -> impl IntoView {
    view! {
        <a class="item" href=href aria-current=current.then_some("true")>
            {icon.map(|icon| view! { <Icon of=icon /> })}
            {lead}
            <span class="what"><span>{label}</span>{note.map(|note| view! { <small>{note}</small> })}</span>
            {end}
            {current.then(|| view! { <Icon of=lucide::LuCheck class="tick" /> })}
        </a>
    }
}

/// An item that does something.
#[component]
pub fn MenuButton(
    #[prop(into)] label: String,
    #[prop(optional, into)] note: Option<String>,
    #[prop(optional)] icon: Option<Drawing>,
    /// Takes something away.
    #[prop(optional)]
    danger: bool,
    /// Why it cannot be done now.
    #[prop(optional, into)]
    refused: Option<String>,
    /// Sends the form it stands in.
    #[prop(optional)]
    submit: bool,
    #[prop(optional, into)] on_click: Option<Callback<()>>,
    /// Before the words, in place of an icon.
    #[prop(optional_no_strip)]
    lead: Option<AnyView>,
    /// Behind the words: a count.
    #[prop(optional_no_strip)]
    end: Option<AnyView>,
) -> impl IntoView {
    let stopped = refused.is_some();
    let click = move |_| {
        if let (false, Some(on_click)) = (stopped, on_click) {
            on_click.run(());
        }
    };
    view! {
        <button
            type=if submit && !stopped { "submit" } else { "button" }
            class=if danger { "item danger" } else { "item" }
            aria-disabled=stopped.then_some("true")
            on:click=click
        >
            {icon.map(|icon| view! { <Icon of=icon /> })}
            {lead}
            <span class="what"><span>{label}</span>{refused.or(note).map(|note| view! { <small>{note}</small> })}</span>
            {end}
        </button>
    }
}

/// A line between groups, or their heading.
#[component]
pub fn MenuHeading(#[prop(into)] label: String) -> impl IntoView {
    view! { <p class="heading">{label}</p> }
}

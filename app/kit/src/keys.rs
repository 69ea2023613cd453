//! Single keys that work on a whole page while nobody is typing.
use std::rc::Rc;

use leptos::ev;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

/// Calls `act` with every key that is pressed alone, outside of fields and dialogs; it says whether it used the key.
pub fn on_key(act: impl Fn(&str) -> bool + 'static) {
    let act = Rc::new(act);
    Effect::new(move |_| {
        let act = Rc::clone(&act);
        let listening = window_event_listener(ev::keydown, move |event| {
            if is_free(&event) && act(&event.key()) {
                event.prevent_default();
            }
        });
        on_cleanup(move || listening.remove());
    });
}

fn is_free(event: &KeyboardEvent) -> bool {
    if event.ctrl_key()
        || event.meta_key()
        || event.alt_key()
        || event.is_composing()
        || event.default_prevented()
    {
        return false;
    }
    if document().query_selector("dialog[open]").is_ok_and(|open| open.is_some()) {
        return false;
    }
    let taken = if event.key() == "Enter" {
        "a, button, summary, input, textarea, select, [contenteditable]"
    } else {
        "input:not([type='checkbox']), textarea, select, [contenteditable]"
    };
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_none_or(|target| target.closest(taken).is_ok_and(|found| found.is_none()))
}

/// Presses what carries an id, as a pointer would.
pub fn press(id: &str) -> bool {
    let found = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    found.inspect(HtmlElement::click).is_some()
}

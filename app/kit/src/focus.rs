//! Where the keyboard is: what opens over the page gives the focus back when it goes.
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

/// Gives the focus back to where it is now, once the owner that calls this is gone: a panel, a dialog.
pub fn return_focus() {
    Effect::new(|_| remember_focus());
}

/// The same for an effect, which has run in the browser only: until it runs again or ends.
pub(crate) fn remember_focus() {
    let before = StoredValue::new_local(document().active_element());
    on_cleanup(move || {
        let element =
            before.try_get_value().flatten().and_then(|element| element.dyn_into::<HtmlElement>().ok());
        let Some(element) = element else { return };
        // In the next frame what had it meanwhile is gone from the page.
        request_animation_frame(move || {
            let now = document().active_element();
            let is_lost = now.is_none_or(|now| now.tag_name().eq_ignore_ascii_case("body"));
            if is_lost && let Some(element) = still_there(element) {
                let _ = element.focus();
            }
        });
    });
}

/// The element, or the link that stands for it since the list around it was drawn anew.
fn still_there(element: HtmlElement) -> Option<HtmlElement> {
    if element.is_connected() {
        return Some(element);
    }
    let same = format!("a[href=\"{}\"]", element.get_attribute("href")?);
    document().query_selector(&same).ok().flatten()?.dyn_into().ok()
}

/// Puts the focus on the first match below an element.
pub(crate) fn focus_first(below: &Element, selector: &str) {
    let found = below.query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Scrolls as little as needed for an element to be seen whole. In the browser only.
pub fn bring_into_view(element: &Element) {
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"block".into(), &"nearest".into());
    let scroll = js_sys::Reflect::get(element, &"scrollIntoView".into());
    if let Some(scroll) = scroll.ok().and_then(|scroll| scroll.dyn_into::<js_sys::Function>().ok()) {
        let _ = scroll.call1(element, &options);
    }
}

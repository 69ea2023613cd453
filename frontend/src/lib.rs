//! The browser's entry: takes over the page that the server rendered.
use wasm_bindgen::prelude::wasm_bindgen;

/// Hydrates the whole page, and says so on the document for those who wait for it.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
    let root =
        web_sys::window().and_then(|window| window.document()).and_then(|page| page.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("data-hydrated", "");
    }
}

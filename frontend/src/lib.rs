//! The browser's entry: takes over the page that the server rendered.
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// Hydrates the whole page, and says so on the document for those who wait for it. Takes the texts of its language.
///
/// # Errors
/// When the code of the page's area does not come.
#[wasm_bindgen]
pub async fn hydrate(texts: String) -> Result<(), JsError> {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    kit::catalogue::take(texts);
    let window = web_sys::window();
    let path = window.as_ref().and_then(|window| window.location().pathname().ok());
    areas::load(&path.unwrap_or_default()).await.map_err(|_| JsError::new("the page's code did not come"))?;
    leptos::mount::hydrate_body(app::App);
    let root = window.and_then(|window| window.document()).and_then(|page| page.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("data-hydrated", "");
    }
    Ok(())
}

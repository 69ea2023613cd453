//! Files that are made in the browser.

/// Lets the browser keep a text as a file of this name and media type. Does nothing on the server.
pub fn save_file(name: &str, kind: &str, text: &str) {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    let _ = save(name, kind, text);
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    let _ = (name, kind, text);
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn save(name: &str, kind: &str, text: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    keep(name, &web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?)
}

/// Lets the browser keep a blob: an address that holds the content itself would be limited in its length.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
pub(crate) fn keep(name: &str, blob: &web_sys::Blob) -> Option<()> {
    use wasm_bindgen::JsCast;
    let url = web_sys::Url::create_object_url_with_blob(blob).ok()?;
    let link = leptos::prelude::document().create_element("a").ok()?;
    link.set_attribute("href", &url).ok()?;
    link.set_attribute("download", name).ok()?;
    link.dyn_ref::<web_sys::HtmlElement>()?.click();
    // The browser reads it after this; by then it has long begun.
    leptos::prelude::set_timeout(
        move || {
            let _ = web_sys::Url::revoke_object_url(&url);
        },
        std::time::Duration::from_mins(1),
    );
    Some(())
}

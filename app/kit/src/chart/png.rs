//! A picture as pixels: the browser draws the SVG. The page's content policy lets images come from `data:`
//! addresses, and the drawing asks for nothing else, so the canvas may be read again.
use leptos::prelude::*;

use super::picture::Picture;

/// Pixels for each unit of a drawing, so that it is sharp on dense screens and on paper.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
const DENSITY: f64 = 2.0;

/// Keeps a picture as a PNG file of this name; calls `failed` where the browser cannot. Does nothing on the server.
pub(super) fn save(name: String, picture: Picture, failed: Callback<()>) {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    leptos::task::spawn_local(async move {
        if pixels(&name, picture, failed).await.is_none() {
            failed.try_run(());
        }
    });
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    let _ = (name, picture.svg, picture.width, picture.height, failed);
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
async fn pixels(name: &str, picture: Picture, failed: Callback<()>) -> Option<()> {
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use wasm_bindgen_futures::JsFuture;

    let image = web_sys::HtmlImageElement::new().ok()?;
    let text = String::from(js_sys::encode_uri_component(&picture.svg));
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{text}"));
    JsFuture::from(image.decode()).await.ok()?;

    let (width, height) = (picture.width * DENSITY, picture.height * DENSITY);
    let canvas: web_sys::HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d").ok().flatten()?;
    // The context's own type would be the only use of its bindings.
    let draw: js_sys::Function =
        js_sys::Reflect::get(&context, &JsValue::from_str("drawImage")).ok()?.dyn_into().ok()?;
    let measures = [0.0, 0.0, width, height].map(JsValue::from_f64);
    let given: js_sys::Array = std::iter::once(JsValue::from(image)).chain(measures).collect();
    draw.apply(&context, &given).ok()?;

    let name = name.to_owned();
    let keep = Closure::once_into_js(move |blob: JsValue| {
        if blob.dyn_into().ok().and_then(|blob| crate::save::keep(&name, &blob)).is_none() {
            failed.try_run(());
        }
    });
    canvas.to_blob(keep.unchecked_ref()).ok()
}

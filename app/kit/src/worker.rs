//! The worker that answers when the network does not: registered, and told who reads.

/// Lets the browser keep what the form needs without a network. `reader` is whose copy of the form it keeps, as the
/// server names them on each page; without one the worker only learns that nobody is there. In the browser only.
pub fn help_offline(reader: String) {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    leptos::task::spawn_local(async move {
        let _ = browser::help(&reader).await;
    });
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    let _ = reader;
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
mod browser {
    use js_sys::{Function, Object, Promise, Reflect};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;

    const ADDRESS: &str = "/sw.js";

    fn of(object: &JsValue, name: &str) -> Option<JsValue> {
        Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
    }

    /// Browsers have no workers on addresses that are not secure; then there is nothing to help with.
    pub(super) async fn help(reader: &str) -> Option<()> {
        let workers = of(&web_sys::window()?.navigator(), "serviceWorker")?;
        let options = Object::new();
        Reflect::set(&options, &"scope".into(), &"/".into()).ok()?;
        Reflect::set(&options, &"updateViaCache".into(), &"none".into()).ok()?;
        let register: Function = of(&workers, "register")?.dyn_into().ok()?;
        let registered: Promise =
            register.call2(&workers, &ADDRESS.into(), &options).ok()?.dyn_into().ok()?;
        JsFuture::from(registered).await.ok()?;
        let ready: Promise = of(&workers, "ready")?.dyn_into().ok()?;
        let worker = of(&JsFuture::from(ready).await.ok()?, "active")?;
        let tell: Function = of(&worker, "postMessage")?.dyn_into().ok()?;
        tell.call1(&worker, &reader.into()).ok().map(drop)
    }
}

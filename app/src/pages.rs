//! Pages that belong to no slice: not found, and signed out.
use kit::{Kind, LinkButton, paths};
use leptos::prelude::*;

use crate::t;

/// An address that leads nowhere, or to somebody else's record.
pub fn not_found() -> AnyView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(axum::http::StatusCode::NOT_FOUND);
    }
    view! {
        <leptos_meta::Title text=t::not_found_title()/>
        <main class="alone" id="main">
            <div class="panel">
                <h1>{t::not_found_title()}</h1>
                <p class="muted">{t::not_found_advice()}</p>
                <p><LinkButton href=paths::HOME kind=Kind::Primary>{t::to_start()}</LinkButton></p>
            </div>
        </main>
    }
    .into_any()
}

/// The session ended while the page was open.
pub fn signed_out() -> AnyView {
    view! {
        <leptos_meta::Title text=t::signed_out_title()/>
        <main class="alone" id="main">
            <div class="panel">
                <h1>{t::signed_out_title()}</h1>
                <p class="muted">{t::signed_out_advice()}</p>
                <p><LinkButton href=paths::SIGN_IN kind=Kind::Primary>{t::sign_in()}</LinkButton></p>
            </div>
        </main>
    }
    .into_any()
}

/// Every component in every state; for developers, so the browser's release code is without it.
pub fn gallery() -> AnyView {
    #[cfg(feature = "ssr")]
    if !use_context::<base::Parts>().is_some_and(|parts| parts.settings().development) {
        return not_found();
    }
    #[cfg(any(feature = "ssr", debug_assertions))]
    return view! { <leptos_meta::Title text="Gallery"/><kit::gallery::GalleryPage/> }.into_any();
    #[cfg(not(any(feature = "ssr", debug_assertions)))]
    not_found()
}

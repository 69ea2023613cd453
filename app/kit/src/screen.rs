//! `<Screen>`: what every signed-in page is: a top bar with its title and actions, and the main part.
use std::sync::Arc;

use leptos::prelude::*;

/// What the shell puts into every top bar: search, live dot, inbox. Provided by the shell.
#[derive(Clone)]
pub struct TopTools(pub Arc<dyn Fn() -> AnyView + Send + Sync>);

/// What the browser's tab says, for a page that is no [`Screen`].
#[component]
pub fn TabTitle(#[prop(into)] of: Signal<String>) -> impl IntoView {
    view! { <leptos_meta::Title text=of/> }
}

/// A page inside the frame.
#[component]
pub fn Screen(
    /// Heading and document title.
    #[prop(into)]
    title: Signal<String>,
    /// At most one or two buttons, at the end of the top bar.
    #[prop(optional, into)]
    actions: ViewFn,
    /// Uses the whole width, for wide tables and side panels.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    let tools = use_context::<TopTools>();
    view! {
        <leptos_meta::Title text=title/>
        <header class="top">
            <h1>{move || title.get()}</h1>
            <span class="end"></span>
            {tools.map(|TopTools(tools)| tools())}
            {actions.run()}
        </header>
        <main id="main" class="main" class:wide=wide tabindex="-1">
            {children()}
        </main>
    }
    .into_any()
}

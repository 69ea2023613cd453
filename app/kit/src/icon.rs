//! Line icons (Lucide), drawn in the colour of the words beside them; only those that are named get linked.
pub use icondata_lu as lucide;
use leptos::prelude::*;

/// The drawing of an icon: a static of [`lucide`].
pub type Drawing = icondata_core::Icon;

/// An icon. It is decoration: the words beside it, or the label of its button, carry the meaning.
#[component]
pub fn Icon(
    /// Which one, e.g. `lucide::LuCheck`.
    of: Drawing,
    /// Extra classes, e.g. `flip` for arrows that turn round in right-to-left writing.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! {
        <svg
            class=class
            viewBox="0 0 24 24"
            width="16"
            height="16"
            fill="none"
            stroke="currentColor"
            stroke-width="1.8"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            inner_html=of.data
        ></svg>
    }
}

//! An empty place: one sentence, and the one thing to do next.
use leptos::prelude::*;

use crate::icon::{Drawing, Icon, lucide};

/// What a list says that has nothing in it.
#[component]
pub fn Empty(
    /// The sentence.
    #[prop(into)]
    title: String,
    #[prop(optional, into)] note: Option<String>,
    #[prop(default = lucide::LuInbox)] icon: Drawing,
    /// Less room around it, inside a card.
    #[prop(optional)]
    tight: bool,
    /// The one next action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=if tight { "empty tight" } else { "empty" }>
            <span class="badge"><Icon of=icon /></span>
            <p class="say">{title}</p>
            {note.map(|note| view! { <p>{note}</p> })}
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
}

//! Tags: a state in a word, with a shape and a colour that say the same.
use leptos::prelude::*;

use crate::tone::Tone;

/// A state in one or two words.
#[component]
pub fn Tag(
    #[prop(optional)] tone: Tone,
    /// Without the shape, for a tag whose words name a kind and not a state.
    #[prop(optional)]
    plain: bool,
    #[prop(optional)] big: bool,
    children: Children,
) -> impl IntoView {
    let class = format!("tag {}{}", tone.class(), if big { " big" } else { "" });
    view! {
        <span class=class>
            {(!plain).then(|| shape(tone))}
            {children()}
        </span>
    }
}

/// Circle, ring, tick, triangle, square: told apart without colour.
fn shape(tone: Tone) -> impl IntoView {
    let drawing = match tone {
        Tone::Neutral => {
            r#"<circle cx="4" cy="4" r="2.5" fill="none" stroke="currentColor" stroke-width="1.5"/>"#
        }
        Tone::Accent => r#"<circle cx="4" cy="4" r="3.2" fill="currentColor"/>"#,
        Tone::Good => {
            r#"<path d="M1 4.4 3.2 6.6 7.2 1.8" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>"#
        }
        Tone::Warn => r#"<path d="M4 .8 7.6 7.2H.4Z" fill="currentColor"/>"#,
        Tone::Bad => r#"<rect x="1" y="1" width="6" height="6" rx="1" fill="currentColor"/>"#,
    };
    view! { <svg class="shape" viewBox="0 0 8 8" width="8" height="8" aria-hidden="true" inner_html=drawing></svg> }
}

/// How many things need the person; nothing at all when there are none.
#[component]
pub fn Count(
    of: u64,
    /// What is counted, for those who hear the page: "3 need you".
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    (of > 0).then(|| {
        let hidden = label.is_some().then_some("true");
        view! {
            <span class="count">
                <span aria-hidden=hidden>{of.to_string()}</span>
                {label.map(|label| view! { <span class="visually-hidden">{label}</span> })}
            </span>
        }
    })
}

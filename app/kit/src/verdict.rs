//! Verdicts: what was decided, and why, with the rules and the facts it rests on.
use leptos::prelude::*;

use crate::icon::{Icon, lucide};
use crate::t;
use crate::tone::Tone;

/// A verdict.
#[component]
pub fn Verdict(
    tone: Tone,
    /// The word: "Clear", "Possible conflict", "Conflict".
    #[prop(into)]
    word: String,
    /// One sentence.
    #[prop(into)]
    sentence: String,
    /// Why, in one line each.
    #[prop(optional)]
    reasons: Vec<String>,
    /// Read out when it changes.
    #[prop(optional)]
    live: bool,
    /// Behind "Why?": rules, version, facts.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let icon = match tone {
        Tone::Good => lucide::LuCheck,
        Tone::Warn => lucide::LuTriangleAlert,
        Tone::Bad => lucide::LuX,
        Tone::Neutral | Tone::Accent => lucide::LuSearch,
    };
    let reasons = (!reasons.is_empty()).then(|| {
        let items = reasons.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view();
        view! { <ul class="reasons">{items}</ul> }
    });
    view! {
        <div class=format!("verdict {}", tone.class()) role=live.then_some("status")>
            <span class="badge"><Icon of=icon /></span>
            <div class="told">
                <span class="word">{word}</span>
                <span>{sentence}</span>
                {reasons}
                {children.map(|children| view! { <Why>{children()}</Why> })}
            </div>
        </div>
    }
}

/// "Why?", which opens the rules and the facts.
#[component]
pub fn Why(
    /// Other words than "Why?".
    #[prop(optional, into)]
    label: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="fold why">
            <summary><Icon of=lucide::LuChevronRight class="flip" />{label.unwrap_or_else(|| t::why().to_owned())}</summary>
            <div>{children()}</div>
        </details>
    }
}

/// Words that open more.
#[component]
pub fn Fold(#[prop(into)] label: String, #[prop(optional)] open: bool, children: Children) -> impl IntoView {
    view! {
        <details class="fold" open=open>
            <summary><Icon of=lucide::LuChevronRight class="flip" />{label}</summary>
            <div>{children()}</div>
        </details>
    }
}

/// One rule that was applied.
#[component]
pub fn Rule(
    /// "ROE-4"
    #[prop(into)]
    id: String,
    #[prop(into)] words: String,
) -> impl IntoView {
    view! { <p class="rule"><code>{id}</code><span>{words}</span></p> }
}

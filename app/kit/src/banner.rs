//! A notice above the work: a new version, a preview, a warning that concerns the whole page.
use leptos::prelude::*;

use crate::icon::{Icon, lucide};
use crate::tone::Tone;

/// A notice in one line, with what can be done about it at its end.
#[component]
pub fn Banner(
    #[prop(default = Tone::Accent)] tone: Tone,
    /// From edge to edge, above the page.
    #[prop(optional)]
    edge: bool,
    /// Read out when it appears; for what happened after the page was there.
    #[prop(optional)]
    announce: bool,
    #[prop(optional)] end: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let icon = match tone {
        Tone::Neutral | Tone::Accent => lucide::LuInfo,
        Tone::Good => lucide::LuCircleCheck,
        Tone::Warn => lucide::LuTriangleAlert,
        Tone::Bad => lucide::LuCircleAlert,
    };
    let class = format!("banner {}{}", tone.class(), if edge { " edge" } else { "" });
    view! {
        <div class=class role=announce.then_some("status")>
            <Icon of=icon />
            <div class="words">{children()}</div>
            {end}
        </div>
    }
}

//! A kit in a gallery: its motif in the brand's colour, what it is for, what is in it.
use kit::{Icon, Tag};
use leptos::prelude::*;

use super::motif::drawing;
use super::parts::{kind_icon, languages, pieces};
use crate::model::Kit;
use crate::words::topic_words;

/// A kit as a card that leads somewhere: to the kit for its vendor, to a new campaign for a partner.
#[component]
pub fn KitCard(
    kit: Kit,
    /// Where a click on the card goes.
    #[prop(into)]
    href: String,
    /// Beside the topic: a state, a mark.
    #[prop(optional)]
    end: Option<AnyView>,
) -> impl IntoView {
    let tags = languages(&kit.languages);
    let note = format!("{} · {}", kit.brand_name, kit.program_name);
    let inside = inside(&kit.kinds);
    view! {
        <article class="card kit-card">
            {drawing(kit.motif, &kit.colour)}
            <div class="body">
                <div class="line"><Tag plain=true>{topic_words(kit.topic)}</Tag>{end}</div>
                <h3 class="strong"><a class="cover" href=href>{kit.name}</a></h3>
                <p class="small kit-about">{kit.about}</p>
                {inside}
                <p class="muted small">{note}" · "{tags}</p>
            </div>
        </article>
    }
}

/// What is in a kit, by kind.
pub(super) fn inside(kinds: &[creative::AssetKind]) -> AnyView {
    let rows = pieces(kinds)
        .into_iter()
        .map(|(kind, words)| view! { <li><Icon of=kind_icon(kind)/>{words}</li> })
        .collect_view();
    view! { <ul class="kit-pieces small" role="list">{rows}</ul> }.into_any()
}

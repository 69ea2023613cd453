//! On a narrow screen: the theme at a glance while its controls are moved, and the ways between controls and previews.
use leptos::prelude::*;
use palette::Palette;

use super::paint::paint;
use super::state::Studio;
use crate::t;

/// Where the controls begin.
pub(super) const CONTROLS: &str = "studio-controls";
/// Where the previews begin.
pub(super) const PREVIEWS: &str = "studio-previews";

pub(super) fn glance(studio: Studio) -> AnyView {
    let node = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        studio.theme.with(|theme| paint(&element, theme, &Palette::of(&theme.seed())));
    });
    let sides = ["light", "dark"]
        .map(|mode| {
            view! {
                <span class="glance-side" data-theme=mode>
                    <span class="glance-words">"Aa"</span><span class="glance-button">{t::sample_open_short()}</span>
                </span>
            }
        })
        .collect_view();
    let to = |id: &str| format!("#{id}");
    view! {
        <div class="studio-glance needs-script">
            <div class="glance brand-scope" node_ref=node aria-hidden="true">{sides}</div>
            <nav class="actions" aria-label=t::parts_of_studio()>
                <a class="button small" rel="external" href=to(CONTROLS)>{t::controls()}</a>
                <a class="button small" rel="external" href=to(PREVIEWS)>{t::preview()}</a>
            </nav>
        </div>
    }
    .into_any()
}

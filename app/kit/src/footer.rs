//! What a brand says below every page, with its legal links.
use leptos::prelude::*;

use crate::BrandFace;

/// The footer of a brand; nothing when it says nothing.
#[component]
pub fn BrandFooter(
    face: BrandFace,
    /// Whether it is a part of another page's main content, rather than of the page.
    #[prop(optional)]
    inside: bool,
) -> impl IntoView {
    let BrandFace { footer, links, .. } = face;
    let is_silent = footer.is_empty() && links.is_empty();
    let links = links.into_iter().map(|link| {
        view! { <li><a class="link" href=link.url rel="noopener external" target="_blank">{link.label}</a></li> }
    });
    let links: Vec<_> = links.collect();
    let links = (!links.is_empty()).then(|| view! { <ul>{links}</ul> });
    let words = (!footer.is_empty()).then(|| view! { <p>{footer}</p> });
    let all = (!is_silent).then(|| {
        let inside = inside.then_some("presentation");
        view! { <footer class="brand-footer" role=inside>{words}{links}</footer> }
    });
    view! { {all} }.into_any()
}

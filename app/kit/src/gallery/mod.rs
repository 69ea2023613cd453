//! The gallery: every component in every state, light beside dark. For development only; its words are samples.
mod charts;
mod controls;
mod lists;
mod overlays;
mod records;
mod states;

use leptos::prelude::*;

/// What an exhibit is called, and what it shows on a side (`light` or `dark`, to keep ids apart).
type Exhibit = (&'static str, &'static str, fn(&'static str) -> AnyView);

const EXHIBITS: [Exhibit; 24] = [
    ("buttons", "Buttons", controls::buttons),
    ("fields", "Fields", controls::fields),
    ("faults", "Fields with faults", controls::faulty),
    ("choices", "Choices and files", controls::choices),
    ("ways", "Segments, tabs, chips", controls::ways),
    ("tags", "Tags, keys, people", records::signs),
    ("tiles", "Tiles", charts::tiles),
    ("progress", "Progress", charts::progress),
    ("lines", "Lines", charts::lines),
    ("bars", "Bars", charts::bars),
    ("parts", "Parts of a whole", charts::parts),
    ("heat", "Heat tables", charts::heat),
    ("gauges", "Gauges", charts::gauges),
    ("cards", "Cards and rows", lists::cards),
    ("tables", "Tables", lists::tables),
    ("comparison", "Comparison", records::comparison),
    ("facts", "Facts and time", records::facts),
    ("history", "History", records::history),
    ("verdicts", "Verdicts", records::verdicts),
    ("waiting", "Waiting", states::waiting),
    ("empty", "Empty, failed, denied", states::troubles),
    ("notices", "Notices and toasts", states::notices),
    ("overlays", "Menu, dialog, panel", overlays::overlays),
    ("rtl", "Right to left, long words", overlays::other_ways),
];

/// The page.
#[component]
pub fn GalleryPage() -> impl IntoView {
    let links = EXHIBITS
        .into_iter()
        .map(|(id, title, _)| view! { <a class="chip" href=format!("#{id}") rel="external">{title}</a> })
        .collect_view();
    let exhibits = EXHIBITS.into_iter().map(exhibit).collect_view();
    view! {
        <main class="gallery" id="main">
            <h1 class="display">"Gallery"</h1>
            <nav aria-label="Exhibits">{links}</nav>
            {exhibits}
        </main>
    }
    .into_any()
}

fn exhibit((id, title, show): Exhibit) -> AnyView {
    view! {
        <section class="exhibit" id=id aria-labelledby=format!("{id}-heading")>
            <h2 id=format!("{id}-heading")>{title}</h2>
            <div class="pair">
                <div class="room" data-theme="light">{show("light")}</div>
                <div class="room" data-theme="dark">{show("dark")}</div>
            </div>
        </section>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn page() -> String {
        Owner::new().with(|| GalleryPage().to_html())
    }

    #[test]
    fn no_two_elements_share_an_id() {
        let html = page();
        let mut seen = HashSet::new();
        for part in html.split(" id=\"").skip(1) {
            let id = part.split('"').next().unwrap_or_default();
            assert!(seen.insert(id.to_owned()), "{id} twice");
        }
        assert!(seen.len() > 100);
    }

    #[test]
    fn what_is_referred_to_exists() {
        let html = page();
        for name in ["aria-labelledby", "aria-describedby", "for"] {
            for part in html.split(&format!(" {name}=\"")).skip(1) {
                for id in part.split('"').next().unwrap_or_default().split(' ') {
                    assert!(
                        html.contains(&format!(" id=\"{id}\"")),
                        "{name} refers to {id}, which is not there"
                    );
                }
            }
        }
    }

    #[test]
    fn no_element_carries_a_style_of_its_own() {
        assert!(!page().contains(" style="));
    }
}

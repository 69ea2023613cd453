//! The pictures of the page's brand, where the frame shows them.
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Addresses of pictures of a brand; what is none is shown as a letter and a name. The server provides those of the page as
/// context and writes them into the page (`<html data-logo>`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Emblem {
    /// Sign and name in one.
    pub logo: Option<String>,
    /// The same on dark grounds; used beside `logo` only.
    pub logo_dark: Option<String>,
    /// The sign alone, square.
    pub mark: Option<String>,
    /// A wide picture, beside the form that one signs in with.
    pub hero: Option<String>,
}

impl Emblem {
    /// Makes the page's own known to the frame and what is in it.
    pub fn provide() {
        provide_context(RwSignal::new(Self::of_page()));
    }

    /// What the frame shows; setting it shows another.
    #[must_use]
    pub fn shown() -> RwSignal<Self> {
        use_context::<RwSignal<Self>>().unwrap_or_else(|| RwSignal::new(Self::of_page()))
    }

    /// Writes it into the page, where a frame that is made later finds it. In the browser only.
    pub fn mark_page(&self) {
        #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
        if let Some(root) = document().document_element() {
            let Self { logo, logo_dark, mark, hero } = self;
            let all = [
                ("data-logo", logo),
                ("data-logo-dark", logo_dark),
                ("data-mark", mark),
                ("data-hero", hero),
            ];
            for (name, value) in all {
                let _ = match value {
                    Some(value) => root.set_attribute(name, value),
                    None => root.remove_attribute(name),
                };
            }
        }
    }

    #[cfg(feature = "ssr")]
    fn of_page() -> Self {
        use_context::<Self>().unwrap_or_default()
    }

    #[cfg(not(feature = "ssr"))]
    fn of_page() -> Self {
        let page = document().document_element();
        let of = |name: &str| page.as_ref().and_then(|page| page.get_attribute(name));
        Self {
            logo: of("data-logo"),
            logo_dark: of("data-logo-dark"),
            mark: of("data-mark"),
            hero: of("data-hero"),
        }
    }
}

/// A logo for light grounds and one for dark ones; which of them is seen, the style sheet says. A logo that has none for
/// dark grounds stands on a light plate there.
#[component]
pub fn BrandLogo(#[prop(into)] light: String, #[prop(into)] dark: Option<String>) -> impl IntoView {
    let both = dark.is_some().then_some("true");
    let dark = dark.map(|dark| view! { <img class="on-dark" src=dark alt="" height="32"/> });
    view! { <span class="brand-logo" data-both=both><img class="on-light" src=light alt="" height="32"/>{dark}</span> }
}

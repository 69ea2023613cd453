//! Puts a theme on a part of the page: custom properties, set by script, which the page's policy lets be.
use kit::{BrandFace, Emblem};
use leptos::prelude::{RwSignal, Set as _};
use palette::Palette;

use super::state::Studio;
use crate::model::{BrandTheme, Theme};
use crate::rules::{css, properties};

/// Dresses an element.
pub(super) fn paint(element: &leptos::web_sys::HtmlElement, theme: &Theme, palette: &Palette) {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    {
        let style = element.style();
        for (name, value) in properties(theme, palette) {
            let _ = style.set_property(&format!("--{name}"), &value);
        }
    }
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    let _ = (element, properties(theme, palette));
}

/// The page that is open, where it wears the brand that is being dressed.
#[derive(Clone, Copy)]
pub(super) struct WornPage {
    emblem: RwSignal<Emblem>,
    face: RwSignal<BrandFace>,
}

impl WornPage {
    /// None for a page of another brand. For when a view is made.
    pub(super) fn of(studio: Studio) -> Option<Self> {
        let is_worn = access::me().program.is_some_and(|program| program.brand_id == studio.id);
        is_worn.then(|| Self { emblem: Emblem::shown(), face: BrandFace::shown() })
    }

    /// Dresses it as if it came from the server.
    pub(super) fn wear(self, of: &BrandTheme) {
        kit::wear(&css(&of.worn));
        let emblem = of.worn.emblem();
        emblem.mark_page();
        let _ = self.emblem.try_set(emblem);
        let _ = self.face.try_set(BrandFace::of(&of.brand_name, &of.worn.voice));
    }
}

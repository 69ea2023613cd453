//! Puts a theme on a part of the page: custom properties, set by script, which the page's policy lets be.
use palette::Palette;

use crate::model::Theme;
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

/// Dresses the whole page, as if it came from the server.
pub(super) fn paint_page(theme: &Theme) {
    kit::wear(&css(theme));
}

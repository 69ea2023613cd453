//! What the page wears: the one style element with its brand's custom properties, and how another brand is put on.

/// The id of that style element.
pub const FACE: &str = "face";

/// The style of a brand that has a hue (degrees) and a chroma (thousandths) and no published theme.
#[must_use]
pub fn hue_alone(hue: u16, chroma_milli: u16) -> String {
    let chroma = chroma_milli.min(400);
    format!(":root{{--hue:{};--chroma:{}.{:03}}}", hue % 360, chroma / 1000, chroma % 1000)
}

/// Puts a style on in the place of the one that is worn. Nothing of the old one stays. The page's policy lets it be: the
/// element has the page's nonce, and whoever fills it is a script of ours. In the browser only.
pub fn wear(css: &str) {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    if let Some(element) = element() {
        element.set_text_content(Some(css));
    }
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    let _ = css;
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn element() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id(FACE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hue_is_a_style_whatever_it_is() {
        assert_eq!(hue_alone(262, 170), ":root{--hue:262;--chroma:0.170}");
        assert_eq!(hue_alone(365, 900), ":root{--hue:5;--chroma:0.400}");
    }
}

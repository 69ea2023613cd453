//! Where the icons of a brand are: of its pictures, or of its first letter.
use base::BrandId;
use palette::Rgb;

use crate::model::Theme;

/// Addresses of a brand's icons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Icons {
    /// What stands in a browser's tab, with its media type.
    pub favicon: (String, &'static str),
    /// 180 pixels a side, filled.
    pub touch: String,
    /// 192 and 512 pixels a side.
    pub small: String,
    pub large: String,
    /// 512 pixels a side, filled, with room around the mark.
    pub maskable: String,
    /// The manifest that names them.
    pub manifest: String,
}

/// The name of a monogram in addresses: code point and colour.
#[must_use]
pub fn monogram_name(letter: Option<char>, colour: Rgb) -> String {
    format!("{:x}-{}", letter.map_or(0, u32::from), hex(colour))
}

fn hex(colour: Rgb) -> String {
    colour.to_string().trim_start_matches('#').to_owned()
}

/// The icons of a brand by its theme; `initial` is the letter that stands for it without a picture.
#[must_use]
pub fn icons(theme: &Theme, brand: BrandId, initial: Option<char>) -> Icons {
    let colour = hex(theme.colour);
    let monogram = monogram_name(initial, theme.colour);
    let letter = |form: &str| kit::paths::media(&monogram, form);
    let (touch, small, large, maskable) = match &theme.mark {
        Some(mark) => (
            mark.address(&format!("touch-{colour}.png")),
            mark.address("192.png"),
            mark.address("512.png"),
            mark.address(&format!("maskable-{colour}.png")),
        ),
        None => (letter("touch.png"), letter("192.png"), letter("512.png"), letter("maskable.png")),
    };
    let favicon = match theme.favicon.as_ref().or(theme.mark.as_ref()) {
        Some(picture) => (picture.address("48.png"), "image/png"),
        None => (letter("icon.svg"), "image/svg+xml"),
    };
    Icons { favicon, touch, small, large, maskable, manifest: kit::paths::manifest(brand) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icons_are_of_the_mark_or_of_the_letter() {
        let brand = "brand_01h455vb4pex5vsknk084sn02q".parse::<BrandId>().unwrap();
        let mut theme = Theme::of(Rgb::new(0x2e, 0x62, 0xc9));
        let plain = icons(&theme, brand, Some('N'));
        assert_eq!(plain.favicon, ("/media/4e-2e62c9/icon.svg".to_owned(), "image/svg+xml"));
        assert_eq!(plain.maskable, "/media/4e-2e62c9/maskable.png");
        let hash = "0f".repeat(32);
        theme.mark = hash.parse().ok();
        let marked = icons(&theme, brand, Some('N'));
        assert_eq!(marked.favicon, (format!("/media/{hash}/48.png"), "image/png"));
        assert_eq!(marked.touch, format!("/media/{hash}/touch-2e62c9.png"));
        assert_eq!(marked.manifest, "/brands/brand_01h455vb4pex5vsknk084sn02q/site.webmanifest");
    }
}

//! What letters wear: a name and the few colours of a mail, light and dark.
use std::fmt::Write as _;

use crate::colour::{accent, hex};

/// The colours of a mail in one mode, as `#rrggbb`. Words can be read on their grounds: that is the maker's to see to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ink {
    pub ground: String,
    pub text: String,
    pub muted: String,
    pub line: String,
    /// The ground of the one button, and the line below the name.
    pub accent: String,
    pub on_accent: String,
    pub link: String,
}

/// Whose letter it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LetterFace {
    /// Above the heading, and below the line of the plain text.
    pub name: String,
    /// Absolute address of its logo on light grounds; in place of the name above the heading.
    pub logo: Option<String>,
    pub light: Ink,
    pub dark: Ink,
}

impl LetterFace {
    /// That of a brand of which only hue (degrees) and chroma (thousandths) are known; the lightness of each colour is
    /// that of `style/tokens.css`, where words can be read at any hue.
    #[must_use]
    pub fn of_hue(name: impl Into<String>, hue: i64, chroma_milli: i64) -> Self {
        let (hue, chroma) = (hue as f64, (chroma_milli as f64 / 1000.0).clamp(0.0, 0.17));
        Self {
            name: name.into(),
            logo: None,
            light: Ink {
                ground: hex(1.0, 0.0, hue),
                text: hex(0.235, 0.014, hue),
                muted: hex(0.5, 0.014, hue),
                line: hex(0.915, 0.006, hue),
                accent: accent(hue, chroma),
                on_accent: hex(1.0, 0.0, hue),
                link: hex(0.45, chroma, hue),
            },
            dark: Ink {
                ground: hex(0.208, 0.01, hue),
                text: hex(0.945, 0.005, hue),
                muted: hex(0.715, 0.012, hue),
                line: hex(0.292, 0.012, hue),
                accent: hex(0.72, chroma * 0.75, hue),
                on_accent: hex(0.18, 0.03, hue),
                link: hex(0.82, chroma * 0.6, hue),
            },
        }
    }

    /// That of mails which belong to no brand.
    #[must_use]
    pub fn house(name: impl Into<String>) -> Self {
        Self::of_hue(name, 262, 170)
    }

    /// The sheet for mail programs that have a dark mode and read sheets; what stands at the elements is light.
    pub(crate) fn dark_sheet(&self) -> String {
        let ink = &self.dark;
        let mut sheet = String::from("@media (prefers-color-scheme:dark){");
        let rules = [
            (".ground", "background", &ink.ground),
            (".ground", "color", &ink.text),
            (".name", "border-color", &ink.accent),
            (".button", "background", &ink.accent),
            (".button", "color", &ink.on_accent),
            (".link", "color", &ink.link),
            (".foot", "color", &ink.muted),
            (".foot", "border-color", &ink.line),
        ];
        for (selector, property, colour) in rules {
            let _ = write!(sheet, "{selector}{{{property}:{colour}!important}}");
        }
        // What was drawn for light grounds keeps one.
        sheet.push_str(
            ".logo{background:#ffffff!important;padding:4px 6px!important;border-radius:4px!important}",
        );
        sheet.push('}');
        sheet
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of `#rrggbb` (WCAG 2.2).
    fn luminance(colour: &str) -> f64 {
        let channel = |place: usize| {
            let value = f64::from(u8::from_str_radix(&colour[place..place + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn words_of_a_letter_can_be_read_whatever_the_hue() {
        for hue in (0..360).step_by(5) {
            for chroma in [0, 60, 170, 400] {
                let face = LetterFace::of_hue("Aurora", hue, chroma);
                for Ink { ground, text, muted, accent, on_accent, link, .. } in [face.light, face.dark] {
                    for (words, on) in
                        [(&text, &ground), (&muted, &ground), (&link, &ground), (&on_accent, &accent)]
                    {
                        let ratio = contrast(words, on);
                        assert!(ratio >= 4.5, "{words} on {on} at hue {hue}, chroma {chroma}: {ratio:.2}");
                    }
                }
            }
        }
    }
}

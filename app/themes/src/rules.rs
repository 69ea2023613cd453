//! From a theme to what a page carries; and what follows from themes alone. Pure.
mod differences;
mod presets;
mod schedule;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use palette::{Oklch, Palette, Rgb, Token, Tokens};

use crate::model::{Density, Font, Moved, Theme, ThemeTokens};
pub use differences::{Difference, Field, Value, differences};
pub use presets::presets;
pub use schedule::{LINK_LIVES, MOST_AHEAD, instant, may_wait, was_overtaken};

/// Measures of controls: compact, and as the style sheet has them.
const CONTROLS: [(&str, &str, &str); 4] = [
    ("control", "28px", "32px"),
    ("control-field", "32px", "36px"),
    ("control-big", "36px", "40px"),
    ("pad", "12px", "16px"),
];

/// The style of pages that wear a theme: custom properties alone, for `:root`.
#[must_use]
pub fn css(theme: &Theme) -> String {
    let palette = Palette::of(&theme.seed());
    let mut css = palette.css(":root");
    css.push_str(":root{");
    for (name, value) in measures(theme) {
        let _ = write!(css, "--{name}:{value};");
    }
    css.push('}');
    // What the style sheet says to those who want more contrast stands below these, and is said again.
    css.push_str(
        "@media (prefers-contrast:more){:root{--line:var(--line-field);--line-strong:var(--line-field);--muted:var(--text)}}",
    );
    if theme.density == Density::Compact {
        // Only where a mouse points: what a finger hits stays as it is.
        let tight = CONTROLS.map(|(name, tight, _)| format!("--{name}:{tight}"));
        let _ = write!(css, "@media (pointer:fine){{:root{{{}}}}}", tight.join(";"));
    }
    css
}

/// The same as names and values, for a part of a page that tries a theme on.
#[must_use]
pub fn properties(theme: &Theme, palette: &Palette) -> Vec<(String, String)> {
    let colour = |token: &Token| {
        let (light, dark) = (palette.light[*token], palette.dark[*token]);
        (token.name().to_owned(), format!("light-dark({light},{dark})"))
    };
    let mut all: Vec<(String, String)> = Token::ALL.iter().map(colour).collect();
    all.extend(measures(theme).into_iter().map(|(name, value)| (name.to_owned(), value)));
    let compact = theme.density == Density::Compact;
    all.extend(
        CONTROLS
            .map(|(name, tight, wide)| (name.to_owned(), (if compact { tight } else { wide }).to_owned())),
    );
    all
}

/// What is not a colour.
fn measures(theme: &Theme) -> Vec<(&'static str, String)> {
    let radius = u32::from(theme.radius);
    vec![
        // For the few things that are tinted by the hue alone.
        ("hue", hue_and_chroma(theme).0.to_string()),
        ("radius", format!("{radius}px")),
        ("radius-large", format!("{}px", (radius * 1618 + 500) / 1000)),
        ("r", format!("{radius}px")),
        ("r-l", format!("{}px", (radius * 1618 + 500) / 1000)),
        ("font", family(theme.font).to_owned()),
        ("type", hundredths(theme.scale)),
    ]
}

/// `1`, `0.8`, `1.15`.
fn hundredths(scale: u8) -> String {
    let text = format!("{}.{:02}", scale / 100, scale % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The families of type, each ending with one that every device has.
#[must_use]
pub const fn family(font: Font) -> &'static str {
    match font {
        Font::Inter => "\"Inter Variable\",\"Inter\",\"Inter Fallback\",system-ui,sans-serif",
        Font::System => "system-ui,sans-serif",
        Font::Humanist => {
            "Seravek,\"Gill Sans Nova\",Ubuntu,Calibri,\"DejaVu Sans\",source-sans-pro,sans-serif"
        }
        Font::Classic => "\"Iowan Old Style\",\"Palatino Linotype\",\"URW Palladio L\",P052,serif",
    }
}

/// The colours by name, as the API tells them.
#[must_use]
pub fn tokens(theme: &Theme) -> ThemeTokens {
    let palette = Palette::of(&theme.seed());
    let named = |tokens: &Tokens| -> BTreeMap<String, String> {
        tokens.iter().map(|(token, colour)| (token.name().to_owned(), colour.to_string())).collect()
    };
    let moved = palette.corrections.iter().map(|one| Moved {
        mode: one.mode.name().to_owned(),
        token: one.token.name().to_owned(),
        from: one.from.to_string(),
        to: one.to.to_string(),
        reason: one.reason.name().to_owned(),
    });
    ThemeTokens { light: named(&palette.light), dark: named(&palette.dark), corrections: moved.collect() }
}

/// Hue in degrees (0 to 359) and chroma in thousandths of the theme's accent, for what is coloured by these two alone: mails.
#[must_use]
pub fn hue_and_chroma(theme: &Theme) -> (u16, u16) {
    let Oklch { c, h, .. } = Palette::of(&theme.seed()).light[Token::Accent].into();
    ((h.round() as i64).rem_euclid(360) as u16, (c * 1000.0).round().clamp(0.0, 370.0) as u16)
}

/// The colour of a brand that has a hue and a chroma and no theme, as its pages were before.
#[must_use]
pub fn colour_of(hue: u16, chroma: f64) -> Rgb {
    let hex = kit::colour::accent(f64::from(hue), chroma);
    hex.parse().unwrap_or(Rgb::BLACK)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn blue() -> Theme {
        Theme::of(Rgb::new(0x25, 0x63, 0xeb))
    }

    #[test]
    fn a_page_carries_little_and_no_way_out() {
        let css = css(&Theme { density: Density::Compact, font: Font::Humanist, ..blue() });
        assert!(css.len() < 6 * 1024, "{} bytes", css.len());
        assert!(css.starts_with(":root{--accent:light-dark(#2563eb,#"), "{css}");
        assert!(css.contains("--radius:6px;--radius-large:10px;"), "{css}");
        let controls =
            "@media (pointer:fine){:root{--control:28px;--control-field:32px;--control-big:36px;--pad:12px}}";
        assert!(css.ends_with(controls), "{css}");
        assert!(!css.contains('<') && !css.contains("url(") && css.matches('@').count() == 2, "{css}");
    }

    #[test]
    fn the_size_of_type_is_one_factor() {
        for (scale, factor) in [(80, "0.8"), (95, "0.95"), (100, "1"), (120, "1.2")] {
            let css = css(&Theme { scale, ..blue() });
            assert!(css.contains(&format!("--type:{factor};")), "{css}");
        }
    }

    #[test]
    fn a_theme_without_words_is_written_as_before_there_were_any() {
        let file = serde_json::to_string(&blue()).unwrap();
        let old = r##"{"format":1,"colour":"#2563eb","accent":null,"tint":40,"radius":6,"density":"comfortable","font":"inter"}"##;
        assert_eq!(file, old);
        assert_eq!(serde_json::from_str::<Theme>(old).unwrap(), blue());
        let voice = kit::Voice { footer: "Aurora Inc.".into(), ..kit::Voice::default() };
        let spoken = Theme { scale: 110, voice, ..blue() };
        let file = serde_json::to_string(&spoken).unwrap();
        assert!(file.contains(r#""scale":110,"voice":{"footer":"Aurora Inc."}"#), "{file}");
        assert_eq!(serde_json::from_str::<Theme>(&file).unwrap(), spoken);
        let other = Theme { radius: 0, ..Theme::of(Rgb::BLACK) };
        let dressed = spoken.looking_like(&other);
        assert_eq!((dressed.voice, dressed.scale, dressed.radius), (spoken.voice, 100, 0));
    }

    #[test]
    fn a_file_says_what_it_must_and_leaves_the_rest() {
        let theme: Theme = serde_json::from_str(r##"{"colour":"#2563EB"}"##).unwrap();
        assert_eq!(theme, blue());
        assert_eq!(base::check_fields(&theme), Ok(()));
        for wrong in [
            r##"{"format":2,"colour":"#000"}"##,
            r##"{"colour":"#000","radius":17}"##,
            r##"{"colour":"#000","tint":101}"##,
            r##"{"colour":"#000","scale":79}"##,
            r##"{"colour":"#000","voice":{"links":[{"label":"x","url":"http://example.com"}]}}"##,
        ] {
            let theme: Theme = serde_json::from_str(wrong).unwrap();
            assert!(base::check_fields(&theme).is_err(), "{wrong}");
        }
        assert!(serde_json::from_str::<Theme>(r#"{"colour":"url(x)"}"#).is_err());
    }

    proptest! {
        #[test]
        fn the_same_theme_gives_the_same_bytes_after_export_and_import(
            colour in any::<[u8; 3]>(), accent in any::<Option<[u8; 3]>>(), tint in 0_u8..=100, radius in 0_u8..=16,
        ) {
            let theme = Theme { accent: accent.map(Rgb::from), tint, radius, ..Theme::of(Rgb::from(colour)) };
            let file = serde_json::to_string_pretty(&theme).unwrap();
            let read: Theme = serde_json::from_str(&file).unwrap();
            prop_assert_eq!(css(&read), css(&theme));
            prop_assert_eq!(serde_json::to_string(&tokens(&read)).unwrap(), serde_json::to_string(&tokens(&theme)).unwrap());
        }
    }
}

//! Themes that are ready to be worn, each of another character.
use palette::Rgb;

use crate::model::{Density, Font, Preset, Theme, ThemePreset};

/// All presets, in the order in which they are shown.
#[must_use]
pub fn presets() -> Vec<ThemePreset> {
    Preset::ALL.iter().map(|preset| ThemePreset { preset: *preset, theme: theme(*preset) }).collect()
}

fn theme(preset: Preset) -> Theme {
    match preset {
        // Ledger and letterhead: cool greys, square corners, serifs.
        Preset::Slate => Theme {
            accent: Some(Rgb::new(0xa1, 0x7c, 0x3a)),
            tint: 70,
            radius: 0,
            font: Font::Classic,
            ..Theme::of(Rgb::new(0x2f, 0x4b, 0x6e))
        },
        // Clay and cream: warm greys, round corners, an open hand.
        Preset::Amber => Theme {
            accent: Some(Rgb::new(0x3f, 0x7d, 0x6b)),
            tint: 90,
            radius: 14,
            scale: 105,
            font: Font::Humanist,
            ..Theme::of(Rgb::new(0xb4, 0x53, 0x09))
        },
        // A trading floor: a loud colour on greys without any, everything close together.
        Preset::Volt => Theme {
            accent: Some(Rgb::new(0xdb, 0x27, 0x77)),
            tint: 15,
            radius: 4,
            scale: 95,
            density: Density::Compact,
            ..Theme::of(Rgb::new(0x6d, 0x28, 0xd9))
        },
        // A printed page: ink on paper, and the device's own type.
        Preset::Ink => Theme {
            accent: Some(Rgb::new(0x6b, 0x72, 0x80)),
            tint: 0,
            radius: 8,
            font: Font::System,
            ..Theme::of(Rgb::new(0x27, 0x27, 0x2a))
        },
    }
}

#[cfg(test)]
mod tests {
    use palette::{Mode, Oklch, Palette, Token};

    use super::*;

    #[test]
    fn every_preset_can_be_read_in_light_and_dark() {
        for ThemePreset { preset, theme } in presets() {
            assert_eq!(base::check_fields(&theme), Ok(()), "{preset:?}");
            let palette = Palette::of(&theme.seed());
            for mode in [Mode::Light, Mode::Dark] {
                for one in palette.contrasts(mode) {
                    let (words, ground) = (one.pair.words.name(), one.pair.ground.name());
                    assert!(
                        one.ratio >= one.pair.least,
                        "{preset:?} {mode:?}: {words} on {ground} {}",
                        one.ratio
                    );
                }
            }
        }
    }

    #[test]
    fn the_brand_s_own_colour_needs_no_correction_in_light() {
        for ThemePreset { preset, theme } in presets() {
            assert_eq!(Palette::of(&theme.seed()).light[Token::Accent], theme.colour, "{preset:?}");
        }
    }

    #[test]
    fn each_is_of_another_character() {
        let all = presets();
        assert_eq!(all.len(), 4);
        for (place, one) in all.iter().enumerate() {
            for other in &all[place + 1..] {
                let (a, b) = (&one.theme, &other.theme);
                let (x, y): (Oklch, Oklch) = (a.colour.into(), b.colour.into());
                let turn = (x.h - y.h).abs().min(360.0 - (x.h - y.h).abs());
                let apart = [
                    turn > 30.0 || (x.c - y.c).abs() > 0.05,
                    a.radius.abs_diff(b.radius) >= 4,
                    a.font != b.font,
                    a.density != b.density,
                    a.tint.abs_diff(b.tint) >= 15,
                ];
                let count = apart.into_iter().filter(|apart| *apart).count();
                assert!(count >= 3, "{:?} and {:?} are told apart by {count} of 5", one.preset, other.preset);
            }
        }
    }
}

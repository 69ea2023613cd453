//! A brand's colour as a button: itself where it can be seen, the shade while hovered, and the words on it.

use crate::fit::{moved, readable, stands_out};
use crate::{Mode, Oklch, Reason, Rgb};

/// The least contrast of a control to what it stands on, and of words to the control (WCAG 2.2).
const SEEN: f64 = 3.0;
const READ: f64 = 4.5;
/// What a moved colour has above the least contrast.
const MARGIN: f64 = 0.01;
/// How far a hovered button moves in lightness, best first: more if there is room, less if there is not.
const HOVERS: [f64; 4] = [0.05, 0.04, 0.03, 0.02];
/// Below this lightness a button has to grow lighter, and further, for a difference to be seen.
const NIGHT: f64 = 0.35;
/// Above this lightness a lighter shade would lose its colour.
const GLARE: f64 = 0.8;
/// Chroma below which a brand is a grey, and the lightness that a black one has in the dark.
const GREY: f64 = 0.02;
const TURNED: f64 = 0.93;
/// Lightness and the most chroma of dark words.
const INK: (f64, f64) = (0.18, 0.03);

/// A fill, the same while hovered, and words that can be read on both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Solid {
    pub(crate) colour: Rgb,
    pub(crate) hovered: Rgb,
    pub(crate) words: Rgb,
    /// Why the colour is not the wanted one.
    pub(crate) moved: Option<Reason>,
    /// The words that were wanted, where they had to move.
    pub(crate) wanted_words: Option<Rgb>,
}

/// `wanted` as it is if it can be seen on `sheets`, otherwise moved in lightness as little as needed.
///
/// Some words can be read on every colour: white up to a luminance of 0.183, black from 0.175 on. So no colour has to
/// move for its words; dark words only grow darker than [`INK`] on the few colours in between.
pub(crate) fn solid(wanted: Rgb, mode: Mode, sheets: &[Rgb]) -> Solid {
    let colour = if stands_out(wanted, sheets, SEEN) { wanted } else { seen(wanted.into(), mode, sheets) };
    let reason = mode.of(Reason::TooLightForSurface, Reason::TooDarkForSurface);
    let from = Oklch::from(colour);
    let is_white = stands_out(Rgb::WHITE, &[colour], READ);
    let ink = Oklch::new(INK.0, INK.1.min(from.c), from.h).rgb();
    // The farthest that words can go: what the hovered shade must leave room for.
    let limit = if is_white { Rgb::WHITE } else { Rgb::BLACK };
    let fits = |shade: &Rgb| {
        stands_out(limit, &[*shade], READ + MARGIN) && stands_out(*shade, sheets, SEEN + MARGIN)
    };
    let away = match from.l {
        l if l < NIGHT => 1.0,
        l if l > GLARE => -1.0,
        _ => mode.of(-1.0, 1.0),
    };
    let more = 0.15 * (1.0 - from.l / NIGHT).max(0.0);
    let hovered = HOVERS
        .iter()
        .flat_map(|step| [from.l + away * (step + more), from.l - away * step])
        .filter(|l| (0.0..=1.0).contains(l))
        .map(|l| from.at(l).rgb())
        .find(fits)
        .unwrap_or(colour);
    let wanted_words = if is_white { Rgb::WHITE } else { ink };
    let words = readable(wanted_words, &[colour, hovered], READ);
    Solid {
        colour,
        hovered,
        words,
        moved: (colour != wanted).then_some(reason),
        wanted_words: (words != wanted_words).then_some(wanted_words),
    }
}

/// A colour that cannot be seen, moved in lightness as little as needed.
///
/// But a black brand is white in the dark, as such brands draw themselves: its contrast is all there is to keep, and
/// the nearest grey would look like a button that is switched off.
fn seen(wanted: Oklch, mode: Mode, sheets: &[Rgb]) -> Rgb {
    let from = if mode == Mode::Dark && wanted.c < GREY { wanted.at(TURNED) } else { wanted };
    let seen = |colour| stands_out(colour, sheets, SEEN + MARGIN);
    moved(from, mode.far(), seen).unwrap_or(mode.of(Rgb::BLACK, Rgb::WHITE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contrast::ratio;

    const SHEETS: [Rgb; 1] = [Rgb::WHITE];

    #[test]
    fn an_ordinary_colour_is_taken_as_it_is_with_white_words() {
        let blue = Rgb::new(0x25, 0x63, 0xeb);
        let found = solid(blue, Mode::Light, &SHEETS);
        assert_eq!((found.colour, found.words, found.moved), (blue, Rgb::WHITE, None));
        assert!(Oklch::from(found.hovered).l < Oklch::from(blue).l, "darker while hovered");
    }

    #[test]
    fn a_bright_colour_gets_dark_words() {
        let orange = Rgb::new(0xea, 0x70, 0x0c);
        let found = solid(orange, Mode::Light, &SHEETS);
        assert_eq!((found.colour, found.moved), (orange, None));
        assert!(ratio(found.words, Rgb::BLACK) < 1.3, "{found:?}");
    }

    #[test]
    fn yellow_is_darkened_until_it_can_be_seen_and_no_further() {
        let found = solid(Rgb::new(255, 255, 0), Mode::Light, &SHEETS);
        assert_eq!(found.moved, Some(Reason::TooLightForSurface));
        assert!((3.0..3.1).contains(&ratio(found.colour, Rgb::WHITE)), "{found:?}");
    }

    #[test]
    fn between_white_and_ink_the_ink_grows_darker_and_says_so() {
        // Luminance 0.19: white has 4.37, the usual ink less than 4.5 as well.
        let grey = Rgb::new(0x79, 0x79, 0x79);
        let found = solid(grey, Mode::Light, &SHEETS);
        assert_eq!(found.colour, grey);
        let wanted = found.wanted_words.expect("moved words");
        assert!(ratio(wanted, grey) < 4.5 && ratio(found.words, grey) >= 4.5, "{found:?}");
    }

    #[test]
    fn black_has_a_hovered_shade_too() {
        let found = solid(Rgb::BLACK, Mode::Light, &SHEETS);
        assert_eq!(found.colour, Rgb::BLACK);
        assert_ne!(found.hovered, Rgb::BLACK);
    }
}

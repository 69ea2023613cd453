//! One mode of a palette while it is made: grounds first, then the brand on them, then marks and repairs.

use crate::fit::readable;
use crate::repair::repair;
use crate::scale::{self, Scale, Scales, Step};
use crate::solid::{Solid, solid};
use crate::{Correction, Mode, Oklch, Reason, Rgb, Seed, Token, Tokens};

/// The tint of [`Seed`] at which greys have the chroma that the product itself has.
const USUAL_TINT: f64 = 40.0;
/// Chroma from which a brand gives its greys the whole tint; a paler one gives less, a grey none.
const WHOLE_TINT: f64 = 0.04;

pub(crate) struct Half {
    mode: Mode,
    tokens: Tokens,
    neutral: Scale,
    brand_scale: Scale,
    pub(crate) brand: Solid,
    /// Page, surface and raised: what controls and charts stand on.
    pub(crate) sheets: [Rgb; 3],
    /// All grounds that words of the brand stand on, but for its own.
    grounds: [Rgb; 6],
}

impl Half {
    /// Grounds and the brand on them.
    pub(crate) fn new(seed: &Seed, mode: Mode) -> Self {
        use Token::{Hover, NeutralSoft, Page, Raised, Sunken, Surface};
        let wanted = Oklch::from(seed.brand);
        let tint = f64::from(seed.tint.min(100)) / USUAL_TINT * (wanted.c / WHOLE_TINT).min(1.0);
        let neutral = scale::neutral(wanted.h, tint, mode);
        let mut tokens = Tokens::BLACK;
        surfaces(&mut tokens, &neutral, wanted.h, tint, mode);
        meanings(&mut tokens, mode);

        let sheets = [Page, Surface, Raised].map(|token| tokens[token]);
        let grounds = [Page, Surface, Raised, Sunken, Hover, NeutralSoft].map(|token| tokens[token]);
        let brand = solid(seed.brand, mode, &sheets);
        let brand_scale = scale::coloured(wanted, &brand, mode, &grounds);
        tokens.set(Token::Accent, brand.colour);
        tokens.set(Token::AccentHover, brand.hovered);
        tokens.set(Token::OnAccent, brand.words);
        tokens.set(Token::AccentSoft, brand_scale[Step::Element]);
        tokens.set(Token::AccentText, brand_scale[Step::TextLow]);
        // The ring shows on tinted grounds too, where the accent need not.
        let below: Vec<Rgb> = grounds.into_iter().chain([brand_scale[Step::Element]]).collect();
        tokens.set(Token::Focus, readable(brand.colour, &below, 3.0));
        Self { mode, tokens, neutral, brand_scale, brand, sheets, grounds }
    }

    /// The second colour, made fit to be seen here.
    pub(crate) fn second(&self, wanted: Rgb) -> Solid {
        solid(wanted, self.mode, &self.sheets)
    }

    /// Everything of this mode, repaired, and what is not as the brand wanted it.
    pub(crate) fn finish(
        mut self,
        seed: &Seed,
        second: &Solid,
        charts: [Rgb; 8],
    ) -> (Tokens, Scales, Vec<Correction>) {
        for (token, colour) in Token::CHARTS.into_iter().zip(charts) {
            self.tokens.set(token, colour);
        }
        let mode = self.mode;
        let moved = |token, from, to, reason| Correction { mode, token, from, to, reason };
        let brand = &self.brand;
        let mut corrections = Vec::new();
        corrections.extend(brand.moved.map(|why| moved(Token::Accent, seed.brand, brand.colour, why)));
        let words =
            brand.wanted_words.map(|from| moved(Token::OnAccent, from, brand.words, Reason::WordsOnIt));
        corrections.extend(words);
        if let (Some(from), Some(why)) = (seed.accent, second.moved) {
            corrections.push(moved(Token::Chart2, from, second.colour, why));
        }
        corrections.extend(repair(&mut self.tokens, mode));
        let hue = Oklch::from(seed.accent.unwrap_or(second.colour));
        let accent = scale::coloured(hue, second, mode, &self.grounds);
        (self.tokens, Scales { brand: self.brand_scale, accent, neutral: self.neutral }, corrections)
    }
}

/// Grounds, lines and words in greys of the brand's hue.
fn surfaces(tokens: &mut Tokens, neutral: &Scale, hue: f64, tint: f64, mode: Mode) {
    let mut set = |token, light: (f64, f64), dark: (f64, f64)| {
        let (l, c) = mode.of(light, dark);
        tokens.set(token, Oklch::new(l, c * tint, hue).rgb());
    };
    set(Token::Surface, (1.0, 0.0), (0.208, 0.010));
    set(Token::Raised, (1.0, 0.0), (0.235, 0.011));
    set(Token::Sunken, (0.966, 0.004), (0.158, 0.008));
    set(Token::Hover, (0.972, 0.005), (0.240, 0.012));
    set(Token::Line, (0.915, 0.006), (0.292, 0.012));
    set(Token::ScrimBase, (0.150, 0.010), (0.150, 0.010));
    let steps = [
        (Token::Page, Step::AppBackground),
        (Token::NeutralSoft, Step::Element),
        (Token::LineStrong, Step::Line),
        (Token::LineField, Step::LineStrong),
        (Token::Muted, Step::TextLow),
        (Token::Text, Step::TextHigh),
    ];
    for (token, step) in steps {
        tokens.set(token, neutral[step]);
    }
}

/// Lightness, chroma and hue in degrees.
type Lch = (f64, f64, f64);

/// Colours that mean something. They are the same in every brand: a person learns them once.
fn meanings(tokens: &mut Tokens, mode: Mode) {
    let mut set = |token, light: Lch, dark: Lch| {
        let (l, c, h) = mode.of(light, dark);
        tokens.set(token, Oklch::new(l, c, h).rgb());
    };
    set(Token::Good, (0.48, 0.12, 155.0), (0.78, 0.13, 155.0));
    set(Token::GoodSoft, (0.955, 0.035, 155.0), (0.27, 0.045, 155.0));
    set(Token::Warn, (0.49, 0.11, 65.0), (0.82, 0.12, 80.0));
    set(Token::WarnSoft, (0.962, 0.045, 85.0), (0.28, 0.05, 75.0));
    set(Token::Bad, (0.50, 0.18, 25.0), (0.75, 0.14, 22.0));
    set(Token::BadSoft, (0.958, 0.025, 25.0), (0.28, 0.06, 22.0));
    set(Token::OnBad, (1.0, 0.0, 0.0), (0.18, 0.03, 25.0));
}

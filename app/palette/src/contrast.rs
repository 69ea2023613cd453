//! How well one colour can be read on another, and the one list of what must be readable on what.

use crate::oklab::linear;
use crate::{Rgb, Token, Tokens};
use serde::Serialize;

/// Relative luminance of WCAG 2.2: 0 black to 1 white, from the eight-bit values that screens get.
/// <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>
pub fn luminance(colour: Rgb) -> f64 {
    let [red, green, blue] = linear(colour);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// Contrast ratio of WCAG 2.2: 1 the same luminance to 21 black on white. <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>
pub fn ratio(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What stands on a ground, and so how much contrast it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words of any size (WCAG 2.2, 1.4.3).
    Words,
    /// Buttons, edges of fields, large words (1.4.11, and 1.4.3 for large text).
    Control,
    /// The ring around what has the focus (1.4.11, 2.4.13).
    Focus,
    /// Bars, lines and slices (1.4.11).
    Chart,
}

impl Kind {
    /// The least contrast ratio: 4.5 for words, 3 for all else.
    pub const fn least(self) -> f64 {
        match self {
            Self::Words => 4.5,
            Self::Control | Self::Focus | Self::Chart => 3.0,
        }
    }
}

/// A token that must be readable, and the grounds it stands on.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub words: Token,
    pub grounds: &'static [Token],
    pub kind: Kind,
}

/// Words or a mark, the ground below and the least contrast between them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Pair {
    pub words: Token,
    pub ground: Token,
    pub kind: Kind,
    /// Contrast ratio, 1 to 21.
    pub least: f64,
}

/// A [`Pair`] with the contrast it has.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Measured {
    #[serde(flatten)]
    pub pair: Pair,
    /// Contrast ratio, 1 to 21.
    pub ratio: f64,
}

impl Measured {
    /// Whether the words can be read.
    pub fn passes(&self) -> bool {
        self.ratio >= self.pair.least
    }
}

/// All that words stand on.
const GROUNDS: &[Token] = {
    use Token::{AccentSoft, BadSoft, GoodSoft, Hover, NeutralSoft, Page, Raised, Sunken, Surface, WarnSoft};
    &[Page, Surface, Raised, Sunken, Hover, AccentSoft, NeutralSoft, GoodSoft, WarnSoft, BadSoft]
};
/// What cards, tables and dialogs are made of.
const SHEETS: &[Token] = &[Token::Page, Token::Surface, Token::Raised];

/// The one list. What is a ground in one rule and moved by another comes first, so that a repair in this order
/// never spoils what has been repaired.
pub const RULES: &[Rule] = {
    use Kind::{Chart, Control, Words};
    use Token::{
        Accent, AccentHover, AccentSoft, AccentText, Bad, BadSoft, Chart1, Chart2, Chart3, Chart4, Chart5,
        Chart6, Chart7, Chart8, Focus, Good, GoodSoft, Hover, LineField, Muted, NeutralSoft, OnAccent, OnBad,
        Page, Raised, Sunken, Surface, Text, Warn, WarnSoft,
    };
    &[
        Rule { words: Accent, grounds: SHEETS, kind: Control },
        Rule { words: AccentHover, grounds: SHEETS, kind: Control },
        Rule { words: OnAccent, grounds: &[Accent, AccentHover], kind: Words },
        Rule { words: Text, grounds: GROUNDS, kind: Words },
        Rule { words: Muted, grounds: GROUNDS, kind: Words },
        Rule {
            words: AccentText,
            grounds: &[Page, Surface, Raised, Sunken, Hover, AccentSoft, NeutralSoft],
            kind: Words,
        },
        Rule {
            words: Good,
            grounds: &[Page, Surface, Raised, Sunken, Hover, AccentSoft, NeutralSoft, GoodSoft],
            kind: Words,
        },
        Rule {
            words: Warn,
            grounds: &[Page, Surface, Raised, Sunken, Hover, AccentSoft, NeutralSoft, WarnSoft],
            kind: Words,
        },
        Rule {
            words: Bad,
            grounds: &[Page, Surface, Raised, Sunken, Hover, AccentSoft, NeutralSoft, BadSoft],
            kind: Words,
        },
        Rule { words: OnBad, grounds: &[Bad], kind: Words },
        Rule { words: LineField, grounds: &[Page, Surface, Raised, Sunken], kind: Control },
        Rule {
            words: Focus,
            grounds: &[Page, Surface, Raised, Sunken, Hover, AccentSoft],
            kind: Kind::Focus,
        },
        Rule { words: Chart1, grounds: SHEETS, kind: Chart },
        Rule { words: Chart2, grounds: SHEETS, kind: Chart },
        Rule { words: Chart3, grounds: SHEETS, kind: Chart },
        Rule { words: Chart4, grounds: SHEETS, kind: Chart },
        Rule { words: Chart5, grounds: SHEETS, kind: Chart },
        Rule { words: Chart6, grounds: SHEETS, kind: Chart },
        Rule { words: Chart7, grounds: SHEETS, kind: Chart },
        Rule { words: Chart8, grounds: SHEETS, kind: Chart },
    ]
};

/// Every pair of [`RULES`], one by one.
pub fn pairs() -> impl Iterator<Item = Pair> {
    RULES.iter().flat_map(|rule| {
        let (words, kind) = (rule.words, rule.kind);
        rule.grounds.iter().map(move |ground| Pair { words, ground: *ground, kind, least: kind.least() })
    })
}

/// The contrast table of one mode: every pair with what it measures.
pub fn table(tokens: &Tokens) -> impl Iterator<Item = Measured> + '_ {
    pairs().map(|pair| Measured { pair, ratio: ratio(tokens[pair.words], tokens[pair.ground]) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// Ratios that the checker of WebAIM gives, cut to two digits.
    #[rstest]
    #[case("#000000", "#ffffff", 21.0)]
    #[case("#777777", "#ffffff", 4.47)]
    #[case("#767676", "#ffffff", 4.54)]
    #[case("#0000ff", "#ffffff", 8.59)]
    #[case("#ff0000", "#ffffff", 3.99)]
    #[case("#2563eb", "#2563eb", 1.0)]
    fn known_ratios(#[case] one: &str, #[case] other: &str, #[case] known: f64) {
        let (one, other) = (one.parse().unwrap(), other.parse().unwrap());
        assert!((ratio(one, other) - known).abs() < 0.01, "{}", ratio(one, other));
        assert_eq!(ratio(one, other).to_bits(), ratio(other, one).to_bits());
    }

    /// All that `app/kit/src/contrast.rs` asks of the style sheet is asked of every palette.
    #[test]
    fn the_list_asks_no_less_than_the_style_sheet_is_asked() {
        let source = include_str!("../../kit/src/contrast.rs");
        let start = source.find("const READABLE").expect("the list of the style sheet");
        let list = &source[start..start + source[start..].find("];\n").expect("its end")];
        let mut asked = 0;
        for entry in list.split("\n    (").skip(1) {
            let names: Vec<Token> = entry.split('"').skip(1).step_by(2).filter_map(Token::of).collect();
            let least: f64 = if entry.contains("4.5") { 4.5 } else { 3.0 };
            for ground in &names[1..] {
                asked += 1;
                let is_asked =
                    |pair: Pair| pair.words == names[0] && pair.ground == *ground && pair.least >= least;
                assert!(pairs().any(is_asked), "{} on {}", names[0].name(), ground.name());
            }
        }
        assert!(asked > 50, "{asked}");
    }

    #[test]
    fn no_repair_can_spoil_an_earlier_one() {
        for (at, rule) in RULES.iter().enumerate() {
            let earlier = RULES[..at].iter().flat_map(|rule| rule.grounds);
            assert!(!earlier.into_iter().any(|ground| *ground == rule.words), "{}", rule.words.name());
        }
    }

    #[test]
    fn no_pair_is_listed_twice() {
        let all: Vec<_> = pairs().map(|pair| (pair.words, pair.ground)).collect();
        let once: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(once.len(), all.len());
    }
}

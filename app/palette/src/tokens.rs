//! The colour tokens of `style/tokens.css` (tier 2): what a colour is for, and which one it is.

use crate::Rgb;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::Index;

/// Names every token once, in the order of `style/tokens.css`.
macro_rules! tokens {
    ($($(#[$doc:meta])* $token:ident $name:literal,)*) => {
        /// What a colour is for. Components know these names only, never a literal colour.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Token {
            $($(#[$doc])* #[serde(rename = $name)] $token,)*
        }

        impl Token {
            /// Every token, in the order of `style/tokens.css`.
            pub const ALL: &'static [Self] = &[$(Self::$token),*];

            /// The name of the custom property, without `--`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$token => $name,)*
                }
            }
        }

        const COUNT: usize = [$(Token::$token),*].len();
    };
}

tokens! {
    /// The primary action: the brand's own colour where it can be read.
    Accent "accent",
    AccentHover "accent-hover",
    /// Words on the accent, also while it is hovered.
    OnAccent "on-accent",
    /// The ground of what is selected.
    AccentSoft "accent-soft",
    /// Links and other words in the brand's hue.
    AccentText "accent-text",
    Page "page",
    Surface "surface",
    Raised "raised",
    Sunken "sunken",
    Hover "hover",
    Line "line",
    LineStrong "line-strong",
    /// The edge of a field: it alone says where to type.
    LineField "line-field",
    Text "text",
    Muted "muted",
    Good "good",
    GoodSoft "good-soft",
    Warn "warn",
    WarnSoft "warn-soft",
    Bad "bad",
    BadSoft "bad-soft",
    /// Words on a button that destroys.
    OnBad "on-bad",
    NeutralSoft "neutral-soft",
    Chart1 "chart-1",
    Chart2 "chart-2",
    Chart3 "chart-3",
    Chart4 "chart-4",
    Chart5 "chart-5",
    Chart6 "chart-6",
    Chart7 "chart-7",
    Chart8 "chart-8",
    /// Below a dialog, before it is made see-through.
    ScrimBase "scrim-base",
    /// The ring around what has the focus.
    Focus "focus",
}

impl Token {
    /// The token of that name, without `--`.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|token| token.name() == name)
    }

    /// The eight colours of charts, in the order in which series take them.
    pub const CHARTS: [Self; 8] = [
        Self::Chart1,
        Self::Chart2,
        Self::Chart3,
        Self::Chart4,
        Self::Chart5,
        Self::Chart6,
        Self::Chart7,
        Self::Chart8,
    ];
}

/// One colour for every [`Token`]; stored as an ordered map from name to `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tokens([Rgb; COUNT]);

impl Tokens {
    pub(crate) const BLACK: Self = Self([Rgb::BLACK; COUNT]);

    /// Tokens and their colours, in the order of [`Token::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Token, Rgb)> + '_ {
        Token::ALL.iter().copied().zip(self.0)
    }

    pub(crate) fn set(&mut self, token: Token, colour: Rgb) {
        self.0[token as usize] = colour;
    }
}

impl Index<Token> for Tokens {
    type Output = Rgb;

    fn index(&self, token: Token) -> &Rgb {
        &self.0[token as usize]
    }
}

impl Serialize for Tokens {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(token, colour)| (token.name(), colour)))
    }
}

impl<'de> Deserialize<'de> for Tokens {
    /// Every token must be there; names that are not known are passed over, a newer product may have written them.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Named;
        impl<'de> Visitor<'de> for Named {
            type Value = Tokens;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a colour for every token")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tokens, A::Error> {
                let mut found = [None; COUNT];
                while let Some((name, colour)) = map.next_entry::<String, String>()? {
                    if let Some(token) = Token::of(&name) {
                        found[token as usize] = Some(colour.parse::<Rgb>().map_err(A::Error::custom)?);
                    }
                }
                let mut tokens = Tokens::BLACK;
                for (token, colour) in Token::ALL.iter().zip(found) {
                    tokens.set(*token, colour.ok_or_else(|| A::Error::missing_field(token.name()))?);
                }
                Ok(tokens)
            }
        }
        deserializer.deserialize_map(Named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Every colour of tier 2 in the style sheet, but for those that are made of others or see-through.
    #[test]
    fn every_colour_of_the_style_sheet_is_a_token() {
        let sheet = include_str!("../../../style/tokens.css");
        let lines = sheet.lines().filter_map(|line| line.trim().strip_prefix("--"));
        let colours: Vec<&str> = lines
            .filter_map(|line| line.split_once(':'))
            .filter(|(_, value)| value.trim_start().starts_with("light-dark("))
            .map(|(name, _)| name)
            .collect();
        assert!(colours.len() > 20);
        for name in colours {
            assert!(Token::of(name).is_some(), "--{name}");
        }
    }

    #[test]
    fn no_name_is_taken_twice() {
        let names: BTreeSet<&str> = Token::ALL.iter().map(|token| token.name()).collect();
        assert_eq!(names.len(), COUNT);
        assert_eq!(Token::of("nonsense"), None);
    }

    #[test]
    fn tokens_are_stored_by_name_and_in_order() {
        let mut tokens = Tokens::BLACK;
        tokens.set(Token::OnBad, Rgb::WHITE);
        let stored = serde_json::to_string(&tokens).unwrap();
        assert!(stored.starts_with(r##"{"accent":"#000000","accent-hover":"#000000","##), "{stored}");
        assert!(stored.contains(r##""on-bad":"#ffffff""##), "{stored}");
        assert_eq!(serde_json::from_str::<Tokens>(&stored).unwrap(), tokens);
    }

    #[test]
    fn a_missing_token_is_refused_and_an_unknown_one_passed_over() {
        let stored = serde_json::to_string(&Tokens::BLACK).unwrap();
        let without = stored.replace(r##","focus":"#000000""##, "");
        let fault = serde_json::from_str::<Tokens>(&without).unwrap_err().to_string();
        assert!(fault.contains("focus"), "{fault}");
        let with = stored.replace('{', r##"{"glow":"#ffffff","##);
        assert_eq!(serde_json::from_str::<Tokens>(&with).unwrap(), Tokens::BLACK);
    }
}

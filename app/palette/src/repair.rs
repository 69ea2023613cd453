//! The last step: whatever the design gave, every pair of the list can be read afterwards.

use crate::contrast::RULES;
use crate::fit::readable;
use crate::{Correction, Mode, Reason, Rgb, Token, Tokens};

/// Goes through [`RULES`] once, moves the words (never the ground) that cannot be read, and says what it moved.
pub(crate) fn repair(tokens: &mut Tokens, mode: Mode) -> Vec<Correction> {
    let mut corrections = Vec::new();
    for rule in RULES {
        let grounds: Vec<Rgb> = rule.grounds.iter().map(|ground| tokens[*ground]).collect();
        let from = tokens[rule.words];
        let to = readable(from, &grounds, rule.kind.least());
        if to != from {
            tokens.set(rule.words, to);
            corrections.push(Correction { mode, token: rule.words, from, to, reason: reason(rule.words) });
        }
    }
    corrections
}

fn reason(words: Token) -> Reason {
    match words {
        Token::OnAccent | Token::OnBad => Reason::WordsOnIt,
        _ => Reason::NotReadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contrast::table;
    use crate::{Palette, Seed};

    #[test]
    fn a_palette_that_nobody_can_read_is_repaired_and_every_repair_is_listed() {
        for (mode, words) in [(Mode::Light, Rgb::WHITE), (Mode::Dark, Rgb::BLACK)] {
            let palette = Palette::of(&Seed::default());
            let mut tokens = *palette.tokens(mode);
            for token in [Token::Text, Token::Muted, Token::Bad, Token::Chart3, Token::LineField] {
                tokens.set(token, words);
            }
            assert!(table(&tokens).any(|measured| !measured.passes()));
            let broken = tokens;
            let listed = repair(&mut tokens, mode);
            assert!(table(&tokens).all(|measured| measured.passes()));
            let changed: Vec<(Token, Rgb, Rgb)> = Token::ALL
                .iter()
                .filter(|token| broken[**token] != tokens[**token])
                .map(|token| (*token, broken[*token], tokens[*token]))
                .collect();
            let mut said: Vec<_> = listed.iter().map(|said| (said.token, said.from, said.to)).collect();
            said.sort_unstable();
            assert_eq!(said, changed);
            assert!(changed.len() >= 5, "{changed:?}");
        }
    }

    #[test]
    fn a_repaired_palette_is_left_alone() {
        let mut tokens = Palette::of(&Seed::default()).light;
        assert_eq!(repair(&mut tokens, Mode::Light), []);
    }
}

//! The tokens as CSS custom properties, for the one small style element of a page.

use crate::{Palette, Token};
use std::fmt::Write;

impl Palette {
    /// One rule for `selector`: `selector{--accent:light-dark(#aabbcc,#ddeeff);…}`, tokens in the order of
    /// [`Token::ALL`], no spaces. The selector is written as it is given: it must not come from a stranger.
    pub fn css(&self, selector: &str) -> String {
        let mut css = format!("{selector}{{");
        for token in Token::ALL {
            let (light, dark) = (self.light[*token], self.dark[*token]);
            write!(css, "--{}:light-dark({light},{dark});", token.name()).expect("a string takes all");
        }
        css.push('}');
        css
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rgb, Seed};

    #[test]
    fn a_page_gets_one_small_rule() {
        let css = Palette::of(&Seed::of(Rgb::new(0x25, 0x63, 0xeb))).css(":root,.brand-scope");
        assert!(css.starts_with(":root,.brand-scope{--accent:light-dark(#2563eb,#"), "{css}");
        assert!(css.contains(";--surface:light-dark(#ffffff,#1"), "light first: {css}");
        assert!(css.ends_with(");}"), "{css}");
        assert!(!css.contains(' ') && css.len() < 6_000, "{} bytes", css.len());
        assert_eq!(css.matches("--").count(), Token::ALL.len());
        let at = |name: &str| css.find(&format!("--{name}:")).unwrap();
        assert!(Token::ALL.windows(2).all(|two| at(two[0].name()) < at(two[1].name())));
    }
}

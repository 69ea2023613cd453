//! Colours of a website, from its style sheets.

use super::{Proposal, ranking, value};
use crate::Rgb;
use std::collections::BTreeMap;

/// The most of a style sheet that is read, in bytes; what comes after is left out.
const LONGEST: usize = 2 * 1024 * 1024;
/// The most different colours that are counted: a style sheet has some dozens.
const MOST_COLOURS: usize = 4_096;
/// The most bytes between the brackets of a colour.
const LONGEST_VALUE: usize = 80;

/// Up to five colours of a style sheet, best first: by how often they are written, times their chroma.
///
/// `theme_colour` is what the page gives as `<meta name="theme-color">`; it weighs as much as all that the style sheet
/// says together, for it was chosen on purpose. Any text is taken: what is no colour is passed over, and only the first
/// two mebibytes are read. Ids in selectors (`#add`), comments, strings and `url()` are no colours.
pub fn colours_of_css(css: &str, theme_colour: Option<&str>) -> Vec<Proposal> {
    let mut counted = Counted::default();
    Reader { bytes: &css.as_bytes()[..css.len().min(LONGEST)], at: 0 }.read(&mut counted);
    let mut counted = counted.sure;
    if let Some(colour) = theme_colour.and_then(of_value) {
        let all: u64 = counted.values().sum();
        *counted.entry(colour).or_default() += all.max(1);
    }
    ranking::ranked(&counted)
}

/// A colour that stands alone.
fn of_value(text: &str) -> Option<Rgb> {
    let text = text.trim().to_ascii_lowercase();
    if let Some(digits) = text.strip_prefix('#') {
        return value::of_digits(digits);
    }
    let (name, inside) = text.strip_suffix(')')?.split_once('(')?;
    value::of_function(name, inside)
}

/// Colours of values, and those of which it is not known yet whether they stand in a value or in a selector.
#[derive(Default)]
struct Counted {
    sure: BTreeMap<Rgb, u64>,
    open: Vec<Rgb>,
}

impl Counted {
    fn settle(&mut self) {
        for colour in self.open.drain(..) {
            if self.sure.len() < MOST_COLOURS || self.sure.contains_key(&colour) {
                *self.sure.entry(colour).or_default() += 1;
            }
        }
    }
}

/// Goes through a style sheet once, byte by byte; every step moves on.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn read(mut self, counted: &mut Counted) {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            match byte {
                b'/' if self.bytes.get(self.at + 1) == Some(&b'*') => self.skip_comment(),
                b'"' | b'\'' => self.skip_string(byte),
                // What stood before a block was a selector, what stands before its end or a semicolon was a value.
                b'{' => {
                    counted.open.clear();
                    self.at += 1;
                }
                b'}' | b';' => {
                    counted.settle();
                    self.at += 1;
                }
                b'#' => {
                    self.at += 1;
                    let word = self.word();
                    counted.open.extend(value::of_digits(word));
                }
                _ if is_word(byte) => {
                    let name = self.word().to_ascii_lowercase();
                    if self.bytes.get(self.at) == Some(&b'(') {
                        self.function(&name, counted);
                    }
                }
                _ => self.at += 1,
            }
        }
        counted.settle();
    }

    /// The word that starts here, which may be empty; afterwards it has been read.
    fn word(&mut self) -> &str {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len());
        self.at += length;
        // Not even a cut character can be in it: all of a word is ASCII or left out as a whole.
        std::str::from_utf8(&rest[..length]).unwrap_or_default()
    }

    /// A bracket after a name: a colour, an address that is skipped, or anything else, which is read on.
    fn function(&mut self, name: &str, counted: &mut Counted) {
        let start = self.at + 1;
        self.at = start;
        let rest = &self.bytes[start..];
        if name == "url" {
            let is_quoted = rest.first().is_some_and(|byte| matches!(byte, b'"' | b'\''));
            if !is_quoted {
                self.at += rest.iter().position(|byte| matches!(byte, b')' | b'\n')).unwrap_or(rest.len());
            }
            return;
        }
        if !matches!(name, "rgb" | "rgba" | "hsl" | "hsla" | "oklch") {
            return;
        }
        let near = &rest[..rest.len().min(LONGEST_VALUE)];
        if let Some(end) = near.iter().position(|byte| matches!(byte, b')' | b'(' | b';' | b'}' | b'{')) {
            let inside = std::str::from_utf8(&near[..end]).unwrap_or_default().to_ascii_lowercase();
            if near[end] == b')' {
                counted.open.extend(value::of_function(name, &inside));
            }
            self.at += end;
        }
    }

    fn skip_comment(&mut self) {
        let rest = &self.bytes[self.at + 2..];
        let end = rest.windows(2).position(|two| two == b"*/");
        self.at = end.map_or(self.bytes.len(), |end| self.at + 2 + end + 2);
    }

    /// Up to the closing quote; a string that was never closed ends with its line, as browsers read it.
    fn skip_string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == quote || byte == b'\n' {
                return;
            }
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'\\') || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn colours(css: &str) -> Vec<String> {
        colours_of_css(css, None).iter().map(|found| found.colour.to_string()).collect()
    }

    #[test]
    fn the_colour_that_is_used_most_comes_first() {
        let css = ":root{--brand:#2563eb;--other:#f97316}a{color:var(--brand)}
            .b{background:#2563EB;border:1px solid rgb(37 99 235)} .c{color:hsl(142, 71%, 29%)} body{color:#111;background:#fff}";
        let found = colours_of_css(css, None);
        assert_eq!(colours(css), ["#2563eb", "#f97316", "#157e3c"]);
        assert_eq!(found[0].share, 3 * 10_000 / 7);
    }

    #[test]
    fn ids_comments_strings_and_addresses_are_no_colours() {
        let css = "#add{margin:0} a#facade:hover, #bed { color: #0f766e }
            /* #ff0000; */ .x{content:\"#00ff00\";fill:url(#dad);background:url('a#fed')}
            .y{color:#notacolour;background:#0f766e80x}";
        assert_eq!(colours(css), ["#0f766e"]);
    }

    #[test]
    fn rules_within_rules_are_read() {
        assert_eq!(
            colours("@media print{.a{color:#be123c;&:hover #abc{color:#0e7490}}}"),
            ["#be123c", "#0e7490"]
        );
    }

    #[test]
    fn the_theme_colour_weighs_as_much_as_the_rest() {
        let css = ".a{color:#2563eb}.b{color:#2563eb}.c{color:#f97316}";
        let found = colours_of_css(css, Some(" #7C3AED "));
        assert_eq!((found[0].colour.to_string().as_str(), found[0].share), ("#7c3aed", 5_000));
        assert_eq!(colours_of_css("", Some("rgb(124, 58, 237)"))[0].share, 10_000);
        assert_eq!(colours_of_css(css, Some("#fff"))[0].colour.to_string(), "#2563eb", "white says nothing");
        assert_eq!(colours_of_css(css, Some("nonsense")), colours_of_css(css, None));
    }

    #[test]
    fn greys_speak_where_nothing_else_does() {
        assert_eq!(colours("a{color:#000}b{color:#000}c{color:#fff}"), ["#000000", "#ffffff"]);
    }

    #[test]
    fn a_hostile_sheet_ends_soon() {
        let many = |text: &str| text.repeat(3 * LONGEST / text.len());
        for text in
            ["/*", "\"", "#", "#ffffff", "rgb(", "url(", "rgb(1,2,3);", "{", "\\", "é", "hsl(1e308 1% 1%);"]
        {
            assert!(colours_of_css(&many(text), Some(&many(text))).len() <= 5, "{text}");
        }
        let all: Vec<String> = (0..200_000).map(|number| format!("#{:06x};", number * 83)).collect();
        assert_eq!(colours_of_css(&all.concat(), None).len(), 5);
    }

    proptest! {
        #[test]
        fn anything_is_read(text in any::<String>(), theme in any::<Option<String>>()) {
            prop_assert!(colours_of_css(&text, theme.as_deref()).len() <= 5);
        }

        #[test]
        fn anything_like_css_is_read(text in "([#(){};:/*'\"a-f0-9 ,.%\\\\é]|rgb\\(|hsl\\(|url\\(|oklch\\(){0,60}") {
            let found = colours_of_css(&text, Some(&text));
            prop_assert!(found.iter().all(|found| found.share <= 10_000));
        }
    }
}

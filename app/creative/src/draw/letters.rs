//! Letters as outlines, and lines that fit into a box: for pictures and for paper. Latin, Greek and Cyrillic; a text that
//! these typefaces cannot write is left out rather than shown as empty boxes.
use std::fmt::Write as _;
use std::sync::LazyLock;

use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// Line height for a size of 1.
pub(super) const LEADING: f32 = 1.3;

/// A typeface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Plain,
    Bold,
}

static PLAIN: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(ttf_noto_sans::REGULAR, 0).expect("the typeface is whole"));
static BOLD: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(ttf_noto_sans::BOLD, 0).expect("the typeface is whole"));

impl Weight {
    pub(super) fn face(self) -> &'static Face<'static> {
        match self {
            Self::Plain => &PLAIN,
            Self::Bold => &BOLD,
        }
    }

    pub(super) fn glyph(self, letter: char) -> GlyphId {
        self.face().glyph_index(letter).unwrap_or(GlyphId(0))
    }

    /// Width of a letter at size 1.
    pub(super) fn advance(self, glyph: GlyphId) -> f32 {
        let units = self.face().glyph_hor_advance(glyph).unwrap_or_default();
        f32::from(units) / f32::from(self.face().units_per_em())
    }

    /// Width of a text.
    pub(super) fn width(self, text: &str, size: f32) -> f32 {
        text.chars().map(|letter| self.advance(self.glyph(letter))).sum::<f32>() * size
    }

    /// Whether every letter of a text can be written.
    pub(super) fn writes(self, text: &str) -> bool {
        text.chars().all(|letter| letter.is_whitespace() || self.face().glyph_index(letter).is_some())
    }

    /// The outlines of a line as the data of an SVG path, its baseline beginning at `x`, `y`.
    pub(super) fn outline(self, text: &str, x: f32, y: f32, size: f32) -> String {
        let scale = size / f32::from(self.face().units_per_em());
        let mut pen = Pen { out: String::new(), x, y, scale };
        for letter in text.chars() {
            let glyph = self.glyph(letter);
            let _ = self.face().outline_glyph(glyph, &mut pen);
            pen.x += self.advance(glyph) * size;
        }
        pen.out
    }
}

struct Pen {
    out: String,
    x: f32,
    y: f32,
    scale: f32,
}

impl Pen {
    fn put(&mut self, verb: char, points: &[(f32, f32)]) {
        self.out.push(verb);
        for (x, y) in points {
            let _ = write!(self.out, "{:.2} {:.2} ", self.x + x * self.scale, self.y - y * self.scale);
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[(x, y)]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[(x, y)]);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.put('Q', &[(x1, y1), (x, y)]);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.put('C', &[(x1, y1), (x2, y2), (x, y)]);
    }
    fn close(&mut self) {
        self.out.push('Z');
    }
}

/// A text in lines that are not wider than `width`: broken at spaces and hyphens, and within words that are too long.
pub(super) fn lines(text: &str, width: f32, measure: &dyn Fn(&str) -> f32) -> Vec<String> {
    let mut all = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if measure(&longer) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                all.push(std::mem::take(&mut line));
            }
            if measure(word) <= width {
                word.clone_into(&mut line);
                continue;
            }
            for letter in word.chars() {
                line.push(letter);
                if measure(&line) > width && line.chars().count() > 1 {
                    line.pop();
                    all.push(std::mem::replace(&mut line, letter.to_string()));
                }
            }
        }
        all.push(line);
    }
    all
}

/// Lines that fit into a box, and their size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fitted {
    pub(super) lines: Vec<String>,
    pub(super) size: f32,
}

/// The largest size from `most` down to `least` at which a text fits; at the least, what is left over ends in `…`.
pub(super) fn fit(text: &str, weight: Weight, (width, height): (f32, f32), most: f32, least: f32) -> Fitted {
    if !weight.writes(text) {
        return Fitted { lines: Vec::new(), size: most };
    }
    let mut size = most;
    loop {
        let measure = |text: &str| weight.width(text, size);
        let mut all = lines(text, width, &measure);
        let room = ((height / (size * LEADING)).floor() as usize).max(1);
        // A word is rather smaller than broken.
        let whole = text.split_whitespace().all(|word| measure(word) <= width);
        if all.len() as f32 * size * LEADING <= height && whole {
            return Fitted { lines: all, size };
        }
        if size <= least {
            if all.len() > room {
                all.truncate(room);
                if let Some(last) = all.last_mut() {
                    while !last.is_empty() && measure(&format!("{last}…")) > width {
                        last.pop();
                    }
                    *last = format!("{}…", last.trim_end_matches([' ', ',', '.', ':']));
                }
            }
            return Fitted { lines: all, size };
        }
        size = (size * 0.94).max(least);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_within_words_that_are_too_long() {
        let width = |text: &str| text.chars().count() as f32;
        assert_eq!(lines("one two three", 7.0, &width), ["one two", "three"]);
        assert_eq!(lines("a abcdefghij k", 4.0, &width), ["a", "abcd", "efgh", "ij k"]);
        assert_eq!(lines("one\n\ntwo", 9.0, &width), ["one", "", "two"]);
        assert_eq!(lines("ab", 0.5, &width), ["a", "b"]);
    }

    #[test]
    fn whatever_is_written_stays_in_its_box() {
        let long = "Donaudampfschifffahrtsgesellschaftskapitänspatentverlängerung";
        let headline = "A headline of a hundred and fifty characters that goes on and on, as if somebody had been paid by the letter and had a \
                        family to feed, until it ends";
        for text in ["Short", long, headline, &"w".repeat(400), "", "Привет, мир", "Καλημέρα"]
        {
            for weight in [Weight::Plain, Weight::Bold] {
                for (width, height) in
                    [(268.0, 90.0), (380.0, 50.0), (128.0, 150.0), (720.0, 260.0), (40.0, 14.0)]
                {
                    let fitted = fit(text, weight, (width, height), 64.0, 10.0);
                    assert!(
                        fitted.lines.iter().all(|line| weight.width(line, fitted.size) <= width),
                        "{text}"
                    );
                    assert!(
                        fitted.lines.len() as f32 * fitted.size * LEADING <= height.max(10.0 * LEADING) + 0.1,
                        "{text}"
                    );
                    assert!(text.is_empty() || !fitted.lines.is_empty());
                }
            }
        }
        assert!(fit(headline, Weight::Bold, (128.0, 60.0), 30.0, 12.0).lines.last().unwrap().ends_with('…'));
    }

    #[test]
    fn what_cannot_be_written_is_left_out() {
        for text in ["مرحبا", "你好", "नमस्ते"] {
            assert_eq!(
                fit(text, Weight::Bold, (300.0, 100.0), 30.0, 12.0).lines,
                Vec::<String>::new(),
                "{text}"
            );
        }
    }

    #[test]
    fn outlines_are_of_the_letters() {
        let path = Weight::Bold.outline("Ag", 10.0, 50.0, 32.0);
        assert!(path.starts_with('M') && path.matches('Z').count() >= 4, "{path}");
        assert_eq!(Weight::Plain.outline(" ", 0.0, 0.0, 10.0), "");
    }
}

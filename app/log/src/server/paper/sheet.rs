//! Pages of A4 that fill from the top: lines that wrap, rules, squares.
use base::Problem;
use pdf_writer::{Content, Name, Str};

use super::face::Face;

/// A4 in points.
pub(super) const PAGE: (f32, f32) = (595.0, 842.0);
pub(super) const LEFT: f32 = 56.0;
/// Of the column of text.
pub(super) const WIDTH: f32 = PAGE.0 - 2.0 * LEFT;
pub(super) const TOP: f32 = PAGE.1 - 56.0;
pub(super) const BOTTOM: f32 = 56.0;
/// Line height for a size of 1.
const LEADING: f32 = 1.38;

/// Pages under way; heights count up from the bottom edge.
pub(super) struct Sheets {
    pub(super) pages: Vec<Content>,
    pub(super) plain: Face,
    pub(super) bold: Face,
    pub(super) links: Vec<(String, [f32; 4])>,
    at: f32,
}

impl Sheets {
    pub(super) fn new() -> Result<Self, Problem> {
        Ok(Self {
            pages: vec![Content::new()],
            plain: Face::new("NotoSans", ttf_noto_sans::REGULAR)?,
            bold: Face::new("NotoSans-Bold", ttf_noto_sans::BOLD)?,
            links: Vec::new(),
            at: TOP,
        })
    }

    /// Which page is being filled.
    pub(super) fn page(&self) -> usize {
        self.pages.len()
    }

    /// The height that is filled down to.
    pub(super) fn at(&self) -> f32 {
        self.at
    }

    /// Goes up again, to write beside what stands there.
    pub(super) fn back_to(&mut self, at: f32) {
        self.at = at;
    }

    /// Goes down at least so far.
    pub(super) fn below(&mut self, at: f32) {
        self.at = self.at.min(at);
    }

    pub(super) fn gap(&mut self, points: f32) {
        self.at -= points;
    }

    /// Begins a new page unless so much is left of this one.
    pub(super) fn keep(&mut self, points: f32) {
        if self.at - points < BOTTOM {
            self.pages.push(Content::new());
            self.at = TOP;
        }
    }

    fn content(&mut self) -> &mut Content {
        if self.pages.is_empty() {
            self.pages.push(Content::new());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    pub(super) fn title(&mut self, text: &str, left: f32, width: f32, size: f32) {
        for line in wrapped(text, width, |text| self.bold.width(text, size)) {
            self.next_line(size);
            let glyphs = self.bold.glyphs(&line);
            self.show(Name(b"B"), &glyphs, left, self.at, size, 0.08);
        }
        self.gap(size * 0.3);
    }

    /// A band along the upper edge of the first page.
    pub(super) fn band(&mut self, colour: [u8; 3]) {
        let [red, green, blue] = colour.map(|channel| f32::from(channel) / 255.0);
        let (width, height) = PAGE;
        self.content().set_fill_rgb(red, green, blue).rect(0.0, height - 8.0, width, 8.0).fill_nonzero();
    }

    /// Whose paper it is.
    pub(super) fn name(&mut self, text: &str, left: f32, width: f32, size: f32, colour: [u8; 3]) {
        let [red, green, blue] = colour.map(|channel| f32::from(channel) / 255.0);
        for line in wrapped(text, width, |text| self.bold.width(text, size)) {
            self.next_line(size);
            let (glyphs, at) = (self.bold.glyphs(&line), self.at);
            let content = self.content();
            content.set_fill_rgb(red, green, blue);
            content.begin_text().set_font(Name(b"B"), size).next_line(left, at).show(Str(&glyphs)).end_text();
        }
        self.gap(size * 0.5);
    }

    pub(super) fn paragraph(&mut self, text: &str, left: f32, width: f32, size: f32, grey: f32) {
        for line in wrapped(text, width, |text| self.plain.width(text, size)) {
            self.next_line(size);
            let glyphs = self.plain.glyphs(&line);
            self.show(Name(b"P"), &glyphs, left, self.at, size, grey);
        }
        self.gap(size * 0.25);
    }

    /// One line at a place of its own.
    pub(super) fn caption(&mut self, text: &str, left: f32, at: f32, size: f32) {
        let glyphs = self.plain.glyphs(text);
        self.show(Name(b"P"), &glyphs, left, at, size, 0.42);
    }

    pub(super) fn line(&mut self) {
        let at = self.at;
        self.content().set_fill_gray(0.8).rect(LEFT, at, WIDTH, 0.6).fill_nonzero();
    }

    /// A black bar of the code; a hair higher than it is, so that no white line shows between rows.
    pub(super) fn bar(&mut self, left: f32, bottom: f32, width: f32, height: f32) {
        self.content().set_fill_gray(0.0).rect(left, bottom, width, height + 0.02).fill_nonzero();
    }

    /// A square of the first page that leads to an address.
    pub(super) fn link(&mut self, address: &str, left: f32, bottom: f32, side: f32) {
        self.links.push((address.to_owned(), [left, bottom, left + side, bottom + side]));
    }

    fn next_line(&mut self, size: f32) {
        self.keep(size * LEADING);
        self.at -= size * LEADING;
    }

    fn show(&mut self, face: Name, glyphs: &[u8], left: f32, at: f32, size: f32, grey: f32) {
        let content = self.content();
        content.set_fill_gray(grey);
        content.begin_text().set_font(face, size).next_line(left, at).show(Str(glyphs)).end_text();
    }
}

/// A text in lines that are not wider than `width`: broken at spaces, and within words that are too long.
fn wrapped(text: &str, width: f32, measure: impl Fn(&str) -> f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if measure(&longer) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                line.push(letter);
                if measure(&line) > width && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, letter.to_string()));
                }
            }
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_break_at_spaces_and_within_words_that_are_too_long() {
        let width = |text: &str| text.chars().count() as f32;
        assert_eq!(wrapped("one two three", 7.0, width), ["one two", "three"]);
        assert_eq!(wrapped("a abcdefghij k", 4.0, width), ["a", "abcd", "efgh", "ij k"]);
        assert_eq!(wrapped("one\n\ntwo", 9.0, width), ["one", "", "two"]);
        assert_eq!(wrapped("ab", 0.5, width), ["a", "b"]);
    }
}

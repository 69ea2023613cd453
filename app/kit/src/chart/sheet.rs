//! A sheet that a chart is drawn on outside of the page: SVG that needs no style sheet, with its words in it.
use super::{Paint, coordinate};

/// A place on the sheet.
pub(super) type At = (f64, f64);

/// What is drawn with; the page's theme says which colour that is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ink {
    /// The ground that everything stands on.
    Ground,
    Words,
    /// Words that are less important.
    Quiet,
    Line,
    /// What is not filled.
    Rest,
    /// How deep a cell of a heat table is, 0 to 5.
    Depth(u8),
    Paint(Paint),
}

impl Ink {
    /// Every ink that is not a paint or a depth.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Ground => "ink-ground",
            Self::Words => "ink-words",
            Self::Quiet => "ink-quiet",
            Self::Line => "ink-line",
            Self::Rest => "ink-rest",
            Self::Depth(depth) => super::heat::depth_class(depth),
            Self::Paint(paint) => paint.class(),
        }
    }
}

/// How words are set: size, weight, ink, and which part of them stands at their place.
#[derive(Clone, Copy)]
pub(super) struct Face {
    pub(super) size: f64,
    weight: u16,
    ink: Ink,
    anchor: &'static str,
}

impl Face {
    pub(super) const TITLE: Self = Self { size: 17.0, weight: 600, ink: Ink::Words, anchor: "start" };
    pub(super) const LABEL: Self = Self { size: 13.0, weight: 400, ink: Ink::Quiet, anchor: "start" };
    pub(super) const VALUE: Self = Self { size: 13.0, weight: 600, ink: Ink::Words, anchor: "start" };
    pub(super) const FIGURE: Self = Self { size: 28.0, weight: 600, ink: Ink::Words, anchor: "middle" };

    pub(super) const fn middle(self) -> Self {
        Self { anchor: "middle", ..self }
    }

    pub(super) const fn end(self) -> Self {
        Self { anchor: "end", ..self }
    }

    /// About how wide words get; which letters a viewer has is not known.
    pub(super) fn width(self, words: &str) -> f64 {
        words.chars().count() as f64 * self.size * 0.58
    }
}

/// The sheet. Colours are asked for as they are needed.
pub(super) struct Sheet<'a> {
    colour: &'a dyn Fn(Ink) -> String,
    out: String,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(colour: &'a dyn Fn(Ink) -> String) -> Self {
        Self { colour, out: String::with_capacity(4096) }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(&mut self.out, value);
        self.out.push('"');
    }

    fn number(&mut self, name: &str, value: f64) {
        self.attribute(name, &coordinate(value));
    }

    fn paint(&mut self, name: &str, ink: Ink) {
        let colour = (self.colour)(ink);
        self.attribute(name, &colour);
    }

    pub(super) fn words(&mut self, (x, y): At, face: Face, words: &str) {
        self.out.push_str("<text");
        self.number("x", x);
        self.number("y", y);
        self.number("font-size", face.size);
        if face.weight != 400 {
            self.number("font-weight", f64::from(face.weight));
        }
        if face.anchor != "start" {
            self.attribute("text-anchor", face.anchor);
        }
        self.paint("fill", face.ink);
        self.out.push('>');
        escape(&mut self.out, words);
        self.out.push_str("</text>");
    }

    /// Words that are cut off where they would get wider than there is room.
    pub(super) fn words_within(&mut self, at: At, face: Face, room: f64, words: &str) {
        if face.width(words) <= room {
            return self.words(at, face, words);
        }
        let fit = (room / face.width("x")) as usize;
        let cut: String = words.chars().take(fit.saturating_sub(1)).collect();
        self.words(at, face, &format!("{}…", cut.trim_end()));
    }

    pub(super) fn rect(&mut self, (x, y): At, (width, height): At, round: f64, ink: Ink) {
        self.out.push_str("<rect");
        self.number("x", x);
        self.number("y", y);
        self.number("width", width.max(0.0));
        self.number("height", height.max(0.0));
        if round > 0.0 {
            self.number("rx", round);
        }
        self.paint("fill", ink);
        self.out.push_str("/>");
    }

    /// A filled form; `strength` is how much of its colour it has.
    pub(super) fn fill(&mut self, path: &str, ink: Ink, strength: f64) {
        self.out.push_str("<path");
        self.attribute("d", path);
        self.paint("fill", ink);
        if strength < 1.0 {
            self.attribute("fill-opacity", &strength.to_string());
        }
        self.out.push_str("/>");
    }

    /// A line along a path, whole or in dashes.
    pub(super) fn line(&mut self, path: &str, ink: Ink, width: f64, dash: &str) {
        self.out.push_str("<path");
        self.attribute("d", path);
        self.attribute("fill", "none");
        self.paint("stroke", ink);
        self.number("stroke-width", width);
        if dash.is_empty() {
            self.attribute("stroke-linejoin", "round");
        } else {
            self.attribute("stroke-dasharray", dash);
        }
        self.out.push_str("/>");
    }

    /// A straight line.
    pub(super) fn rule(&mut self, from: At, to: At, ink: Ink, width: f64, dash: &str) {
        self.line(&super::line_path(&[from, to]), ink, width, dash);
    }

    pub(super) fn dot(&mut self, (x, y): At, radius: f64, ink: Ink) {
        self.out.push_str("<circle");
        self.number("cx", x);
        self.number("cy", y);
        self.number("r", radius);
        self.paint("fill", ink);
        self.paint("stroke", Ink::Ground);
        self.out.push_str("/>");
    }

    /// The file: what was drawn, on its ground, with what it is called and says.
    pub(super) fn close(mut self, width: f64, height: f64, title: &str, says: &str) -> String {
        let drawn = std::mem::take(&mut self.out);
        self.out.push_str(r#"<svg xmlns="http://www.w3.org/2000/svg""#);
        self.number("width", width);
        self.number("height", height);
        self.attribute("viewBox", &format!("0 0 {} {}", coordinate(width), coordinate(height)));
        self.attribute(
            "font-family",
            "'Inter Variable', Inter, system-ui, 'Segoe UI', Helvetica, Arial, sans-serif",
        );
        self.attribute("role", "img");
        self.out.push_str("><title>");
        escape(&mut self.out, title);
        self.out.push_str("</title><desc>");
        escape(&mut self.out, says);
        self.out.push_str("</desc>");
        self.rect((0.0, 0.0), (width, height), 0.0, Ink::Ground);
        self.out.push_str(&drawn);
        self.out.push_str("</svg>\n");
        self.out
    }
}

/// A text in XML; letters that XML does not know are left out.
fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_leave_their_element() {
        let colour = |_: Ink| "#000\"><script>".to_owned();
        let mut sheet = Sheet::new(&colour);
        sheet.words((0.0, 0.0), Face::LABEL, "</text><script>\u{0}&\u{ffff}");
        let file = sheet.close(10.0, 10.0, "<b>", "\"&\"");
        assert!(!file.contains("<script") && !file.contains("<b>"), "{file}");
        assert!(file.contains("&lt;/text&gt;&lt;script&gt; &amp;</text>"), "{file}");
        assert!(file.contains("<title>&lt;b&gt;</title><desc>&quot;&amp;&quot;</desc>"), "{file}");
    }

    #[test]
    fn words_are_cut_where_there_is_no_room() {
        let colour = |_: Ink| "#000".to_owned();
        let mut sheet = Sheet::new(&colour);
        sheet.words_within((0.0, 0.0), Face::LABEL, 60.0, "Registrations");
        sheet.words_within((0.0, 0.0), Face::LABEL, 600.0, "Registrations");
        assert!(sheet.out.contains(">Regist…<") && sheet.out.contains(">Registrations<"), "{}", sheet.out);
    }
}

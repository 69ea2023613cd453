//! Templates: text with places, put together of pieces and filled for one recipient.
use std::borrow::Cow;

use super::{Personal, Piece, Slot, Template};
use crate::Token;
use crate::text::one_line;

/// Longest value that is put in, in characters: names are shorter.
const LONGEST: usize = 200;

/// The five characters that mean something in HTML, made to mean themselves.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

impl Template {
    /// The text for one recipient. In HTML every value is escaped; line ends in values become spaces.
    #[must_use]
    pub fn fill(&self, personal: &Personal<'_>, as_html: bool) -> String {
        let size = |piece: &Piece| match piece {
            Piece::As(text) => text.len(),
            Piece::Slot(_) => 96,
        };
        let mut out = String::with_capacity(self.0.iter().map(size).sum());
        let put = |out: &mut String, text: &str| {
            out.push_str(if as_html { escape(text) } else { Cow::Borrowed(text) }.as_ref());
        };
        for piece in &self.0 {
            match piece {
                // Escaped when it was compiled.
                Piece::As(text) => out.push_str(text),
                Piece::Slot(Slot::Token(token, fallback)) => {
                    put(&mut out, &value(personal, *token, fallback));
                }
                Piece::Slot(Slot::Link(n)) => put(&mut out, &(personal.link)(*n)),
                Piece::Slot(Slot::Unsubscribe) => put(&mut out, personal.unsubscribe),
                Piece::Slot(Slot::Opened) => put(&mut out, personal.opened),
            }
        }
        out
    }

    /// The text without a recipient: tokens take their fallbacks, links lead to `links`.
    pub(super) fn plain(&self, links: &[String], as_html: bool) -> String {
        let values = crate::Values::new();
        let link = |n: u16| links.get(usize::from(n)).cloned().unwrap_or_default();
        self.fill(&Personal { values: &values, link: &link, unsubscribe: "", opened: "" }, as_html)
    }
}

fn value<'a>(personal: &'a Personal<'_>, token: Token, fallback: &'a str) -> Cow<'a, str> {
    let known = personal.values.get(&token).map(|text| tame(text)).filter(|text| !text.is_empty());
    known.unwrap_or(Cow::Borrowed(fallback))
}

/// A value as one line without what cannot be seen.
pub(super) fn tame(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.len() <= LONGEST && text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(one_line(text).chars().take(LONGEST).collect())
}

/// Pieces as they come; neighbouring texts become one.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces(pub(super) Vec<Piece>);

impl Pieces {
    pub(super) fn raw(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(Piece::As(last)) => last.push_str(text),
            _ => self.0.push(Piece::As(text.to_owned())),
        }
    }

    pub(super) fn slot(&mut self, slot: Slot) {
        self.0.push(Piece::Slot(slot));
    }

    pub(super) fn add(&mut self, other: &Pieces) {
        for piece in &other.0 {
            match piece {
                Piece::As(text) => self.raw(text),
                Piece::Slot(slot) => self.slot(slot.clone()),
            }
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece, Piece::As(text) if text.trim().is_empty()))
    }
}

/// Words are kept apart from what is compiled: each place gets a mark, and what stands there is put in afterwards. So no
/// compiler ever reads what people wrote.
#[derive(Debug, Default)]
pub(super) struct Marks(Vec<Pieces>);

impl Marks {
    /// The mark that stands for these pieces.
    pub(super) fn mark(&mut self, pieces: Pieces) -> String {
        self.0.push(pieces);
        format!("~~{}~~", self.0.len() - 1)
    }

    /// Puts everything in.
    pub(super) fn resolved(&self, text: &str) -> Template {
        let (mut out, mut rest) = (Pieces::default(), text);
        while let Some(start) = rest.find("~~") {
            let after = &rest[start + 2..];
            let number = after.find("~~").and_then(|end| Some((end, after[..end].parse::<usize>().ok()?)));
            out.raw(&rest[..start]);
            match number {
                Some((end, number)) => {
                    if let Some(pieces) = self.0.get(number) {
                        out.add(pieces);
                    }
                    rest = &after[end + 2..];
                }
                None => {
                    out.raw("~~");
                    rest = after;
                }
            }
        }
        out.raw(rest);
        Template(out.0)
    }
}

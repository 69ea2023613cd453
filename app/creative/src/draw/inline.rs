//! Words as HTML: what the markup of words says, and nothing that was typed.
use super::Slot;
use super::scene::Scene;
use super::template::{Pieces, escape, tame};
use crate::text::{Paragraph, Run, paragraphs, runs};
use crate::{Token, links};

/// Addresses that are led to through a counter, each once.
#[derive(Debug, Default)]
pub(super) struct Links(pub(super) Vec<String>);

impl Links {
    /// The place of an address: tracked when it is a page.
    pub(super) fn place(&mut self, url: &str) -> Pieces {
        let mut pieces = Pieces::default();
        if matches!(links::read(url), Some(links::Link::Mail | links::Link::Phone)) {
            pieces.raw(&escape(url));
        } else {
            pieces.slot(self.slot(url));
        }
        pieces
    }

    fn slot(&mut self, url: &str) -> Slot {
        let known = self.0.iter().position(|known| known == url);
        let n = known.unwrap_or_else(|| {
            self.0.push(url.to_owned());
            self.0.len() - 1
        });
        Slot::Link(n as u16)
    }
}

/// How words are written: as HTML with an attribute for links, or as plain text.
#[derive(Clone, Copy)]
pub(super) enum As<'a> {
    /// What every link carries besides its address, with a space before it.
    Html {
        link: &'a str,
    },
    Text,
}

impl Scene<'_> {
    /// A text of one line.
    pub(super) fn line(&self, text: &str, as_: As<'_>, links: &mut Links) -> Pieces {
        let mut into = Pieces::default();
        self.runs(&runs(&crate::text::one_line(text)), as_, links, &mut into);
        into
    }

    /// A text of several paragraphs as HTML: `<p>` and `<ul>`, each with attributes (a space before them).
    pub(super) fn prose(&self, text: &str, on: Prose<'_>, links: &mut Links) -> Pieces {
        let mut into = Pieces::default();
        let as_ = As::Html { link: on.link };
        for paragraph in paragraphs(text) {
            let (lines, open, between, close) = match &paragraph {
                Paragraph::Lines(lines) => (lines, format!("<p{}>", on.p), "<br>".to_owned(), "</p>"),
                Paragraph::List(items) => {
                    let item = format!("<li{}>", on.li);
                    (items, format!("<ul{}>{item}", on.ul), format!("</li>{item}"), "</li></ul>")
                }
            };
            into.raw(&open);
            for (n, line) in lines.iter().enumerate() {
                if n > 0 {
                    into.raw(&between);
                }
                self.runs(line, as_, links, &mut into);
            }
            into.raw(close);
        }
        into
    }

    /// The same as plain text.
    pub(super) fn prose_text(&self, text: &str, links: &mut Links) -> Pieces {
        let mut into = Pieces::default();
        for (n, paragraph) in paragraphs(text).iter().enumerate() {
            let (lines, mark) = match paragraph {
                Paragraph::Lines(lines) => (lines, ""),
                Paragraph::List(items) => (items, "- "),
            };
            into.raw(if n > 0 { "\n" } else { "" });
            for line in lines {
                into.raw(mark);
                self.runs(line, As::Text, links, &mut into);
                into.raw("\n");
            }
        }
        into
    }

    fn runs(&self, runs: &[Run], as_: As<'_>, links: &mut Links, into: &mut Pieces) {
        for run in runs {
            match (run, as_) {
                (Run::Words(text), As::Html { .. }) => into.raw(&escape(text)),
                (Run::Words(text), As::Text) => into.raw(text),
                (Run::Token(token, fallback), _) => self.token(*token, fallback.as_deref(), as_, into),
                (Run::Bold(inside), As::Html { .. }) => {
                    into.raw("<strong>");
                    self.runs(inside, as_, links, into);
                    into.raw("</strong>");
                }
                (Run::Bold(inside), As::Text) => self.runs(inside, as_, links, into),
                (Run::Link(words, url), As::Html { link }) => {
                    into.raw("<a href=\"");
                    into.add(&links.place(url));
                    into.raw(&format!("\"{link}>"));
                    self.runs(words, as_, links, into);
                    into.raw("</a>");
                }
                (Run::Link(words, url), As::Text) => {
                    self.runs(words, as_, links, into);
                    into.raw(" (");
                    into.add(&links.place(url));
                    into.raw(")");
                }
            }
        }
    }

    fn token(&self, token: Token, fallback: Option<&str>, as_: As<'_>, into: &mut Pieces) {
        let written = |text: &str| match as_ {
            As::Html { .. } => escape(text).into_owned(),
            As::Text => text.to_owned(),
        };
        let fallback = tame(fallback.unwrap_or_default());
        if token.is_personal() {
            // Escaped like every value when it is filled.
            into.slot(Slot::Token(token, fallback.into_owned()));
            return;
        }
        let value = self.value(token);
        into.raw(&written(if value.is_empty() { &fallback } else { &value }));
    }
}

/// Attributes of what prose is made of, each with a space before it.
#[derive(Clone, Copy, Default)]
pub(super) struct Prose<'a> {
    pub(super) p: &'a str,
    pub(super) ul: &'a str,
    pub(super) li: &'a str,
    pub(super) link: &'a str,
}

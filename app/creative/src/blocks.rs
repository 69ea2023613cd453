//! Blocks one after the other, and all that they say.
use crate::text::{Paragraph, Run, paragraphs};
use crate::{Block, Content, Part, Token};

/// All blocks of a content, those in columns too, in reading order.
#[must_use]
pub fn flat(content: &Content) -> Vec<&Block> {
    let mut all = Vec::new();
    into_flat(&content.blocks, &mut all);
    all
}

/// Columns hold no columns; what is in them all the same is looked at like all else.
fn into_flat<'a>(blocks: &'a [Block], all: &mut Vec<&'a Block>) {
    for block in blocks {
        all.push(block);
        if let Part::Columns { left, right } = &block.part {
            into_flat(left, all);
            into_flat(right, all);
        }
    }
}

impl Part {
    /// Every text of it that people read.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Quote { text, by } => vec![text, by],
            Self::Form { label, fields, consent, thanks } => {
                let fields = fields.iter().map(String::as_str);
                [label.as_str(), consent, thanks].into_iter().chain(fields).collect()
            }
            _ => self.words().into_iter().collect(),
        }
    }
}

/// What people read of a text: its words without marks, tokens as `value` says, one line a line.
pub(crate) fn plain(text: &str, value: &dyn Fn(Token, Option<&str>) -> String) -> String {
    let mut out = String::new();
    for paragraph in paragraphs(text) {
        let (Paragraph::Lines(lines) | Paragraph::List(lines)) = paragraph;
        for line in lines {
            add(&line, value, &mut out);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn add(runs: &[Run], value: &dyn Fn(Token, Option<&str>) -> String, out: &mut String) {
    for run in runs {
        match run {
            Run::Words(text) => out.push_str(text),
            Run::Token(token, fallback) => out.push_str(&value(*token, fallback.as_deref())),
            Run::Bold(inside) | Run::Link(inside, _) => add(inside, value, out),
        }
    }
}

//! The markup of words: `**bold**`, `[words](https://…)`, lines that begin with `- `, tokens; nothing else in them means
//! anything. It is read into a tree first; what stands for a token is put in afterwards and never read.
use crate::links::{self, is_unseen};
use crate::tokens::{Segment, Token, segments, token_at};

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    Words(String),
    Token(Token, Option<String>),
    Bold(Vec<Run>),
    /// Words and tokens that lead somewhere.
    Link(Vec<Run>, String),
}

/// A paragraph of lines, or a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paragraph {
    Lines(Vec<Vec<Run>>),
    List(Vec<Vec<Run>>),
}

/// How far a link's end may be from its beginning, in bytes.
const REACH: usize = 2_400;

/// A text without what cannot be seen, its line ends as `\n`.
#[must_use]
pub fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}'], "\n");
    text.chars().filter(|c| *c == '\n' || !(c.is_control() || is_unseen(*c))).collect()
}

/// The same as one line.
#[must_use]
pub fn one_line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c })
        .collect();
    clean(&spaced).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads a text of several paragraphs.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = Vec::new();
    let mut open = false;
    for line in clean(text).lines() {
        let line = line.trim();
        if line.is_empty() {
            open = false;
            continue;
        }
        let item = line.strip_prefix("- ");
        let runs = runs(item.unwrap_or(line));
        match (all.last_mut(), item.is_some()) {
            (Some(Paragraph::Lines(lines)), false) if open => lines.push(runs),
            (Some(Paragraph::List(items)), true) if open => items.push(runs),
            (_, false) => all.push(Paragraph::Lines(vec![runs])),
            (_, true) => all.push(Paragraph::List(vec![runs])),
        }
        open = true;
    }
    all
}

/// Reads one line.
#[must_use]
pub fn runs(line: &str) -> Vec<Run> {
    let (mut all, mut bold): (Vec<Run>, Option<Vec<Run>>) = (Vec::new(), None);
    let mut rest = line;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("**") {
            if let Some(inside) = bold.take() {
                all.push(Run::Bold(inside));
                rest = after;
                continue;
            }
            if after.find("**").is_some_and(|end| end > 0) {
                bold = Some(Vec::new());
                rest = after;
                continue;
            }
            words(&mut all, "**");
            rest = after;
            continue;
        }
        let into = bold.as_mut().unwrap_or(&mut all);
        if let Some((segment, length)) = token_at(rest) {
            place(into, segment);
            rest = &rest[length..];
        } else if let Some((inside, url, length)) = link_at(rest) {
            let mut inner = Vec::new();
            segments(inside).into_iter().for_each(|segment| place(&mut inner, segment));
            if links::read(url).is_some() {
                into.push(Run::Link(inner, url.to_owned()));
            } else {
                // What leads to nowhere good is words only.
                into.extend(inner);
            }
            rest = &rest[length..];
        } else {
            let first = rest.chars().next().map_or(0, char::len_utf8);
            let next = rest[first..].find(['*', '[', '{']).map_or(rest.len(), |at| at + first);
            words(into, &rest[..next]);
            rest = &rest[next..];
        }
    }
    if let Some(inside) = bold {
        words(&mut all, "**");
        all.extend(inside);
    }
    all
}

/// Words, address and length of a link at the beginning of a text, whatever it leads to.
pub(crate) fn link_at(text: &str) -> Option<(&str, &str, usize)> {
    let inside = text.strip_prefix('[')?;
    let mut reach = inside.len().min(REACH);
    while !inside.is_char_boundary(reach) {
        reach -= 1;
    }
    let inside = &inside[..reach];
    let middle = inside.find("](")?;
    let (words, after) = (&inside[..middle], &inside[middle + 2..]);
    let end = after.find(')')?;
    let url = &after[..end];
    let plain = !words.is_empty() && !words.contains(['[', ']', '\n']) && !url.contains('\n');
    plain.then_some((words, url, middle + end + 4))
}

/// The addresses of all links of a text, also of those that may not be led to.
pub(crate) fn urls(text: &str) -> Vec<String> {
    let text = clean(text);
    let starts = text.match_indices('[').map(|(at, _)| at);
    starts.filter_map(|at| link_at(&text[at..])).map(|(_, url, _)| url.to_owned()).collect()
}

fn place(into: &mut Vec<Run>, segment: Segment<'_>) {
    match segment {
        Segment::Words(text) | Segment::Odd(text) => words(into, text),
        Segment::Token(token, fallback) => into.push(Run::Token(token, fallback.map(str::to_owned))),
    }
}

fn words(into: &mut Vec<Run>, text: &str) {
    match into.last_mut() {
        Some(Run::Words(last)) => last.push_str(text),
        _ => into.push(Run::Words(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Run {
        Run::Words(text.to_owned())
    }

    #[test]
    fn bold_links_and_tokens_are_read() {
        let read = runs("Hi **{{first_name|there}}!** See [the plan](https://a.example/x) now");
        assert_eq!(
            read,
            [
                plain("Hi "),
                Run::Bold(vec![Run::Token(Token::FirstName, Some("there".to_owned())), plain("!")]),
                plain(" See "),
                Run::Link(vec![plain("the plan")], "https://a.example/x".to_owned()),
                plain(" now"),
            ]
        );
    }

    #[test]
    fn marks_without_a_partner_are_words() {
        for text in ["2 ** 3", "a [b] c", "a [b](c", "****", "**", "[", "[]()", "{{", "*"] {
            assert_eq!(runs(text), [plain(text)], "{text}");
        }
        assert_eq!(runs("[x](javascript:alert(1))"), [plain("x)")]);
    }

    #[test]
    fn lists_and_paragraphs_are_apart() {
        let read = paragraphs("one\ntwo\n\n- a\r\n- b\nthree");
        assert_eq!(
            read,
            [
                Paragraph::Lines(vec![vec![plain("one")], vec![plain("two")]]),
                Paragraph::List(vec![vec![plain("a")], vec![plain("b")]]),
                Paragraph::Lines(vec![vec![plain("three")]]),
            ]
        );
    }

    #[test]
    fn a_line_is_one_line_and_what_turns_letters_is_gone() {
        assert_eq!(one_line("a\r\nBcc: b\u{2028}c\u{202e}d\u{0}"), "a Bcc: b cd");
    }
}

//! A text as lines: without marks of quoting, with the heads of mails recognised.
use super::words::{Word, folded, tidy, trimmed};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Blank,
    Text,
    /// A head's line: who sent it.
    From,
    /// A head's line: who got it.
    To,
    Subject,
    /// A head's line that says when; its date says nothing about the deal.
    Sent,
    /// `On Tuesday Anna wrote:`, `-----Original Message-----`, `--`
    Cut,
}

/// One line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Without marks of quoting and white space around it; of a head's line, what stands behind the colon.
    pub(super) text: &'a str,
    /// Where `text` begins.
    pub(super) start: usize,
    pub(super) kind: Kind,
}

const HEADS: [(&str, Kind); 24] = [
    ("from", Kind::From),
    ("von", Kind::From),
    ("de", Kind::From),
    ("da", Kind::From),
    ("van", Kind::From),
    ("to", Kind::To),
    ("an", Kind::To),
    ("à", Kind::To),
    ("a", Kind::To),
    ("aan", Kind::To),
    ("cc", Kind::To),
    ("kopie", Kind::To),
    ("bcc", Kind::To),
    ("subject", Kind::Subject),
    ("betreff", Kind::Subject),
    ("objet", Kind::Subject),
    ("oggetto", Kind::Subject),
    ("onderwerp", Kind::Subject),
    ("sent", Kind::Sent),
    ("date", Kind::Sent),
    ("gesendet", Kind::Sent),
    ("datum", Kind::Sent),
    ("envoye", Kind::Sent),
    ("verzonden", Kind::Sent),
];

/// Bytes of a line that are read as one: nobody's signature is longer, and the work on a line may grow with its square.
const LONGEST: usize = 600;

/// A line cut at spaces into pieces that are not too long, each with its place.
fn pieces(raw: &str) -> Vec<(usize, &str)> {
    let mut all = Vec::new();
    let mut from = 0;
    while raw.len() - from > LONGEST {
        let mut end = from + LONGEST;
        while !raw.is_char_boundary(end) {
            end -= 1;
        }
        let end = raw[from..end].rfind(' ').filter(|at| *at > 0).map_or(end, |at| from + at);
        all.push((from, &raw[from..end]));
        from = end;
    }
    all.push((from, &raw[from..]));
    all
}

/// The lines of a text.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut begin = 0;
    let mut all: Vec<Line<'_>> = Vec::new();
    for (at, raw) in text.split('\n').flat_map(|line| {
        let at = begin;
        begin += line.len() + 1;
        pieces(line).into_iter().map(move |(from, piece)| (at + from, piece))
    }) {
        let quoted = trimmed(raw, at, |letter: char| letter.is_whitespace() || letter == '\u{a0}');
        let inner = quoted.text.trim_start_matches(['>', ' ', '\t']);
        let line = tidy(inner, quoted.start + quoted.text.len() - inner.len());
        all.push(line_of(line));
    }
    // A lone "Date:" or "An:" outside of a head is a line like others.
    for number in 0..all.len() {
        let near = number.saturating_sub(4)..(number + 5).min(all.len());
        let heads = all[near].iter().filter(|line| is_head(line.kind)).count();
        if matches!(all[number].kind, Kind::Sent | Kind::To | Kind::Subject) && heads < 2 {
            all[number].kind = Kind::Text;
        }
    }
    all
}

fn is_head(kind: Kind) -> bool {
    matches!(kind, Kind::From | Kind::To | Kind::Subject | Kind::Sent)
}

fn line_of(line: Word<'_>) -> Line<'_> {
    let Word { text, start } = line;
    if text.is_empty() {
        return Line { text, start, kind: Kind::Blank };
    }
    if let Some((key, value)) = text.split_once(':') {
        let key_only = folded(key.trim_matches(['*', ' ']));
        if let Some((_, kind)) = HEADS.iter().find(|(head, _)| *head == key_only) {
            // A person or an address behind it makes a "De:" a head.
            let is_person = value.contains('@') || value.contains('<');
            let short = matches!(key_only.as_str(), "de" | "da" | "a" | "an" | "à" | "van");
            if !short || is_person || matches!(kind, Kind::To) && value.trim().len() > 3 {
                let value = trimmed(value, start + key.len() + 1, |c: char| c.is_whitespace() || c == '*');
                return Line { text: value.text, start: value.start, kind: *kind };
            }
        }
    }
    let kind = if is_cut(text) { Kind::Cut } else { Kind::Text };
    Line { text, start, kind }
}

/// What stands between two mails, or before a signature.
fn is_cut(text: &str) -> bool {
    let all = |letters: &[char]| text.len() > 1 && text.chars().all(|letter| letters.contains(&letter));
    let folded = folded(text);
    all(&['-', '_', '=', '*', '~'])
        || text == "--"
        || folded.starts_with("-----")
        || folded.ends_with(" wrote:")
        || folded.ends_with(" schrieb:")
        || folded.starts_with("am ") && folded.contains(" schrieb ") && folded.ends_with(':')
        || folded.ends_with(" a ecrit :")
        || folded.starts_with("begin forwarded message")
        || folded.starts_with("anfang der weitergeleiteten nachricht")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoting_is_taken_off_and_heads_are_known() {
        let text = "Hi\n> From: Anna <anna@acme.de>\n> Sent: Monday\n> > deep\n\n-- \nAm Mo schrieb Anna:";
        let all = lines(text);
        let kinds: Vec<Kind> = all.iter().map(|line| line.kind).collect();
        assert_eq!(
            kinds,
            [Kind::Text, Kind::From, Kind::Sent, Kind::Text, Kind::Blank, Kind::Cut, Kind::Cut]
        );
        assert_eq!(all[1].text, "Anna <anna@acme.de>");
        for line in &all {
            assert_eq!(&text[line.start..line.start + line.text.len()], line.text);
        }
    }
}

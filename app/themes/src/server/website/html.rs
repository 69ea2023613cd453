//! Goes through a page as far as its head is concerned: start tags with their attributes, and the text of styles and of
//! the title. Not a tree: what is looked for here stands in single tags, and a page that is not well made is read all
//! the same. Follows the states of the HTML standard (section 13.2.5) for comments, tags, attributes and texts that
//! hold no tags. Work is bounded by the length of the page.

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A start tag: its name in lower case, and its attributes, the names in lower case, the first of a name alone.
    Tag { name: String, attributes: Vec<(String, String)> },
    /// The text of the `style` or `title` that was opened last.
    Text(String),
}

/// Elements whose text holds no tags, and whether the text is told.
const RAW: [(&str, bool); 8] = [
    ("style", true),
    ("title", true),
    ("script", false),
    ("textarea", false),
    ("noscript", false),
    ("iframe", false),
    ("template", false),
    ("xmp", false),
];
/// The most attributes of a tag that are read.
const MOST_ATTRIBUTES: usize = 64;

/// The parts of a page, in their order; at most so many.
pub(super) fn parts(html: &str, most: usize) -> Vec<Part> {
    let mut reader = Reader { rest: html };
    let mut found = Vec::new();
    while found.len() < most {
        let Some(name) = reader.next_tag() else { break };
        let attributes = reader.attributes();
        let raw = RAW.iter().find(|(raw, _)| *raw == name).map(|(_, is_told)| *is_told);
        found.push(Part::Tag { name: name.clone(), attributes });
        if let Some(is_told) = raw {
            let text = reader.raw(&name);
            if is_told {
                let text = if name == "title" { decoded(text) } else { text.to_owned() };
                found.push(Part::Text(text));
            }
        }
    }
    found
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn skip_to(&mut self, mark: &str) {
        self.rest = self.rest.find(mark).map_or("", |at| &self.rest[at + mark.len()..]);
    }

    /// The name of the next start tag; its attributes come next.
    fn next_tag(&mut self) -> Option<String> {
        loop {
            let at = self.rest.find('<')?;
            self.rest = &self.rest[at + 1..];
            let next = self.rest.bytes().next()?;
            match next {
                b'!' if self.rest.starts_with("!--") => {
                    self.rest = &self.rest[3..];
                    // A comment may end at once.
                    if let Some(rest) = self.rest.strip_prefix('>').or_else(|| self.rest.strip_prefix("->")) {
                        self.rest = rest;
                    } else {
                        self.skip_to("-->");
                    }
                }
                b'!' | b'?' | b'/' => self.skip_to(">"),
                _ if next.is_ascii_alphabetic() => {
                    let name = self.take_while(|c| !c.is_ascii_whitespace() && !matches!(c, '/' | '>'));
                    return Some(name.to_ascii_lowercase());
                }
                _ => {}
            }
        }
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !keep(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// The attributes of a tag; afterwards it has been read.
    fn attributes(&mut self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        loop {
            self.take_while(|c| c.is_ascii_whitespace() || c == '/');
            if self.rest.is_empty() {
                return found;
            }
            if let Some(rest) = self.rest.strip_prefix('>') {
                self.rest = rest;
                return found;
            }
            // A sign of equality may begin a name, and so every step moves on.
            let begins = usize::from(self.rest.starts_with('='));
            let tail = &self.rest[begins..];
            let length = tail
                .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='))
                .unwrap_or(tail.len());
            let (name, rest) = self.rest.split_at(begins + length);
            self.rest = rest;
            self.take_while(|c| c.is_ascii_whitespace());
            let value = match self.rest.strip_prefix('=') {
                Some(rest) => {
                    self.rest = rest;
                    self.value()
                }
                None => "",
            };
            let name = name.to_ascii_lowercase();
            if found.len() < MOST_ATTRIBUTES && found.iter().all(|(known, _)| *known != name) {
                found.push((name, decoded(value)));
            }
        }
    }

    fn value(&mut self) -> &'a str {
        self.take_while(|c| c.is_ascii_whitespace());
        for quote in ['"', '\''] {
            if let Some(rest) = self.rest.strip_prefix(quote) {
                self.rest = rest;
                let value = self.take_while(|c| c != quote);
                self.rest = self.rest.strip_prefix(quote).unwrap_or_default();
                return value;
            }
        }
        self.take_while(|c| !c.is_ascii_whitespace() && c != '>')
    }

    /// The text up to the end tag of an element that holds no others.
    fn raw(&mut self, name: &str) -> &'a str {
        let all = self.rest;
        let mut from = 0;
        while let Some(at) = all[from..].find("</") {
            let end = from + at;
            let after = &all[end + 2..];
            let is_end = after.get(..name.len()).is_some_and(|text| text.eq_ignore_ascii_case(name))
                && after[name.len()..]
                    .chars()
                    .next()
                    .is_none_or(|c| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
            if is_end {
                self.rest = after;
                self.skip_to(">");
                return &all[..end];
            }
            from = end + 2;
        }
        self.rest = "";
        all
    }
}

/// A text with the references that addresses and names need: numbers, and the names of five characters.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        whole.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let sign = end.and_then(|end| referred(&rest[1..end]));
        match (sign, end) {
            (Some(sign), Some(end)) => {
                whole.push(sign);
                rest = &rest[end + 1..];
            }
            _ => {
                whole.push('&');
                rest = &rest[1..];
            }
        }
    }
    whole.push_str(rest);
    whole
}

fn referred(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control());
    }
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tag(name: &str, attributes: &[(&str, &str)]) -> Part {
        let attributes =
            attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Part::Tag { name: name.to_owned(), attributes }
    }

    #[test]
    fn tags_are_found_however_they_are_written() {
        let html = "<!DOCTYPE html><META Name = 'theme-color' content=#25f><link rel=\"icon\" href='/a?b=1&amp;c=&#50;' href=no>
            <br/><a b c=d/e =f>x</a><p";
        let found = parts(html, 100);
        assert_eq!(
            found,
            [
                tag("meta", &[("name", "theme-color"), ("content", "#25f")]),
                tag("link", &[("rel", "icon"), ("href", "/a?b=1&c=2")]),
                tag("br", &[]),
                tag("a", &[("b", ""), ("c", "d/e"), ("=f", "")]),
                tag("p", &[]),
            ]
        );
    }

    #[test]
    fn what_stands_in_comments_and_scripts_is_no_tag() {
        let html = "<!-- <link rel=icon> --><!--><b><script>'<link>'</scripty></script ><STYLE>a{content:'</b>'}</Style>
            <textarea><link></textarea><title>A &lt;b&gt; &amp; c &copy; &#x1F600;</title><noscript><link></noscript><i>";
        let found = parts(html, 100);
        let names: Vec<String> = found
            .iter()
            .map(|part| match part {
                Part::Tag { name, .. } => name.clone(),
                Part::Text(text) => format!("\"{text}\""),
            })
            .collect();
        let expected = [
            "b",
            "script",
            "style",
            "\"a{content:'</b>'}\"",
            "textarea",
            "title",
            "\"A <b> & c &copy; 😀\"",
            "noscript",
            "i",
        ];
        assert_eq!(names, expected);
        assert_eq!(parts("<title>never closed", 9)[1], Part::Text("never closed".into()));
    }

    #[test]
    fn a_hostile_page_ends_soon() {
        for text in ["<", "<a", "<a b=\"", "<!--", "</", "<style>", "<script></", "&", "&#x;", "<a =", "é<"]
        {
            assert!(parts(&text.repeat(200_000), 1_000).len() <= 1_001, "{text}");
        }
    }

    proptest! {
        #[test]
        fn anything_is_read(text in any::<String>()) {
            let _ = parts(&text, 100);
        }

        #[test]
        fn anything_like_a_page_is_read(text in "(<|>|/|!|-|=|\"|'|&|#|;|a|é| |style|title|script|</|<!--){0,60}") {
            let _ = parts(&text, 100);
        }
    }
}

//! A slice's messages: compiled into the server in every language; in the browser they come as a file of the reader's.
use std::fmt::{Display, Write};
#[cfg(target_arch = "wasm32")]
use std::sync::OnceLock;

use super::locale;
#[cfg(target_arch = "wasm32")]
use super::own_words::reworded;
#[cfg(not(target_arch = "wasm32"))]
use super::{LANGUAGES, worded};

/// A message in every language: of each the forms that it counts in, or its only one.
#[cfg(not(target_arch = "wasm32"))]
pub type Forms = [&'static [&'static str]; LANGUAGES];

/// A key with the message's forms in one language.
type Message = (&'static str, &'static [&'static str]);

/// The messages of a slice in the order of their keys. What the functions of a catalogue are made of: each knows the
/// place of its message.
#[derive(Debug)]
pub struct Slice {
    #[cfg(not(target_arch = "wasm32"))]
    messages: &'static [(&'static str, Forms)],
    #[cfg(target_arch = "wasm32")]
    name: &'static str,
    #[cfg(target_arch = "wasm32")]
    messages: OnceLock<&'static [Message]>,
}

#[cfg(not(target_arch = "wasm32"))]
impl Slice {
    /// Messages in the order of their keys.
    #[must_use]
    pub const fn new(messages: &'static [(&'static str, Forms)]) -> Self {
        Self { messages }
    }

    fn message(&self, place: usize) -> Option<Message> {
        let (key, languages) = self.messages.get(place)?;
        Some((key, languages[locale() as usize]))
    }

    fn place(&self, key: &str) -> Option<usize> {
        self.messages.binary_search_by_key(&key, |(key, _)| key).ok()
    }
}

#[cfg(target_arch = "wasm32")]
impl Slice {
    /// The slice's messages are those under its name in what the page took (`take`).
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, messages: OnceLock::new() }
    }

    fn all(&self) -> &'static [Message] {
        self.messages.get_or_init(|| {
            let slices = ALL.get().map(Vec::as_slice).unwrap_or_default();
            slices
                .iter()
                .find(|(name, _)| *name == self.name)
                .map(|(_, messages)| *messages)
                .unwrap_or_default()
        })
    }

    fn message(&self, place: usize) -> Option<Message> {
        self.all().get(place).copied()
    }

    fn place(&self, key: &str) -> Option<usize> {
        self.all().binary_search_by_key(&key, |(key, _)| key).ok()
    }
}

#[cfg(target_arch = "wasm32")]
static ALL: OnceLock<Vec<(&'static str, &'static [Message])>> = OnceLock::new();

/// Takes the texts of the page's language, as `catalogue::packed` wrote them, in the words that the page's brand has for
/// some things (`<html data-words>`). Before anything is said.
#[cfg(target_arch = "wasm32")]
pub fn take(texts: String) {
    // They are said as long as the page is open.
    let texts: &'static str = texts.leak();
    let own = super::words_of_page();
    let say = |text: &'static str| match &own {
        Some(own) => reworded(locale(), text, own).map_or(text, |text| &*text.leak()),
        None => text,
    };
    let _ = ALL.set(texts.split('\u{1d}').filter_map(|part| slice(part, say)).collect());
}

/// In the browser the texts are in the brand's words since they were taken.
#[cfg(target_arch = "wasm32")]
const fn worded(text: &'static str) -> &'static str {
    text
}

/// A slice's name and messages in a part of the file.
#[cfg(any(test, target_arch = "wasm32"))]
fn slice(
    text: &'static str,
    say: impl Fn(&'static str) -> &'static str,
) -> Option<(&'static str, &'static [Message])> {
    let mut parts = text.split('\u{1e}');
    let name = parts.next().filter(|name| !name.is_empty())?;
    let messages: Vec<Message> = parts
        .map(|message| {
            let mut forms = message.split('\u{1f}');
            let key = forms.next().unwrap_or_default();
            let forms: Vec<&'static str> = forms.map(&say).collect();
            (key, &*forms.leak())
        })
        .collect();
    Some((name, messages.leak()))
}

impl Slice {
    /// A text in the reader's language.
    #[must_use]
    pub fn chosen(&self, place: usize) -> &'static str {
        worded(self.message(place).and_then(|(_, forms)| forms.last()).copied().unwrap_or_default())
    }

    /// A text with its `{names}` replaced.
    #[must_use]
    pub fn filled(&self, place: usize, values: &[(&str, &dyn Display)]) -> String {
        fill(self.chosen(place), values)
    }

    /// A text that depends on a number.
    #[must_use]
    pub fn counted(&self, place: usize, count: i64, values: &[(&str, &dyn Display)]) -> String {
        let forms = self.message(place).map(|(_, forms)| forms).unwrap_or_default();
        // A language may say it without counting.
        let form = forms.get(locale().form(count)).or(forms.last()).copied().unwrap_or_default();
        fill(worded(form), values)
    }

    /// The text of a key that is known only when running; never one that counts or has names to be replaced.
    #[must_use]
    pub fn found(&self, key: &str) -> Option<&'static str> {
        match self.message(self.place(key)?)? {
            (_, [text]) if !text.contains('{') => Some(worded(text)),
            _ => None,
        }
    }
}

fn fill(mut rest: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut out = String::with_capacity(rest.len() + 16);
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            let _ = write!(out, "{value}");
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    static MESSAGES: Slice = Slice::new(&[
        ("all", [&["all"]; LANGUAGES]),
        ("deals", [&["one", "{count} deals"]; LANGUAGES]),
        ("of", [&["{a} of {b}, {a}"]; LANGUAGES]),
    ]);

    #[test]
    fn texts_are_filled_by_name() {
        assert_eq!(MESSAGES.filled(2, &[("a", &1), ("b", &"two")]), "1 of two, 1");
        assert_eq!(MESSAGES.counted(1, 1, &[("count", &1)]), "one");
        assert_eq!(MESSAGES.counted(1, 3, &[("count", &3)]), "3 deals");
        assert_eq!(MESSAGES.counted(0, 1, &[]), "all");
    }

    #[test]
    fn a_key_is_found_when_its_text_says_everything_by_itself() {
        assert_eq!(MESSAGES.found("all"), Some("all"));
        assert_eq!(MESSAGES.found("none"), None);
        assert_eq!(MESSAGES.found("deals"), None);
        assert_eq!(MESSAGES.found("of"), None);
    }

    #[test]
    fn the_browser_reads_what_the_build_writes() {
        let file = "kit\u{1e}all\u{1f}alle\u{1e}deals\u{1f}einer\u{1f}{count}";
        let (name, messages) = slice(file, |text| text).unwrap();
        assert_eq!(name, "kit");
        assert_eq!(messages, [("all", ["alle"].as_slice()), ("deals", ["einer", "{count}"].as_slice())]);
        assert!(slice("", |text| text).is_none());
    }
}

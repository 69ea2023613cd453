//! The server's memory of what texts are in a brand's words.
use std::collections::HashMap;
use std::sync::{LazyLock, RwLock};

use super::Locale;
use super::own_words::{Exchanged, reworded};

/// A brand's words in a language, with every text that was said in them so far.
///
/// Texts live as long as the program, so both are kept for good: once for equal words, however many brands and versions
/// have them.
#[derive(Debug)]
pub struct OwnWords {
    language: Locale,
    own: Exchanged,
    said: RwLock<HashMap<&'static str, &'static str>>,
}

/// More sets of words than this are not kept in memory; whoever comes later reads the usual words.
const MOST: usize = 2_000;

static ALL: LazyLock<RwLock<Vec<&'static OwnWords>>> = LazyLock::new(RwLock::default);

impl OwnWords {
    /// The set of these words; none for no words.
    #[must_use]
    pub fn of(language: Locale, own: &Exchanged) -> Option<&'static Self> {
        if own.is_empty() {
            return None;
        }
        let known = |all: &[&'static Self]| {
            all.iter().find(|words| words.language == language && words.own == *own).copied()
        };
        if let Some(words) = known(&ALL.read().ok()?) {
            return Some(words);
        }
        let mut all = ALL.write().ok()?;
        if let Some(words) = known(&all) {
            return Some(words);
        }
        if all.len() >= MOST {
            return None;
        }
        let words: &'static Self =
            Box::leak(Box::new(Self { language, own: own.clone(), said: RwLock::default() }));
        all.push(words);
        Some(words)
    }

    /// The text in these words.
    #[must_use]
    pub fn said(&self, text: &'static str) -> &'static str {
        if let Ok(said) = self.said.read()
            && let Some(said) = said.get(text)
        {
            return said;
        }
        let said = reworded(self.language, text, &self.own).map_or(text, |text| &*text.leak());
        match self.said.write() {
            Ok(mut all) => all.entry(text).or_insert(said),
            Err(_) => said,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_words_are_kept_once_and_say_each_text_once() {
        let own: Exchanged = [("partner".to_owned(), "agent".to_owned())].into();
        let words = OwnWords::of(Locale::En, &own).unwrap();
        assert!(std::ptr::eq(words, OwnWords::of(Locale::En, &own).unwrap()));
        assert!(std::ptr::eq(words.said("a partner"), words.said("a partner")));
        assert_eq!(words.said("a partner"), "an agent");
        assert_eq!(words.said("a deal"), "a deal");
        assert!(OwnWords::of(Locale::En, &Exchanged::new()).is_none());
    }
}

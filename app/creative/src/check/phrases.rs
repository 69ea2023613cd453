//! Phrases in what is said: whatever the case, with borders of words on both sides.

/// A text to be looked through: small letters, one space between words.
pub(super) fn normal(text: &str) -> String {
    let text = crate::text::clean(text).to_lowercase().replace(['\u{2019}', '\u{2018}'], "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Those of the phrases that are said, as they were listed. `said` is [`normal`].
pub(super) fn of<'a, T: AsRef<str>>(said: &str, phrases: &'a [T]) -> Vec<&'a str> {
    phrases.iter().map(AsRef::as_ref).filter(|phrase| says(said, &normal(phrase))).collect()
}

fn says(said: &str, phrase: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (first, last) = (phrase.chars().next(), phrase.chars().last());
    !phrase.is_empty()
        && said.match_indices(phrase).any(|(at, _)| {
            let before = inside(said[..at].chars().last()) && inside(first);
            let after = inside(said[at + phrase.len()..].chars().next()) && inside(last);
            !before && !after
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_have_borders() {
        for (said, phrase, is) in [
            ("We are Number  One!", "number one", true),
            ("number\none", "Number One", true),
            ("unguaranteed", "guaranteed", false),
            ("guaranteeds", "guaranteed", false),
            ("100 % free!!!", "100 % free", true),
            ("ÜBERALL GRÖSSTE", "größte", false),
            ("die Größte", "GRÖßTE", true),
            ("don\u{2019}t wait", "don't wait", true),
            ("a", "", false),
            ("best\u{200b} price", "best price", true),
        ] {
            assert_eq!(!of(&normal(said), &[phrase]).is_empty(), is, "{said} / {phrase}");
        }
    }
}

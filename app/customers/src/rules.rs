//! What makes two spellings of a name the same beyond doubt: letters and digits, whatever stands between them.
mod merge;

pub use merge::{differing, merged, taken_back};

/// Letters and digits in lower case: `GTXPro` and `GTX Pro` are one. Empty for a name without any.
#[must_use]
pub fn name_key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The text without white space around it; none when nothing is left.
#[must_use]
pub fn tidy(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_signs_and_case_do_not_make_another_name() {
        assert_eq!(name_key("GTX Pro"), name_key("GTXPro"));
        assert_eq!(name_key("Ron-tech"), name_key("RON TECH"));
        assert_ne!(name_key("GTX Pro"), name_key("GTX Plus Pro"));
        assert_eq!(name_key("🚀"), "");
    }
}

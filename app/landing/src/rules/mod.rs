//! The laws of landing pages: pure, with clock and chance handed in.
pub mod form;
pub mod spam;
#[cfg(feature = "ssr")]
pub mod visits;

/// Whether a text can be the name of a page: lower case letters, digits and hyphens, 1 to 120.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    (1..=120).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_leads_nowhere_else() {
        assert!(is_slug("autumn-check-4f9k2m"));
        for odd in ["", "..", "/", "//evil.test", "a/b", "A", "a%0d", "é", "a b", &"a".repeat(121)] {
            assert!(!is_slug(odd), "{odd}");
        }
    }
}

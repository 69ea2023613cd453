//! Country codes as people and systems write them.

/// ISO 3166-1 alpha-2 in upper case; `UK` and `EL` become what ISO calls them. Anything but two letters is `None`.
pub fn country(raw: &str) -> Option<String> {
    let code = raw.trim();
    if code.len() != 2 || !code.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    Some(match code.to_ascii_uppercase().as_str() {
        "UK" => "GB".to_owned(),
        "EL" => "GR".to_owned(),
        code => code.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_two_letters_in_upper_case() {
        assert_eq!(country(" de ").as_deref(), Some("DE"));
        assert_eq!(country("uk").as_deref(), Some("GB"));
        assert_eq!(country("Germany"), None);
        assert_eq!(country("ÄÖ"), None);
    }
}

//! Laws of names, slugs, countries and websites; the same in the browser and on the server.

/// Most letters of a slug.
pub const SLUG_MAX: usize = 60;

/// The slug of a name: its letters without accents, words joined by hyphens. Never empty.
#[must_use]
pub fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        let plain = match letter {
            'a'..='z' | '0'..='9' => {
                slug.push(letter);
                continue;
            }
            'ä' | 'æ' => "ae",
            'ö' | 'ø' | 'œ' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'à' | 'á' | 'â' | 'ã' | 'å' => "a",
            'è' | 'é' | 'ê' | 'ë' => "e",
            'ì' | 'í' | 'î' | 'ï' => "i",
            'ò' | 'ó' | 'ô' | 'õ' => "o",
            'ù' | 'ú' | 'û' => "u",
            'ç' | 'č' | 'ć' => "c",
            'ñ' | 'ń' => "n",
            'š' | 'ś' => "s",
            'ž' | 'ź' | 'ż' => "z",
            'ł' => "l",
            '&' => "-and-",
            '\'' | '’' => "",
            _ => "-",
        };
        slug.push_str(plain);
    }
    let words: Vec<&str> = slug.split('-').filter(|word| !word.is_empty()).collect();
    let mut slug = words.join("-");
    slug.truncate(SLUG_MAX);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "organization".to_owned() } else { slug.to_owned() }
}

/// Whether a text is a slug: what [`slug_of`] gives for it is itself.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    slug_of(text) == text
}

/// A garde rule for optional names: given, they must hold something.
///
/// # Errors
/// `required` for white space alone.
pub fn name_if_given<C>(name: &Option<String>, context: &C) -> garde::Result {
    name.as_ref().map_or(Ok(()), |name| base::filled(name, context))
}

/// A garde rule for countries: two letters, or empty to clear.
///
/// # Errors
/// `unknown` for anything else.
pub fn country_if_given<C>(country: &Option<String>, _: &C) -> garde::Result {
    let fine =
        |text: &str| text.is_empty() || (text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic()));
    match country {
        Some(text) if !fine(text.trim()) => {
            Err(garde::Error::new("unknown: Give the country as two letters, like DE."))
        }
        _ => Ok(()),
    }
}

/// A garde rule for websites: something with a dot and no spaces, or empty to clear.
///
/// # Errors
/// `not_a_website` for anything else.
pub fn website_if_given<C>(website: &Option<String>, _: &C) -> garde::Result {
    match website.as_deref().map(str::trim) {
        None | Some("") => Ok(()),
        Some(text) if website_of(text).is_some() => Ok(()),
        Some(_) => Err(garde::Error::new("not_a_website: Write it like https://example.com.")),
    }
}

/// A website with its scheme; `None` for what is none. Schemes other than HTTP are refused, so that a link
/// never runs a script.
#[must_use]
pub fn website_of(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://").unwrap_or(("https", text));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let fine = ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str())
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || c == '"' || c == '<' || c == '>');
    fine.then(|| format!("{}://{rest}", scheme.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_become_slugs_that_people_can_read() {
        assert_eq!(slug_of("Müller & Söhne GmbH"), "mueller-and-soehne-gmbh");
        assert_eq!(slug_of("  Łódź IT  "), "lodz-it");
        assert_eq!(slug_of("東京"), "organization");
    }

    #[test]
    fn a_website_gets_its_scheme_and_never_runs_a_script() {
        assert_eq!(website_of("acme.com/shop").as_deref(), Some("https://acme.com/shop"));
        assert_eq!(website_of("HTTP://acme.com").as_deref(), Some("http://acme.com"));
        assert_eq!(website_of("javascript://alert.x"), None);
        assert_eq!(website_of("just words"), None);
    }

    proptest! {
        #[test]
        fn the_slug_of_a_slug_is_itself(name in ".{0,90}") {
            prop_assert!(is_slug(&slug_of(&name)));
        }
    }
}

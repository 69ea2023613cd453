//! Tokens: places in words for what is known of a person, a partner or a brand: `{{first_name|there}}`.
use std::collections::BTreeMap;

use base::words;

words! {
    /// What can stand in a text. Those of a person are filled for each recipient, the others once.
    Token {
        FirstName = "first_name",
        LastName = "last_name",
        Company = "company",
        PartnerName = "partner_name",
        PartnerPhone = "partner_phone",
        PartnerEmail = "partner_email",
        PartnerWebsite = "partner_website",
        SignedBy = "signed_by",
        BrandName = "brand_name",
        EventDay = "event_day",
        EventTime = "event_time",
    }
}

impl Token {
    /// Whether it is of the person who reads.
    #[must_use]
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::FirstName | Self::LastName | Self::Company)
    }
}

/// What tokens stand for; what is missing or empty takes the token's own fallback.
pub type Values = BTreeMap<Token, String>;

/// What a text is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment<'a> {
    Words(&'a str),
    /// A token with its fallback, if it has one that is not empty.
    Token(Token, Option<&'a str>),
    /// What looks like a token and is none; it stands in drawings as it was typed.
    Odd(&'a str),
}

/// Reads what follows `{{` at the beginning of a text: the segment and its length in bytes.
pub(crate) fn token_at(text: &str) -> Option<(Segment<'_>, usize)> {
    let inside = text.strip_prefix("{{")?;
    let Some(end) = inside.find("}}") else { return Some((Segment::Odd(text), text.len())) };
    let (whole, inside) = (&text[..end + 4], &inside[..end]);
    let (name, fallback) = match inside.split_once('|') {
        Some((name, fallback)) => (name, Some(fallback.trim())),
        None => (inside, None),
    };
    let fallback = fallback.filter(|text| !text.is_empty());
    let plain = !inside.contains(['{', '}', '\n', '\r']) && !fallback.is_some_and(|text| text.contains('|'));
    match Token::parse(name.trim()).filter(|_| plain) {
        Some(token) => Some((Segment::Token(token, fallback), whole.len())),
        None => Some((Segment::Odd(whole), whole.len())),
    }
}

/// A text cut at its tokens. What stands for a token is never read again: there is nothing to nest.
#[must_use]
pub fn segments(text: &str) -> Vec<Segment<'_>> {
    let (mut all, mut rest) = (Vec::new(), text);
    while let Some(start) = rest.find("{{") {
        if start > 0 {
            all.push(Segment::Words(&rest[..start]));
        }
        let Some((segment, length)) = token_at(&rest[start..]) else { break };
        all.push(segment);
        rest = &rest[start + length..];
    }
    if !rest.is_empty() {
        all.push(Segment::Words(rest));
    }
    all
}

/// The tokens of a text with their fallbacks, and what looks like one and is none.
#[must_use]
pub fn tokens_in(text: &str) -> (Vec<(Token, Option<String>)>, Vec<String>) {
    let (mut known, mut odd) = (Vec::new(), Vec::new());
    for segment in segments(text) {
        match segment {
            Segment::Words(words) => odd.extend(words.contains("}}").then(|| "}}".to_owned())),
            Segment::Token(token, fallback) => known.push((token, fallback.map(str::to_owned))),
            Segment::Odd(text) => odd.push(text.chars().take(80).collect()),
        }
    }
    (known, odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_found_with_their_fallbacks() {
        let (known, odd) = tokens_in("Hi {{first_name|there}}, {{ partner_name }} and {{company|}}.");
        let of = |text: &str| Some(text.to_owned());
        assert_eq!(
            known,
            [(Token::FirstName, of("there")), (Token::PartnerName, None), (Token::Company, None)]
        );
        assert!(odd.is_empty());
    }

    #[test]
    fn what_only_looks_like_a_token_is_told() {
        for text in [
            "{{firstname}}",
            "{{first_name",
            "{{}}",
            "{{first_name|{{company}}}}",
            "{{#each rows}}",
            "{{first_name|a|b}}",
            "{{First_Name|x}}",
            "{{first_name|a\nb}}",
            "ends }}",
        ] {
            let (known, odd) = tokens_in(text);
            assert!(known.is_empty() && !odd.is_empty(), "{text}: {known:?} {odd:?}");
        }
    }

    #[test]
    fn segments_make_up_the_text() {
        for text in
            ["", "plain", "{{company|x}}", "a {{ b }} c {{company}} d", "{ {x} }", "é{{first_name|ü}}ß"]
        {
            let length: usize = segments(text)
                .iter()
                .map(|segment| match segment {
                    Segment::Words(text) | Segment::Odd(text) => text.len(),
                    Segment::Token(..) => 0,
                })
                .sum();
            assert!(length <= text.len());
        }
    }
}

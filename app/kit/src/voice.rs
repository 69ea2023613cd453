//! What a brand says in words: on the sign-in page, below every page and in its mails; and the checks of it.
use std::collections::BTreeMap;

use base::Currency;
use leptos::prelude::{GetUntracked as _, RwSignal, use_context};
use serde::{Deserialize, Serialize};

use crate::catalogue::{Exchanged, Locale, is_form};

/// Links below every page at most.
pub const MOST_LINKS: usize = 6;

/// What a brand says. An empty text says nothing, or what the product says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "BrandVoice"))]
#[garde(allow_unvalidated)]
#[serde(default)]
pub struct Voice {
    /// Above the form that one signs in with; up to 80 letters.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[garde(length(chars, max = 80), custom(one_line))]
    pub sign_in_title: String,
    /// Below it: plain text of up to 500 letters, in paragraphs.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[garde(length(chars, max = 500), custom(plain))]
    pub sign_in_text: String,
    /// Below every page: up to 200 letters.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[garde(length(chars, max = 200), custom(one_line))]
    pub footer: String,
    /// Legal notice, privacy, terms: up to six, beside the footer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[garde(length(max = MOST_LINKS), dive)]
    pub links: Vec<BrandLink>,
    /// Below the brand's name in mails: up to 120 letters.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[garde(length(chars, max = 120), custom(one_line))]
    pub mail_header: String,
    /// At the end of mails: up to 500 letters, in paragraphs.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[garde(length(chars, max = 500), custom(plain))]
    pub mail_footer: String,
    /// Whose name mails of the brand carry; the brand's own when empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[garde(length(chars, max = 120), custom(sender))]
    pub sender_name: String,
    /// Where answers to mails of the brand go; to their sender when empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[garde(length(max = 254), custom(reply))]
    pub reply_to: String,
    /// For people who have not chosen a language: `en`, `de`, `fr`, `es` or `ar`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schemars(with = "Option<String>"))]
    pub locale: Option<Locale>,
    /// Of new programs for which none was given: a code of ISO 4217.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schemars(with = "Option<String>"))]
    pub currency: Option<Currency>,
    /// By language: own words for forms of nouns, each of up to 40 letters: `{"en": {"partner": "agent"}}`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[garde(custom(own_words))]
    pub words: BTreeMap<String, Exchanged>,
}

/// A link below every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct BrandLink {
    #[garde(custom(base::filled), length(chars, max = 60), custom(one_line))]
    pub label: String,
    /// `https://` and a public host, without a name or password in it.
    #[garde(length(max = 300), custom(web_address))]
    pub url: String,
}

/// What a page shows of the brand it wears, beside its colours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BrandFace {
    /// The brand's name; empty where no brand is known.
    pub name: String,
    pub sign_in_title: String,
    pub sign_in_text: String,
    pub footer: String,
    pub links: Vec<BrandLink>,
}

impl BrandFace {
    /// Of a brand that says this.
    #[must_use]
    pub fn of(name: &str, voice: &Voice) -> Self {
        Self {
            name: name.to_owned(),
            sign_in_title: voice.sign_in_title.clone(),
            sign_in_text: voice.sign_in_text.clone(),
            footer: voice.footer.clone(),
            links: voice.links.clone(),
        }
    }

    /// The face of the page; setting it shows another.
    #[must_use]
    pub fn shown() -> RwSignal<Self> {
        use_context::<RwSignal<Self>>().unwrap_or_else(|| RwSignal::new(Self::of_page()))
    }

    /// The face of the page, as the shell makes it known; that of no brand elsewhere.
    #[must_use]
    pub fn of_page() -> Self {
        let changing = use_context::<RwSignal<Self>>().map(|face| face.get_untracked());
        changing.or_else(use_context::<Self>).unwrap_or_default()
    }
}

impl Voice {
    /// Says nothing.
    pub const SILENT: Self = Self {
        sign_in_title: String::new(),
        sign_in_text: String::new(),
        footer: String::new(),
        links: Vec::new(),
        mail_header: String::new(),
        mail_footer: String::new(),
        sender_name: String::new(),
        reply_to: String::new(),
        locale: None,
        currency: None,
        words: BTreeMap::new(),
    };

    /// The brand's words in a language; none where it has the usual ones.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn own(&self, language: Locale) -> Option<&'static crate::catalogue::OwnWords> {
        crate::catalogue::OwnWords::of(language, self.words.get(language.tag())?)
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        *self == Self::SILENT
    }
}

/// A text in paragraphs: one for each line that holds something.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Letters that are not seen, or turn the text around them.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn one_line<C>(text: &str, _: &C) -> garde::Result {
    if text.contains(is_hidden) {
        return Err(garde::Error::new("not_one_line: Write it on one line."));
    }
    Ok(())
}

fn plain<C>(text: &str, _: &C) -> garde::Result {
    if text.contains(|letter| is_hidden(letter) && letter != '\n') {
        return Err(garde::Error::new("not_plain: Write plain text."));
    }
    Ok(())
}

/// A name in the head of mails must not look like an address: programs show it in place of the real one.
fn sender<C>(name: &str, _: &C) -> garde::Result {
    if name.contains(|letter| is_hidden(letter) || matches!(letter, '@' | '＠' | '﹫' | '<' | '>' | '"')) {
        return Err(garde::Error::new("not_a_name: Write a name, not an address."));
    }
    Ok(())
}

/// Letters of a word that stands for another.
pub const LONGEST_WORD: usize = 40;

/// Whether a text can stand for a noun: letters, digits, spaces and hyphens, beginning with a letter.
#[must_use]
pub fn is_own_word(text: &str) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '\'' | '’');
    text.chars().count() <= LONGEST_WORD
        && text.starts_with(char::is_alphabetic)
        && text.trim_end() == text
        && text.chars().all(fits)
}

fn own_words<C>(words: &BTreeMap<String, Exchanged>, _: &C) -> garde::Result {
    for (tag, own) in words {
        let language = Locale::ALL.into_iter().find(|locale| locale.tag() == tag);
        let Some(language) = language else {
            return Err(garde::Error::new("no_such_language: There is no such language."));
        };
        if own.keys().any(|form| !is_form(language, form)) {
            return Err(garde::Error::new("no_such_form: There is no such word in the texts."));
        }
        if own.values().any(|word| !is_own_word(word)) {
            return Err(garde::Error::new("not_a_word: Write a word of up to 40 letters."));
        }
    }
    Ok(())
}

fn reply<C>(email: &str, _: &C) -> garde::Result {
    if email.is_empty() || is_email(email) {
        return Ok(());
    }
    Err(garde::Error::new("not_an_email: Write it like name@example.com."))
}

fn is_email(email: &str) -> bool {
    let in_name = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(letter);
    let is_part = |part: &str| !part.is_empty() && part.chars().all(in_name);
    email.rsplit_once('@').is_some_and(|(name, host)| {
        name.len() <= 64 && name.split('.').all(is_part) && host.is_ascii() && is_host(host)
    })
}

/// A name of the public net: letters, digits and hyphens in parts, the last of which is no number.
fn is_host(host: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253
        && host.contains('.')
        && host.split('.').all(is_part)
        && last.starts_with(char::is_alphabetic)
}

/// Names that lead into the reader's own network.
const OWN_NETWORK: [&str; 8] = ["local", "localhost", "internal", "intranet", "lan", "home", "corp", "arpa"];

/// A garde rule for links that anybody may follow: `https`, a public host by name, no name or password in it.
///
/// # Errors
/// `not_https` or `not_public`.
pub fn web_address<C>(url: &str, _: &C) -> garde::Result {
    let odd = |letter: char| is_hidden(letter) || letter.is_whitespace() || "\\<>\"'`{}".contains(letter);
    let scheme = url.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"));
    if !scheme || url.contains(odd) {
        return Err(garde::Error::new("not_https: Write it like https://example.com/imprint."));
    }
    let rest = url.get(8..).unwrap_or_default();
    let place = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = place.split_once(':').unwrap_or((place, "443"));
    let is_port = port.len() <= 5 && port.parse::<u16>().is_ok_and(|port| port > 0);
    let last = host.rsplit('.').next().unwrap_or_default().to_lowercase();
    if place.contains('@') || !is_port || !is_host(host) || OWN_NETWORK.contains(&last.as_str()) {
        return Err(garde::Error::new("not_public: Give the address of a public website."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(voice: &Voice) -> Option<String> {
        base::check_fields(voice).err().map(|problem| format!("{problem:?}"))
    }

    fn linked(url: &str) -> Voice {
        let link = BrandLink { label: "Imprint".into(), url: url.into() };
        Voice { links: vec![link], ..Voice::default() }
    }

    #[test]
    fn links_lead_to_public_places_only() {
        for fine in [
            "https://example.com",
            "HTTPS://www.example.com/legal/imprint?lang=de#top",
            "https://example.com:8443/x",
            "https://bücher.example/über",
        ] {
            assert_eq!(fault(&linked(fine)), None, "{fine}");
        }
        for odd in [
            "",
            "http://example.com",
            "javascript:alert(1)",
            "//example.com",
            "https://",
            "https://name:word@example.com",
            "https://example.com@evil.example",
            "https://localhost/x",
            "https://intranet/x",
            "https://printer.local",
            "https://db.internal",
            "https://127.0.0.1",
            "https://10.0.0.8/x",
            "https://0x7f.1",
            "https://2130706433",
            "https://[::1]/",
            "https://example.com:0",
            "https://example.com:99999",
            "https://example.com\\@evil.example",
            "https://exa mple.com",
            "https://example.com/\"onclick",
            "https://-a.example",
        ] {
            assert!(fault(&linked(odd)).is_some(), "{odd}");
        }
    }

    #[test]
    fn every_text_has_its_measure() {
        let long = |count: usize| "x".repeat(count);
        assert_eq!(fault(&Voice::default()), None);
        let whole = Voice {
            sign_in_title: long(80),
            sign_in_text: format!("{}\n\n{}", long(200), long(200)),
            footer: long(200),
            mail_header: long(120),
            mail_footer: long(500),
            sender_name: "Aurora, Partners".into(),
            reply_to: "help+a@aurora.example".into(),
            locale: Some(Locale::De),
            currency: Some(Currency::CHF),
            ..linked("https://example.com")
        };
        assert_eq!(fault(&whole), None);
        let read: Voice = serde_json::from_str(&serde_json::to_string(&whole).unwrap()).unwrap();
        assert_eq!(read, whole);
        for wrong in [
            Voice { sign_in_title: long(81), ..Voice::default() },
            Voice { sign_in_text: long(501), ..Voice::default() },
            Voice { footer: "a\nb".into(), ..Voice::default() },
            Voice { mail_header: "a\r\nBcc: x@example.com".into(), ..Voice::default() },
            Voice { mail_footer: "\u{202e}x".into(), ..Voice::default() },
            Voice { sender_name: "ceo@bank.example".into(), ..Voice::default() },
            Voice { reply_to: "help".into(), ..Voice::default() },
            Voice { reply_to: "a@localhost".into(), ..Voice::default() },
            Voice { reply_to: "a..b@example.com".into(), ..Voice::default() },
            Voice { reply_to: "a@example.com\r\nBcc: x@example.com".into(), ..Voice::default() },
            Voice {
                links: vec![BrandLink { label: " ".into(), url: "https://example.com".into() }],
                ..Voice::default()
            },
            Voice { links: vec![linked("https://example.com").links[0].clone(); 7], ..Voice::default() },
        ] {
            assert!(fault(&wrong).is_some(), "{wrong:?}");
        }
    }

    #[test]
    fn what_says_nothing_is_written_as_nothing() {
        assert_eq!(serde_json::to_string(&Voice::SILENT).unwrap(), "{}");
        assert!(serde_json::from_str::<Voice>("{}").unwrap().is_silent());
        assert_eq!(paragraphs("One\n\n two \n"), ["One", "two"]);
    }
}

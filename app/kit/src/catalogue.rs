//! The reader's language, and the macro that gives a slice its messages.
use serde::{Deserialize, Serialize};

mod own_words;
mod slice;
#[cfg(not(target_arch = "wasm32"))]
mod worded;

pub use own_words::{Exchanged, NOUNS, Noun, is_form, reworded};
#[cfg(not(target_arch = "wasm32"))]
pub use slice::Forms;
pub use slice::Slice;
#[cfg(target_arch = "wasm32")]
pub use slice::take;
#[cfg(not(target_arch = "wasm32"))]
pub use worded::OwnWords;

/// A language that every message exists in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    #[default]
    En,
    De,
    Fr,
    Es,
    Ar,
}

/// How many languages there are.
pub const LANGUAGES: usize = 5;

impl Locale {
    /// All languages.
    pub const ALL: [Self; LANGUAGES] = [Self::En, Self::De, Self::Fr, Self::Es, Self::Ar];

    /// BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
            Self::Es => "es",
            Self::Ar => "ar",
        }
    }

    /// Its own name, so that everybody finds theirs.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
            Self::Fr => "Français",
            Self::Es => "Español",
            Self::Ar => "العربية",
        }
    }

    /// Which way it is written: `rtl` or `ltr`.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        if matches!(self, Self::Ar) { "rtl" } else { "ltr" }
    }

    /// Which of the language's forms a number takes, by the plural rules of CLDR: of two, `one` and `other`; in Arabic of six.
    #[must_use]
    pub const fn form(self, count: i64) -> usize {
        match (self, count) {
            (Self::Ar, 0..=2) => count as usize,
            (Self::Ar, _) => match count.unsigned_abs() % 100 {
                3..=10 => 3,
                11..=99 => 4,
                _ => 5,
            },
            (Self::Fr, 0 | 1) | (_, 1) => 0,
            _ => 1,
        }
    }

    /// The language for a tag or an `Accept-Language` header: the first that we have, else English.
    #[must_use]
    pub fn choose(wanted: &str) -> Self {
        Self::named(wanted).unwrap_or_default()
    }

    /// The first language that we have of a tag or an `Accept-Language` header; none when it names none of ours.
    #[must_use]
    pub fn named(wanted: &str) -> Option<Self> {
        wanted
            .split(',')
            .filter_map(|tag| tag.trim().get(..2))
            .find_map(|tag| Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(tag)))
    }
}

/// What the reader prefers: provided as Leptos context on the server, read from the page in the browser.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    pub locale: Locale,
    /// Minutes east of UTC at the time of the request, for absolute times on the server.
    pub offset_minutes: i32,
    /// What the brand calls things in this language.
    #[cfg(not(target_arch = "wasm32"))]
    pub words: Option<&'static OwnWords>,
}

/// The reader's language.
#[cfg(feature = "ssr")]
#[must_use]
pub fn locale() -> Locale {
    leptos::prelude::use_context::<Reader>().map_or_else(Locale::default, |reader| reader.locale)
}

/// The text in the words of the brand that the reader is looking at.
#[cfg(all(feature = "ssr", not(target_arch = "wasm32")))]
fn worded(text: &'static str) -> &'static str {
    let words = leptos::prelude::use_context::<Reader>().and_then(|reader| reader.words);
    words.map_or(text, |words| words.said(text))
}

#[cfg(not(any(feature = "ssr", target_arch = "wasm32")))]
const fn worded(text: &'static str) -> &'static str {
    text
}

/// The reader's language, as the page says it (`<html lang>`); it stays while the page is open.
#[cfg(not(feature = "ssr"))]
#[must_use]
pub fn locale() -> Locale {
    thread_local!(static LOCALE: Locale = page_attribute("lang").map_or_else(Locale::default, |tag| Locale::choose(&tag)));
    LOCALE.with(|locale| *locale)
}

/// Minutes east of UTC for the reader's times.
#[cfg(feature = "ssr")]
#[must_use]
pub fn offset_minutes() -> i32 {
    leptos::prelude::use_context::<Reader>().map_or(0, |reader| reader.offset_minutes)
}

/// Minutes east of UTC for the reader's times: what the server used, so that hydration finds the same text.
#[cfg(not(feature = "ssr"))]
#[must_use]
pub fn offset_minutes() -> i32 {
    thread_local!(static OFFSET: i32 = page_attribute("data-offset").and_then(|text| text.parse().ok()).unwrap_or(0));
    OFFSET.with(|offset| *offset)
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn page_attribute(name: &str) -> Option<String> {
    web_sys::window()?.document()?.document_element()?.get_attribute(name)
}

#[cfg(not(any(feature = "hydrate", feature = "ssr")))]
fn page_attribute(_: &str) -> Option<String> {
    None
}

/// What the brand of the page calls things (`<html data-words>`). None on the server.
#[must_use]
pub fn words_of_page() -> Option<Exchanged> {
    #[cfg(not(feature = "ssr"))]
    return page_attribute("data-words").and_then(|own| serde_json::from_str(&own).ok());
    #[cfg(feature = "ssr")]
    None
}

/// Speaks to somebody who has not asked: what runs inside finds this reader's language and time zone. For mails.
#[cfg(feature = "ssr")]
pub fn speaking_to<T>(locale: Locale, time_zone: &str, words: impl FnOnce() -> T) -> T {
    speaking_as(None, locale, time_zone, words)
}

/// The same in the words of a brand, which are of that language.
#[cfg(feature = "ssr")]
pub fn speaking_as<T>(
    own: Option<&'static OwnWords>,
    locale: Locale,
    time_zone: &str,
    words: impl FnOnce() -> T,
) -> T {
    use leptos::prelude::{Owner, provide_context};
    Owner::new().with(|| {
        provide_context(Reader { locale, offset_minutes: 0, words: own });
        provide_context(crate::Zone(time_zone.to_owned()));
        words()
    })
}

/// Brings a slice's messages in as module `t`: put `kit::texts!();` in its `lib.rs`.
#[macro_export]
macro_rules! texts {
    () => {
        #[allow(
            dead_code,
            unused_imports,
            clippy::all,
            clippy::pedantic,
            reason = "made by the build step from the catalogue"
        )]
        pub mod t {
            include!(concat!(env!("OUT_DIR"), "/texts.rs"));
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_forms_of_their_language() {
        let forms = |language: Locale| [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, -1].map(|n| language.form(n));
        assert_eq!(forms(Locale::En), [1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        assert_eq!(forms(Locale::Fr), [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        assert_eq!(forms(Locale::Ar), [0, 1, 2, 3, 3, 4, 4, 5, 5, 3, 5]);
    }
}

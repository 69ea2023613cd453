//! Enumerations in the reader's language.
use palette::{Reason, contrast};

use crate::model::{Density, Font, Preset};
use crate::rules::{Field, Value};
use crate::t;

impl Density {
    /// In the reader's language.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Comfortable => t::density_comfortable(),
            Self::Compact => t::density_compact(),
        }
    }
}

impl Font {
    /// In the reader's language.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Inter => t::font_inter(),
            Self::System => t::font_system(),
            Self::Humanist => t::font_humanist(),
            Self::Classic => t::font_classic(),
        }
    }
}

pub(crate) fn reason_words(reason: Reason) -> &'static str {
    match reason {
        Reason::TooLightForSurface => t::too_light_for_surface(),
        Reason::TooDarkForSurface => t::too_dark_for_surface(),
        Reason::WordsOnIt => t::words_on_it(),
        Reason::NotReadable => t::not_readable(),
    }
}

pub(crate) fn kind_words(kind: contrast::Kind) -> &'static str {
    match kind {
        contrast::Kind::Words => t::kind_words(),
        contrast::Kind::Control => t::kind_control(),
        contrast::Kind::Focus => t::kind_focus(),
        contrast::Kind::Chart => t::kind_chart(),
    }
}

impl Preset {
    /// Its name in the reader's language.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Slate => t::preset_slate(),
            Self::Amber => t::preset_amber(),
            Self::Volt => t::preset_volt(),
            Self::Ink => t::preset_ink(),
        }
    }

    /// Its character in one line.
    #[must_use]
    pub fn line(self) -> &'static str {
        match self {
            Self::Slate => t::preset_slate_line(),
            Self::Amber => t::preset_amber_line(),
            Self::Volt => t::preset_volt_line(),
            Self::Ink => t::preset_ink_line(),
        }
    }
}

impl Field {
    /// In the reader's language.
    #[must_use]
    pub fn words(self) -> String {
        let words = match self {
            Self::Colour => t::colour(),
            Self::Accent => t::second_colour(),
            Self::Tint => t::tint(),
            Self::Radius => t::radius(),
            Self::Scale => t::scale(),
            Self::Density => t::density(),
            Self::Font => t::font(),
            Self::SignInTitle => t::sign_in_title(),
            Self::SignInText => t::sign_in_text(),
            Self::Footer => t::footer_text(),
            Self::Link(place) => return t::link(place),
            Self::MailHeader => t::mail_header(),
            Self::MailFooter => t::mail_footer(),
            Self::SenderName => t::sender_name(),
            Self::ReplyTo => t::reply_to(),
            Self::Locale => t::locale(),
            Self::Currency => t::currency(),
            Self::OwnWord(language, form) => return t::own_word(form, language.own_name()),
        };
        words.to_owned()
    }
}

impl Value {
    /// In the reader's language.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Colour(colour) => colour.to_string(),
            Self::Found => t::found().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Percent(number) => {
                kit::format::percent(f64::from(*number) / 100.0, kit::catalogue::locale())
            }
            Self::Density(density) => density.words().to_owned(),
            Self::Font(font) => font.words().to_owned(),
            Self::Text(text) => text.clone(),
            Self::Locale(locale) => locale.own_name().to_owned(),
            Self::Currency(currency) => currency.code().to_owned(),
            Self::Nothing => t::says_nothing().to_owned(),
        }
    }
}

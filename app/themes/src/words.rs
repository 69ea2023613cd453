//! Enumerations in the reader's language.
use base::Problem;
use palette::{Reason, contrast};

use crate::model::{Density, Font, FoundIn, Preset};
use crate::pictures::PictureUse;
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

impl FoundIn {
    /// In the reader's language.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::ThemeColour => t::found_in_theme_color(),
            Self::Manifest => t::found_in_manifest(),
            Self::Property => t::found_in_property(),
            Self::StyleSheet => t::found_in_style_sheet(),
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

impl PictureUse {
    /// In the reader's language.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Logo => t::picture_logo(),
            Self::LogoDark => t::picture_logo_dark(),
            Self::Mark => t::picture_mark(),
            Self::Favicon => t::picture_favicon(),
            Self::Hero => t::picture_hero(),
        }
    }

    /// What is taken, and where it is seen.
    pub(crate) fn help(self) -> &'static str {
        match self {
            Self::Logo => t::picture_logo_help(),
            Self::LogoDark => t::picture_logo_dark_help(),
            Self::Mark => t::picture_mark_help(),
            Self::Favicon => t::picture_favicon_help(),
            Self::Hero => t::picture_hero_help(),
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
            Self::Picture(purpose) => purpose.words(),
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
            Self::Picture(..) => t::a_picture().to_owned(),
            Self::Locale(locale) => locale.own_name().to_owned(),
            Self::Currency(currency) => currency.code().to_owned(),
            Self::Nothing => t::says_nothing().to_owned(),
        }
    }
}

/// Why a picture was not taken or not removed.
pub(crate) fn picture_refusal(problem: &Problem) -> String {
    let code = problem.of_field("file").map_or_else(|| problem.code(), |fault| fault.code.as_ref());
    let words = match code {
        "picture_empty" => t::refused_empty(),
        "picture_too_many_bytes" | "too_large" => t::refused_too_many_bytes(),
        "picture_kind" => t::refused_kind(),
        "picture_too_large" => t::refused_too_large(),
        "picture_too_small" => t::refused_too_small(),
        "picture_moving" => t::refused_moving(),
        "picture_broken" => t::refused_broken(),
        "picture_costly" => t::refused_costly(),
        "svg_script" => t::refused_svg_script(),
        "svg_reference" => t::refused_svg_reference(),
        "svg_foreign" => t::refused_svg_foreign(),
        "svg_declaration" => t::refused_svg_declaration(),
        "svg_text" => t::refused_svg_text(),
        "svg_picture" => t::refused_svg_picture(),
        "svg_size" => t::refused_svg_size(),
        "svg_costly" => t::refused_svg_costly(),
        "pictures_full" => t::refused_full(),
        "picture_worn" => t::refused_worn(),
        _ => return kit::sentence(problem),
    };
    words.to_owned()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_of_a_picture_is_said_in_words_of_its_own() {
        let said: std::collections::BTreeSet<String> = pictures::Refusal::ALL
            .iter()
            .map(|refusal| picture_refusal(&Problem::field("file", refusal.code(), "")))
            .collect();
        assert_eq!(said.len(), pictures::Refusal::ALL.len());
        let unknown = kit::sentence(&Problem::field("file", "nothing", ""));
        assert!(!said.contains(&unknown));
    }
}

//! Enumerations in the reader's language.
use palette::{Reason, contrast};

use crate::model::{Density, Font, FoundIn};
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

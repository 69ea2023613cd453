//! Enumerations in the reader's language.
use base::Problem;
use palette::{Reason, contrast};

use crate::model::{Density, Font};
use crate::pictures::PictureUse;
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

//! The brand's half of a drawing's setting, and our own words in it.
use base::db::Tx;
use base::{BrandId, Parts, Problem};
use creative::draw::{BrandFace, Ink, Setting, Words};
use kit::catalogue::{Locale, speaking_to};
use kit::letter;

use crate::t;

/// What campaigns of a brand wear and say in a language: of the published theme, or of the brand's hue while none is. The
/// card, the partner's logo and links are empty. Languages that we do not speak have our own words in English.
///
/// # Errors
/// `Internal` when the engine or the files fail.
pub async fn setting(tx: &mut Tx, parts: &Parts, brand: BrandId, language: &str) -> Result<Setting, Problem> {
    let base_url = parts.settings().base_url.trim_end_matches('/').to_owned();
    let face = themes::server::campaign_face(tx, parts, brand).await?;
    let (logo_url, logo_size, logo) = match face.logo {
        Some(logo) => (format!("{base_url}{}", logo.path), logo.size, Some(logo.bytes)),
        None => (String::new(), (0, 0), None),
    };
    let brand = BrandFace {
        name: face.worn.name,
        light: ink(face.worn.light),
        dark: ink(face.worn.dark),
        radius: face.radius,
        logo_url,
        logo_size,
        logo,
        footer: face.footer,
    };
    Ok(Setting {
        brand,
        language: language.to_owned(),
        right_to_left: is_right_to_left(language),
        base_url,
        words: speaking_to(Locale::choose(language), "UTC", words),
        ..Setting::default()
    })
}

fn ink(worn: letter::Ink) -> Ink {
    let letter::Ink { ground, text, muted, line, accent, on_accent, link } = worn;
    Ink { ground, text, muted, line, accent, on_accent, link }
}

/// Whether a language is written from right to left.
pub(super) fn is_right_to_left(language: &str) -> bool {
    matches!(language.split('-').next(), Some("ar" | "fa" | "he" | "ur"))
}

fn words() -> Words {
    let text = |text: &str| text.to_owned();
    Words {
        unsubscribe: text(t::word_unsubscribe()),
        sent_by: text(t::word_sent_by()),
        call: text(t::word_call()),
        write: text(t::word_write()),
        visit: text(t::word_visit()),
        first_name: text(t::word_first_name()),
        last_name: text(t::word_last_name()),
        email: text(t::word_email()),
        company: text(t::word_company()),
        required: text(t::word_required()),
        add_to_calendar: text(t::word_add_to_calendar()),
        powered_with: text(t::word_powered_with()),
    }
}

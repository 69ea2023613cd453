//! What stands behind a drawing: what tokens stand for, where targets lead, which colours are worn.
use palette::Rgb;
use palette::contrast::ratio;

use super::{Setting, flat, when};
use crate::links;
use crate::text::one_line;
use crate::{Content, Motif, Part, PartnerCard, Picture, Target, Token};

/// A content in its setting.
pub(super) struct Scene<'a> {
    pub(super) setting: &'a Setting,
    pub(super) content: &'a Content,
}

impl<'a> Scene<'a> {
    pub(super) const fn new(content: &'a Content, setting: &'a Setting) -> Self {
        Self { setting, content }
    }

    pub(super) fn card(&self) -> &'a PartnerCard {
        &self.setting.card
    }

    /// What a token stands for that is the same for everybody; empty when nothing is known.
    pub(super) fn value(&self, token: Token) -> String {
        let card = self.card();
        match token {
            Token::PartnerName => one_line(&card.name),
            Token::PartnerPhone => one_line(&card.phone),
            Token::PartnerEmail => one_line(&card.email),
            Token::PartnerWebsite => shown(&card.website).to_owned(),
            Token::SignedBy => one_line(&card.signed_by),
            Token::BrandName => one_line(&self.setting.brand.name),
            Token::EventDay => {
                self.event().map(|at| when::day(&at, &self.setting.language)).unwrap_or_default()
            }
            Token::EventTime => self.event().map(|at| when::time(&at)).unwrap_or_default(),
            Token::FirstName | Token::LastName | Token::Company => String::new(),
        }
    }

    fn event(&self) -> Option<when::When> {
        flat(self.content).into_iter().find_map(|block| match &block.part {
            Part::Event { starts, minutes, .. } => when::When::read(starts, *minutes),
            _ => None,
        })
    }

    /// Where a target leads; none when that is nowhere.
    pub(super) fn address(&self, target: &Target) -> Option<String> {
        let setting = self.setting;
        let url = match target {
            Target::LandingPage => &setting.landing_url,
            Target::Partner if setting.card.action_url.is_empty() => &setting.card.website,
            Target::Partner => &setting.card.action_url,
            Target::Url { url } => url,
            Target::Calendar => &setting.calendar_url,
        };
        // Our own addresses are as the installation is reached, which on a laptop is without TLS.
        let own = matches!(target, Target::LandingPage | Target::Calendar) && url.starts_with("http://");
        let plain = !url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>`\\".contains(c));
        (links::read(url).is_some() || (own && plain)).then(|| url.clone())
    }

    /// The address of a picture; none when it is handed out nowhere.
    pub(super) fn picture(&self, picture: &Picture) -> Option<String> {
        match picture {
            Picture::Uploaded { hash } => {
                let plain = !hash.is_empty() && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
                plain.then(|| format!("{}/media/{hash}/hero.jpg", self.setting.base_url))
            }
            Picture::Drawn { motif } => self.motif(*motif),
        }
    }

    fn motif(&self, motif: Motif) -> Option<String> {
        let base = &self.setting.motif_base;
        (!base.is_empty()).then(|| format!("{base}/{}.png", motif.as_str()))
    }

    /// The partner's colour and what can be read on it; the brand's where it has none of its own.
    pub(super) fn partner_colours(&self) -> (String, String) {
        match self.card().colour.parse::<Rgb>() {
            Ok(colour) => (colour.to_string(), readable_on(colour).to_string()),
            Err(_) => {
                let ink = &self.setting.brand.light;
                (colour(&ink.accent, "#1f2937"), colour(&ink.on_accent, "#ffffff"))
            }
        }
    }
}

/// White or black, whichever reads better.
pub(super) fn readable_on(colour: Rgb) -> Rgb {
    if ratio(Rgb::WHITE, colour) >= ratio(Rgb::BLACK, colour) { Rgb::WHITE } else { Rgb::BLACK }
}

/// A colour as `#rrggbb`, another one where it is none: nothing else gets into a style.
pub(super) fn colour(text: &str, other: &str) -> String {
    text.parse::<Rgb>().map_or_else(|_| other.to_owned(), |colour| colour.to_string())
}

/// A colour between two, `part` of the way from the first to the second.
pub(super) fn between(one: &str, other: &str, part: f32) -> String {
    let of = |text: &str| text.parse::<Rgb>().unwrap_or(Rgb::WHITE).channels();
    let (one, other) = (of(one), of(other));
    let mix = |n: usize| (f32::from(one[n]) + (f32::from(other[n]) - f32::from(one[n])) * part).round() as u8;
    Rgb::new(mix(0), mix(1), mix(2)).to_string()
}

/// A website as people read it: without `https://` and a slash at its end.
pub(super) fn shown(url: &str) -> &str {
    url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/')
}

/// The number of a telephone as it is called.
pub(super) fn callable(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let url = format!("tel:{digits}");
    links::read(&url).is_some().then_some(url)
}

/// The address of mail to somebody.
pub(super) fn writable(email: &str) -> Option<String> {
    let url = format!("mailto:{email}");
    links::read(&url).is_some().then_some(url)
}

/// A BCP 47 tag, `en` where it is none.
pub(super) fn language(tag: &str) -> &str {
    let plain =
        (2..=35).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if plain { tag } else { "en" }
}

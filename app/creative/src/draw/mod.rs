//! Drawing: an asset with its face, card and links becomes a mail, a page, a post, a picture, a paper, a calendar file.
mod banner;
mod calendar;
mod canvas;
mod inline;
mod letters;
mod mail;
mod mail_parts;
mod mail_text;
mod motif;
mod page;
mod page_form;
mod paper;
mod scene;
mod template;
mod when;

use crate::{PartnerCard, Values};

pub use crate::blocks::flat;
pub use banner::{BANNERS, banner, post};
pub use calendar::invitation;
pub use mail::{MOST_BYTES, mail};
pub use motif::motif;
pub use page::page;
pub use page_form::{CONSENT, HONEYPOT, field_name};
pub use paper::one_pager;

/// The colours of one mode, as `#rrggbb`; words can be read on their grounds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ink {
    pub ground: String,
    pub text: String,
    pub muted: String,
    pub line: String,
    pub accent: String,
    pub on_accent: String,
    pub link: String,
}

/// The brand's half of the face.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BrandFace {
    pub name: String,
    pub light: Ink,
    pub dark: Ink,
    /// Corner radius in CSS pixels.
    pub radius: u8,
    /// Absolute address of its logo on light grounds as PNG, empty for none, with its width and height.
    pub logo_url: String,
    pub logo_size: (u32, u32),
    /// The same as bytes of a PNG, for what is drawn here.
    pub logo: Option<Vec<u8>>,
    /// Lines below everything, as the brand wants them.
    pub footer: Vec<String>,
}

/// Everything that a drawing needs besides its content.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    pub brand: BrandFace,
    pub card: PartnerCard,
    /// Absolute address of the partner's logo, empty for none; and its bytes as PNG.
    pub partner_logo_url: String,
    pub partner_logo: Option<Vec<u8>>,
    /// BCP 47.
    pub language: String,
    pub right_to_left: bool,
    /// Where this installation is reached: `https://partners.example`.
    pub base_url: String,
    /// Absolute address of the campaign's landing page.
    pub landing_url: String,
    /// Absolute address of the calendar file.
    pub calendar_url: String,
    /// Below which address pictures that are drawn are handed out, without a slash at its end: `{motif_base}/waves.png`;
    /// `https://partners.example/l/{slug}/motif`. Empty leaves them out of mails and pages.
    pub motif_base: String,
    /// Words of our own that stand in drawings, in the language: unsubscribe, view in browser and so on.
    pub words: Words,
}

/// Our own words in a drawing.
#[derive(Clone, Debug, Default)]
pub struct Words {
    pub unsubscribe: String,
    pub sent_by: String,
    pub call: String,
    pub write: String,
    pub visit: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub company: String,
    pub required: String,
    pub add_to_calendar: String,
    pub powered_with: String,
}

/// An e-mail, compiled once; filled for each recipient.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mail {
    pub subject: Template,
    pub other_subject: Option<Template>,
    pub html: Template,
    pub text: Template,
    /// Where its links lead, in the order in which they stand; `Slot::Link(n)` is the n-th.
    pub links: Vec<String>,
}

/// Text with places that differ by recipient.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Template(pub Vec<Piece>);

/// One piece of a template.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    As(String),
    Slot(Slot),
}

/// A place that differs by recipient.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// A personal token with its fallback.
    Token(crate::Token, String),
    /// The tracked address of the n-th link.
    Link(u16),
    /// The address of the one-click unsubscribe page.
    Unsubscribe,
    /// The address of the picture by which an opening is seen.
    Opened,
}

/// What differs by recipient.
pub struct Personal<'a> {
    pub values: &'a Values,
    /// The tracked address of the n-th link.
    pub link: &'a dyn Fn(u16) -> String,
    pub unsubscribe: &'a str,
    pub opened: &'a str,
}

/// What the form of a page shows.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    /// Where it is sent, with a token against forged posts in `hidden` pairs.
    pub action: String,
    pub hidden: Vec<(String, String)>,
    /// What was typed, by field name: `first_name`, `last_name`, `email`, `company`, [`field_name`] of the kit's own,
    /// [`CONSENT`].
    pub values: std::collections::BTreeMap<String, String>,
    /// What is wrong, by field name, in the page's language.
    pub errors: std::collections::BTreeMap<String, String>,
    /// Whether it was sent: thanks stand in its place.
    pub sent: bool,
}

/// A post: its words and a picture.
pub struct Post {
    pub text: String,
    /// PNG, 1200 × 630.
    pub picture: Vec<u8>,
}

#[cfg(test)]
pub(crate) mod tests;

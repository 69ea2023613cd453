//! Nouns: an asset is a list of blocks in each of its languages; a block has a zone, which says who may change it.
use std::collections::BTreeMap;

use base::words;
use serde::{Deserialize, Serialize};

words! {
    /// What an asset becomes.
    AssetKind {
        /// One message; several of a kit with different days are a sequence.
        Email = "email",
        LandingPage = "landing_page",
        /// Words and a picture for networks.
        Social = "social",
        /// Pictures for advertisements.
        Banner = "banner",
        /// One page of paper, A4, as PDF.
        OnePager = "one_pager",
        /// A file for calendars, with a page of its own words.
        Invitation = "invitation",
    }
}

/// One piece of a kit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct Asset {
    /// Stays the same over versions of the kit: `email-1`. Lower case letters, digits and hyphens; 1 to 40.
    #[garde(length(min = 1, max = 40), custom(is_key))]
    pub key: String,
    pub kind: AssetKind,
    #[garde(length(chars, min = 1, max = 80))]
    pub name: String,
    /// Of an e-mail: days after the launch on which it goes out, 0 to 365.
    #[serde(default)]
    #[garde(range(max = 365))]
    pub day: u16,
    /// By BCP 47 tag: `en`. At least one.
    #[garde(length(min = 1, max = 20), dive)]
    pub languages: BTreeMap<String, Content>,
}

/// What an asset says in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct Content {
    /// The subject of an e-mail, the title of a page, the heading of all else. May hold tokens.
    #[garde(length(chars, min = 1, max = 150))]
    pub subject: String,
    /// Another subject for half of the people (A/B); empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[garde(length(chars, max = 150))]
    pub other_subject: String,
    /// What mail programs show beside the subject, what search engines and networks show of a page.
    #[serde(default)]
    #[garde(length(chars, max = 200))]
    pub summary: String,
    #[garde(length(max = 60), dive)]
    pub blocks: Vec<Block>,
}

/// One block: what it is, and who may change it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct Block {
    /// Unique within the content, the same in all its languages: what a partner changes is kept by it.
    #[garde(length(min = 1, max = 40), custom(is_key))]
    pub id: String,
    #[serde(default)]
    pub zone: Zone,
    #[garde(dive)]
    pub part: Part,
}

/// Who may change a block.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Zone {
    /// The brand's own words: nobody but the vendor.
    #[default]
    Locked,
    /// The partner chooses: the block as it stands, or one of these words in its place; at most 8.
    Choice { variants: Vec<String> },
    /// The partner writes, up to so many characters (1 to 2,000).
    Text { max: u16 },
    /// Comes from the partner's card: logo, address, signature, where its button leads.
    Partner,
}

/// What a block is. Words may hold tokens (`{{first_name|there}}`), `**bold**`, `[words](https://…)` and lines that
/// begin with `- `; nothing else in them means anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(tag = "is", rename_all = "snake_case")]
#[garde(allow_unvalidated)]
pub enum Part {
    Heading {
        #[garde(length(chars, max = 200))]
        text: String,
    },
    /// Paragraphs, apart by an empty line.
    Text {
        #[garde(length(chars, max = 5_000))]
        text: String,
    },
    Image {
        picture: Picture,
        /// Empty only for what is decoration.
        #[serde(default)]
        #[garde(length(chars, max = 300))]
        alt: String,
    },
    Button {
        #[garde(length(chars, max = 60))]
        label: String,
        target: Target,
    },
    /// Two beside each other, below each other where there is no room; blocks in them are no columns.
    Columns {
        #[garde(length(max = 8))]
        left: Vec<Block>,
        #[garde(length(max = 8))]
        right: Vec<Block>,
    },
    Quote {
        #[garde(length(chars, max = 1_000))]
        text: String,
        #[serde(default)]
        #[garde(length(chars, max = 200))]
        by: String,
    },
    /// The partner: logo, what it says of itself, its ways to be reached, its person's signature.
    PartnerCard,
    /// Asks for name, e-mail, company and what `fields` say. On landing pages; elsewhere its label is a button to there.
    Form {
        #[garde(length(chars, max = 60))]
        label: String,
        #[garde(length(max = 6), inner(length(chars, min = 1, max = 80)))]
        fields: Vec<String>,
        /// What a person agrees to by sending it.
        #[garde(length(chars, max = 600))]
        consent: String,
        /// Shown when it was sent.
        #[garde(length(chars, max = 600))]
        thanks: String,
    },
    /// When and where, of an event.
    Event {
        /// RFC 3339, with offset.
        starts: String,
        /// 15 to 10,080.
        minutes: u16,
        #[garde(length(chars, max = 200))]
        place: String,
    },
    Divider,
    /// The legal line, the way to unsubscribe and the postal address.
    Footer {
        #[garde(length(chars, max = 1_000))]
        text: String,
    },
}

/// A picture: one that was uploaded, or one that is drawn from the brand's colours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Picture {
    /// By its hash, as `/media` hands it out.
    Uploaded { hash: String },
    /// Drawn in the brand's colours.
    Drawn { motif: Motif },
}

words! {
    /// What is drawn where a kit brings no picture: shapes in the brand's colours, 1200 × 600.
    Motif {
        Waves = "waves",
        Grid = "grid",
        Rings = "rings",
        Steps = "steps",
        Shield = "shield",
        People = "people",
        Calendar = "calendar",
        Chart = "chart",
    }
}

/// Where a button leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Target {
    /// The campaign's landing page.
    LandingPage,
    /// The partner's own call to action, else its website.
    Partner,
    /// An address of a host that the kit allows.
    Url { url: String },
    /// The calendar file of the kit's invitation.
    Calendar,
}

/// The laws of a kit for what partners make of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct BrandRules {
    /// Words that must not be said, whatever the case; at most 200.
    #[garde(length(max = 200), inner(length(chars, min = 1, max = 80)))]
    pub banned: Vec<String>,
    /// What every e-mail, page and paper must say; empty for nothing.
    #[garde(length(chars, max = 500))]
    pub legal_line: String,
    /// Hosts to which links may lead, with those below them; the partner's own website is always one.
    #[garde(length(max = 50), inner(length(chars, min = 1, max = 253)))]
    pub link_hosts: Vec<String>,
    /// Whether the partner's logo must be there. Default true.
    pub logo_needed: bool,
    /// Whether a person of the vendor approves a campaign even when the check finds nothing. Default false.
    pub approval_needed: bool,
}

impl Default for BrandRules {
    fn default() -> Self {
        Self {
            banned: Vec::new(),
            legal_line: String::new(),
            link_hosts: Vec::new(),
            logo_needed: true,
            approval_needed: false,
        }
    }
}

/// What a partner says of itself in all its campaigns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
#[garde(allow_unvalidated)]
pub struct PartnerCard {
    /// As customers know it.
    #[garde(length(chars, max = 120))]
    pub name: String,
    /// Hash of its logo, as `/media` hands it out.
    pub logo: Option<String>,
    /// Width and height of the logo in pixels; 0 without one.
    pub logo_size: (u32, u32),
    /// `#rrggbb`; the brand's where there is none.
    #[garde(length(max = 7))]
    pub colour: String,
    #[garde(length(chars, max = 300))]
    pub about: String,
    /// Lines of the postal address.
    #[garde(length(chars, max = 300))]
    pub address: String,
    #[garde(length(chars, max = 40))]
    pub phone: String,
    #[garde(length(chars, max = 254))]
    pub email: String,
    #[garde(length(chars, max = 300))]
    pub website: String,
    /// Where the partner's own button leads, when not to the website.
    #[garde(length(chars, max = 300))]
    pub action_url: String,
    /// Who signs.
    #[garde(length(chars, max = 120))]
    pub signed_by: String,
    #[garde(length(chars, max = 120))]
    pub signed_as: String,
}

fn is_key<C>(text: &str, _: &C) -> garde::Result {
    if text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        Ok(())
    } else {
        Err(garde::Error::new("malformed: Use lower case letters, digits and hyphens."))
    }
}

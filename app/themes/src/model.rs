//! Nouns: a theme, its versions, and what a brand has of them.
use std::collections::BTreeMap;

use base::{BrandId, Timestamp, id, words};
use kit::Voice;
use palette::{Rgb, Seed};
use serde::{Deserialize, Serialize};

use crate::pictures::PictureHash;

words! {
    /// How close things stand.
    Density {
        Comfortable = "comfortable",
        /// Lower controls, less room around them; with a finger they stay as high as they must be.
        Compact = "compact",
    }
}

words! {
    /// A family of type. Only the first is a file of ours; the others are on the reader's device.
    Font {
        Inter = "inter",
        /// What the device itself is written in.
        System = "system",
        Humanist = "humanist",
        /// With serifs.
        Classic = "classic",
    }
}

/// The format of theme files that this program writes.
pub const FORMAT: u8 = 1;

/// What a brand looks like. As JSON it is the file that is exported and imported.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ssr", schemars(rename = "BrandLook"))]
#[garde(allow_unvalidated)]
pub struct Theme {
    /// 1; a file of a later format is refused.
    #[serde(default = "format")]
    #[garde(range(min = 1, max = FORMAT))]
    pub format: u8,
    /// The brand's colour, as `#rrggbb`.
    #[cfg_attr(feature = "ssr", schemars(with = "String"))]
    pub colour: Rgb,
    /// A second colour for charts and highlights; left out it is found by the first.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schemars(with = "Option<String>"))]
    pub accent: Option<Rgb>,
    /// How much of the brand's hue is in the greys: 0 to 100.
    #[serde(default = "usual_tint")]
    #[garde(range(max = 100))]
    pub tint: u8,
    /// Radius of corners in CSS pixels, 0 to 16; large things have the golden ratio of it.
    #[serde(default = "usual_radius")]
    #[garde(range(max = 16))]
    pub radius: u8,
    /// Size of type in hundredths of the usual: 80 to 120.
    #[serde(default = "usual_scale", skip_serializing_if = "is_usual_scale")]
    #[garde(range(min = 80, max = 120))]
    pub scale: u8,
    /// What the brand says on pages and in mails.
    #[serde(default, skip_serializing_if = "Voice::is_silent")]
    #[garde(dive)]
    pub voice: Voice,
    #[serde(default = "usual_density")]
    pub density: Density,
    #[serde(default = "usual_font")]
    pub font: Font,
    /// Names of uploaded pictures: sign and name on light grounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<PictureHash>,
    /// The same on dark grounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo_dark: Option<PictureHash>,
    /// The sign alone, square.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<PictureHash>,
    /// The sign at the size of letters; without one, the mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub favicon: Option<PictureHash>,
    /// A wide picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hero: Option<PictureHash>,
}

const fn format() -> u8 {
    FORMAT
}

const fn usual_tint() -> u8 {
    40
}

const fn usual_radius() -> u8 {
    6
}

const fn usual_scale() -> u8 {
    100
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_usual_scale(scale: &u8) -> bool {
    *scale == usual_scale()
}

const fn usual_density() -> Density {
    Density::Comfortable
}

const fn usual_font() -> Font {
    Font::Inter
}

impl Theme {
    /// A theme of a colour alone, with all else as usual.
    #[must_use]
    pub const fn of(colour: Rgb) -> Self {
        Self {
            format: FORMAT,
            colour,
            accent: None,
            tint: usual_tint(),
            radius: usual_radius(),
            scale: usual_scale(),
            voice: Voice::SILENT,
            density: usual_density(),
            font: usual_font(),
            logo: None,
            logo_dark: None,
            mark: None,
            favicon: None,
            hero: None,
        }
    }

    /// This theme with the look of another: what the brand says stays.
    #[must_use]
    pub fn looking_like(&self, look: &Self) -> Self {
        Self {
            colour: look.colour,
            accent: look.accent,
            tint: look.tint,
            radius: look.radius,
            scale: look.scale,
            density: look.density,
            font: look.font,
            ..self.clone()
        }
    }

    /// What its palette grows from.
    #[must_use]
    pub const fn seed(&self) -> Seed {
        Seed { brand: self.colour, accent: self.accent, tint: self.tint }
    }
}

/// One published version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ThemeVersion {
    pub brand: BrandId,
    /// Counts up by one within the brand, from 1. The highest is the one that is worn.
    pub number: u32,
    pub theme: Theme,
    pub note: String,
    /// The earlier version that this one brought back.
    pub same_as: Option<u32>,
    pub published_at: Timestamp,
    pub published_by_name: String,
}

/// What a brand wears, and the draft of what it will.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct BrandTheme {
    pub brand: BrandId,
    pub brand_name: String,
    /// What is worn: that of the published version, or made of the brand's colour while none is published.
    pub worn: Theme,
    /// None until the first is published.
    pub published: Option<ThemeVersion>,
    /// Without a kept draft the same as `worn`.
    pub draft: Theme,
    /// Number of the version that was worn when the draft was begun; 0 for none.
    pub based_on: u32,
    /// When the draft was kept last; none when nothing is kept.
    pub changed_at: Option<Timestamp>,
    pub changed_by_name: Option<String>,
    /// Counts how often the draft was kept; 0 when nothing is. The `ETag`.
    pub version: u32,
    /// What waits for its time.
    pub scheduled: Option<ThemeSchedule>,
}

/// A theme that waits for the time at which it is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ThemeSchedule {
    pub theme: Theme,
    pub note: String,
    /// When it is published.
    pub at: Timestamp,
    pub scheduled_at: Timestamp,
    pub scheduled_by_name: String,
}

/// A theme that brands may begin with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ThemePreset {
    pub preset: Preset,
    pub theme: Theme,
}

words! {
    /// A theme that is ready to be worn.
    Preset {
        /// Cool blue-grey, square, serifs.
        Slate = "slate",
        /// Warm, soft, roomy.
        Amber = "amber",
        /// Vivid and close.
        Volt = "volt",
        /// Almost without colour.
        Ink = "ink",
    }
}

id!(/// A link that shows a theme to whoever has it.
    ThemeLinkId, "tlink");

/// A link to a preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ThemeLink {
    pub id: ThemeLinkId,
    pub brand: BrandId,
    /// The brand's colour in the theme that it shows.
    pub colour: String,
    pub made_at: Timestamp,
    pub made_by_name: String,
    /// Seven days after it was made.
    pub expires_at: Timestamp,
}

/// A new link with its address, which is in this answer only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct NewThemeLink {
    #[serde(flatten)]
    pub link: ThemeLink,
    pub url: String,
}

/// What a link shows: nothing but the theme and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct SharedTheme {
    pub brand_name: String,
    pub theme: Theme,
    pub expires_at: Timestamp,
}

/// The colours of a theme by what they are for: name of a token to `#rrggbb`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ThemeTokens {
    pub light: BTreeMap<String, String>,
    pub dark: BTreeMap<String, String>,
    /// What was moved so that it can be read.
    pub corrections: Vec<Moved>,
}

/// A colour that is not what the brand gave, because it could not have been read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Moved {
    /// `light` or `dark`.
    pub mode: String,
    pub token: String,
    pub from: String,
    pub to: String,
    /// `too_light_for_surface`, `too_dark_for_surface`, `words_on_it`, `not_readable`.
    pub reason: String,
}

words! {
    /// Where a website wears a colour.
    FoundIn {
        /// The colour that the page gives to the browser.
        ThemeColour = "theme_color",
        /// The colour of its manifest.
        Manifest = "manifest",
        /// A custom property that is named like a brand's colour.
        Property = "property",
        /// What its style sheets use most.
        StyleSheet = "style_sheet",
    }
}

/// A colour that a website wears.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ColourProposal {
    /// As `#rrggbb`.
    #[cfg_attr(feature = "ssr", schemars(with = "String"))]
    pub colour: Rgb,
    /// Basis points of all colours that the style sheets write; 0 when they do not.
    pub share: u16,
    /// Where it was found; at least one place.
    pub found_in: Vec<FoundIn>,
}

/// What a theme could begin with, by a website.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct WebsiteProposals {
    /// The page that was read in the end.
    pub address: String,
    /// What the website calls itself.
    pub name: Option<String>,
    /// Best first; empty when none was found.
    pub colours: Vec<ColourProposal>,
    /// Addresses of its logos, best first. They are named, not fetched.
    pub logos: Vec<String>,
}

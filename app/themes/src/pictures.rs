//! Pictures of brands: what is known of them, what can be asked, and how a theme names them.
use std::fmt;
use std::str::FromStr;

use base::{BrandId, Timestamp, verb, words};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::Theme;

words! {
    /// What a picture is for.
    PictureUse {
        /// Sign and name in one, on light grounds.
        Logo = "logo",
        /// The same on dark grounds.
        LogoDark = "logo_dark",
        /// The sign alone, square: for icons and where there is little room.
        Mark = "mark",
        /// The sign at the size of letters; without one, the mark.
        Favicon = "favicon",
        /// A wide picture.
        Hero = "hero",
    }
}

impl PictureUse {
    /// The form that is shown.
    #[must_use]
    pub const fn form(self) -> &'static str {
        match self {
            Self::Logo | Self::LogoDark => "logo.png",
            Self::Mark => "192.png",
            Self::Favicon => "48.png",
            Self::Hero => "hero.jpg",
        }
    }

    /// Whether a picture that was uploaded for one use serves another: both logos have the same forms.
    #[must_use]
    pub fn serves(self, other: Self) -> bool {
        let plain = |one| if one == Self::LogoDark { Self::Logo } else { one };
        plain(self) == plain(other)
    }
}

/// The name of a picture: SHA-256 over its forms, in 64 lower hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureHash(String);

impl PictureHash {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of one of its forms.
    #[must_use]
    pub fn address(&self, form: &str) -> String {
        kit::paths::media(&self.0, form)
    }
}

impl fmt::Display for PictureHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PictureHash {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_one = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if is_one { Ok(Self(text.to_owned())) } else { Err("not the name of a picture") }
    }
}

impl Serialize for PictureHash {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for PictureHash {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "ssr")]
impl schemars::JsonSchema for PictureHash {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PictureHash".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
    }
}

/// A picture that was uploaded for a brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct BrandPicture {
    /// Its name, by which a theme wears it.
    pub hash: PictureHash,
    #[serde(rename = "use")]
    pub purpose: PictureUse,
    /// What was sent: `png`, `jpeg`, `webp` or `svg`.
    pub kind: String,
    /// Size of what was sent, in pixels.
    pub width: u32,
    pub height: u32,
    /// What all its forms take, in bytes.
    pub bytes: u64,
    /// Where the form is that is shown.
    pub address: String,
    pub uploaded_at: Timestamp,
    pub uploaded_by_name: String,
}

/// The pictures of a brand, newest first, and how much room there is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct BrandPictures {
    pub items: Vec<BrandPicture>,
    /// Names of pictures of the vendor's other brands: a theme that was copied from there may wear them, too.
    pub elsewhere: Vec<PictureHash>,
    /// What they take, in bytes.
    pub bytes: u64,
    /// What they may take, in bytes.
    pub most_bytes: u64,
    /// How many there may be.
    pub most: u32,
}

/// The pictures that were uploaded for a brand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ListBrandPictures {
    pub id: BrandId,
}
verb!(ListBrandPictures: GET "/brands/{id}/pictures" -> BrandPictures);

/// Removes a picture for good. One that a published theme or a draft wears stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct RemoveBrandPicture {
    pub id: BrandId,
    pub picture: PictureHash,
}
verb!(RemoveBrandPicture: DELETE "/brands/{id}/pictures/{picture}" -> BrandPictures);

impl Theme {
    /// The picture that it wears for a use.
    #[must_use]
    pub const fn picture(&self, purpose: PictureUse) -> Option<&PictureHash> {
        match purpose {
            PictureUse::Logo => self.logo.as_ref(),
            PictureUse::LogoDark => self.logo_dark.as_ref(),
            PictureUse::Mark => self.mark.as_ref(),
            PictureUse::Favicon => self.favicon.as_ref(),
            PictureUse::Hero => self.hero.as_ref(),
        }
    }

    /// Wears a picture, or none.
    pub fn wear(&mut self, purpose: PictureUse, picture: Option<PictureHash>) {
        match purpose {
            PictureUse::Logo => self.logo = picture,
            PictureUse::LogoDark => self.logo_dark = picture,
            PictureUse::Mark => self.mark = picture,
            PictureUse::Favicon => self.favicon = picture,
            PictureUse::Hero => self.hero = picture,
        }
    }

    /// All pictures that it wears.
    pub fn pictures(&self) -> impl Iterator<Item = (PictureUse, &PictureHash)> {
        PictureUse::ALL.iter().filter_map(|purpose| Some((*purpose, self.picture(*purpose)?)))
    }

    /// What the frame of a page shows of it.
    #[must_use]
    pub fn emblem(&self) -> kit::Emblem {
        let of = |purpose: PictureUse| self.picture(purpose).map(|hash| hash.address(purpose.form()));
        kit::Emblem {
            logo: of(PictureUse::Logo),
            logo_dark: of(PictureUse::LogoDark),
            mark: of(PictureUse::Mark),
            hero: of(PictureUse::Hero),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_64_hexadecimal_digits_and_nothing_else() {
        let good = "0f".repeat(32);
        assert_eq!(good.parse::<PictureHash>().unwrap().to_string(), good);
        for wrong in ["", "..", &"0F".repeat(32), &"0f".repeat(31), &format!("../{}", "0".repeat(61))] {
            assert!(wrong.parse::<PictureHash>().is_err(), "{wrong}");
        }
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn the_form_that_is_shown_is_the_first_that_is_made() {
        for (one, other) in PictureUse::ALL.iter().zip(::pictures::Use::ALL) {
            assert_eq!(Some(one.form()), other.names().next());
        }
    }

    #[test]
    fn a_theme_without_pictures_is_written_as_before() {
        let theme = Theme::of(palette::Rgb::BLACK);
        let text = serde_json::to_string(&theme).unwrap();
        assert!(PictureUse::ALL.iter().all(|purpose| !text.contains(purpose.as_str())), "{text}");
        let mut worn = theme;
        for purpose in PictureUse::ALL {
            worn.wear(*purpose, "0f".repeat(32).parse().ok());
        }
        assert_eq!(worn.pictures().count(), 5);
        let read: Theme = serde_json::from_str(&serde_json::to_string(&worn).unwrap()).unwrap();
        assert_eq!(read, worn);
    }
}

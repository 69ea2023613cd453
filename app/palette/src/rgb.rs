//! A colour of the screen: sRGB with eight bits a channel, written `#rrggbb`.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// An opaque sRGB colour (IEC 61966-2-1), each channel 0 to 255. Written, stored and sent as `#rrggbb`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rgb {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

/// What was read is neither `#rgb` nor `#rrggbb`, with or without `#`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAColour;

impl Rgb {
    pub const BLACK: Self = Self::new(0, 0, 0);
    pub const WHITE: Self = Self::new(255, 255, 255);

    /// Channels 0 to 255.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Red, green and blue, 0 to 255.
    pub const fn channels(self) -> [u8; 3] {
        [self.red, self.green, self.blue]
    }
}

impl From<[u8; 3]> for Rgb {
    fn from([red, green, blue]: [u8; 3]) -> Self {
        Self::new(red, green, blue)
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl FromStr for Rgb {
    type Err = NotAColour;

    /// Reads `#rgb` and `#rrggbb`, upper or lower case, with or without `#`, spaces around it left out.
    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let text = text.trim();
        let digits = text.strip_prefix('#').unwrap_or(text);
        // `from_str_radix` would take a sign as well.
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotAColour);
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| NotAColour)?;
        let at = |shift: u32, mask: u32| ((number >> shift) & mask) as u8;
        match digits.len() {
            3 => Ok(Self::new(at(8, 15) * 17, at(4, 15) * 17, at(0, 15) * 17)),
            6 => Ok(Self::new(at(16, 255), at(8, 255), at(0, 255))),
            _ => Err(NotAColour),
        }
    }
}

impl fmt::Display for NotAColour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a colour of the form #rgb or #rrggbb")
    }
}

impl std::error::Error for NotAColour {}

impl Serialize for Rgb {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rgb {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("#2563eb", "#2563eb")]
    #[case("2563EB", "#2563eb")]
    #[case("#09f", "#0099ff")]
    #[case(" fff ", "#ffffff")]
    fn both_ways_of_writing_are_read(#[case] raw: &str, #[case] read: &str) {
        assert_eq!(raw.parse::<Rgb>().unwrap().to_string(), read);
    }

    #[rstest]
    #[case("")]
    #[case("#")]
    #[case("#12345")]
    #[case("##123456")]
    #[case("+12345")]
    #[case("#12345g")]
    #[case("#ffffffff")]
    #[case("blue")]
    #[case("#ééé")]
    fn anything_else_is_refused(#[case] raw: &str) {
        assert_eq!(raw.parse::<Rgb>(), Err(NotAColour));
    }

    #[test]
    fn it_is_stored_as_it_is_written() {
        let stored = serde_json::to_string(&Rgb::new(1, 2, 254)).unwrap();
        assert_eq!(stored, "\"#0102fe\"");
        assert_eq!(serde_json::from_str::<Rgb>(&stored).unwrap(), Rgb::new(1, 2, 254));
        assert!(serde_json::from_str::<Rgb>("\"red\"").is_err());
    }
}

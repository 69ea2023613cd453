//! Typed ids: a UUIDv7 in storage, a TypeID (`deal_01j…`) on the wire.
use std::fmt;

use uuid::Uuid;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The 26 characters of a TypeID suffix: Crockford base 32, most significant first
/// (TypeID specification 0.3, <https://github.com/jetify-com/typeid/tree/main/spec>).
#[must_use]
pub fn encode_suffix(id: Uuid) -> String {
    Suffix::of(id).as_str().to_owned()
}

/// A suffix without memory of its own: an answer may hold hundreds of ids.
pub struct Suffix([u8; 26]);

impl Suffix {
    /// The suffix of an id.
    #[must_use]
    pub fn of(id: Uuid) -> Self {
        let (mut value, mut text) = (id.as_u128(), [0; 26]);
        for letter in text.iter_mut().rev() {
            *letter = ALPHABET[(value & 31) as usize];
            value >>= 5;
        }
        Self(text)
    }

    /// Its 26 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("the alphabet is ASCII")
    }
}

/// Reads a suffix back; `None` unless it is exactly 26 characters of the alphabet within 128 bits.
#[must_use]
pub fn decode_suffix(text: &str) -> Option<Uuid> {
    let bytes = text.as_bytes();
    if bytes.len() != 26 || bytes[0] > b'7' {
        return None;
    }
    let mut value: u128 = 0;
    for byte in bytes {
        let digit = ALPHABET.iter().position(|letter| letter == byte)?;
        value = (value << 5) | digit as u128;
    }
    Some(Uuid::from_u128(value))
}

/// Why a text is not the id that was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdError(pub &'static str);

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not an id that starts with {}_", self.0)
    }
}

impl std::error::Error for IdError {}

/// Declares a typed id: `id!(/// A registered deal. DealId, "deal");`
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $crate::reexport::uuid::Uuid);

        impl $name {
            /// What the text form starts with.
            pub const PREFIX: &'static str = $prefix;
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str($prefix)?;
                f.write_str("_")?;
                f.write_str($crate::Suffix::of(self.0).as_str())
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(self, f)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::IdError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then($crate::decode_suffix)
                    .map(Self)
                    .ok_or($crate::IdError($prefix))
            }
        }

        impl From<$crate::reexport::uuid::Uuid> for $name {
            fn from(id: $crate::reexport::uuid::Uuid) -> Self {
                Self(id)
            }
        }

        impl $crate::reexport::serde::Serialize for $name {
            fn serialize<S: $crate::reexport::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> $crate::reexport::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::reexport::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <String as $crate::reexport::serde::Deserialize>::deserialize(from)?;
                text.parse().map_err($crate::reexport::serde::de::Error::custom)
            }
        }

        impl $crate::reexport::garde::Validate for $name {
            type Context = ();
            fn validate_into(&self, _: &(), _: &mut dyn FnMut() -> $crate::reexport::garde::Path, _: &mut $crate::reexport::garde::Report) {}
        }

        $crate::id_schema!($name, $prefix);
    };
}

/// The schema half of [`id!`], present on the server only.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "ssr")]
macro_rules! id_schema {
    ($name:ident, $prefix:literal) => {
        impl $crate::reexport::schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut $crate::reexport::schemars::SchemaGenerator) -> $crate::reexport::schemars::Schema {
                $crate::reexport::schemars::json_schema!({
                    "type": "string",
                    "pattern": concat!("^", $prefix, "_[0-7][0-9a-hjkmnp-tv-z]{25}$")
                })
            }
        }
    };
}
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "ssr"))]
macro_rules! id_schema {
    ($name:ident, $prefix:literal) => {};
}

// Ids that more than one slice needs live here, so that slices need not know each other.
id!(/// A vendor or a partner.
    OrganizationId, "org");
id!(/// A person.
    UserId, "user");
id!(/// A key for scripts and connectors.
    ApiKeyId, "key");
id!(/// A product line's face.
    BrandId, "brand");
id!(/// The rules partners join under.
    ProgramId, "prog");
id!(/// One immutable, published set of a program's rules.
    ProgramVersionId, "pver");
id!(/// One partner in one program.
    EnrollmentId, "enr");
id!(/// Something a vendor sells.
    ProductId, "prod");
id!(/// An end customer company.
    CustomerId, "cust");
id!(/// The CRM's record of a sale.
    OpportunityId, "opp");
id!(/// A partner's claim on an opportunity.
    DealId, "deal");
id!(/// Interest of a company, on its way from a vendor to a partner.
    LeadId, "lead");
id!(/// A customer whose leads go to one partner.
    LeadPinId, "pin");
id!(/// Something to be reached within a period.
    GoalId, "goal");
id!(/// One entry of the event log.
    EventId, "evt");
id!(/// One file being imported.
    ImportId, "imp");
id!(/// What a vendor gives partners to market with, in versions.
    KitId, "kit");
id!(/// A partner's instance of a kit: its own words, people, time.
    CampaignId, "cmp");
id!(/// A list of people that a partner may write to.
    AudienceId, "aud");
id!(/// One person of an audience.
    RecipientId, "rcp");
id!(/// One e-mail of a campaign to one person.
    MessageId, "msg");
id!(/// One message of the in-app inbox.
    NoticeId, "ntc");
id!(/// Work to be done later.
    JobId, "job");

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_specification_s_example_is_read_and_written() {
        let id = Uuid::parse_str("01890a5d-ac96-774b-bcce-b302099a8057").unwrap();
        assert_eq!(encode_suffix(id), "01h455vb4pex5vsknk084sn02q");
        assert_eq!(decode_suffix("01h455vb4pex5vsknk084sn02q"), Some(id));
    }

    #[test]
    fn another_prefix_is_refused() {
        assert!("user_01h455vb4pex5vsknk084sn02q".parse::<DealId>().is_err());
        assert!("deal_81h455vb4pex5vsknk084sn02q".parse::<DealId>().is_err());
    }

    proptest! {
        #[test]
        fn every_id_survives_its_text(value: u128) {
            let id = DealId(Uuid::from_u128(value));
            prop_assert_eq!(id.to_string().parse::<DealId>().unwrap(), id);
        }
    }
}

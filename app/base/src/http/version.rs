//! The version of an answer, for its `ETag`, without turning the answer into a tree first.
use std::fmt::{self, Display};

use serde::Serialize;
use serde::ser::{self, Impossible, Serializer};

/// The number in an answer's own field `version`; `None` when it has none. No other field is looked into.
pub(super) fn version_of(answer: &impl Serialize) -> Option<u64> {
    answer.serialize(Top).err().and_then(|Ended(version)| version)
}

/// How looking ends: as an error of serde's, because that stops it at once.
#[derive(Debug)]
struct Ended(Option<u64>);

impl Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("looked for a version")
    }
}

impl std::error::Error for Ended {}

impl ser::Error for Ended {
    fn custom<T: Display>(_: T) -> Self {
        Self(None)
    }
}

type Never = Impossible<(), Ended>;

/// Nothing but its fields is of interest in an answer.
struct Top;
/// Nothing but a number is a version.
struct Number;
/// A map with the key that came last.
struct Fields {
    is_version: bool,
}
/// Whether a key is `version`.
struct Key;

/// The many methods of a serializer that say the same.
macro_rules! ends {
    ($($method:ident($($arg:ident: $type:ty),*) -> $ok:ty;)*) => {
        $(fn $method(self, $($arg: $type),*) -> Result<$ok, Ended> { $(let _ = $arg;)* Err(Ended(None)) })*
    };
}

macro_rules! only_values {
    () => {
        ends! {
            serialize_bool(v: bool) -> ();
            serialize_f32(v: f32) -> ();
            serialize_f64(v: f64) -> ();
            serialize_char(v: char) -> ();
            serialize_bytes(v: &[u8]) -> ();
            serialize_none() -> ();
            serialize_unit() -> ();
            serialize_unit_struct(name: &'static str) -> ();
            serialize_unit_variant(name: &'static str, index: u32, variant: &'static str) -> ();
            serialize_seq(len: Option<usize>) -> Never;
            serialize_tuple(len: usize) -> Never;
            serialize_tuple_struct(name: &'static str, len: usize) -> Never;
            serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, len: usize) -> Never;
            serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, len: usize) -> Never;
        }
        fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Ended> {
            value.serialize(self)
        }
        fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Ended> {
            value.serialize(self)
        }
        fn serialize_newtype_variant<T: Serialize + ?Sized>(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: &T,
        ) -> Result<(), Ended> {
            Err(Ended(None))
        }
    };
}

macro_rules! no_numbers {
    () => {
        ends! {
            serialize_i8(v: i8) -> ();
            serialize_i16(v: i16) -> ();
            serialize_i32(v: i32) -> ();
            serialize_i64(v: i64) -> ();
            serialize_u8(v: u8) -> ();
            serialize_u16(v: u16) -> ();
            serialize_u32(v: u32) -> ();
            serialize_u64(v: u64) -> ();
        }
    };
}

macro_rules! no_fields {
    () => {
        ends! {
            serialize_map(len: Option<usize>) -> Never;
            serialize_struct(name: &'static str, len: usize) -> Never;
        }
    };
}

macro_rules! never_lists {
    () => {
        type Ok = ();
        type Error = Ended;
        type SerializeSeq = Never;
        type SerializeTuple = Never;
        type SerializeTupleStruct = Never;
        type SerializeTupleVariant = Never;
        type SerializeStructVariant = Never;
    };
}

impl Serializer for Top {
    never_lists!();
    type SerializeMap = Fields;
    type SerializeStruct = Fields;
    only_values!();
    no_numbers!();
    ends! { serialize_str(v: &str) -> (); }
    fn serialize_map(self, _: Option<usize>) -> Result<Fields, Ended> {
        Ok(Fields { is_version: false })
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields, Ended> {
        Ok(Fields { is_version: false })
    }
}

impl ser::SerializeStruct for Fields {
    type Ok = ();
    type Error = Ended;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Ended> {
        if key == "version" { value.serialize(Number) } else { Ok(()) }
    }
    fn end(self) -> Result<(), Ended> {
        Err(Ended(None))
    }
}

/// What flattens another struct serialises as a map.
impl ser::SerializeMap for Fields {
    type Ok = ();
    type Error = Ended;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Ended> {
        self.is_version = key.serialize(Key).is_ok();
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Ended> {
        if self.is_version { value.serialize(Number) } else { Ok(()) }
    }
    fn end(self) -> Result<(), Ended> {
        Err(Ended(None))
    }
}

impl Serializer for Key {
    never_lists!();
    type SerializeMap = Never;
    type SerializeStruct = Never;
    only_values!();
    no_numbers!();
    no_fields!();
    fn serialize_str(self, text: &str) -> Result<(), Ended> {
        if text == "version" { Ok(()) } else { Err(Ended(None)) }
    }
}

macro_rules! numbers {
    ($($method:ident: $type:ty;)*) => {
        $(fn $method(self, number: $type) -> Result<(), Ended> { Err(Ended(u64::try_from(number).ok())) })*
    };
}

impl Serializer for Number {
    never_lists!();
    type SerializeMap = Never;
    type SerializeStruct = Never;
    only_values!();
    no_fields!();
    ends! { serialize_str(v: &str) -> (); }
    numbers! {
        serialize_i8: i8;
        serialize_i16: i16;
        serialize_i32: i32;
        serialize_i64: i64;
        serialize_u8: u8;
        serialize_u16: u16;
        serialize_u32: u32;
        serialize_u64: u64;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::Page;

    #[derive(Serialize)]
    struct Deal {
        id: &'static str,
        inner: Inner,
        version: u32,
    }

    #[derive(Serialize)]
    struct Inner {
        version: u32,
    }

    #[derive(Serialize)]
    struct Shown {
        tone: &'static str,
        #[serde(flatten)]
        deal: Deal,
    }

    fn deal() -> Deal {
        Deal { id: "deal_1", inner: Inner { version: 9 }, version: 3 }
    }

    #[test]
    fn an_answer_s_own_version_is_found_and_no_other() {
        assert_eq!(version_of(&deal()), Some(3));
        assert_eq!(version_of(&Shown { tone: "calm", deal: deal() }), Some(3));
        assert_eq!(version_of(&Some(deal())), Some(3));
        assert_eq!(version_of(&Page::whole(vec![deal()])), None);
        assert_eq!(version_of(&json!({ "version": 4 })), Some(4));
        for other in [json!({ "version": "4" }), json!({ "version": null }), json!([1]), Value::Null] {
            assert_eq!(version_of(&other), None, "{other}");
        }
    }
}

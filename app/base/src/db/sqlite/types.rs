//! Rust's types as SQLite stores them: only those that both engines know.
use rusqlite::types::ValueRef;
use sqlx_core::decode::Decode;
use sqlx_core::encode::{Encode, IsNull};
use sqlx_core::error::BoxDynError;
use sqlx_core::types::Type;
use uuid::Uuid;

use super::{Cells, Kind, Sqlite, SqliteValueRef};

sqlx_core::impl_encode_for_option!(Sqlite);

/// `stored!(type, kind, value to what is kept, what is found to value)`.
macro_rules! stored {
    ($type:ty, $kind:ident, |$value:ident| $keep:expr, |$found:ident| $read:expr) => {
        impl Type<Sqlite> for $type {
            fn type_info() -> Kind {
                Kind::$kind
            }
        }

        impl Encode<'_, Sqlite> for $type {
            fn encode_by_ref(&self, cells: &mut Cells) -> Result<IsNull, BoxDynError> {
                let $value = self;
                cells.push($keep);
                Ok(IsNull::No)
            }
        }

        impl Decode<'_, Sqlite> for $type {
            fn decode(value: SqliteValueRef<'_>) -> Result<Self, BoxDynError> {
                let $found = value.0;
                Ok($read)
            }
        }
    };
}

stored!(i64, Integer, |value| ValueRef::Integer(*value), |found| found.as_i64()?);
stored!(i32, Integer, |value| ValueRef::Integer(i64::from(*value)), |found| found.as_i64()?.try_into()?);
stored!(bool, Integer, |value| ValueRef::Integer(i64::from(*value)), |found| found.as_i64()? != 0);
stored!(f64, Real, |value| ValueRef::Real(*value), |found| found.as_f64()?);
stored!(String, Text, |value| ValueRef::Text(value.as_bytes()), |found| found.as_str()?.to_owned());
stored!(Vec<u8>, Blob, |value| ValueRef::Blob(value), |found| found.as_blob()?.to_vec());
stored!(Uuid, Blob, |value| ValueRef::Blob(value.as_bytes()), |found| Uuid::from_slice(found.as_blob()?)?);

impl Type<Sqlite> for str {
    fn type_info() -> Kind {
        Kind::Text
    }
}

impl Encode<'_, Sqlite> for &str {
    fn encode_by_ref(&self, cells: &mut Cells) -> Result<IsNull, BoxDynError> {
        cells.push(ValueRef::Text(self.as_bytes()));
        Ok(IsNull::No)
    }
}

impl<'r> Decode<'r, Sqlite> for &'r str {
    fn decode(value: SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(value.0.as_str()?)
    }
}

impl Type<Sqlite> for [u8] {
    fn type_info() -> Kind {
        Kind::Blob
    }
}

impl Encode<'_, Sqlite> for &[u8] {
    fn encode_by_ref(&self, cells: &mut Cells) -> Result<IsNull, BoxDynError> {
        cells.push(ValueRef::Blob(self));
        Ok(IsNull::No)
    }
}

impl<'r> Decode<'r, Sqlite> for &'r [u8] {
    fn decode(value: SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(value.0.as_blob()?)
    }
}

//! What an attribute can be set to, without its type.
use std::borrow::Cow;
use std::sync::Arc;

use upstream::prelude::{
    ArcMemo, ArcReadSignal, ArcRwSignal, ArcSignal, Get, MaybeProp, Memo, ReadSignal, RwSignal, Signal,
};

/// An attribute's value.
pub enum Value {
    /// The attribute is not there.
    Absent,
    Flag(bool),
    Text(Cow<'static, str>),
    /// Follows what it reads.
    Live(Live),
}

/// Gives the value of the moment.
pub type Live = Box<dyn FnMut() -> Value + Send>;

impl Value {
    /// The value of the moment: text, or nothing.
    pub(crate) fn settled(mut self) -> Self {
        while let Self::Live(mut live) = self {
            self = live();
        }
        self
    }

    /// As an attribute has it: a flag that is up is an attribute without text.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Flag(true) => Some(""),
            Self::Flag(false) | Self::Absent | Self::Live(_) => None,
        }
    }
}

/// What can be written as an attribute's value.
pub trait IntoValue {
    /// The value without its type.
    fn into_value(self) -> Value;
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Text(Cow::Borrowed(self))
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self))
    }
}

impl IntoValue for &String {
    fn into_value(self) -> Value {
        self.clone().into_value()
    }
}

impl IntoValue for Cow<'static, str> {
    fn into_value(self) -> Value {
        Value::Text(self)
    }
}

impl IntoValue for Arc<str> {
    fn into_value(self) -> Value {
        self.to_string().into_value()
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        Value::Flag(self)
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Absent, IntoValue::into_value)
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(
            impl IntoValue for $number {
                fn into_value(self) -> Value {
                    self.to_string().into_value()
                }
            }
        )*
    };
}

numbers!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize, f32, f64);

impl<F: FnMut() -> V + Send + 'static, V: IntoValue> IntoValue for F {
    fn into_value(mut self) -> Value {
        Value::Live(Box::new(move || self().into_value()))
    }
}

macro_rules! reactive {
    ($($signal:ident),*) => {
        $(
            impl<V: IntoValue + Clone + Send + Sync + 'static> IntoValue for $signal<V> {
                fn into_value(self) -> Value {
                    Value::Live(Box::new(move || self.get().into_value()))
                }
            }
        )*
    };
}

reactive!(Signal, ArcSignal, Memo, ArcMemo, ReadSignal, ArcReadSignal, RwSignal, ArcRwSignal, MaybeProp);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_text_or_nothing() {
        assert_eq!("a".into_value().text(), Some("a"));
        assert_eq!(true.into_value().text(), Some(""));
        assert_eq!(false.into_value().text(), None);
        assert_eq!(7_u64.into_value().text(), Some("7"));
        assert_eq!(None::<String>.into_value().text(), None);
        assert_eq!((|| || Some("b")).into_value().settled().text(), Some("b"));
    }
}

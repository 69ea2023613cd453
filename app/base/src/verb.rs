//! A verb is a type: one struct says path, method, fields and answer for server, browser and documentation.
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{FieldError, Problem};

/// HTTP methods that verbs use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// As on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether the fields travel in the body; otherwise they travel in the query.
    #[must_use]
    pub const fn has_body(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch)
    }
}

/// Something that can be asked of the system. Declare with [`verb!`](crate::verb).
pub trait Verb: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What comes back.
    type Answer: Serialize + DeserializeOwned + Clone + Send + Sync + 'static;
    /// The struct's name; also the `operationId`.
    const NAME: &'static str;
    /// How it is sent.
    const METHOD: Method;
    /// Below `/api/v1`; `{field}` takes the field of that name.
    const PATH: &'static str;
    /// Status of success.
    const STATUS: u16;
    /// Whether it may be asked without being signed in.
    const PUBLIC: bool;

    /// Checks the fields by themselves, the same in the browser and on the server.
    ///
    /// # Errors
    /// `Problem::Invalid` with every wrong field.
    fn check(&self) -> Result<(), Problem>;
}

/// Runs garde and gives its findings as field errors. A message of the form `code: text` sets the code,
/// any other message has the code `invalid`.
///
/// # Errors
/// `Problem::Invalid` with every wrong field.
pub fn check_fields<T: garde::Validate<Context = ()>>(asked: &T) -> Result<(), Problem> {
    let Err(report) = asked.validate() else { return Ok(()) };
    let errors = report
        .iter()
        .map(|(path, error)| {
            let message = error.message();
            let (code, text) = match message.split_once(": ") {
                Some((code, text)) if code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') => {
                    (code, text)
                }
                _ => ("invalid", message),
            };
            FieldError { field: path.to_string(), code: code.to_owned().into(), message: text.to_owned() }
        })
        .collect();
    Err(Problem::Invalid { errors })
}

/// A garde rule for texts that must hold something besides white space: `#[garde(custom(base::filled))]`.
///
/// # Errors
/// `required` when nothing is left after trimming.
pub fn filled<C>(text: &str, _: &C) -> garde::Result {
    if text.trim().is_empty() {
        return Err(garde::Error::new("required: This field is needed."));
    }
    Ok(())
}

/// Declares a verb: `verb!(SubmitDeal: POST "/deals/{id}/submit" -> Deal);` with `, public` or `, status = 201`
/// after it where that holds. The struct derives `Clone, Serialize, Deserialize, garde::Validate` and, with
/// feature `ssr`, `schemars::JsonSchema`; its documentation is the API's.
#[macro_export]
macro_rules! verb {
    ($name:ident: $method:ident $path:literal -> $answer:ty $(, status = $status:literal)? $(, public $(= $public:literal)?)?) => {
        impl $crate::Verb for $name {
            type Answer = $answer;
            const NAME: &'static str = stringify!($name);
            const METHOD: $crate::Method = $crate::method!($method);
            const PATH: &'static str = $path;
            const STATUS: u16 = { #[allow(unused_variables)] let status = 200; $(let status = $status;)? status };
            const PUBLIC: bool = $crate::is_public!($(public $($public)?)?);
            fn check(&self) -> Result<(), $crate::Problem> {
                $crate::check_fields(self)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! method {
    (GET) => {
        $crate::Method::Get
    };
    (POST) => {
        $crate::Method::Post
    };
    (PUT) => {
        $crate::Method::Put
    };
    (PATCH) => {
        $crate::Method::Patch
    };
    (DELETE) => {
        $crate::Method::Delete
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! is_public {
    () => {
        false
    };
    (public $($rest:tt)*) => {
        true
    };
}

/// A verb's fields as a path and what is left for the query or the body.
///
/// # Errors
/// `Malformed` when the verb does not serialise to an object (a defect in its declaration).
pub fn address<V: Verb>(verb: &V) -> Result<(String, serde_json::Map<String, serde_json::Value>), Problem> {
    let Ok(serde_json::Value::Object(mut fields)) = serde_json::to_value(verb) else {
        return Err(Problem::Malformed { detail: format!("{} has no fields", V::NAME) });
    };
    let mut path = String::from("/api/v1");
    for part in V::PATH.split('/').skip(1) {
        path.push('/');
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => match fields.remove(name) {
                Some(serde_json::Value::String(text)) => path.push_str(&escape(&text)),
                Some(other) => path.push_str(&escape(&other.to_string())),
                None => return Err(Problem::Malformed { detail: format!("{name} is missing") }),
            },
            None => path.push_str(part),
        }
    }
    fields.retain(|_, value| !value.is_null());
    Ok((path, fields))
}

/// The fields as a query string, without the question mark; lists repeat their name with an index.
#[must_use]
pub fn query(fields: &serde_json::Map<String, serde_json::Value>) -> String {
    let mut pairs = Vec::new();
    for (name, value) in fields {
        flatten(name.clone(), value, &mut pairs);
    }
    pairs
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect::<Vec<_>>()
        .join("&")
}

fn flatten(name: String, value: &serde_json::Value, pairs: &mut Vec<(String, String)>) {
    use serde_json::Value;
    match value {
        Value::Null => {}
        Value::String(text) => pairs.push((name, text.clone())),
        Value::Bool(_) | Value::Number(_) => pairs.push((name, value.to_string())),
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                flatten(format!("{name}[{place}]"), item, pairs);
            }
        }
        Value::Object(fields) => {
            for (field, item) in fields {
                flatten(format!("{name}[{field}]"), item, pairs);
            }
        }
    }
}

/// Percent-encodes everything but unreserved characters (RFC 3986, section 2.3).
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(b"0123456789ABCDEF"[usize::from(byte >> 4)]));
            out.push(char::from(b"0123456789ABCDEF"[usize::from(byte & 15)]));
        }
    }
    out
}

/// The fields of a query string or a form in their order, names and values read; what has no `=` is left out.
#[must_use]
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let all = query.split('&').filter_map(|pair| pair.split_once('='));
    all.map(|(name, value)| (unescape(name), unescape(value))).collect()
}

/// Looks a value up in a query by its name; the first of several.
pub fn named(query: &str) -> impl Fn(&str) -> Option<String> {
    let pairs = pairs(query);
    move |name| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
}

/// Reads `application/x-www-form-urlencoded` text.
fn unescape(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'+' => out.push(b' '),
            b'%' => match text.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                Some(byte) => {
                    out.push(byte);
                    at += 2;
                }
                None => out.push(b'%'),
            },
            byte => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

//! Canonical JSON: one text for one value, so that a hash of it means the same everywhere.
use std::fmt::Write as _;

use serde_json::Value;

/// JSON with sorted keys and no white space. Only integers, strings, booleans, null, arrays and objects
/// occur in what we hash, for which this equals RFC 8785.
#[must_use]
pub fn canonical(value: &Value) -> String {
    let mut text = String::with_capacity(512);
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            // RFC 8785 sorts by UTF-16; for ASCII that is the order of bytes.
            if sorted.iter().all(|(name, _)| name.is_ascii()) {
                sorted.sort_unstable_by_key(|(name, _)| *name);
            } else {
                sorted.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
            }
            text.push('{');
            for (place, (name, value)) in sorted.into_iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                plain(name, text);
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
        Value::String(words) => plain(words, text),
        other => {
            let _ = write!(text, "{other}");
        }
    }
}

fn plain(words: &str, text: &mut String) {
    // What needs no escape is most of it.
    if words.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        text.push('"');
        text.push_str(words);
        text.push('"');
    } else {
        let _ = write!(text, "{}", Value::String(words.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_an_escape_is_escaped_as_serde_does() {
        for words in
            ["", "plain", "a\"b", "back\\slash", "tab\t", "\u{1}", "\u{7f}", "ü \u{2028}", "line\nline"]
        {
            let value = Value::String(words.to_owned());
            assert_eq!(canonical(&value), value.to_string());
        }
    }

    #[test]
    fn canonical_json_sorts_keys_and_drops_space() {
        let value: Value =
            serde_json::from_str(r#"{ "b": [1, true, null], "a": {"ü": "x\n", "A": 2} }"#).unwrap();
        assert_eq!(canonical(&value), r#"{"a":{"A":2,"ü":"x\n"},"b":[1,true,null]}"#);
    }
}

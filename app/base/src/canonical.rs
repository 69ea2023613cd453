//! Canonical JSON: one text for one value, so that a hash of it means the same everywhere.
use serde_json::Value;

/// JSON with sorted keys and no white space. Only integers, strings, booleans, null, arrays and objects
/// occur in what we hash, for which this equals RFC 8785.
#[must_use]
pub fn canonical(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
            let fields: Vec<_> = sorted
                .into_iter()
                .map(|(name, value)| format!("{}:{}", Value::String(name.clone()), canonical(value)))
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        plain => plain.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_json_sorts_keys_and_drops_space() {
        let value: Value =
            serde_json::from_str(r#"{ "b": [1, true, null], "a": {"ü": "x\n", "A": 2} }"#).unwrap();
        assert_eq!(canonical(&value), r#"{"a":{"A":2,"ü":"x\n"},"b":[1,true,null]}"#);
    }
}

//! Puts a verb together from path, query and body.
use axum::http::{HeaderMap, header};
use serde_json::{Map, Value};

use super::{indices::without_gaps, reply::form_pairs};
use crate::{FieldError, Problem, Verb};

/// What a request carries for its verb.
pub(super) struct Asked<'a> {
    pub(super) path: &'a [(String, String)],
    pub(super) query: &'a str,
    pub(super) body: &'a [u8],
    pub(super) headers: &'a HeaderMap,
}

/// What a plain HTML form is sent as.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// Names, with white space between them, the fields of a form that are sent even when they are empty.
const EMPTY: &str = "_empty";

/// The media type of a request's body, without parameters.
pub(super) fn content_type(headers: &HeaderMap) -> &str {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim()
}

/// The first value that a form gives a field.
pub(super) fn form_field(form: &[u8], name: &str) -> Option<String> {
    form_pairs(form).into_iter().find(|(field, _)| field == name).map(|(_, value)| value)
}

impl Asked<'_> {
    fn content_type(&self) -> &str {
        content_type(self.headers)
    }

    /// Whether a plain HTML form sent it.
    pub(super) fn is_form(&self) -> bool {
        self.content_type() == FORM
    }

    /// Whether a script sent it and wants the answer itself rather than the next page.
    pub(super) fn wants_json(&self) -> bool {
        let accept =
            self.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        accept.starts_with("application/json")
    }

    /// The verb.
    pub(super) fn verb<V: Verb>(&self) -> Result<V, Problem> {
        let verb = if !V::METHOD.has_body() {
            self.pairs_to_verb(self.query)
        } else if self.is_form() {
            let text = std::str::from_utf8(self.body).map_err(|_| malformed("the form is not UTF-8"))?;
            self.pairs_to_verb(text)
        } else if self.body.is_empty() || self.content_type() == "application/json" {
            self.json_to_verb()
        } else {
            return Err(malformed("send application/json"));
        };
        verb.map_err(|problem| self.or_not_found(problem))
    }

    /// Pairs of a query or a form; empty values count as not given, as a browser sends empty inputs. A form that
    /// empties what was there before names its fields in `_empty`.
    fn pairs_to_verb<V: Verb>(&self, pairs: &str) -> Result<V, Problem> {
        let path =
            self.path.iter().map(|(name, value)| format!("{}={}", crate::escape(name), crate::escape(value)));
        let emptied = form_field(pairs.as_bytes(), EMPTY).unwrap_or_default();
        let empties = |name: &str| emptied.split_whitespace().any(|one| one == name);
        let given = pairs.split('&').filter(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let is_said = !value.is_empty() || empties(name);
            is_said && !name.starts_with('_') && !self.path.iter().any(|(taken, _)| taken == name)
        });
        let all = without_gaps(&path.chain(given.map(str::to_owned)).collect::<Vec<_>>()).join("&");
        if all.contains("%00") {
            return Err(malformed("text must not hold NUL characters"));
        }
        let config = serde_qs::Config::new().max_depth(6).use_form_encoding(true);
        config.deserialize_str(&all).map_err(|error| malformed(&error.to_string()))
    }

    fn json_to_verb<V: Verb>(&self) -> Result<V, Problem> {
        let mut fields = match self.body {
            [] => Map::new(),
            body => match serde_json::from_slice(body) {
                Ok(Value::Object(fields)) => fields,
                Ok(_) => return Err(malformed("the body must be a JSON object")),
                Err(error) => return Err(malformed(&error.to_string())),
            },
        };
        if fields.values().any(holds_nul) {
            return Err(malformed("text must not hold NUL characters"));
        }
        for (name, value) in self.path {
            fields.insert(name.clone(), Value::String(value.clone()));
        }
        if let Some(version) = self.if_match()? {
            fields.insert("version".to_owned(), version.into());
        }
        serde_path_to_error::deserialize(Value::Object(fields)).map_err(|error| wrong_field(&error))
    }

    /// `If-Match: "3"` is the version the asker has seen.
    fn if_match(&self) -> Result<Option<u32>, Problem> {
        let Some(value) = self.headers.get(header::IF_MATCH) else { return Ok(None) };
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(None);
        }
        let version = text.trim_start_matches("W/").trim_matches('"').parse();
        version.map(Some).map_err(|_| Problem::Stale)
    }

    /// An id in the path that is no id at all names nothing.
    fn or_not_found(&self, problem: Problem) -> Problem {
        let in_path = |field: &str| self.path.iter().any(|(name, _)| name == field);
        match &problem {
            Problem::Invalid { errors } if errors.iter().any(|error| in_path(&error.field)) => {
                Problem::NotFound
            }
            Problem::Malformed { detail }
                if detail.contains("not an id")
                    && self.path.iter().any(|(_, value)| !looks_like_an_id(value)) =>
            {
                Problem::NotFound
            }
            _ => problem,
        }
    }
}

fn looks_like_an_id(text: &str) -> bool {
    text.rsplit_once('_').is_some_and(|(_, suffix)| crate::decode_suffix(suffix).is_some())
}

fn malformed(detail: &str) -> Problem {
    Problem::Malformed { detail: detail.to_owned() }
}

fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || holds_nul(value)),
        _ => false,
    }
}

fn wrong_field(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let message = error.inner().to_string();
    let at = error.path().to_string();
    let at = if at == "." { String::new() } else { at };
    let missing = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    let error = match missing {
        Some(name) if at.is_empty() => FieldError::required(name),
        Some(name) => FieldError::required(format!("{at}.{name}")),
        None => FieldError::new(at, "wrong_type", message),
    };
    Problem::Invalid { errors: vec![error] }
}

//! The one error of the product, from rule to screen to wire (RFC 9457 problem details).
use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// What is wrong with one field of what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct FieldError {
    /// Path of the field, as on the wire: `customer.name`, `products[0].quantity`.
    pub field: String,
    /// Stable and `snake_case`: `required`, `too_long`, `not_a_date`.
    pub code: Cow<'static, str>,
    /// What to do about it, in English; screens translate the code.
    pub message: String,
}

impl FieldError {
    /// One wrong field.
    pub fn new(field: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self { field: field.into(), code: Cow::Borrowed(code), message: message.into() }
    }

    /// A field that must be filled.
    pub fn required(field: impl Into<String>) -> Self {
        Self::new(field, "required", "This field is needed.")
    }
}

/// Why something asked was not done. Closed: the client matches on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "ProblemDetails", from = "ProblemDetails")]
pub enum Problem {
    /// 401: nobody is signed in, or the session or key is over.
    Unauthenticated,
    /// 403: the actor may not, and why, in words a person can act on.
    Forbidden { code: Cow<'static, str>, detail: String },
    /// 404: there is no such thing, or it is somebody else's; nobody learns which.
    NotFound,
    /// 400: the request cannot be read at all.
    Malformed { detail: String },
    /// 422: fields are wrong.
    Invalid { errors: Vec<FieldError> },
    /// 409: a rule refuses, with its code.
    Refused { code: Cow<'static, str>, detail: String },
    /// 412: somebody else changed it first.
    Stale,
    /// 413: more than the server takes.
    TooLarge { detail: String },
    /// 429: too many; again after so many seconds.
    TooMany { retry_after_s: u32 },
    /// 500: ours; logged under the request id.
    Internal { request_id: String },
    /// 503, or no answer at all: again later.
    Unavailable,
}

impl Problem {
    /// A refusal by a rule.
    pub fn refused(code: &'static str, detail: impl Into<String>) -> Self {
        Self::Refused { code: Cow::Borrowed(code), detail: detail.into() }
    }

    /// A refusal by the policy.
    pub fn forbidden(code: &'static str, detail: impl Into<String>) -> Self {
        Self::Forbidden { code: Cow::Borrowed(code), detail: detail.into() }
    }

    /// One wrong field.
    pub fn field(field: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid { errors: vec![FieldError::new(field, code, message)] }
    }

    /// An error of ours. The cause goes to the log, its request id to the person.
    #[cfg(feature = "ssr")]
    pub fn internal(cause: impl fmt::Display) -> Self {
        let request_id = crate::http::request_id();
        tracing::error!(%request_id, %cause, "internal error");
        Self::Internal { request_id }
    }

    /// The HTTP status that goes with it.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed { .. } => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden { .. } => 403,
            Self::NotFound => 404,
            Self::Refused { .. } => 409,
            Self::Stale => 412,
            Self::TooLarge { .. } => 413,
            Self::Invalid { .. } => 422,
            Self::TooMany { .. } => 429,
            Self::Internal { .. } => 500,
            Self::Unavailable => 503,
        }
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Malformed { .. } => "malformed",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden { code, .. } | Self::Refused { code, .. } => code,
            Self::NotFound => "not_found",
            Self::Stale => "stale",
            Self::TooLarge { .. } => "too_large",
            Self::Invalid { .. } => "invalid",
            Self::TooMany { .. } => "too_many_requests",
            Self::Internal { .. } => "internal",
            Self::Unavailable => "unavailable",
        }
    }

    /// What is wrong with a field, if anything.
    #[must_use]
    pub fn of_field(&self, field: &str) -> Option<&FieldError> {
        match self {
            Self::Invalid { errors } => errors.iter().find(|error| error.field == field),
            _ => None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = ProblemDetails::from(self.clone());
        write!(f, "{}: {}", details.code, details.detail)
    }
}

impl std::error::Error for Problem {}

/// The wire form, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ProblemDetails {
    /// Always `about:blank`; the code tells problems apart.
    #[serde(rename = "type")]
    pub kind: Cow<'static, str>,
    /// The same for every problem of a kind.
    pub title: Cow<'static, str>,
    /// The HTTP status.
    pub status: u16,
    /// What happened and what to do.
    pub detail: String,
    /// Stable and `snake_case`.
    pub code: Cow<'static, str>,
    /// Give this to support; present when the server logged the cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// Wrong fields.
    #[serde(default)]
    pub errors: Vec<FieldError>,
    /// Seconds to wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
}

impl From<Problem> for ProblemDetails {
    fn from(problem: Problem) -> Self {
        let (title, plain) = match problem {
            Problem::Malformed { .. } => ("Not readable", ""),
            Problem::Unauthenticated => ("Not signed in", "Sign in, or use a valid API key."),
            Problem::Forbidden { .. } => ("Not allowed", ""),
            Problem::NotFound => ("Not found", "There is nothing here for you under this address."),
            Problem::Refused { .. } => ("Refused by a rule", ""),
            Problem::Stale => ("Changed meanwhile", "Somebody else changed it first. Load it again."),
            Problem::TooLarge { .. } => ("Too large", ""),
            Problem::Invalid { .. } => ("Not valid", "Some fields need another value."),
            Problem::TooMany { .. } => ("Too many requests", "Wait a moment, then try again."),
            Problem::Internal { .. } => ("Our fault", "Something broke on our side. It has been logged."),
            Problem::Unavailable => ("Not available", "The server cannot be reached. Try again in a moment."),
        };
        let status = problem.status();
        let code: Cow<'static, str> = Cow::Owned(problem.code().to_owned());
        let mut details = Self {
            kind: Cow::Borrowed("about:blank"),
            title: Cow::Borrowed(title),
            status,
            detail: plain.to_owned(),
            code,
            request_id: None,
            errors: Vec::new(),
            retry_after_s: None,
        };
        match problem {
            Problem::Malformed { detail }
            | Problem::TooLarge { detail }
            | Problem::Forbidden { detail, .. }
            | Problem::Refused { detail, .. } => details.detail = detail,
            Problem::Invalid { errors } => details.errors = errors,
            Problem::TooMany { retry_after_s } => details.retry_after_s = Some(retry_after_s),
            Problem::Internal { request_id } => details.request_id = Some(request_id),
            Problem::Unauthenticated | Problem::NotFound | Problem::Stale | Problem::Unavailable => {}
        }
        details
    }
}

impl From<ProblemDetails> for Problem {
    fn from(details: ProblemDetails) -> Self {
        match details.status {
            400 => Self::Malformed { detail: details.detail },
            401 => Self::Unauthenticated,
            403 => Self::Forbidden { code: details.code, detail: details.detail },
            404 => Self::NotFound,
            409 => Self::Refused { code: details.code, detail: details.detail },
            412 => Self::Stale,
            413 => Self::TooLarge { detail: details.detail },
            422 => Self::Invalid { errors: details.errors },
            429 => Self::TooMany { retry_after_s: details.retry_after_s.unwrap_or(1) },
            503 => Self::Unavailable,
            _ => Self::Internal { request_id: details.request_id.unwrap_or_default() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_survives_the_wire() {
        let all = [
            Problem::Unauthenticated,
            Problem::forbidden("not_yours", "Ask your owner."),
            Problem::NotFound,
            Problem::Malformed { detail: "x".into() },
            Problem::field("customer.name", "required", "This field is needed."),
            Problem::refused("rival_protected", "x"),
            Problem::Stale,
            Problem::TooLarge { detail: "x".into() },
            Problem::TooMany { retry_after_s: 7 },
            Problem::Internal { request_id: "r".into() },
            Problem::Unavailable,
        ];
        for problem in all {
            let wire = serde_json::to_string(&problem).unwrap();
            assert_eq!(serde_json::from_str::<Problem>(&wire).unwrap(), problem, "{wire}");
        }
    }
}

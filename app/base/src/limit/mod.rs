//! Rate limits: one bucket for each sender and class, in this process.
mod bucket;
mod limits;

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::{Problem, Timestamp};
pub use bucket::{Bucket, Left, Rate};
pub use limits::{Class, Limits, UnreadableLimit};

/// Buckets kept at most. Those that have filled up go first; should so many senders be busy at once, all are forgiven.
const KEPT: usize = 50_000;

type Buckets = HashMap<(Class, String), Bucket>;

/// Lets through or turns back. Without limits, as in most tests, it lets everything through.
#[derive(Default)]
pub struct Limiter {
    limits: OnceLock<Limits>,
    buckets: Mutex<Buckets>,
}

impl Limiter {
    /// Says how much is let through; only the first call counts.
    pub(crate) fn set(&self, limits: Limits) {
        let _ = self.limits.set(limits);
    }

    /// What is let through; `None` while nothing is limited.
    #[must_use]
    pub fn limits(&self) -> Option<&Limits> {
        self.limits.get()
    }

    /// Takes one for a sender. The headers tell how much is left; without limits there are none.
    ///
    /// # Errors
    /// `TooMany` with the seconds to wait.
    pub fn take(&self, class: Class, sender: &str, now: Timestamp) -> Result<HeaderMap, Problem> {
        let Some(limits) = self.limits.get() else { return Ok(HeaderMap::new()) };
        let rate = limits.rate(class);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        make_room(&mut buckets, now);
        let bucket = buckets.entry((class, sender.to_owned())).or_insert_with(Bucket::full);
        match bucket.take(rate, now) {
            Ok(left) => Ok(headers(class, rate, left)),
            Err(retry_after_s) => Err(Problem::TooMany { retry_after_s }),
        }
    }
}

fn make_room(buckets: &mut Buckets, now: Timestamp) {
    if buckets.len() >= KEPT {
        buckets.retain(|_, bucket| !bucket.is_full(now));
        if buckets.len() >= KEPT {
            buckets.clear();
        }
    }
}

/// `RateLimit-Policy` and `RateLimit` as the IETF's draft-ietf-httpapi-ratelimit-headers writes them: quota `q` and
/// window `w`, what remains `r` and the seconds `t` until all of it is there again.
fn headers(class: Class, rate: Rate, left: Left) -> HeaderMap {
    let name = class.as_str();
    let policy = format!("\"{name}\";q={};w={}", rate.burst, rate.window_s());
    let now = format!("\"{name}\";r={};t={}", left.remaining, left.full_in_s);
    let mut headers = HeaderMap::new();
    for (name, text) in [("ratelimit-policy", policy), ("ratelimit", now)] {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;

    const NOW: Timestamp = Timestamp(1_793_610_000_000);

    fn limiter() -> Limiter {
        let limiter = Limiter::default();
        limiter.set(Limits::default().with(Class::Check, Rate::new(60, 2)));
        limiter
    }

    #[test]
    fn each_sender_has_a_bucket_of_its_own() {
        let limiter = limiter();
        for _ in 0..2 {
            assert!(limiter.take(Class::Check, "sam", NOW).is_ok());
        }
        assert_eq!(limiter.take(Class::Check, "sam", NOW), Err(Problem::TooMany { retry_after_s: 1 }));
        assert!(limiter.take(Class::Check, "noor", NOW).is_ok());
        assert!(limiter.take(Class::Session, "sam", NOW).is_ok());
        assert!(limiter.take(Class::Check, "sam", NOW + Span::seconds(1)).is_ok());
    }

    #[test]
    fn the_headers_tell_what_is_left() {
        let headers = limiter().take(Class::Check, "sam", NOW).unwrap();
        assert_eq!(headers["ratelimit-policy"], "\"check\";q=2;w=2");
        assert_eq!(headers["ratelimit"], "\"check\";r=1;t=1");
    }

    #[test]
    fn without_limits_everything_passes() {
        let limiter = Limiter::default();
        for _ in 0..10_000 {
            assert_eq!(limiter.take(Class::SignIn, "", NOW), Ok(HeaderMap::new()));
        }
    }
}

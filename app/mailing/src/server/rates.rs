//! How fast mails go to each domain: buckets of tokens, and rest for a domain that asked for it.
use std::collections::HashMap;
use std::str::FromStr;

use base::{Span, Timestamp};

/// How far ahead a place is promised to a message that has to wait for its domain.
const AHEAD: Span = Span::minutes(10);
/// The first rest of a domain that asked to be left alone; doubled each time, at most [`LONGEST`].
const REST: Span = Span::minutes(1);
const LONGEST: Span = Span::hours(1);
/// Large providers, which all count what they get from one sender.
const LARGE: [&str; 20] = [
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "msn.com",
    "yahoo.com",
    "ymail.com",
    "aol.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "gmx.de",
    "gmx.net",
    "gmx.com",
    "web.de",
    "t-online.de",
    "mail.ru",
    "qq.com",
    "163.com",
];

/// Messages a second, and how many at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    pub per_second: f64,
    pub burst: f64,
}

/// The limits: 20 messages a second and 200 at once to each of the large providers, 50 and 500 to any other domain.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    other: Option<Rate>,
    named: HashMap<String, Rate>,
}

impl Default for Limits {
    fn default() -> Self {
        let large = Rate { per_second: 20.0, burst: 200.0 };
        let other = Some(Rate { per_second: 50.0, burst: 500.0 });
        Self { other, named: LARGE.into_iter().map(|name| (name.to_owned(), large)).collect() }
    }
}

impl FromStr for Limits {
    type Err = String;

    /// Reads `*=50+500 gmail.com=20+200` (a second, and at once) over the defaults, or `off`.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim() == "off" {
            return Ok(Self { other: None, named: HashMap::new() });
        }
        let mut limits = Self::default();
        for word in text.split_whitespace() {
            let read = || {
                let (name, rate) = word.split_once('=')?;
                let (per_second, burst) = rate.split_once('+')?;
                let rate = Rate { per_second: per_second.parse().ok()?, burst: burst.parse().ok()? };
                let sane = rate.per_second > 0.0 && rate.burst >= 1.0 && rate.burst.is_finite();
                sane.then_some((name.to_ascii_lowercase(), rate))
            };
            let (name, rate) = read().ok_or_else(|| format!("{word} is not like gmail.com=20+200"))?;
            if name == "*" {
                limits.other = Some(rate);
            } else {
                limits.named.insert(name, rate);
            }
        }
        Ok(limits)
    }
}

/// What is left to each domain. Of one process: several share nothing.
pub(super) struct Buckets {
    limits: Limits,
    domains: HashMap<String, Bucket>,
}

struct Bucket {
    tokens: f64,
    at: Timestamp,
    /// The next place that can be promised: those who wait come back one after another, each to a token of its own.
    next: Timestamp,
    rests_until: Timestamp,
    rests: u32,
}

impl Buckets {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, domains: HashMap::new() }
    }

    fn bucket(&mut self, domain: &str, now: Timestamp) -> Option<(&mut Bucket, Rate)> {
        let rate = self.limits.named.get(domain).copied().or(self.limits.other)?;
        let new = || Bucket { tokens: rate.burst, at: now, next: now, rests_until: Timestamp(0), rests: 0 };
        let bucket = self.domains.entry(domain.to_owned()).or_insert_with(new);
        let passed = (now - bucket.at).0.max(0) as f64 / 1_000.0;
        bucket.tokens = (bucket.tokens + passed * rate.per_second).min(rate.burst);
        bucket.at = bucket.at.max(now);
        Some((bucket, rate))
    }

    /// Lets a message to a domain pass, or says when it may be taken again.
    pub(super) fn take(&mut self, domain: &str, now: Timestamp) -> Result<(), Timestamp> {
        if self.domains.len() > 20_000 {
            self.domains.retain(|_, bucket| bucket.rests_until > now || bucket.at + Span::minutes(5) > now);
        }
        if let Some(resting) = self.domains.get(domain).filter(|bucket| bucket.rests_until > now) {
            return Err(resting.rests_until);
        }
        let Some((bucket, rate)) = self.bucket(domain, now) else { return Ok(()) };
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(());
        }
        // A place further off than this is not promised: whoever comes later would wait behind all of them.
        let wait = Span(((1.0 - bucket.tokens) / rate.per_second * 1_000.0).ceil() as i64);
        let place = bucket.next.max(now + wait);
        if place > now + AHEAD {
            return Err(now + AHEAD);
        }
        bucket.next = place + Span((1_000.0 / rate.per_second).ceil() as i64);
        Err(place)
    }

    /// A domain asked to be left alone: until when it is.
    pub(super) fn back_off(&mut self, domain: &str, now: Timestamp) -> Timestamp {
        let bucket = self.domains.entry(domain.to_owned()).or_insert(Bucket {
            tokens: 0.0,
            at: now,
            next: now,
            rests_until: Timestamp(0),
            rests: 0,
        });
        if bucket.rests_until <= now {
            let rest = Span((REST.0 << bucket.rests.min(10)).min(LONGEST.0));
            bucket.rests_until = now + rest;
            bucket.rests += 1;
        }
        bucket.rests_until
    }

    /// A domain took a message: the next rest is a short one again.
    pub(super) fn went(&mut self, domain: &str) {
        if let Some(bucket) = self.domains.get_mut(domain) {
            bucket.rests = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_793_610_000_000);

    #[test]
    fn limits_are_read_over_the_defaults() {
        let limits: Limits = "*=5+10 Gmail.com=1+2".parse().unwrap();
        assert_eq!(limits.other, Some(Rate { per_second: 5.0, burst: 10.0 }));
        assert_eq!(limits.named["gmail.com"], Rate { per_second: 1.0, burst: 2.0 });
        assert_eq!(limits.named["web.de"], Rate { per_second: 20.0, burst: 200.0 });
        assert_eq!("".parse::<Limits>().unwrap(), Limits::default());
        for odd in ["gmail.com", "x=1", "x=0+1", "x=1+0", "x=-1+5", "x=a+b", "x=1+inf"] {
            assert!(odd.parse::<Limits>().is_err(), "{odd}");
        }
    }

    #[test]
    fn a_domain_gets_its_rate_and_others_do_not_wait_for_it() {
        let mut buckets = Buckets::new("a.example=10+5".parse().unwrap());
        for _ in 0..5 {
            assert_eq!(buckets.take("a.example", NOW), Ok(()));
        }
        // Those that wait stand one behind another.
        assert_eq!(buckets.take("a.example", NOW), Err(NOW + Span(100)));
        assert_eq!(buckets.take("a.example", NOW), Err(NOW + Span(200)));
        assert_eq!(buckets.take("b.example", NOW), Ok(()));
        let mut off = Buckets::new("off".parse().unwrap());
        assert!((0..100_000).all(|_| off.take("a.example", NOW) == Ok(())));
    }

    #[test]
    fn places_are_not_promised_for_ever() {
        let mut buckets = Buckets::new("a.example=1+1".parse().unwrap());
        let waits = (0..5_000).filter_map(|_| buckets.take("a.example", NOW).err());
        assert_eq!(waits.max(), Some(NOW + AHEAD));
        // Nobody who was promised a place is owed a token.
        assert!(buckets.take("a.example", NOW + AHEAD + Span::seconds(2)).is_ok());
    }

    #[test]
    fn a_domain_that_asks_for_rest_gets_more_each_time() {
        let mut buckets = Buckets::new(Limits::default());
        assert_eq!(buckets.back_off("a.example", NOW), NOW + Span::minutes(1));
        assert_eq!(
            buckets.back_off("a.example", NOW + Span(1)),
            NOW + Span::minutes(1),
            "one rest for all in flight"
        );
        assert_eq!(buckets.take("a.example", NOW + Span(1)), Err(NOW + Span::minutes(1)));
        let mut off = Buckets::new("off".parse().unwrap());
        off.back_off("a.example", NOW);
        assert!(off.take("a.example", NOW).is_err(), "whoever asks for rest gets it, limits or none");
        let later = NOW + Span::minutes(1);
        assert!(buckets.take("a.example", later).is_ok());
        assert_eq!(buckets.back_off("a.example", later), later + Span::minutes(2));
        buckets.went("a.example");
        let later = later + Span::minutes(2);
        assert_eq!(buckets.back_off("a.example", later), later + Span::minutes(1));
    }
}

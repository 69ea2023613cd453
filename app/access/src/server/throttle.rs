//! Slows down guessing: failed attempts are counted per address and e-mail, in memory.
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use base::{Problem, Span, Timestamp};

/// How long failures count.
const WINDOW: Span = Span::minutes(15);
/// Failures of one e-mail from one network address within the window.
const PER_ADDRESS: u32 = 10;
/// Failures of one e-mail from everywhere: many addresses do not help a guesser.
const PER_EMAIL: u32 = 50;
/// Counters kept at most; beyond it the old ones go, then all.
const KEPT: usize = 20_000;

struct Counter {
    since: Timestamp,
    failures: u32,
}

static COUNTERS: LazyLock<Mutex<HashMap<String, Counter>>> = LazyLock::new(Mutex::default);

fn keys(email: &str, address: &str) -> [(String, u32); 2] {
    [(format!("{email} {address}"), PER_ADDRESS), (email.to_owned(), PER_EMAIL)]
}

/// Lets an attempt pass, or says how long to wait.
pub(super) fn check(email: &str, address: &str, now: Timestamp) -> Result<(), Problem> {
    let counters = COUNTERS.lock().unwrap_or_else(PoisonError::into_inner);
    for (key, most) in keys(email, address) {
        let Some(counter) = counters.get(&key) else { continue };
        let end = counter.since + WINDOW;
        if counter.failures >= most && end > now {
            let retry_after_s = ((end - now).0 / 1000).clamp(1, WINDOW.0 / 1000) as u32;
            return Err(Problem::TooMany { retry_after_s });
        }
    }
    Ok(())
}

/// Counts a failure.
pub(super) fn failed(email: &str, address: &str, now: Timestamp) {
    let mut counters = COUNTERS.lock().unwrap_or_else(PoisonError::into_inner);
    if counters.len() >= KEPT {
        counters.retain(|_, counter| counter.since + WINDOW > now);
        if counters.len() >= KEPT {
            counters.clear();
        }
    }
    for (key, _) in keys(email, address) {
        let counter = counters.entry(key).or_insert(Counter { since: now, failures: 0 });
        if counter.since + WINDOW <= now {
            *counter = Counter { since: now, failures: 0 };
        }
        counter.failures += 1;
    }
}

/// Forgets the failures of somebody who came in.
pub(super) fn forget(email: &str, address: &str) {
    let mut counters = COUNTERS.lock().unwrap_or_else(PoisonError::into_inner);
    counters.remove(&keys(email, address)[0].0);
}

//! The clock, ids and randomness, handed in so that tests hold them still.
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use rand::RngCore;
use uuid::Uuid;

use crate::{Span, Timestamp};

/// Tells the time.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        Timestamp(chrono::Utc::now().timestamp_millis())
    }
}

/// A clock that stands still until it is moved.
pub struct FixedClock(AtomicI64);

impl FixedClock {
    #[must_use]
    pub const fn new(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.0))
    }

    /// Moves the clock; backwards with a negative span.
    pub fn advance(&self, span: Span) {
        self.0.fetch_add(span.0, Ordering::SeqCst);
    }

    pub fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

impl<C: Clock + ?Sized> Clock for std::sync::Arc<C> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}

/// Gives random bytes and new ids.
pub trait Chance: Send + Sync {
    /// Fills with bytes that nobody can guess (a test's are predictable).
    fn fill(&self, bytes: &mut [u8]);

    /// A new UUIDv7 for an instant (RFC 9562, section 5.7): ids of one clock sort by time.
    fn id(&self, now: Timestamp) -> Uuid {
        let mut random = [0; 10];
        self.fill(&mut random);
        uuid::Builder::from_unix_timestamp_millis(now.0.max(0) as u64, &random).into_uuid()
    }
}

/// The operating system's randomness.
pub struct SystemChance;

impl Chance for SystemChance {
    #[expect(clippy::disallowed_methods, reason = "the one place that draws from the system's randomness")]
    fn fill(&self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}

/// Counts, so that a test, or the demo, gives the same ids every time.
pub struct SequentialChance {
    next: AtomicU64,
    seed: Mutex<u64>,
}

impl SequentialChance {
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { next: AtomicU64::new(1), seed: Mutex::new(seed) }
    }
}

impl Chance for SequentialChance {
    /// `SplitMix64` of seed and count (Steele, Lea and Flood, 2014).
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let mut seed = self.seed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            *seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = *seed;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_be_bytes()[..chunk.len()]);
        }
    }

    /// Ids count upwards within the millisecond, so that they sort in the order they were made.
    fn id(&self, now: Timestamp) -> Uuid {
        let mut random = [0; 10];
        random[2..].copy_from_slice(&self.next.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(now.0.max(0) as u64, &random).into_uuid()
    }
}

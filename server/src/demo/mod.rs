//! The demo: one vendor, two brands, three programs, 40 partners and 18 months of history, told through the same
//! verbs that people use, with a clock that runs through those months. Counts are the same every time.
mod campaigns;
mod cast;
mod faces;
mod goals;
mod history;
mod kits;
mod leads;
mod names;
mod sales;
mod work;

use std::sync::Arc;

use base::clock::{Clock, FixedClock, SequentialChance};
use base::db::{Db, migrate};
use base::files::Files;
use base::{Parts, Problem, Span, Timestamp};

use crate::Failure;
use crate::settings::{Settings, signing_seed};

/// How long the history is.
const HISTORY: Span = Span::days(548);
/// Every password of the demo.
pub(crate) const PASSWORD: &str = "demo-rialto";

/// Who can sign in.
pub(crate) const SIGN_INS: [(&str, &str); 6] = [
    ("olivia@northwind.example", "vendor owner"),
    ("carlos@northwind.example", "channel manager"),
    ("mina@northwind.example", "marketer"),
    ("paula@alpine.example", "partner owner"),
    ("sam@alpine.example", "partner sales"),
    ("noor@bluepeak.example", "sales of a rival partner"),
];

/// A small generator for choices (`SplitMix64`), so that the story needs no outside chance.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to below `n`.
    pub(super) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// One of them.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// True in so many per cent of throws.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// Fills an empty database.
pub(crate) async fn seed(settings: &Settings) -> Result<(), Failure> {
    let db = Db::open_careless(&settings.database_url).await?;
    migrate(&db, &app::migrations()).await?;
    let now = base::clock::SystemClock.now();
    // The hour is cut off, so that the story ends in the past by less than one.
    let end = Timestamp(now.0 - now.0.rem_euclid(3_600_000));
    let clock = Arc::new(FixedClock::new(end - HISTORY));
    let parts = Parts::new(
        db,
        Box::new(clock.clone()),
        Box::new(SequentialChance::new(2026)),
        signing_seed(&settings.data)?,
        base::Settings {
            base_url: settings.base_url.clone(),
            data: settings.data.clone(),
            development: false,
        },
    );
    parts.observe(app::observers());
    parts.keep_files_in(Files::at(&settings.files)?);
    // Nobody wants mails about what happened months ago.
    parts.deliver_by(Box::new(base::mail::Silence));
    if !access::server::needs_set_up(&parts).await? {
        return Err("there are people in this database; the demo wants an empty one".into());
    }
    let cast = cast::assemble(&parts).await?;
    sales::tell(&parts, &cast, &clock, end).await?;
    history::tell(&parts, &cast, &clock, end).await?;
    goals::tell(&parts, &cast, end).await?;
    kits::tell(&parts, &cast).await?;
    campaigns::tell(&parts, &cast, &clock).await?;
    parts.db().close().await;
    Ok(())
}

/// A story that a rule refuses is a mistake in the story.
pub(super) fn told<T>(result: Result<T, Problem>, what: &str) -> Result<T, Failure> {
    result.map_err(|problem| format!("{what}: {problem}").into())
}

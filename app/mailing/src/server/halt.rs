//! Whether a step is still to be sent: looked at before every message, without asking the store each time.
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use base::{Parts, Problem};

use super::store;
use crate::model::StepId;

/// How long an answer of the store is believed: so late another process's pause is seen here.
const BELIEVED: Duration = Duration::from_millis(50);
/// After something was paused in this process, no answer is believed for so long: until its unit of work has surely ended.
const STRICT: Duration = Duration::from_secs(2);

/// Counts pauses and cancellations of this process.
static TOUCHED: AtomicU64 = AtomicU64::new(0);

/// Something is about to be paused, resumed or cancelled: senders of this process look into the store before each message.
pub(super) fn touch() {
    TOUCHED.fetch_add(1, Ordering::SeqCst);
}

/// What a sender knows of steps.
#[derive(Default)]
pub(super) struct Halts(Mutex<Known>);

#[derive(Default)]
struct Known {
    touched: u64,
    strict_until: Option<Instant>,
    steps: HashMap<StepId, (Instant, bool)>,
}

impl Halts {
    /// Whether a message of this step may go out now.
    pub(super) async fn lets(&self, parts: &Parts, step: StepId) -> Result<bool, Problem> {
        if let Some(known) = self.known(step) {
            return Ok(known);
        }
        let runs = store::is_running(&mut parts.db().read().await?, step).await?;
        let mut inside = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inside.steps.insert(step, (Instant::now(), runs));
        Ok(runs)
    }

    fn known(&self, step: StepId) -> Option<bool> {
        let now = Instant::now();
        let mut inside = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let touched = TOUCHED.load(Ordering::SeqCst);
        if inside.touched != touched {
            inside.touched = touched;
            inside.strict_until = Some(now + STRICT);
        }
        if inside.strict_until.is_some_and(|until| now < until) {
            return None;
        }
        if inside.steps.len() > 1_000 {
            inside.steps.clear();
        }
        inside.steps.get(&step).filter(|(at, _)| now < *at + BELIEVED).map(|(_, runs)| *runs)
    }
}

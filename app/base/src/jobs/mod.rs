//! Work for later, kept in the same database and enqueued in the transaction of its cause.
mod store;

use std::time::Duration;

use futures::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::broadcast::error::TryRecvError;
use tokio_util::sync::CancellationToken;

use crate::mail::Post;
use crate::{Parts, Problem, Span};
pub use store::{Tally, enqueue, enqueue_unless, next_due, revive, tally};

/// How long a node may work on a job before another takes it over.
const LEASE: Span = Span::minutes(5);
/// After so many failures a job stays for a person to look at.
const TRIES: i64 = 12;

/// Names of jobs that hand something to another machine start so: these may take long without doing anything, and
/// have a worker of their own, so that what is done here never waits for them.
pub const MAIL: &str = "mail.";

/// Which jobs a worker takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// All; those of [`Lane::Mail`] only while mails are sent.
    All,
    /// What is done on this machine.
    Here,
    /// Mails.
    Mail,
}

impl Lane {
    /// What names must and must not be like, and how many jobs are taken at once: each must end within the lease.
    const fn terms(self) -> (&'static str, &'static str, i64) {
        match self {
            Self::All => ("%", "", 16),
            Self::Here => ("%", "mail.%", 16),
            Self::Mail => ("mail.%", "", 8),
        }
    }
}

/// Work to be done later. Runs at least once; must come to the same end when run again.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Stable: `deals.expire_protection`.
    const NAME: &'static str;
    /// Does it.
    fn run(self, parts: &Parts) -> impl Future<Output = Result<(), Problem>> + Send;
}

/// A kind of job, as a slice lists it.
#[derive(Clone, Copy)]
pub struct JobKind {
    /// [`Job::NAME`].
    pub name: &'static str,
    run: fn(Parts, Value) -> BoxFuture<'static, Result<(), Problem>>,
}

/// Lists a job: `pub const JOBS: &[JobKind] = &[job::<ExpireProtection>()];`
#[must_use]
pub const fn job<J: Job>() -> JobKind {
    JobKind {
        name: J::NAME,
        run: |parts, payload| {
            Box::pin(async move {
                let job: J = serde_json::from_value(payload).map_err(Problem::internal)?;
                job.run(&parts).await
            })
        },
    }
}

/// Runs what is due in a lane, once; how many jobs were run. Mails are left alone where nobody takes them.
///
/// # Errors
/// `Internal` when the engine fails; a job's own failure is kept with the job.
pub async fn run_due(parts: &Parts, kinds: &[JobKind], lane: Lane) -> Result<usize, Problem> {
    let lane = match (lane, parts.mailer().post()) {
        (lane, Post::Sends) => lane,
        (Lane::Mail, _) => return Ok(0),
        _ => Lane::Here,
    };
    let now = parts.clock().now();
    let until = now + LEASE;
    let leased = store::lease(parts.db(), now, until, lane.terms()).await?;
    let count = leased.len();
    for work in leased {
        let Some(kind) = kinds.iter().find(|kind| kind.name == work.name) else {
            store::fail(parts.db(), work.id, TRIES, None, "no such kind of job".to_owned()).await?;
            continue;
        };
        let payload = serde_json::from_str(&work.payload).map_err(Problem::internal)?;
        match (kind.run)(parts.clone(), payload).await {
            Ok(()) => store::done(parts.db(), work.id, until).await?,
            Err(problem) => {
                tracing::warn!(job = work.name, %problem, "a job failed");
                let tries = work.attempts + 1;
                // 10 s, 20 s, 40 s … up to about 6 hours.
                let again = (tries < TRIES).then(|| now + Span::seconds(10 << tries.min(11)));
                store::fail(parts.db(), work.id, tries, again, problem.to_string()).await?;
            }
        }
    }
    Ok(count)
}

/// Runs jobs until cancelled; finishes the one in hand.
pub async fn work(parts: Parts, kinds: Vec<JobKind>, lane: Lane, stop: CancellationToken) {
    let mut events = parts.db().hub().subscribe();
    while !stop.is_cancelled() {
        match run_due(&parts, &kinds, lane).await {
            Ok(count) if count > 0 => continue,
            Ok(_) => {}
            Err(problem) => tracing::warn!(%problem, "jobs cannot be fetched"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
            _ = events.recv() => {}
        }
        // One look is enough for all that was announced meanwhile.
        while !matches!(events.try_recv(), Err(TryRecvError::Empty | TryRecvError::Closed)) {}
    }
}

//! Sends what is due: a worker of the server's own, beside the job workers.
//!
//! One loop takes messages under a lease and writes down what became of them, both in the same unit of work; several lines
//! compose, sign and hand them over. At no moment are more than [`WINDOW`] messages taken and not written down. So when the
//! process is killed nobody is left out: what was not written down is taken again when its lease ends (at once where the
//! store is SQLite's, which has one process), and counted as repeated; at most [`WINDOW`] messages of one process, and of these only those that the mail server had in its hands by
//! then go out twice, with the same `Message-ID`.
mod line;
mod record;
mod templates;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use base::db::{Engine, Tx};
use base::mail::Post;
use base::{MessageId, Parts, Problem, Span, Timestamp};
use sqlx::types::Uuid;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::halt::Halts;
use super::quiet::next_allowed;
use super::rates::Buckets;
use super::smtp::Posting;
use super::store_claim::{self, Became, Claimed};
use super::store_suppression;
use crate::model::StepId;
use crate::rules::again_after;
use line::{Around, Done, Job, Outcome, run_line};
use record::Written;
use templates::{Ready, Templates};

/// How many messages of one process are taken and not written down at most: so many can go out twice after a crash.
pub const WINDOW: usize = 128;
/// After so long what was taken and not written down is taken again. Whoever lives holds on to it every [`RENEWED`].
const LEASE: Span = Span::minutes(1);
const RENEWED: Span = Span::seconds(20);
/// Results wait for each other so long, to be written together.
const GATHERED: Duration = Duration::from_millis(10);
/// How often an idle sender looks whether something is due.
const IDLE: Duration = Duration::from_secs(1);
/// The first rest when the mail server is unwell; doubled each time, at most [`LONGEST`].
const REST: Span = Span::seconds(5);
const LONGEST: Span = Span::minutes(5);

/// Sends until stopped. Whoever is stopped hands over no further message, and gives back what it has taken.
pub async fn work(parts: Parts, posting: Posting, stop: CancellationToken) {
    if parts.mailer().post() != Post::Sends {
        return;
    }
    if parts.db().engine() == Engine::Sqlite {
        let now = parts.clock().now();
        if let Err(problem) =
            parts.db().write(async move |tx: &mut Tx| store_claim::take_over(tx, now).await).await
        {
            tracing::warn!(%problem, "what was taken before waits until its lease ends");
        }
    }
    let mut sender = Sender::start(parts, posting, &stop);
    while !stop.is_cancelled() {
        match sender.turn(&stop).await {
            Ok(()) => {}
            Err(problem) => {
                tracing::warn!(%problem, "mails wait: the store cannot be written");
                tokio::time::sleep(IDLE).await;
            }
        }
    }
    sender.end().await;
}

struct Sender {
    parts: Parts,
    node: Uuid,
    buckets: Buckets,
    templates: Templates,
    jobs: Option<mpsc::Sender<Job>>,
    done: mpsc::Receiver<Done>,
    lines: JoinSet<()>,
    /// Taken, and not written down.
    outstanding: HashSet<MessageId>,
    renewed_at: Timestamp,
    /// What became of some, to be written down with the next.
    results: Vec<(Claimed, Became)>,
    rests_until: Timestamp,
    rests: u32,
    /// The same, for the lines.
    resting: Arc<AtomicI64>,
}

impl Sender {
    fn start(parts: Parts, posting: Posting, stop: &CancellationToken) -> Self {
        let (jobs, inbox) = mpsc::channel(WINDOW);
        let (answers, done) = mpsc::channel(WINDOW);
        let inbox = Arc::new(tokio::sync::Mutex::new(inbox));
        let buckets = Buckets::new(posting.limits.clone());
        let posting = Arc::new(posting);
        let resting = Arc::new(AtomicI64::new(0));
        let around = Around {
            parts: parts.clone(),
            posting: Arc::clone(&posting),
            halts: Arc::new(Halts::default()),
            stop: stop.clone(),
            rests: Arc::clone(&resting),
        };
        let mut lines = JoinSet::new();
        for _ in 0..posting.lines {
            lines.spawn(run_line(around.clone(), (Arc::clone(&inbox), answers.clone())));
        }
        let now = parts.clock().now();
        Self {
            node: parts.id(now),
            templates: Templates::new(&parts, posting),
            parts,
            buckets,
            jobs: Some(jobs),
            done,
            lines,
            outstanding: HashSet::new(),
            renewed_at: now,
            results: Vec::new(),
            rests_until: Timestamp(0),
            rests: 0,
            resting,
        }
    }

    /// Gathers results, writes them down, takes new messages, and hands those to the lines.
    async fn turn(&mut self, stop: &CancellationToken) -> Result<(), Problem> {
        self.gather(stop).await;
        let now = self.parts.clock().now();
        self.hold_on(now).await?;
        let room = WINDOW - self.outstanding.len() + self.results.len();
        let wants = room >= WINDOW / 2 && now >= self.rests_until && !stop.is_cancelled();
        let idle = self.results.is_empty()
            && (!wants || !store_claim::is_due(&mut self.parts.db().read().await?, now).await?);
        if idle {
            if self.outstanding.is_empty() {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = tokio::time::sleep(IDLE) => {}
                }
            }
            return Ok(());
        }
        let taken = self.write(if wants { room } else { 0 }, now).await?;
        for claimed in taken {
            self.place(claimed, now).await?;
        }
        Ok(())
    }

    /// Keeps the lease of what the lines are slow with.
    async fn hold_on(&mut self, now: Timestamp) -> Result<(), Problem> {
        if now < self.renewed_at + RENEWED {
            return Ok(());
        }
        let (ids, node): (Vec<MessageId>, Uuid) = (self.outstanding.iter().copied().collect(), self.node);
        if !ids.is_empty() {
            let work = async move |tx: &mut Tx| store_claim::renew(tx, node, &ids, now + LEASE).await;
            self.parts.db().write(work).await?;
        }
        self.renewed_at = now;
        Ok(())
    }

    /// Waits for results, and a little for those that come right after.
    async fn gather(&mut self, stop: &CancellationToken) {
        let in_lines = self.outstanding.len() - self.results.len();
        if in_lines == 0 {
            return;
        }
        let wait = if self.results.is_empty() { Duration::from_millis(250) } else { GATHERED };
        tokio::select! {
            () = stop.cancelled() => return,
            done = self.done.recv() => if let Some(done) = done { self.take(done) },
            () = tokio::time::sleep(wait) => return,
        }
        let until = tokio::time::Instant::now() + GATHERED;
        while self.results.len() < WINDOW / 2 && self.outstanding.len() > self.results.len() {
            match tokio::time::timeout_at(until, self.done.recv()).await {
                Ok(Some(done)) => self.take(done),
                Ok(None) | Err(_) => break,
            }
        }
    }

    /// Reads what a line says of a message.
    fn take(&mut self, done: Done) {
        let now = self.parts.clock().now();
        let Done { claimed, outcome } = done;
        let became = match outcome {
            Outcome::Sent => {
                self.buckets.went(&claimed.domain);
                self.rests = 0;
                Became::Sent
            }
            Outcome::NoSuchMailbox(words) => Became::Failed { words, is_dead: true },
            Outcome::Refused(words) => Became::Failed { words, is_dead: false },
            Outcome::Later(words) => {
                let rest = self.buckets.back_off(&claimed.domain, now);
                match again_after(claimed.attempts) {
                    Some(span) => Became::Later((now + span).max(rest), words),
                    None => Became::Failed { words, is_dead: false },
                }
            }
            Outcome::Unsure(words) => match again_after(claimed.attempts) {
                Some(span) => Became::Unsure(now + span, words),
                None => Became::Failed { words, is_dead: false },
            },
            Outcome::Unreached(words) => {
                if now >= self.rests_until {
                    let rest = Span((REST.0 << self.rests.min(10)).min(LONGEST.0));
                    tracing::warn!(%words, seconds = rest.0 / 1000, "the mail server is not well: mails wait");
                    self.rests_until = now + rest;
                    self.resting.fetch_max(self.rests_until.0, Ordering::Relaxed);
                    self.rests += 1;
                }
                Became::Waits(self.rests_until)
            }
            Outcome::Halted => Became::Waits(now),
        };
        self.results.push((claimed, became));
    }

    /// Writes down what there is, and takes new messages.
    async fn write(&mut self, room: usize, now: Timestamp) -> Result<Vec<Claimed>, Problem> {
        let results = self.results.clone();
        let (parts, node) = (self.parts.clone(), self.node);
        let work = async move |tx: &mut Tx| {
            record::write(tx, &parts, node, &results, now).await?;
            let mut taken = Vec::new();
            // One step after another, so that a small one need not wait for a large one.
            while taken.len() < room {
                let some = store_claim::claim(tx, node, (now, now + LEASE), room - taken.len()).await?;
                if some.is_empty() {
                    break;
                }
                taken.extend(some);
            }
            Ok(Written { taken })
        };
        let written: Written = self.parts.db().write(work).await?;
        for (claimed, _) in self.results.drain(..) {
            self.outstanding.remove(&claimed.id);
        }
        self.outstanding.extend(written.taken.iter().map(|claimed| claimed.id));
        self.unwanted(written.taken).await
    }

    /// Leaves out whom nobody writes to any more since they were taken in.
    async fn unwanted(&mut self, taken: Vec<Claimed>) -> Result<Vec<Claimed>, Problem> {
        let mut of_steps: HashMap<StepId, Vec<String>> = HashMap::new();
        for claimed in &taken {
            of_steps.entry(claimed.step).or_default().push(claimed.hash.clone());
        }
        let mut listed = Vec::new();
        let now = self.parts.clock().now();
        for (step, hashes) in of_steps {
            let asked = async {
                let Some(ready) = self.templates.of(step, now).await? else { return Ok(None) };
                let mut tx = self.parts.db().read().await?;
                store_suppression::among(&mut tx, ready.circle, &hashes).await.map(Some)
            };
            match asked.await {
                Ok(Some(found)) => listed.extend(found.into_iter().map(|hash| (step, hash))),
                Ok(None) => {}
                // Nobody is written to whose wishes are not known.
                Err(problem) => {
                    self.give_all_back(taken, now);
                    return Err(problem);
                }
            }
        }
        let (out, wanted): (Vec<Claimed>, Vec<Claimed>) = taken.into_iter().partition(|claimed| {
            listed.iter().any(|(step, hash)| *step == claimed.step && *hash == claimed.hash)
        });
        self.results.extend(out.into_iter().map(|claimed| (claimed, Became::Suppressed)));
        Ok(wanted)
    }

    fn give_all_back(&mut self, taken: Vec<Claimed>, now: Timestamp) {
        let again = now + Span::seconds(1);
        self.results.extend(taken.into_iter().map(|claimed| (claimed, Became::Waits(again))));
    }

    /// Gives a message to the lines, or back when it has to wait.
    async fn place(&mut self, claimed: Claimed, now: Timestamp) -> Result<(), Problem> {
        let ready: Arc<Ready> = match self.templates.of(claimed.step, now).await {
            Ok(Some(ready)) => ready,
            Ok(None) => {
                let words = "the mail cannot be read".to_owned();
                self.results.push((claimed, Became::Failed { words, is_dead: false }));
                return Ok(());
            }
            Err(_) => {
                self.give_all_back(vec![claimed], now);
                return Ok(());
            }
        };
        let zone = claimed.time_zone.as_deref().unwrap_or(&ready.kept.time_zone);
        let allowed = next_allowed(now, ready.kept.quiet, zone);
        if allowed > now {
            self.results.push((claimed, Became::Waits(allowed)));
            return Ok(());
        }
        if let Err(at) = self.buckets.take(&claimed.domain, now) {
            self.results.push((claimed, Became::Waits(at)));
            return Ok(());
        }
        if let Some(jobs) = &self.jobs {
            // There is room for all that may be taken: this does not wait.
            if let Err(lost) = jobs.send(Job { claimed, ready }).await {
                self.give_all_back(vec![lost.0.claimed], now);
            }
        }
        Ok(())
    }

    /// Lets the lines end what they are at, and gives back the rest.
    async fn end(mut self) {
        self.jobs = None;
        let whole = Duration::from_secs(8);
        let gathered = tokio::time::timeout(whole, async {
            while self.outstanding.len() > self.results.len() {
                match self.done.recv().await {
                    Some(done) => self.take(done),
                    None => break,
                }
            }
        });
        let _ = gathered.await;
        let now = self.parts.clock().now();
        if let Err(problem) = self.write(0, now).await {
            tracing::warn!(%problem, "what became of the last mails is not written down: they may go out again");
        }
        self.lines.shutdown().await;
    }
}

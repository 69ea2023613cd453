//! A line: composes, signs and hands over one message after another.
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use base::Parts;
use tokio::sync::{Mutex, mpsc};
use tokio_util::sync::CancellationToken;

use super::super::halt::Halts;
use super::super::smtp::{Handed, Line, Posting};
use super::super::store_claim::Claimed;
use super::REST;
use super::templates::Ready;
use crate::rules::Meaning;

/// A message to be sent, with what all of its step have in common.
pub(super) struct Job {
    pub(super) claimed: Claimed,
    pub(super) ready: Arc<Ready>,
}

/// What became of it.
pub(super) struct Done {
    pub(super) claimed: Claimed,
    pub(super) outcome: Outcome,
}

#[derive(Debug)]
pub(super) enum Outcome {
    Sent,
    NoSuchMailbox(String),
    Refused(String),
    Later(String),
    /// It may have been taken.
    Unsure(String),
    /// The mail server cannot be reached, or takes nothing from us now.
    Unreached(String),
    /// The campaign waits or was cancelled, or the server stops.
    Halted,
}

/// What all lines share.
#[derive(Clone)]
pub(super) struct Around {
    pub(super) parts: Parts,
    pub(super) posting: Arc<Posting>,
    pub(super) halts: Arc<Halts>,
    pub(super) stop: CancellationToken,
    /// Until when the mail server is left alone, in Unix milliseconds.
    pub(super) rests: Arc<AtomicI64>,
}

type Ends = (Arc<Mutex<mpsc::Receiver<Job>>>, mpsc::Sender<Done>);

/// Works until there is no more to come.
pub(super) async fn run_line(around: Around, (inbox, answers): Ends) {
    let mut line: Option<Line> = None;
    loop {
        let Some(Job { claimed, ready }) = inbox.lock().await.recv().await else { break };
        let outcome = one(&around, &mut line, &claimed, &ready).await;
        if answers.send(Done { claimed, outcome }).await.is_err() {
            break;
        }
    }
    if let Some(line) = line {
        line.close().await;
    }
}

async fn one(around: &Around, line: &mut Option<Line>, claimed: &Claimed, ready: &Ready) -> Outcome {
    let Around { parts, posting, halts, stop, rests } = around;
    let now = parts.clock().now();
    if now.0 < rests.load(Ordering::Relaxed) {
        return Outcome::Unreached(String::new());
    }
    if stop.is_cancelled() || !halts.lets(parts, claimed.step).await.unwrap_or(false) {
        return Outcome::Halted;
    }
    let outcome = send(parts, posting, line, claimed, ready).await;
    if matches!(outcome, Outcome::Unreached(_)) {
        // The other lines need not find out by themselves.
        rests.fetch_max((now + REST).0, Ordering::Relaxed);
    }
    outcome
}

async fn send(
    parts: &Parts,
    posting: &Posting,
    line: &mut Option<Line>,
    claimed: &Claimed,
    ready: &Ready,
) -> Outcome {
    // One message that cannot be composed must not stop the line.
    let composed = std::panic::catch_unwind(AssertUnwindSafe(|| ready.compose(claimed, parts.clock().now())));
    let (envelope, message) = match composed {
        Ok(Ok(composed)) => composed,
        Ok(Err(words)) => return Outcome::Refused(words),
        Err(_) => return Outcome::Refused("the mail cannot be composed".to_owned()),
    };
    let mut open = match line.take() {
        Some(line) if line.is_fresh() => line,
        worn => {
            if let Some(worn) = worn {
                worn.close().await;
            }
            match posting.connect().await {
                Ok(line) => line,
                Err(words) => return Outcome::Unreached(words),
            }
        }
    };
    let handed = open.hand_over(&envelope, &message).await;
    if matches!(handed, Handed::Broken(_) | Handed::Unsure(_)) {
        drop(open);
    } else {
        *line = Some(open);
    }
    match handed {
        Handed::Taken => Outcome::Sent,
        Handed::Refused(Meaning::NoSuchMailbox, words) => Outcome::NoSuchMailbox(words),
        Handed::Refused(Meaning::Refused, words) => Outcome::Refused(words),
        Handed::Refused(Meaning::Later, words) => Outcome::Later(words),
        Handed::Refused(Meaning::Ours, words) | Handed::Broken(words) => Outcome::Unreached(words),
        Handed::Unsure(words) => Outcome::Unsure(words),
    }
}

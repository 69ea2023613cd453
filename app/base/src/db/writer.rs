//! Units of work: one after another with shared commits on SQLite, side by side on PostgreSQL.
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use sqlx::PgPool;
use tokio::sync::{mpsc, oneshot};

use super::{Conn, Kept, Tx};
use crate::Problem;
use crate::events::Hub;

/// A unit of work. It need not be `Send` once it runs: the writers live on a thread of their own.
pub(super) type Work = Box<dyn for<'a> FnOnce(&'a mut Tx) -> LocalBoxFuture<'a, Outcome> + Send>;

/// What a unit of work came to, and how to tell whoever waits for it.
pub(super) struct Outcome {
    keep: bool,
    tell: Box<dyn FnOnce(Result<(), Problem>)>,
}

impl Outcome {
    pub(super) fn new<T: 'static>(
        result: Result<T, Problem>,
        answer: oneshot::Sender<Result<T, Problem>>,
    ) -> Self {
        let keep = result.is_ok();
        // A client that left does not undo its work: nobody listening is no error.
        let tell = Box::new(move |committed: Result<(), Problem>| {
            let _ = answer.send(committed.and(result));
        });
        Self { keep, tell }
    }
}

/// At most this many units share one commit, so that the first of them does not wait for ever.
const BATCH: usize = 256;

/// Runs units one after another, each in a savepoint, and syncs once for all that were waiting.
pub(super) async fn sqlite(mut tx: Tx, mut inbox: mpsc::Receiver<Work>, hub: Hub) {
    while let Some(first) = inbox.recv().await {
        if let Err(error) = tx.steps(&["begin immediate", "savepoint work"]) {
            tracing::error!(%error, "cannot begin to write");
            continue;
        }
        let mut kept = Vec::new();
        let mut broken = None;
        let mut next = Some(first);
        while let Some(work) = next.take() {
            let mark = tx.announced().len();
            let outcome = AssertUnwindSafe(work(&mut tx)).catch_unwind().await;
            let ended = match outcome {
                Ok(outcome) if outcome.keep => {
                    kept.push(outcome.tell);
                    tx.steps(&["release work", "savepoint work"])
                }
                refused => {
                    tx.announced().truncate(mark);
                    let undone = tx.steps(&["rollback to work"]);
                    if let Ok(outcome) = refused {
                        (outcome.tell)(Ok(()));
                    }
                    undone
                }
            };
            if let Err(error) = ended {
                // Nobody knows any more where one unit ends and the next begins: none of them is kept.
                tracing::error!(%error, "cannot end a unit of work");
                broken = Some(error);
                break;
            }
            if kept.len() < BATCH {
                next = inbox.try_recv().ok();
            }
        }
        let committed = broken.map_or_else(|| tx.steps(&["release work", "commit"]), Err);
        let committed = committed.map_err(Problem::from);
        if committed.is_err() {
            let _ = tx.steps(&["rollback"]);
            tx.announced().clear();
        } else {
            hub.announce(tx.announced().drain(..));
        }
        for tell in kept {
            tell(committed.clone());
        }
    }
}

/// Starts each unit at once in a transaction of its own. The task is ours, not the client's: a client that
/// leaves cannot cancel a `begin` or a `commit` half way and poison the pooled connection.
pub(super) async fn postgres((pool, kept): (PgPool, Arc<Kept>), mut inbox: mpsc::Receiver<Work>, hub: Hub) {
    while let Some(work) = inbox.recv().await {
        let (pool, hub, kept) = (pool.clone(), hub.clone(), kept.clone());
        tokio::task::spawn_local(async move {
            let mut tx = match pool.acquire().await {
                Ok(conn) => Tx::new(Conn::Postgres(conn), kept),
                Err(error) => {
                    tracing::error!(%error, "no connection to write with");
                    return;
                }
            };
            if let Err(error) = tx.run("begin").await {
                tracing::error!(%error, "cannot begin to write");
                return;
            }
            match AssertUnwindSafe(work(&mut tx)).catch_unwind().await {
                Ok(outcome) if outcome.keep => {
                    let committed = tx.run("commit").await.map_err(Problem::from);
                    if committed.is_ok() {
                        hub.announce(tx.announced().drain(..));
                    }
                    (outcome.tell)(committed);
                }
                refused => {
                    let _ = tx.run("rollback").await;
                    if let Ok(outcome) = refused {
                        (outcome.tell)(Ok(()));
                    }
                }
            }
        });
    }
}

//! Submits registrations that came in, each as its own unit of work: one that cannot be submitted stays a draft, and the
//! report says why.
use base::db::Tx;
use base::http::Perform;
use base::{Parts, Problem};
use deals::SubmitDeal;

use super::store::{self, Stored};
use crate::rules::Correction;

/// Submits what an import has waiting; safe to be run again after an interruption.
pub(super) async fn submit_waiting(parts: &Parts, stored: &Stored) -> Result<(), Problem> {
    let id = stored.import.id;
    let mut tx = parts.db().read().await?;
    let waiting = store::submits(&mut tx, id).await?;
    drop(tx);
    for (line, deal) in waiting {
        let asked = SubmitDeal { id: deal, version: None }.perform(parts, &stored.actor).await;
        let told = match asked {
            Ok(_) => Vec::new(),
            // It was submitted before an interruption.
            Err(Problem::Refused { code, .. }) if code == "already_submitted" => Vec::new(),
            Err(problem @ (Problem::Unavailable | Problem::Stale | Problem::Internal { .. })) => {
                return Err(problem);
            }
            Err(Problem::Invalid { errors }) => {
                let one = |error: base::FieldError| kept_as_draft(error.code.into_owned(), error.field);
                errors.into_iter().map(one).collect()
            }
            Err(problem) => vec![kept_as_draft(problem.code().to_owned(), String::new())],
        };
        let done = async move |tx: &mut Tx| store::submitted(tx, id, line, &told).await;
        parts.db().write(done).await?;
    }
    Ok(())
}

fn kept_as_draft(found: String, used: String) -> Correction {
    Correction { code: "kept_as_draft", field: "submit", found, used }
}

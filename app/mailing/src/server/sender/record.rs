//! Writes down what became of messages, with the counts of their steps and the events.
use std::collections::BTreeMap;

use base::db::Tx;
use base::events::{self, Happened};
use base::{Actor, MessageId, Parts, Problem, Timestamp};
use serde_json::json;
use sqlx::types::Uuid;

use super::super::leave::{happened, scope_id};
use super::super::store;
use super::super::store_claim::{self, Became, Claimed, Finished, Moved};
use super::super::store_suppression::{self, New};
use crate::model::{StepId, SuppressedId, SuppressionReason, SuppressionScope, Variant};

/// What one unit of work came to.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Written {
    pub(super) taken: Vec<Claimed>,
}

pub(super) async fn write(
    tx: &mut Tx,
    parts: &Parts,
    node: Uuid,
    results: &[(Claimed, Became)],
    now: Timestamp,
) -> Result<(), Problem> {
    let mut moved: BTreeMap<StepId, Moved> = BTreeMap::new();
    let mut told: Vec<Happened> = Vec::new();
    let sent: Vec<MessageId> =
        results.iter().filter(|(_, became)| *became == Became::Sent).map(|(claimed, _)| claimed.id).collect();
    for (step, variant) in store_claim::sent(tx, &sent, now).await? {
        let moved = moved.entry(step).or_default();
        moved.sent += 1;
        moved.sent_b += i64::from(variant == Variant::B);
    }
    for (claimed, became) in results {
        match became {
            Became::Sent => {}
            Became::Failed { words, is_dead } => {
                if store_claim::over(tx, claimed.id, "failed", words, now).await? {
                    moved.entry(claimed.step).or_default().failed += 1;
                    if *is_dead {
                        told.extend(dead(tx, parts, claimed, words, now).await?);
                    }
                }
            }
            Became::Suppressed => {
                if store_claim::over(tx, claimed.id, "suppressed", "", now).await? {
                    moved.entry(claimed.step).or_default().suppressed += 1;
                }
            }
            Became::Later(at, words) => {
                store_claim::give_back(tx, claimed.id, node, *at, (true, false, words)).await?;
            }
            Became::Waits(at) => {
                store_claim::give_back(tx, claimed.id, node, *at, (false, false, "")).await?;
            }
            Became::Unsure(at, words) => {
                moved.entry(claimed.step).or_default().repeated += 1;
                store_claim::give_back(tx, claimed.id, node, *at, (true, true, words)).await?;
            }
        }
    }
    for (step, moved) in moved {
        if let Some(finished) = store_claim::count(tx, step, moved, now).await? {
            told.push(over(finished));
        }
    }
    // The chain of a log is taken last, and of one vendor after another in the same order everywhere.
    told.sort_by_key(|happened| happened.vendor);
    let actor = Actor::system();
    for of_vendor in told.chunk_by(|one, other| one.vendor == other.vendor) {
        let all = of_vendor.iter().map(|happened| (&actor, happened.clone())).collect();
        events::append_all(tx, parts, of_vendor[0].vendor, all).await?;
    }
    Ok(())
}

/// An address that does not exist is not written to again by the vendor.
async fn dead(
    tx: &mut Tx,
    parts: &Parts,
    claimed: &Claimed,
    words: &str,
    now: Timestamp,
) -> Result<Option<Happened>, Problem> {
    let Some(step) = store::find(tx, claimed.step).await? else { return Ok(None) };
    let new = New {
        id: SuppressedId(parts.id(now)),
        scope: SuppressionScope::Global,
        scope_id: scope_id(&step, SuppressionScope::Global),
        address: claimed.address.clone(),
        reason: SuppressionReason::HardBounce,
        vendor: Some(step.vendor),
        partner: Some(step.partner),
        message: Some(claimed.id),
        by_name: String::new(),
    };
    store_suppression::insert(tx, &new, now).await?;
    tracing::debug!(message = %claimed.id, words, "no such mailbox");
    Ok(Some(happened("mailing.bounced", (claimed.id, claimed.recipient), &step, "hard")))
}

fn over(finished: Finished) -> Happened {
    Happened {
        vendor: finished.vendor,
        kind: "mailing.step_sent",
        subject: finished.campaign.to_string(),
        program: Some(finished.program),
        partner: Some(finished.partner),
        keys: vec!["mailing".to_owned(), finished.campaign.to_string()],
        data: json!({ "campaign": finished.campaign, "step": finished.step, "sent": finished.tally.sent,
            "failed": finished.tally.failed, "suppressed": finished.tally.suppressed }),
    }
}

//! Keeps how long the vendor took for each answer, and escalates what is not answered in time.
use base::db::Tx;
use base::events::{self, Event, Happened};
use base::jobs::{Job, enqueue};
use base::{Actor, DealId, Observer, Parts, Problem, Scope, Span, Timestamp};
use futures::future::LocalBoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::store::{self, Answer};
use crate::model::Status;

/// Starts the vendor's clock, and stops it.
pub const ANSWERS: Observer = observe;

/// Events with which the vendor's clock starts.
const ASKED: [&str; 4] = ["deal.submitted", "deal.resubmitted", "deal.disputed", "deal.amended"];
/// Events after which an answer may be due at another time.
const WATCHED: [&str; 3] = ["deal.conflict_found", "deal.extension_requested", "deal.offered"];

fn observe<'a>(
    tx: &'a mut Tx,
    parts: &'a Parts,
    event: &'a Event,
) -> LocalBoxFuture<'a, Result<(), Problem>> {
    Box::pin(async move {
        let Ok(deal) = event.subject.parse::<DealId>() else { return Ok(()) };
        if ASKED.iter().chain(&WATCHED).any(|kind| *kind == event.kind) {
            return watch(tx, parts, deal).await;
        }
        match kind(event) {
            Some(kind) => keep(tx, deal, event, kind).await,
            None => Ok(()),
        }
    })
}

/// Has a deal looked at when its answer is due; an earlier look is replaced. While it is with its partner nothing is
/// due, and the look finds nothing to do.
async fn watch(tx: &mut Tx, parts: &Parts, deal: DealId) -> Result<(), Problem> {
    let Some((_, Some(due))) = store::waiting(tx, deal).await? else { return Ok(()) };
    enqueue(tx, parts, &EscalateCase { deal, due }, due, Some(&format!("deals.escalate {deal}"))).await
}

/// What kind of answer an event is.
fn kind(event: &Event) -> Option<&'static str> {
    let said = |name: &str| event.data.get(name).and_then(Value::as_str);
    let from = said("from").and_then(Status::parse);
    Some(match event.kind.as_str() {
        "deal.approved" if from == Some(Status::Submitted) => "automatic",
        "deal.approved" => "approved",
        "deal.rejected" => "rejected",
        "deal.returned" => "returned",
        "deal.ruled" if said("status") == Some("approved") => "reversed",
        "deal.ruled" => "upheld",
        "deal.cancelled" => "revoked",
        _ => return None,
    })
}

async fn keep(tx: &mut Tx, deal: DealId, event: &Event, kind: &'static str) -> Result<(), Problem> {
    let Some(program) = event.program else { return Ok(()) };
    let due = event.data.get("answer_due").and_then(Value::as_str).and_then(Timestamp::parse);
    let clocked = !matches!(kind, "automatic" | "revoked");
    let asked_at =
        if clocked { store::asked_at(tx, deal, &ASKED).await?.unwrap_or(event.at) } else { event.at };
    let took = if clocked {
        let (_, _, rules) = programs::server::rules(tx, program).await?;
        rules.calendar.business_time_between(asked_at, event.at)
    } else {
        Span(0)
    };
    let answer = Answer { deal, vendor: event.vendor, program, kind, asked_at, due, at: event.at, took };
    store::keep_answer(tx, &answer).await
}

/// Tells those who are to be told that a deal has not been answered in time, once for each time that it was due.
#[derive(Serialize, Deserialize)]
pub(super) struct EscalateCase {
    deal: DealId,
    due: Timestamp,
}

impl Job for EscalateCase {
    const NAME: &'static str = "deals.escalate_case";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let parts_ = parts.clone();
        parts.db().write(async move |tx: &mut Tx| escalate(tx, &parts_, self.deal, self.due).await).await
    }
}

async fn escalate(tx: &mut Tx, parts: &Parts, id: DealId, due: Timestamp) -> Result<(), Problem> {
    let now = parts.clock().now();
    let Some(deal) = store::find(tx, id, Scope::System).await? else { return Ok(()) };
    if deal.answer_due != Some(due) || now < due {
        return Ok(());
    }
    if !store::keep_escalation(tx, &deal, due, now).await? {
        return Ok(());
    }
    let (_, _, rules) = programs::server::rules(tx, deal.program).await?;
    let happened = Happened {
        vendor: deal.vendor,
        kind: "deal.escalated",
        subject: id.to_string(),
        program: Some(deal.program),
        partner: Some(deal.partner),
        keys: ["deals", "queue", "overview", "scorecard"].map(str::to_owned).to_vec(),
        data: json!({
            "number": deal.number,
            "status": deal.status,
            "version": deal.version,
            "answer_due": due,
            "rule": programs::RuleId::Review,
            "escalate_to": rules.escalate_to,
        }),
    };
    events::append(tx, parts, &Actor::system(), happened).await.map(drop)
}

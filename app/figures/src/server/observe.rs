//! Keeps the sums in the transaction of the event that moves them.
use base::db::Tx;
use base::events::Event;
use base::{DealId, Observer, Parts, Problem};
use futures::future::LocalBoxFuture;
use sqlx::types::Uuid;

use super::days;
use super::store::{self, Counted, Place};
use crate::kpi::answer_bucket;

/// Registered with the program when it is assembled.
pub const OBSERVER: Observer = observe;

fn observe<'a>(tx: &'a mut Tx, _: &'a Parts, event: &'a Event) -> LocalBoxFuture<'a, Result<(), Problem>> {
    Box::pin(async move {
        if event.kind.starts_with("deal.") {
            deal(tx, event).await
        } else if event.kind == "opportunities.imported" || event.kind.starts_with("opportunity.") {
            store::count_moved(tx, event.vendor).await
        } else {
            Ok(())
        }
    })
}

async fn deal(tx: &mut Tx, event: &Event) -> Result<(), Problem> {
    let Ok(id) = event.subject.parse::<DealId>() else { return Ok(()) };
    let Some(now) = store::deal(tx, id.0).await? else { return Ok(()) };
    // A deal that is submitted as it is registered has gone on already: the events that follow count it.
    if event.kind == "deal.registered" && now.status != "draft" {
        return Ok(());
    }
    move_state(tx, id.0, event.vendor.0, &now).await?;
    store::note_zone(tx, now.program_id, event.seq).await?;
    flow(tx, event, &now).await
}

/// Takes away what the deal added before and adds what it adds now.
pub(super) async fn move_state(tx: &mut Tx, id: Uuid, vendor: Uuid, now: &Counted) -> Result<(), Problem> {
    let before = store::last_counted(tx, id).await?;
    if before.as_ref() == Some(now) {
        return Ok(());
    }
    if let Some(before) = before {
        store::add(tx, &state(vendor, &before), -1, -before.value_minor).await?;
    }
    store::add(tx, &state(vendor, now), 1, now.value_minor).await?;
    store::remember(tx, id, vendor, now).await
}

fn state(vendor: Uuid, counted: &Counted) -> Place<'_> {
    Place {
        vendor,
        partner: counted.partner_id,
        program: counted.program_id,
        metric: "deal.state",
        dim: &counted.status,
        day: "",
        currency: &counted.currency,
    }
}

/// What the event itself counts for, on its day in the program's time zone as it was then.
pub(super) async fn flow(tx: &mut Tx, event: &Event, deal: &Counted) -> Result<(), Problem> {
    let mut counts: Vec<(&str, String)> = Vec::new();
    let answer = |waited_ms: i64, in_time: Option<bool>| {
        let mut all = vec![("deal.answered", answer_bucket(waited_ms).to_string())];
        all.extend(in_time.map(|kept| ("deal.sla", if kept { "kept" } else { "late" }.to_owned())));
        all
    };
    match event.kind.as_str() {
        "deal.submitted" => {
            counts.push(("deal.submitted", String::new()));
        }
        "deal.conflict_found" => counts.push(("deal.conflict", String::new())),
        kind @ ("deal.approved" | "deal.rejected" | "deal.returned") => {
            let due = event.data["answer_due"].as_str().and_then(base::Timestamp::parse);
            // What is approved in the moment of its receipt is answered in time by itself.
            let in_time =
                due.map(|due| event.at <= due).or((event.data["from"] == "submitted").then_some(true));
            let submitted = store::submitted_at(tx, event).await?;
            let waited = submitted.map_or(0, |submitted| (event.at - submitted).0);
            let metric = if kind == "deal.approved" { "deal.approved" } else { "deal.refused" };
            counts.push((metric, kind.trim_start_matches("deal.").to_owned()));
            counts.extend(answer(waited, in_time));
        }
        _ => {}
    }
    if counts.is_empty() {
        return Ok(());
    }
    let zone = store::zone_at(tx, deal.program_id, event.seq).await?;
    let day = days::day(&zone, event.at).to_string();
    for (metric, dim) in counts {
        let place = Place {
            vendor: event.vendor.0,
            // Whoever had the deal when it happened, whoever has it later.
            partner: event.partner.map_or(deal.partner_id, |partner| partner.0),
            program: deal.program_id,
            metric,
            dim: &dim,
            day: &day,
            currency: "",
        };
        store::add(tx, &place, 1, 0).await?;
    }
    Ok(())
}

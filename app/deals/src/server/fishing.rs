//! Against fishing: pre-checks are limited and counted for each person of a partner, and the vendor is told of unusual use.
use base::db::Tx;
use base::events::{self, Happened};
use base::http::set_header;
use base::limit::{Class, Limits};
use base::{Actor, OrganizationId, Parts, Problem, ProgramId, Side, Span};
use serde_json::json;

use super::store::{self, Asker};
use crate::model::CheckVerdict;

/// How long counts are kept: as long as somebody may want to look into an event.
const KEPT: Span = Span::days(90);

/// Lets a person check as often as the limits say, whatever browser or key they ask with.
///
/// # Errors
/// `TooMany` with the seconds to wait.
pub(super) fn let_through(parts: &Parts, actor: &Actor) -> Result<(), Problem> {
    let sender = actor.user.map_or_else(|| actor.name.clone(), |user| user.to_string());
    let left = parts.limiter().take(Class::Check, &sender, parts.clock().now())?;
    for (name, value) in &left {
        set_header(name.clone(), value.clone());
    }
    Ok(())
}

/// Whether the vendor is told at this count: when it reaches what is usual, and at each doubling of it, so that a
/// script makes a handful of events and not thousands.
fn is_told(checks: u32, usual: u32) -> bool {
    checks.is_multiple_of(usual) && (checks / usual).is_power_of_two()
}

/// Counts a partner's check. What goes wrong here keeps no answer back.
pub(super) async fn count(
    parts: &Parts,
    actor: &Actor,
    (vendor, program): (OrganizationId, ProgramId),
    verdict: CheckVerdict,
) {
    let (Some(Side::Partner), Some(user), Ok(partner)) = (actor.side(), actor.user, actor.organization())
    else {
        return;
    };
    let asker = Asker { vendor, partner, user };
    let usual =
        parts.limiter().limits().map_or_else(|| Limits::default().unusual_checks, |own| own.unusual_checks);
    let (parts_, actor_) = (parts.clone(), actor.clone());
    let work = async move |tx: &mut Tx| {
        let now = parts_.clock().now();
        let (checks, hits) = store::count_check(tx, asker, verdict != CheckVerdict::Clear, now).await?;
        if !is_told(checks, usual) {
            return Ok(());
        }
        let data =
            json!({ "user": user, "partner": partner, "day": now.date(), "checks": checks, "hits": hits });
        let happened = Happened {
            vendor,
            kind: "checks.unusual",
            subject: partner.to_string(),
            program: Some(program),
            // The vendor's own affair: whoever fishes need not know that it was noticed.
            partner: None,
            keys: vec!["partners".to_owned()],
            data,
        };
        events::append(tx, &parts_, &actor_, happened).await.map(drop)
    };
    // An error of the engine is in the log already.
    let _ = parts.db().write(work).await;
}

/// Forgets counts that are older than 90 days.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn forget_old_checks(parts: &Parts) -> Result<(), Problem> {
    let before = parts.clock().now() - KEPT;
    parts.db().write(async move |tx: &mut Tx| store::forget_checks(tx, before).await).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vendor_is_told_at_what_is_unusual_and_at_each_doubling() {
        let told: Vec<u32> = (1..2000).filter(|checks| is_told(*checks, 200)).collect();
        assert_eq!(told, [200, 400, 800, 1600]);
    }
}

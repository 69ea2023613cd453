//! Performs the scorecard: how fast and how steadily the vendor answers.
use base::http::Perform;
use base::{Actor, Parts, Problem, Scope, Span};

use super::store::{self, Whose};
use crate::access::Do;
use crate::verbs::{GetScorecard, Scorecard};

/// Days looked back when nobody says.
const DAYS: u32 = 90;

impl Perform for GetScorecard {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Scorecard, Problem> {
        Do::List.by(actor, None)?;
        let mut tx = parts.db().read().await?;
        let scope = actor.scope();
        let vendor = match (self.program, scope) {
            (Some(id), _) => {
                programs::server::program_in(&mut tx, id, scope).await?.ok_or(Problem::NotFound)?.vendor
            }
            (None, Scope::Vendor(vendor)) => vendor,
            (None, _) => return Err(Problem::field("program", "required", "Say of which program.")),
        };
        let now = parts.clock().now();
        let since = now - Span::days(i64::from(self.days.unwrap_or(DAYS)));
        store::scorecard(&mut tx, &Whose { vendor, program: self.program, since, now }).await
    }
}

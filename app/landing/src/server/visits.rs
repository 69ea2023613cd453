//! Performs what is asked of visits.
use base::http::Perform;
use base::{Actor, Parts, Problem};

use super::{live, store};
use crate::access::Do;
use crate::model::Visits;
use crate::verbs::GetVisits;

/// Days that are told at most: a quarter.
const DAYS: i64 = 92;

impl Perform for GetVisits {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Visits, Problem> {
        Do::ReadVisits.by(actor, None)?;
        let campaign = live::campaign(parts, actor, self.id).await?;
        Do::ReadVisits.by(actor, Some(&campaign))?;
        let mut tx = parts.db().read().await?;
        let days = store::days(&mut tx, self.id, DAYS).await?;
        let (visits, visitors) = store::total(&mut tx, self.id).await?;
        let answers = leads::server::campaign_results(&mut tx, &[self.id]).await?;
        let answers = answers.first().map_or(0, |result| result.leads);
        Ok(Visits { campaign: self.id, visits, visitors, answers, days })
    }
}

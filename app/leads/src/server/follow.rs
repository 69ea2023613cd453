//! Follows the registration that a lead became: it is registered when the draft is submitted, and free of it when the
//! draft is withdrawn.
use base::db::Tx;
use base::events::Event;
use base::jobs::{Job, enqueue};
use base::{Actor, DealId, Observer, Parts, Problem, Scope};
use futures::future::LocalBoxFuture;
use serde::{Deserialize, Serialize};

use super::{jobs, store};
use crate::model::LeadState;
use crate::rules::Step;

/// Looks at the deals that leads became. The lead changes right after the deal's own transaction: vendors take the turn
/// of their leads before that of their deals, never the other way round.
pub const OBSERVER: Observer = observe;

fn observe<'a>(
    tx: &'a mut Tx,
    parts: &'a Parts,
    event: &'a Event,
) -> LocalBoxFuture<'a, Result<(), Problem>> {
    Box::pin(async move {
        if !matches!(event.kind.as_str(), "deal.submitted" | "deal.withdrawn") {
            return Ok(());
        }
        let Ok(deal) = event.subject.parse::<DealId>() else { return Ok(()) };
        if store::of_deal(tx, deal).await?.is_none() {
            return Ok(());
        }
        enqueue(tx, parts, &FollowDeal { deal }, event.at, Some(&format!("leads.follow {deal}"))).await
    })
}

/// Lets a lead follow its deal.
#[derive(Serialize, Deserialize)]
pub(super) struct FollowDeal {
    deal: DealId,
}

impl Job for FollowDeal {
    const NAME: &'static str = "leads.follow_deal";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let parts_ = parts.clone();
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let Some(lead) = store::of_deal(tx, self.deal).await? else { return Ok(()) };
                let Some(mut case) = jobs::open(tx, &parts_, lead).await? else { return Ok(()) };
                let Some(deal) = deals::server::deal_in(tx, self.deal, Scope::System).await? else {
                    return Ok(());
                };
                let is_begun =
                    matches!(case.lead.state, LeadState::Working { deal: Some(own), .. } if own == deal.id);
                let step = match deal.status {
                    deals::Status::Draft => return Ok(()),
                    deals::Status::Withdrawn if deal.priority_at.is_none() => {
                        Step::DropDeal { deal: deal.id }
                    }
                    _ => Step::DealSubmitted { deal: deal.id },
                };
                if !is_begun {
                    return Ok(());
                }
                case.step(&step)?;
                case.close(tx, &parts_, &Actor::system()).await.map(drop)
            })
            .await
    }
}

//! What campaigns hear of others: the last mail of a step is out, or a kit was called back.
use base::db::Tx;
use base::events::Event;
use base::jobs::{Job, enqueue};
use base::{Actor, KitId, Observer, Parts, Problem};
use futures::future::LocalBoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::case::Case;
use super::{launch, store};
use crate::rules::Step;

/// Follows mails and kits. A recall stops mails in the very transaction in which it is said; the campaigns themselves change
/// right after it, each with an event of its own.
pub const OBSERVER: Observer = observe;

fn observe<'a>(
    tx: &'a mut Tx,
    parts: &'a Parts,
    event: &'a Event,
) -> LocalBoxFuture<'a, Result<(), Problem>> {
    Box::pin(async move {
        let text = |name: &str| event.data.get(name).and_then(Value::as_str);
        match event.kind.as_str() {
            "mailing.step_sent" => {
                let named =
                    text("campaign").and_then(|id| id.parse().ok()).or_else(|| event.subject.parse().ok());
                match named {
                    Some(campaign) => launch::settle_soon(tx, parts, campaign).await,
                    None => Ok(()),
                }
            }
            "kit.recalled" => {
                let kit = text("kit").and_then(|id| id.parse().ok()).or_else(|| event.subject.parse().ok());
                let number = event.data.get("number").and_then(Value::as_u64);
                let (Some(kit), Some(number)) = (kit, number) else { return Ok(()) };
                let recall = RecallCampaigns {
                    kit,
                    number: number as u32,
                    reason: text("reason").unwrap_or_default().to_owned(),
                };
                for campaign in store::of_kit(tx, kit, recall.number).await? {
                    mailing::server::pause(tx, campaign).await?;
                }
                enqueue(tx, parts, &recall, event.at, Some(&format!("campaigns.recall {kit} {number}"))).await
            }
            _ => Ok(()),
        }
    })
}

/// Ends all campaigns of a version that was called back.
#[derive(Serialize, Deserialize)]
pub(super) struct RecallCampaigns {
    kit: KitId,
    number: u32,
    reason: String,
}

impl Job for RecallCampaigns {
    const NAME: &'static str = "campaigns.recall";
    async fn run(self, parts: &Parts) -> Result<(), Problem> {
        let campaigns = store::of_kit(&mut parts.db().read().await?, self.kit, self.number).await?;
        for campaign in campaigns {
            let (parts_, reason) = (parts.clone(), self.reason.clone());
            let work = async move |tx: &mut Tx| {
                let Some(mut case) = Case::by_system(tx, campaign).await? else { return Ok(()) };
                if case.campaign.state.is_over() {
                    return Ok(());
                }
                case.step(Step::Recall)?;
                case.campaign.recall_reason = reason;
                mailing::server::cancel(tx, campaign).await?;
                case.store(tx, &parts_, &Actor::system(), ("campaign.recalled", json!({}))).await
            };
            parts.db().write(work).await?;
        }
        Ok(())
    }
}

//! A campaign that is being moved, in the transaction that moves it.
use base::db::Tx;
use base::{Actor, CampaignId, Parts, Problem, Scope, Timestamp};
use serde_json::{Value, json};

use super::store::{self, Found};
use super::{announce, card};
use crate::access::Do;
use crate::model::{Campaign, CampaignState};
use crate::rules::{Step, states};

/// Opened by [`Case::open`], stored by [`Case::close`].
pub(super) struct Case {
    pub(super) campaign: Campaign,
    /// Whether the card is kept with it.
    pub(super) has_card: bool,
    /// Until when what was cancelled can be brought back.
    pub(super) until: Option<Timestamp>,
    from: CampaignState,
}

/// Without what the vendor does not see of it: who is written to.
pub(super) fn as_seen_by(campaign: Campaign, scope: Scope) -> Campaign {
    match scope {
        Scope::Vendor(_) => Campaign { audience: None, audience_name: None, ..campaign },
        Scope::Partner(_) | Scope::System | Scope::Nothing => campaign,
    }
}

impl Case {
    /// Opens a campaign for somebody who may do this.
    pub(super) async fn open(
        tx: &mut Tx,
        actor: &Actor,
        action: Do,
        (id, seen): (CampaignId, Option<u32>),
    ) -> Result<Self, Problem> {
        let found = store::find(tx, id, actor.scope()).await?.ok_or(Problem::NotFound)?;
        action.by(actor, Some(&found.campaign))?;
        if seen.is_some_and(|seen| seen != found.campaign.version) {
            return Err(Problem::Stale);
        }
        Self::of(tx, found).await
    }

    /// Opens a campaign for the system; none that is gone.
    pub(super) async fn by_system(tx: &mut Tx, id: CampaignId) -> Result<Option<Self>, Problem> {
        match store::find(tx, id, Scope::System).await? {
            Some(found) => Self::of(tx, found).await.map(Some),
            None => Ok(None),
        }
    }

    async fn of(tx: &mut Tx, found: Found) -> Result<Self, Problem> {
        let has_card = found.has_card;
        let campaign = card::with_card(tx, found).await?;
        Ok(Self { from: campaign.state, campaign, has_card, until: None })
    }

    /// Does a step, if the campaign's state lets it.
    pub(super) fn step(&mut self, step: Step) -> Result<(), Problem> {
        let (state, before) = (self.campaign.state, self.campaign.before);
        // What was paused, cancelled and brought back has lost where it came from; whether it was launched says it.
        let origin = if self.campaign.launched_at.is_some() {
            CampaignState::Sending
        } else {
            CampaignState::Scheduled
        };
        let before = if step == Step::Resume { before.or(Some(origin)) } else { before };
        self.campaign.state = states::step(state, step, before)?;
        self.campaign.before = matches!(step, Step::Pause | Step::Cancel).then_some(state);
        if matches!(step, Step::Change | Step::SendBack | Step::TakeBack) {
            self.has_card = false;
            self.campaign.asked_at = None;
        }
        Ok(())
    }

    /// Stores it and says what happened.
    pub(super) async fn store(
        &mut self,
        tx: &mut Tx,
        parts: &Parts,
        actor: &Actor,
        (kind, mut data): (&'static str, Value),
    ) -> Result<(), Problem> {
        self.campaign.changed_at = parts.clock().now();
        store::update(tx, &self.campaign, self.has_card, self.until).await?;
        self.campaign.version += 1;
        data["name"] = json!(self.campaign.name);
        data["from"] = json!(self.from);
        data["to"] = json!(self.campaign.state);
        data["kit"] = json!(self.campaign.kit);
        data["version"] = json!(self.campaign.version);
        announce(tx, parts, actor, kind, (&self.campaign, data)).await
    }

    /// Stores it, says what happened, and gives it back as the actor sees it.
    pub(super) async fn close(
        mut self,
        tx: &mut Tx,
        parts: &Parts,
        actor: &Actor,
        told: (&'static str, Value),
    ) -> Result<Campaign, Problem> {
        self.store(tx, parts, actor, told).await?;
        super::campaign_in(tx, self.campaign.id, actor.scope()).await?.ok_or(Problem::NotFound)
    }
}

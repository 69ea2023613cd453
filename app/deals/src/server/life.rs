//! Performs what keeps a deal alive, joins it with the CRM, and lets both sides talk about it.
use base::db::Tx;
use base::events::{self, Happened};
use base::http::Perform;
use base::{Actor, Page, Parts, Problem, Side};
use serde_json::{Value, json};

use super::case::Case;
use super::moves::not_ahead;
use super::{crm, store};
use crate::access::Do;
use crate::model::{Deal, DealVersion, Evidence, Person, TimelineEntry};
use crate::rules::{Step, changes};
use crate::verbs::{
    CloseDeal, ConvertDeal, DealOutcome, FROM_PARTNER, FROM_VENDOR, ListDealVersions, ShowActivity,
    WriteMessage,
};

impl Perform for ShowActivity {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
        Do::ShowActivity.by(actor, None)?;
        let piece = Evidence { kind: self.kind, on: self.on, note: self.note };
        not_ahead(std::slice::from_ref(&piece), parts.clock().now().date())
            .map_err(|_| Problem::field("on", "in_the_future", "This day is still to come."))?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let mut case = Case::open(tx, &parts_, &actor_, Do::ShowActivity, (self.id, None)).await?;
                case.step(&Step::ShowActivity)?;
                case.show(vec![piece]);
                case.close(tx, &parts_, &actor_).await
            })
            .await
    }
}

impl Perform for ConvertDeal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
        Do::Convert.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let mut case = Case::open(tx, &parts_, &actor_, Do::Convert, (self.id, self.version)).await?;
                crm::convert(tx, &parts_, &actor_, &mut case, self.opportunity).await?;
                case.close(tx, &parts_, &actor_).await
            })
            .await
    }
}

impl Perform for CloseDeal {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Deal, Problem> {
        Do::Close.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let mut case = Case::open(tx, &parts_, &actor_, Do::Close, (self.id, self.version)).await?;
                let won = self.outcome == DealOutcome::Won;
                case.step(if won { &Step::Win } else { &Step::Lose })?;
                case.note(self.note);
                crm::close_opportunity(tx, &parts_, &actor_, &case.deal, won).await?;
                case.close(tx, &parts_, &actor_).await
            })
            .await
    }
}

impl Perform for ListDealVersions {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<DealVersion>, Problem> {
        let mut tx = parts.db().read().await?;
        super::ask::read(&mut tx, actor, self.id).await?;
        let kept = store::versions(&mut tx, self.id).await?;
        let before = std::iter::once(None).chain(kept.iter().map(Some));
        let versions = kept.iter().zip(before).map(|(one, before)| DealVersion {
            number: one.number,
            at: one.at,
            by: one.by.clone(),
            changes: before.map(|before| changes(&before.claim, &one.claim)).unwrap_or_default(),
        });
        Ok(Page::whole(versions.collect()))
    }
}

impl Perform for WriteMessage {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<TimelineEntry, Problem> {
        Do::Write.by(actor, None)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let deal = store::find(tx, self.id, actor_.scope()).await?.ok_or(Problem::NotFound)?;
                Do::Write.by(&actor_, Some(&deal))?;
                let kind = if actor_.side() == Some(Side::Partner) { FROM_PARTNER } else { FROM_VENDOR };
                let happened = Happened {
                    vendor: deal.vendor,
                    kind,
                    subject: deal.id.to_string(),
                    program: Some(deal.program),
                    partner: Some(deal.partner),
                    keys: Vec::new(),
                    data: json!({ "number": deal.number }),
                };
                let event = events::append(tx, &parts_, &actor_, happened).await?;
                let text = self.text.trim();
                store::keep_message(tx, deal.id, event.id, text).await?;
                let mut data = event.data.clone();
                data["note"] = Value::String(text.to_owned());
                let actor = Person { name: event.actor.name.clone(), user: event.actor.user };
                Ok(TimelineEntry {
                    id: event.id,
                    at: event.at,
                    kind: event.kind.clone(),
                    actor,
                    from: None,
                    status: None,
                    data,
                })
            })
            .await
    }
}

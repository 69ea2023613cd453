//! Kits are published, recalled, retired: one unit of work with one event in it.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, FieldError, Parts, Problem};
use creative::check::Weight;
use serde_json::json;

use super::ask::{content_of, kit_of, whole};
use super::make::unchanged;
use super::{announce, store, store_versions};
use crate::access::Do;
use crate::model::{KitContent, KitRecall, KitState, KitVersion, KitVersionState, WholeKit};
use crate::rules::{self, Refusal, Step};
use crate::sample;
use crate::verbs::{PublishKit, RecallKit, RetireKit};

/// Whether a partner with a full card could send it: what is found then is the kit's own fault.
fn sendable(content: &KitContent) -> Result<(), Problem> {
    let errors = rules::publishable(content);
    if !errors.is_empty() {
        let errors = errors
            .into_iter()
            .map(|error| FieldError { field: format!("content.{}", error.field), ..error })
            .collect();
        return Err(Problem::Invalid { errors });
    }
    if sample::found(content).iter().any(|found| found.weight == Weight::Stops) {
        Err(Refusal::CheckStops.into())
    } else {
        Ok(())
    }
}

impl Perform for PublishKit {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<WholeKit, Problem> {
        Do::Publish.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let kit = kit_of(tx, &actor_, self.id).await?;
            unchanged(self.version, &kit)?;
            let state = rules::step(kit.state, Step::Publish)?;
            let (content, _) = content_of(tx, &actor_, &kit).await?;
            if kit.state == KitState::Published && is_same(tx, &kit.id, kit.number, &content).await? {
                return Err(Refusal::NothingNew.into());
            }
            sendable(&content)?;
            let now = parts_.clock().now();
            let version = KitVersion {
                kit: kit.id,
                number: kit.number + 1,
                name: content.name.clone(),
                about: content.about.clone(),
                topic: content.topic,
                assets: content.assets.clone(),
                rules: content.rules.clone(),
                state: KitVersionState::Published,
                published_at: now,
                published_by_name: actor_.name.clone(),
                note: self.note.trim().to_owned(),
            };
            store_versions::publish(tx, &version, actor_.user).await?;
            let change = store::Change {
                kit: &kit,
                state,
                number: version.number,
                shown: Some(&content),
                draft: None,
                based_on: version.number,
                published_at: Some(now),
                at: now,
                by: &actor_.name,
            };
            store::update(tx, &change).await?;
            let data = json!({ "kit": kit.id, "number": version.number, "assets": version.assets.len() });
            announce(tx, &parts_, &actor_, "kit.published", &kit, data).await?;
            whole(tx, &actor_, kit.id).await
        };
        parts.db().write(work).await
    }
}

async fn is_same(tx: &mut Tx, kit: &base::KitId, number: u32, content: &KitContent) -> Result<bool, Problem> {
    let published = store_versions::find(tx, *kit, number).await?;
    Ok(published.is_some_and(|version| version.content() == *content))
}

impl Perform for RecallKit {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<WholeKit, Problem> {
        Do::Publish.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let kit = kit_of(tx, &actor_, self.id).await?;
            if kit.state == KitState::Draft {
                return Err(Refusal::NeverPublished.into());
            }
            let number = self.number.unwrap_or(kit.number);
            let unknown = || Problem::field("number", "unknown", "There is no such version.");
            let version = store_versions::find(tx, kit.id, number).await?.ok_or_else(unknown)?;
            let state = rules::recall(kit.state, number == kit.number, version.state)?;
            let now = parts_.clock().now();
            let recall =
                KitRecall { at: now, by_name: actor_.name.clone(), reason: self.reason.trim().to_owned() };
            store_versions::recall(tx, kit.id, number, &recall).await?;
            let draft = store::draft(tx, kit.id).await?;
            let change = store::Change {
                kit: &kit,
                state,
                number: kit.number,
                shown: None,
                draft: draft.as_ref().map(|(content, _)| content),
                based_on: draft.as_ref().map_or(kit.number, |(_, based_on)| *based_on),
                published_at: kit.published_at,
                at: now,
                by: &actor_.name,
            };
            store::update(tx, &change).await?;
            let data = json!({ "kit": kit.id, "number": number, "reason": recall.reason });
            announce(tx, &parts_, &actor_, "kit.recalled", &kit, data).await?;
            whole(tx, &actor_, kit.id).await
        };
        parts.db().write(work).await
    }
}

impl Perform for RetireKit {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<WholeKit, Problem> {
        Do::Publish.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let kit = kit_of(tx, &actor_, self.id).await?;
            let state = rules::step(kit.state, Step::Retire)?;
            let draft = store::draft(tx, kit.id).await?;
            let change = store::Change {
                kit: &kit,
                state,
                number: kit.number,
                shown: None,
                draft: draft.as_ref().map(|(content, _)| content),
                based_on: draft.as_ref().map_or(kit.number, |(_, based_on)| *based_on),
                published_at: kit.published_at,
                at: parts_.clock().now(),
                by: &actor_.name,
            };
            store::update(tx, &change).await?;
            let data = json!({ "kit": kit.id, "number": kit.number });
            announce(tx, &parts_, &actor_, "kit.retired", &kit, data).await?;
            whole(tx, &actor_, kit.id).await
        };
        parts.db().write(work).await
    }
}

//! Kits are made, drafts kept, thrown away, removed: one unit of work with one event in it.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, KitId, Parts, Problem};
use creative::{BrandRules, Topic, ready};
use programs::Program;
use serde_json::json;

use super::ask::{content_of, in_language, kit_of, whole};
use super::{announce, store};
use crate::access::Do;
use crate::glance::Glance;
use crate::model::{Kit, KitContent, KitState, WholeKit};
use crate::rules::{self, Refusal, Step};
use crate::verbs::{CreateKit, DeleteKit, DiscardKitDraft, KeepKitDraft};

/// What is wrong with a draft, below the field that it came in.
pub(super) fn sound(content: &KitContent) -> Result<(), Problem> {
    let errors: Vec<_> = rules::drafted(content)
        .into_iter()
        .map(|error| base::FieldError { field: format!("content.{}", error.field), ..error })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Problem::Invalid { errors }) }
}

/// Fails with `Stale` when a version was given and is not the present one.
pub(super) fn unchanged(seen: Option<u32>, kit: &Kit) -> Result<(), Problem> {
    match seen {
        Some(seen) if seen != kit.version => Err(Problem::Stale),
        _ => Ok(()),
    }
}

impl CreateKit {
    /// What the kit begins with.
    async fn content(&self, tx: &mut Tx, actor: &Actor) -> Result<KitContent, Problem> {
        let unknown = |field: &str| Problem::field(field, "unknown", "There is no such kit.");
        let made_from = match (&self.ready, self.copy_of) {
            (Some(_), Some(_)) => {
                return Err(Problem::field("copy_of", "twice", "Take a ready kit or a copy, not both."));
            }
            (Some(key), None) => {
                let ready = ready::kits().into_iter().find(|ready| ready.key == key);
                let ready = ready.ok_or_else(|| unknown("ready"))?;
                let language = self.language.as_deref();
                KitContent {
                    name: in_language(&ready.name, language),
                    about: in_language(&ready.about, language),
                    topic: ready.topic,
                    assets: ready.assets,
                    rules: ready.rules,
                }
            }
            (None, Some(other)) => {
                let other = store::find(tx, other, actor.scope()).await?.ok_or_else(|| unknown("copy_of"))?;
                content_of(tx, actor, &other).await?.0
            }
            (None, None) => KitContent {
                name: String::new(),
                about: String::new(),
                topic: Topic::ProductLaunch,
                assets: Vec::new(),
                rules: BrandRules::default(),
            },
        };
        let name = self.name.as_deref().map(str::trim).map_or(made_from.name, str::to_owned);
        if name.is_empty() {
            return Err(Problem::Invalid { errors: vec![base::FieldError::required("name")] });
        }
        Ok(KitContent { name, topic: self.topic.unwrap_or(made_from.topic), ..made_from })
    }
}

/// A kit that is begun now.
fn begun(parts: &Parts, actor: &Actor, program: &Program, content: &KitContent) -> Kit {
    let now = parts.clock().now();
    let Glance { languages, kinds, motif } = Glance::of(&content.assets);
    Kit {
        id: KitId(parts.id(now)),
        vendor: program.vendor,
        program: program.id,
        program_name: program.name.clone(),
        brand: program.brand,
        brand_name: program.brand_name.clone(),
        colour: String::new(),
        name: content.name.clone(),
        about: content.about.clone(),
        topic: content.topic,
        state: KitState::Draft,
        number: 0,
        languages,
        kinds,
        motif,
        is_drafted: true,
        changed_at: now,
        changed_by_name: Some(actor.name.clone()),
        published_at: None,
        created_at: now,
        version: 1,
    }
}

impl Perform for CreateKit {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<WholeKit, Problem> {
        Do::Edit.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let program = programs::server::program_in(tx, self.program, actor_.scope()).await?;
            let program =
                program.ok_or_else(|| Problem::field("program", "unknown", "There is no such program."))?;
            let content = self.content(tx, &actor_).await?;
            let kit = begun(&parts_, &actor_, &program, &content);
            store::insert(tx, &kit, &content, &actor_.name).await?;
            let data = json!({ "ready": self.ready, "copy_of": self.copy_of, "topic": content.topic });
            announce(tx, &parts_, &actor_, "kit.created", &kit, data).await?;
            whole(tx, &actor_, kit.id).await
        };
        parts.db().write(work).await
    }
}

impl Perform for KeepKitDraft {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<WholeKit, Problem> {
        Do::Edit.by(actor)?;
        sound(&self.content)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let kit = kit_of(tx, &actor_, self.id).await?;
            unchanged(self.version, &kit)?;
            let state = rules::step(kit.state, Step::Keep)?;
            let based_on = store::draft(tx, kit.id).await?.map_or(kit.number, |(_, based_on)| based_on);
            let change = store::Change {
                kit: &kit,
                state,
                number: kit.number,
                // Lists show what is published as it was published.
                shown: (kit.number == 0).then_some(&self.content),
                draft: Some(&self.content),
                based_on,
                published_at: kit.published_at,
                at: parts_.clock().now(),
                by: &actor_.name,
            };
            store::update(tx, &change).await?;
            let data = json!({ "based_on": based_on, "assets": self.content.assets.len() });
            announce(tx, &parts_, &actor_, "kit.drafted", &kit, data).await?;
            whole(tx, &actor_, kit.id).await
        };
        parts.db().write(work).await
    }
}

impl Perform for DiscardKitDraft {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<WholeKit, Problem> {
        Do::Edit.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let kit = kit_of(tx, &actor_, self.id).await?;
            let state = rules::step(kit.state, Step::Discard)?;
            if kit.is_drafted {
                let change = store::Change {
                    kit: &kit,
                    state,
                    number: kit.number,
                    shown: None,
                    draft: None,
                    based_on: kit.number,
                    published_at: kit.published_at,
                    at: parts_.clock().now(),
                    by: &actor_.name,
                };
                store::update(tx, &change).await?;
                announce(tx, &parts_, &actor_, "kit.discarded", &kit, json!({})).await?;
            }
            whole(tx, &actor_, kit.id).await
        };
        parts.db().write(work).await
    }
}

impl Perform for DeleteKit {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Kit, Problem> {
        Do::Edit.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let kit = kit_of(tx, &actor_, self.id).await?;
            rules::step(kit.state, Step::Delete).map_err(|refusal: Refusal| Problem::from(refusal))?;
            store::delete(tx, kit.id).await?;
            announce(tx, &parts_, &actor_, "kit.deleted", &kit, json!({})).await?;
            Ok(kit)
        };
        parts.db().write(work).await
    }
}

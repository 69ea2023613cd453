//! Performs what only reads: lists, one kit, its versions.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, KitId, Page, Parts, Problem, Scope, page_rows};
use creative::ready::{self, ReadyKit};

use super::{store, store_versions};
use crate::access::Do;
use crate::glance::Glance;
use crate::model::{Kit, KitContent, KitVersion, KitVersionRow, ReadyKitCard, WholeKit};
use crate::verbs::{GetKit, GetKitVersion, ListKitVersions, ListKits, ListReadyKits};

/// One kit that the actor may see.
pub(super) async fn kit_of(tx: &mut Tx, actor: &Actor, id: KitId) -> Result<Kit, Problem> {
    Do::Read.by(actor)?;
    store::find(tx, id, actor.scope()).await?.ok_or(Problem::NotFound)
}

/// What the actor sees in a kit: what is being made of it, or what is published.
pub(super) async fn content_of(tx: &mut Tx, actor: &Actor, kit: &Kit) -> Result<(KitContent, u32), Problem> {
    let drafted = match actor.scope() {
        Scope::Partner(_) => None,
        _ => store::draft(tx, kit.id).await?,
    };
    if let Some(drafted) = drafted {
        return Ok(drafted);
    }
    let version = store_versions::find(tx, kit.id, kit.number).await?;
    let version = version.ok_or_else(|| Problem::internal(format!("{} has no content", kit.id)))?;
    Ok((version.content(), kit.number))
}

pub(super) async fn whole(tx: &mut Tx, actor: &Actor, id: KitId) -> Result<WholeKit, Problem> {
    let kit = kit_of(tx, actor, id).await?;
    let (content, based_on) = content_of(tx, actor, &kit).await?;
    Ok(WholeKit { kit, content, based_on })
}

impl Perform for ListKits {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Kit>, Problem> {
        Do::Read.by(actor)?;
        let mut tx = parts.db().read().await?;
        store::list(&mut tx, &self, actor.scope()).await
    }
}

impl Perform for GetKit {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<WholeKit, Problem> {
        let mut tx = parts.db().read().await?;
        whole(&mut tx, actor, self.id).await
    }
}

/// A text in a language, else in English, else in the first there is.
pub(super) fn in_language(
    texts: &std::collections::BTreeMap<String, String>,
    language: Option<&str>,
) -> String {
    let of = |tag: &str| texts.get(tag);
    let wanted = language.and_then(|tag| of(tag).or_else(|| of(tag.split('-').next().unwrap_or_default())));
    wanted.or_else(|| of("en")).or_else(|| texts.values().next()).cloned().unwrap_or_default()
}

fn card(kit: ReadyKit, language: Option<&str>) -> ReadyKitCard {
    let Glance { languages, kinds, motif } = Glance::of(&kit.assets);
    ReadyKitCard {
        key: kit.key.to_owned(),
        name: in_language(&kit.name, language),
        about: in_language(&kit.about, language),
        topic: kit.topic,
        languages,
        kinds,
        motif,
    }
}

impl Perform for ListReadyKits {
    async fn perform(self, _: &Parts, actor: &Actor) -> Result<Page<ReadyKitCard>, Problem> {
        Do::Edit.by(actor)?;
        let cards = ready::kits().into_iter().map(|kit| card(kit, self.language.as_deref()));
        Ok(Page::whole(cards.collect()))
    }
}

impl Perform for ListKitVersions {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<KitVersionRow>, Problem> {
        Do::ReadDrafts.by(actor)?;
        let mut tx = parts.db().read().await?;
        let kit = kit_of(&mut tx, actor, self.id).await?;
        let unknown = |_| Problem::field("cursor", "unknown", "This is not a cursor that this list gave.");
        let before = self.cursor.as_deref().map(|text| text.parse::<u32>().map_err(unknown)).transpose()?;
        let limit = page_rows(self.limit);
        let (rows, total) = store_versions::list(&mut tx, kit.id, before, limit).await?;
        Ok(Page::cut(rows, limit, total, |last: &KitVersionRow| last.number.to_string()))
    }
}

impl Perform for GetKitVersion {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<KitVersion, Problem> {
        Do::ReadDrafts.by(actor)?;
        let mut tx = parts.db().read().await?;
        let kit = kit_of(&mut tx, actor, self.id).await?;
        store_versions::find(&mut tx, kit.id, self.number).await?.ok_or(Problem::NotFound)
    }
}

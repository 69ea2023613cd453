//! Drafts are kept, published, brought back: one unit of work with one event in it.
use base::db::Tx;
use base::events::{self, Happened};
use base::http::Perform;
use base::{Actor, Parts, Problem, Timestamp, UserId};
use programs::Brand;
use serde_json::{Value, json};

use super::pictures::known;
use super::{brand_of, store, theme_of};
use crate::model::{BrandTheme, Theme, ThemeVersion};
use crate::rules;
use crate::verbs::{DiscardThemeDraft, KeepThemeDraft, PublishTheme, RollBackTheme};

pub(super) async fn announce(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    kind: &'static str,
    brand: &Brand,
    data: Value,
) -> Result<(), Problem> {
    let happened = Happened {
        vendor: brand.vendor,
        kind,
        subject: brand.id.to_string(),
        program: None,
        partner: None,
        keys: vec!["brands".to_owned(), brand.id.to_string()],
        data,
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}

/// The draft must be the one that was seen.
async fn unchanged(tx: &mut Tx, brand: &Brand, seen: Option<u32>) -> Result<u32, Problem> {
    let version = store::draft(tx, brand.id).await?.map_or(0, |draft| draft.version);
    match seen {
        Some(seen) if seen != version => Err(Problem::Stale),
        _ => Ok(version),
    }
}

impl Perform for KeepThemeDraft {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<BrandTheme, Problem> {
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let brand = brand_of(tx, &actor_, self.id).await?;
            let version = unchanged(tx, &brand, self.version).await?;
            known(tx, &brand, &self.theme).await?;
            let based_on = store::current(tx, brand.id).await?.map_or(0, |version| version.number);
            let kept = store::Draft {
                theme: self.theme,
                based_on,
                changed_at: parts_.clock().now(),
                changed_by_name: actor_.name.clone(),
                version: version + 1,
            };
            store::keep(tx, brand.id, &kept).await?;
            let data = json!({ "draft": kept.version, "based_on": based_on });
            announce(tx, &parts_, &actor_, "brand.theme_drafted", &brand, data).await?;
            theme_of(tx, &brand).await
        };
        parts.db().write(work).await
    }
}

impl Perform for DiscardThemeDraft {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<BrandTheme, Problem> {
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let brand = brand_of(tx, &actor_, self.id).await?;
            if store::discard(tx, brand.id).await? {
                announce(tx, &parts_, &actor_, "brand.theme_discarded", &brand, json!({})).await?;
            }
            theme_of(tx, &brand).await
        };
        parts.db().write(work).await
    }
}

/// What is published, and whose doing it is.
pub(super) struct Publication {
    pub(super) theme: Theme,
    pub(super) note: String,
    pub(super) same_as: Option<u32>,
    pub(super) by: (Option<UserId>, String),
    /// For when it waited, if it did.
    pub(super) waited_until: Option<Timestamp>,
}

impl Publication {
    fn of(actor: &Actor, theme: Theme, note: String, same_as: Option<u32>) -> Self {
        Self { theme, note, same_as, by: (actor.user, actor.name.clone()), waited_until: None }
    }
}

/// Publishes a theme within a unit of work. What is coloured by hue and chroma alone follows: marks beside other
/// brands; and what the brand says is kept with it.
pub(super) async fn publish(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    brand: &Brand,
    what: Publication,
) -> Result<(), Problem> {
    let Publication { theme, note, same_as, by: (user, name), waited_until } = what;
    let number = store::current(tx, brand.id).await?.map_or(0, |version| version.number) + 1;
    let version = ThemeVersion {
        brand: brand.id,
        number,
        note,
        same_as,
        published_at: parts.clock().now(),
        published_by_name: name,
        theme,
    };
    store::publish(tx, &version, &rules::css(&version.theme), user).await?;
    // What waited may not be what is being made by now.
    let drafted = store::draft(tx, brand.id).await?;
    if waited_until.is_none() || drafted.is_some_and(|draft| draft.theme == version.theme) {
        store::discard(tx, brand.id).await?;
    }
    let colour = rules::hue_and_chroma(&version.theme);
    programs::server::dress_brand(tx, brand.id, colour, number, &version.theme.voice).await?;
    let data = json!({ "number": number, "same_as": same_as, "colour": version.theme.colour,
        "waited_until": waited_until });
    announce(tx, parts, actor, "brand.theme_published", brand, data).await
}

impl Perform for PublishTheme {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<BrandTheme, Problem> {
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let brand = brand_of(tx, &actor_, self.id).await?;
            unchanged(tx, &brand, self.version).await?;
            known(tx, &brand, &self.theme).await?;
            let what = Publication::of(&actor_, self.theme, self.note.trim().to_owned(), None);
            publish(tx, &parts_, &actor_, &brand, what).await?;
            theme_of(tx, &brand).await
        };
        parts.db().write(work).await
    }
}

impl Perform for RollBackTheme {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<BrandTheme, Problem> {
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let work = async move |tx: &mut Tx| {
            let brand = brand_of(tx, &actor_, self.id).await?;
            let current = store::current(tx, brand.id).await?.map_or(0, |version| version.number);
            if self.number == current {
                return Err(Problem::refused("worn_already", "The brand wears this version already."));
            }
            let version = store::version(tx, brand.id, self.number).await?;
            let unknown = || Problem::field("number", "unknown", "There is no such version.");
            let ThemeVersion { theme, note, number, .. } = version.ok_or_else(unknown)?;
            let what = Publication::of(&actor_, theme, note, Some(number));
            publish(tx, &parts_, &actor_, &brand, what).await?;
            theme_of(tx, &brand).await
        };
        parts.db().write(work).await
    }
}

//! Brands: listed, made, changed.
use base::db::Tx;
use base::events::{self, Happened};
use base::http::Perform;
use base::{Actor, BrandId, OrganizationId, Page, Parts, Problem, Scope, page_rows};
use kit::Voice;
use serde_json::json;

use super::{store, unchanged};
use crate::{Brand, ChangeBrand, CreateBrand, Do, ListBrands};

impl Perform for ListBrands {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Brand>, Problem> {
        Do::Read.by(actor)?;
        let mut tx = parts.db().read().await?;
        let limit = page_rows(self.limit);
        let (rows, total) = store::list_brands(&mut tx, &self, actor.scope(), limit).await?;
        Ok(Page::cut(rows, limit, total, |brand| brand.id.to_string()))
    }
}

impl Perform for CreateBrand {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Brand, Problem> {
        Do::EditBrand.by(actor)?;
        let vendor = actor.organization()?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts.db().write(async move |tx: &mut Tx| add_brand(tx, &parts_, &actor_, vendor, self).await).await
    }
}

/// Makes a brand of a vendor within a unit of work.
///
/// # Errors
/// `Invalid` when the slug is taken.
pub async fn add_brand(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    vendor: OrganizationId,
    asked: CreateBrand,
) -> Result<Brand, Problem> {
    let brand = Brand {
        id: BrandId(parts.id(parts.clock().now())),
        vendor,
        slug: asked.slug.unwrap_or_else(|| organizations::rules::slug_of(&asked.name)),
        name: asked.name.trim().to_owned(),
        hue: asked.hue,
        chroma: rounded(asked.chroma),
        sender_name: None,
        sender_email: None,
        version: 1,
    };
    store::insert_brand(tx, &brand).await?;
    announce(tx, parts, actor, "brand.created", &brand).await?;
    Ok(brand)
}

/// One brand, if the scope sees it.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn brand_in(tx: &mut Tx, id: BrandId, scope: Scope) -> Result<Option<Brand>, Problem> {
    store::find_brand(tx, id, scope).await
}

/// Gives a brand the hue (0 to 359) and chroma (thousandths) of the theme that was published for it, that theme's number,
/// and what it says; told by that event.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn dress_brand(
    tx: &mut Tx,
    id: BrandId,
    colour: (u16, u16),
    face: u32,
    voice: &Voice,
) -> Result<(), Problem> {
    let voice = (!voice.is_silent()).then(|| serde_json::to_string(voice)).transpose();
    store::dress_brand(tx, id, colour, face, voice.map_err(Problem::internal)?.as_deref()).await
}

impl Perform for ChangeBrand {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Brand, Problem> {
        Do::EditBrand.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let old = store::find_brand(tx, self.id, actor_.scope()).await?.ok_or(Problem::NotFound)?;
                unchanged(self.version, old.version)?;
                let brand = Brand {
                    name: self.name.map_or(old.name, |name| name.trim().to_owned()),
                    slug: self.slug.unwrap_or(old.slug),
                    hue: self.hue.unwrap_or(old.hue),
                    chroma: self.chroma.map_or(old.chroma, rounded),
                    sender_name: given(self.sender_name, old.sender_name),
                    sender_email: given(self.sender_email, old.sender_email),
                    version: old.version + 1,
                    ..old
                };
                store::update_brand(tx, &brand).await?;
                announce(tx, &parts_, &actor_, "brand.changed", &brand).await?;
                Ok(brand)
            })
            .await
    }
}

/// What was given in place of what was; an empty text takes it away.
fn given(text: Option<String>, old: Option<String>) -> Option<String> {
    match text {
        None => old,
        Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
    }
}

/// Three decimals are kept.
fn rounded(chroma: f64) -> f64 {
    (chroma * 1000.0).round() / 1000.0
}

async fn announce(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    kind: &'static str,
    brand: &Brand,
) -> Result<(), Problem> {
    let happened = Happened {
        vendor: brand.vendor,
        kind,
        subject: brand.id.to_string(),
        program: None,
        partner: None,
        keys: vec!["brands".to_owned()],
        data: json!({ "name": brand.name, "slug": brand.slug, "hue": brand.hue, "chroma": brand.chroma }),
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}

//! Products: listed, added, changed.
use base::db::Tx;
use base::events::{self, Happened};
use base::http::Perform;
use base::{Actor, Money, OrganizationId, Page, Parts, Problem, ProductId, Scope, page_rows};
use serde_json::json;

use super::{store, unchanged};
use crate::{ChangeProduct, CreateProduct, Do, ListProducts, Product};

impl Perform for ListProducts {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Product>, Problem> {
        Do::Read.by(actor)?;
        let mut tx = parts.db().read().await?;
        let limit = page_rows(self.limit);
        let (rows, total) = store::list_products(&mut tx, &self, actor.scope(), limit).await?;
        Ok(Page::cut(rows, limit, total, |product| product.id.to_string()))
    }
}

impl Perform for CreateProduct {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Product, Problem> {
        Do::EditProduct.by(actor)?;
        let vendor = actor.organization()?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts.db().write(async move |tx: &mut Tx| add_product(tx, &parts_, &actor_, vendor, self).await).await
    }
}

/// Adds a product of a vendor within a unit of work.
///
/// # Errors
/// `Invalid` when the SKU is taken or the brand is not the vendor's.
pub async fn add_product(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    vendor: OrganizationId,
    asked: CreateProduct,
) -> Result<Product, Problem> {
    if let Some(brand) = asked.brand {
        let own = store::find_brand(tx, brand, Scope::Vendor(vendor)).await?;
        own.ok_or_else(|| Problem::field("brand", "unknown", "There is no such brand."))?;
    }
    let now = parts.clock().now();
    let product = Product {
        id: ProductId(parts.id(now)),
        vendor,
        brand: asked.brand,
        sku: asked.sku.trim().to_owned(),
        name: asked.name.trim().to_owned(),
        family: asked.family.trim().to_owned(),
        list_price: asked.list_price,
        active: true,
        version: 1,
    };
    store::insert_product(tx, &product, now).await?;
    announce(tx, parts, actor, "product.created", &product).await?;
    Ok(product)
}

impl Perform for ChangeProduct {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Product, Problem> {
        Do::EditProduct.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        let scope = actor.scope();
        parts
            .db()
            .write(async move |tx: &mut Tx| change_product(tx, &parts_, &actor_, scope, self).await)
            .await
    }
}

/// Changes a product that a scope sees within a unit of work.
///
/// # Errors
/// `NotFound`, or `Stale` when another version than the present was seen.
pub async fn change_product(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    scope: Scope,
    asked: ChangeProduct,
) -> Result<Product, Problem> {
    let old = store::find_product(tx, asked.id, scope).await?.ok_or(Problem::NotFound)?;
    unchanged(asked.version, old.version)?;
    let product = Product {
        name: asked.name.map_or(old.name, |name| name.trim().to_owned()),
        family: asked.family.map_or(old.family, |family| family.trim().to_owned()),
        list_price: asked.list_price.or(old.list_price),
        active: asked.active.unwrap_or(old.active),
        version: old.version + 1,
        ..old
    };
    store::update_product(tx, &product).await?;
    announce(tx, parts, actor, "product.changed", &product).await?;
    Ok(product)
}

async fn announce(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    kind: &'static str,
    product: &Product,
) -> Result<(), Problem> {
    let happened = Happened {
        vendor: product.vendor,
        kind,
        subject: product.id.to_string(),
        program: None,
        partner: None,
        keys: vec!["products".to_owned()],
        data: json!({
            "sku": product.sku,
            "name": product.name,
            "family": product.family,
            "list_price": product.list_price.map(|price: Money| json!(price)),
            "active": product.active,
        }),
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}

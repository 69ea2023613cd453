//! Performs the verbs, and what other slices may ask of programs within their own transactions.
mod brands;
mod drafts;
mod products;
mod programs;
mod publish;
mod store;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use base::db::{Migrations, Tx};
use base::http::{Mounted, mounted};
use base::jobs::{JobKind, job};
use base::{OrganizationId, Problem, ProductId, ProgramId, ProgramVersionId, Scope};

pub use brands::{add_brand, brand_in, dress_brand};
pub use products::{add_product, change_product};
pub use programs::add_program;

use crate::{
    Brand, ChangeBrand, ChangeProduct, ChangeProgram, CompareRules, CreateBrand, CreateProduct,
    CreateProgram, DiscardRulesDraft, EditRulesDraft, Edition, Engagement, ExportRules, GetProgram,
    GetRulesDraft, ImportRules, ListBrands, ListProducts, ListProgramVersions, ListPrograms, Product,
    Program, PublishProgramVersion, PublishRulesDraft, RollBackRules, SaveRulesDraft, WithdrawRules,
};

pub use crate::business_time::is_time_zone;

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();

/// What can be asked over the wire.
pub const VERBS: &[Mounted] = &[
    mounted::<ListBrands>(),
    mounted::<CreateBrand>(),
    mounted::<ChangeBrand>(),
    mounted::<ListPrograms>(),
    mounted::<GetProgram>(),
    mounted::<CreateProgram>(),
    mounted::<ChangeProgram>(),
    mounted::<ListProgramVersions>(),
    mounted::<PublishProgramVersion>(),
    mounted::<GetRulesDraft>(),
    mounted::<SaveRulesDraft>(),
    mounted::<EditRulesDraft>(),
    mounted::<DiscardRulesDraft>(),
    mounted::<PublishRulesDraft>(),
    mounted::<RollBackRules>(),
    mounted::<WithdrawRules>(),
    mounted::<CompareRules>(),
    mounted::<ExportRules>(),
    mounted::<ImportRules>(),
    mounted::<ListProducts>(),
    mounted::<CreateProduct>(),
    mounted::<ChangeProduct>(),
];

/// What happens later.
pub const JOBS: &[JobKind] = &[job::<publish::PutInForce>()];

/// The rules in force: their version's id and number, and the rules. The caller has checked that its actor may
/// know of the program.
///
/// # Errors
/// `NotFound` when there is no such program.
pub async fn rules(tx: &mut Tx, program: ProgramId) -> Result<(ProgramVersionId, u32, Engagement), Problem> {
    let (id, number) = store::in_force(tx, program).await?.ok_or(Problem::NotFound)?;
    // A published version never changes, so it is read once.
    if let Some(engagement) = tx.kept().get::<Engagement>(id.0) {
        return Ok((id, number, Engagement::clone(&engagement)));
    }
    let version = store::current_version(tx, program).await?.ok_or(Problem::NotFound)?;
    tx.kept().keep(version.id.0, Arc::new(version.engagement.clone()));
    Ok((version.id, version.number, version.engagement))
}

/// One published version of rules, in force or not: what a past decision was made by.
///
/// # Errors
/// `NotFound` when there is no such version.
pub async fn rules_of(tx: &mut Tx, version: ProgramVersionId) -> Result<(u32, Engagement), Problem> {
    let version = store::version(tx, version).await?.ok_or(Problem::NotFound)?;
    Ok((version.number, version.engagement))
}

/// The rules that were in force at each time: the instant from which on they were, their number and content, the
/// earliest first. The caller has checked that its actor may know of the program.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn rules_by_time(
    tx: &mut Tx,
    program: ProgramId,
) -> Result<Vec<(base::Timestamp, u32, Engagement)>, Problem> {
    let versions = store::effective_versions(tx, program).await?;
    Ok(versions
        .into_iter()
        .map(|version| (version.in_force_at, version.number, version.engagement))
        .collect())
}

/// A set of a program's rules, the draft too; an actor who may not read drafts has been refused by the caller.
///
/// # Errors
/// `NotFound` when there is no such version; without a kept draft the draft is what is in force.
pub async fn edition(tx: &mut Tx, program: ProgramId, edition: Edition) -> Result<Engagement, Problem> {
    drafts::edition(tx, program, edition).await
}

/// A program, whoever asks.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn program(tx: &mut Tx, id: ProgramId) -> Result<Option<Program>, Problem> {
    store::find_program(tx, id, Scope::System).await
}

/// A program, if the scope sees it.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn program_in(tx: &mut Tx, id: ProgramId, scope: Scope) -> Result<Option<Program>, Problem> {
    store::find_program(tx, id, scope).await
}

/// A vendor's program by its slug or, whatever the case, its name: for the command line.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn program_by_name(tx: &mut Tx, name: &str) -> Result<Vec<Program>, Problem> {
    store::programs_named(tx, name).await
}

/// A product, whoever asks.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn product(tx: &mut Tx, id: ProductId) -> Result<Option<Product>, Problem> {
    store::find_product(tx, id, Scope::System).await
}

/// A vendor's product by its exact SKU.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn product_by_sku(
    tx: &mut Tx,
    vendor: OrganizationId,
    sku: &str,
) -> Result<Option<Product>, Problem> {
    store::product_by_sku(tx, vendor, sku).await
}

/// All products of a vendor by name, those that are no longer sold too.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn products_of(tx: &mut Tx, vendor: OrganizationId) -> Result<Vec<Product>, Problem> {
    store::products_of(tx, vendor).await
}

/// A vendor's brand.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn brand(tx: &mut Tx, id: base::BrandId) -> Result<Option<Brand>, Problem> {
    store::find_brand(tx, id, Scope::System).await
}

/// Fails with `Stale` when a version was given and is not the present one.
fn unchanged(seen: Option<u32>, present: u32) -> Result<(), Problem> {
    match seen {
        Some(seen) if seen != present => Err(Problem::Stale),
        _ => Ok(()),
    }
}

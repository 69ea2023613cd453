//! Performs the verbs of kits, and what other slices may ask of them within their own units of work.
mod ask;
mod document;
mod face;
mod frame;
mod make;
mod preview;
mod publish;
mod route;
mod store;
mod store_versions;
#[cfg(test)]
mod tests;

use base::db::{Migrations, Tx};
use base::events::{self, Happened};
use base::http::{Mounted, mounted};
use base::{Actor, KitId, Parts, Problem, Scope};
use serde_json::Value;

use crate::model::{Kit, KitState, KitVersion};
use crate::verbs::*;
pub use document::{document, framed_document};
pub use face::setting;
pub use route::{openapi, routes};

/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();
/// What can be asked over the wire.
pub const VERBS: &[Mounted] = &[
    mounted::<ListKits>(),
    mounted::<ListReadyKits>(),
    mounted::<CreateKit>(),
    mounted::<GetKit>(),
    mounted::<DeleteKit>(),
    mounted::<KeepKitDraft>(),
    mounted::<DiscardKitDraft>(),
    mounted::<PublishKit>(),
    mounted::<RecallKit>(),
    mounted::<RetireKit>(),
    mounted::<ListKitVersions>(),
    mounted::<GetKitVersion>(),
    mounted::<PreviewKit>(),
];

/// One published version, whoever asks: what a campaign was made of, recalled ones too.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn version(tx: &mut Tx, kit: KitId, number: u32) -> Result<Option<KitVersion>, Problem> {
    store_versions::find(tx, kit, number).await
}

/// A kit of which somebody in this scope may make a campaign: published, for a partner in a program in which it is active.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn open_to(tx: &mut Tx, kit: KitId, scope: Scope) -> Result<Option<Kit>, Problem> {
    let kit = store::find(tx, kit, scope).await?;
    Ok(kit.filter(|kit| kit.state == KitState::Published))
}

/// A kit in whatever state, if the scope sees it: to name it beside a campaign that was made of it.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn kit_in(tx: &mut Tx, kit: KitId, scope: Scope) -> Result<Option<Kit>, Problem> {
    store::find(tx, kit, scope).await
}

/// Says in the log what happened to a kit; moves the lists and pages that show it.
async fn announce(
    tx: &mut Tx,
    parts: &Parts,
    actor: &Actor,
    kind: &'static str,
    kit: &Kit,
    data: Value,
) -> Result<(), Problem> {
    let happened = Happened {
        vendor: kit.vendor,
        kind,
        subject: kit.id.to_string(),
        program: Some(kit.program),
        partner: None,
        keys: vec!["kits".to_owned(), kit.id.to_string()],
        data,
    };
    events::append(tx, parts, actor, happened).await.map(drop)
}

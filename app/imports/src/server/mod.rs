//! Performs the verbs, takes files, and runs imports.
mod kinds;
mod openapi;
mod report;
mod run;
mod store;
mod submit;
#[cfg(test)]
mod tests;
mod upload;

use std::collections::BTreeMap;

use base::db::Migrations;
use base::http::{Mounted, Perform, mounted};
use base::jobs::{JobKind, job};
use base::{Actor, Page, Parts, Problem, ProgramId, Scope};

use crate::access::{Do, kinds_of};
use crate::model::{Import, Kind, KindOfFile, State};
use crate::verbs::*;
pub use openapi::openapi;
pub use run::RunImport;
pub use upload::routes;

/// The verbs of this slice; files are posted to [`routes`].
pub const VERBS: &[Mounted] = &[
    mounted::<ListImports>(),
    mounted::<ListImportKinds>(),
    mounted::<GetImport>(),
    mounted::<CancelImport>(),
];
/// The jobs of this slice.
pub const JOBS: &[JobKind] = &[job::<RunImport>()];
/// The tables of this slice.
pub const MIGRATIONS: fn() -> Migrations = || base::migrations!();

/// Imports a file at once and waits for its end: for the command line, which names the program. The columns are
/// found by their headings.
///
/// # Errors
/// `Invalid` when the file is no table of that kind or the program is not there; what is wrong with single rows is in
/// the answer.
pub async fn import_file(
    parts: &Parts,
    actor: &Actor,
    kind: Kind,
    program: ProgramId,
    file_name: &str,
    bytes: Vec<u8>,
) -> Result<Import, Problem> {
    Do::Start(kind).by(actor)?;
    let new = run::NewImport {
        kind,
        program: Some(program),
        file_name: file_name.to_owned(),
        mapping: BTreeMap::new(),
        submits: false,
        bytes,
    };
    let import = run::begin(parts, actor, new, false).await?;
    run::run(parts, import.id).await?;
    one(parts, import.id, Scope::System).await
}

async fn one(parts: &Parts, id: base::ImportId, scope: Scope) -> Result<Import, Problem> {
    let mut tx = parts.db().read().await?;
    let mut import = store::find(&mut tx, id, scope).await?.ok_or(Problem::NotFound)?.import;
    import.remarks = store::remarks(&mut tx, id).await?;
    Ok(import)
}

impl Perform for ListImports {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Import>, Problem> {
        Do::Read.by(actor)?;
        let mut tx = parts.db().read().await?;
        store::list(&mut tx, &self, actor.scope()).await
    }
}

impl Perform for GetImport {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Import, Problem> {
        Do::Read.by(actor)?;
        one(parts, self.id, actor.scope()).await
    }
}

impl Perform for ListImportKinds {
    async fn perform(self, _: &Parts, actor: &Actor) -> Result<Page<KindOfFile>, Problem> {
        Do::Read.by(actor)?;
        Ok(Page::whole(
            kinds_of(actor).into_iter().map(|kind| KindOfFile { kind, fields: kind.fields() }).collect(),
        ))
    }
}

impl Perform for CancelImport {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Import, Problem> {
        Do::Cancel.by(actor)?;
        let import = one(parts, self.id, actor.scope()).await?;
        if import.state.is_open() {
            run::end(parts, self.id, State::Cancelled, None).await?;
        }
        one(parts, self.id, actor.scope()).await
    }
}

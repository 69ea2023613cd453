//! `rialto seed`, `rialto import`, `rialto rebuild-rollups`, `rialto rebuild-keys`.
use std::path::Path;

use base::{Actor, Parts, ProgramId};

use crate::settings::Settings;
use crate::{Failure, assemble, demo};

/// `rialto seed demo`.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn seed_demo(settings: &Settings) -> Result<(), Failure> {
    demo::seed(settings).await?;
    println!("The demo is ready. Sign in with the password {} as", demo::PASSWORD);
    for (email, what) in demo::SIGN_INS {
        println!("  {email:<28} {what}");
    }
    Ok(())
}

/// `rialto import`.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn import(
    settings: &Settings,
    kind: &str,
    program: &str,
    file: &Path,
) -> Result<(), Failure> {
    let parts = assemble::parts(settings).await?;
    let program = find_program(&parts, program).await?;
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let kind = imports::Kind::parse(kind).ok_or_else(|| format!("{kind} cannot be imported"))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let summary = imports::server::import_file(&parts, &Actor::system(), kind, program, &name, bytes).await?;
    println!("{}", serde_json::to_string_pretty(&summary)?);
    Ok(())
}

async fn find_program(parts: &Parts, wanted: &str) -> Result<ProgramId, Failure> {
    if let Ok(id) = wanted.parse() {
        return Ok(id);
    }
    let mut tx = parts.db().read().await?;
    let found = programs::server::program_by_name(&mut tx, wanted).await?;
    match found.as_slice() {
        [only] => Ok(only.id),
        [] => Err(format!("there is no program called {wanted}").into()),
        _ => Err(format!("several programs are called {wanted}; give the id").into()),
    }
}

/// `rialto rebuild-rollups`.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn rebuild_rollups(settings: &Settings) -> Result<(), Failure> {
    let parts = assemble::parts(settings).await?;
    let differences = figures::server::rebuild(&parts).await?;
    if differences.is_empty() {
        println!("All figures were right.");
        return Ok(());
    }
    for difference in &differences {
        println!("{}: was {:?}, is {:?}", difference.place, difference.live, difference.rebuilt);
    }
    Err(format!("{} figures differed and are right now", differences.len()).into())
}

/// `rialto rebuild-keys`.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn rebuild_keys(settings: &Settings) -> Result<(), Failure> {
    let parts = assemble::parts(settings).await?;
    let vendors = base::events::vendors(&mut parts.db().read().await?).await?;
    let (mut customers, mut deals) = (0, 0);
    for vendor in vendors {
        customers += customers::server::rebuild_keys(&parts, vendor).await?;
        deals += deals::server::rebuild_keys(&parts, vendor).await?;
    }
    println!("The keys of {customers} customers and opportunities and of {deals} deals are written anew.");
    Ok(())
}

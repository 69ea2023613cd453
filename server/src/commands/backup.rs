//! `rialto backup` and `rialto restore`, for the embedded database; PostgreSQL has its own tools.
use std::path::Path;

use base::db::{Db, Engine};

use crate::Failure;
use crate::settings::Settings;

/// Files of a data folder that a backup holds besides the database.
const KEY: &str = "signing.key";
const DATABASE: &str = "rialto.db";

/// Copies database and signing key; safe while the server runs.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn backup(settings: &Settings, to: &Path) -> Result<(), Failure> {
    let db = Db::open(&settings.database_url).await?;
    if db.engine() == Engine::Postgres {
        return Err("use pg_dump for PostgreSQL; copy signing.key from the data folder as well".into());
    }
    std::fs::create_dir(to).map_err(|error| format!("{}: {error}", to.display()))?;
    db.copy_to(&to.join(DATABASE)).await?;
    let key = settings.data.join(KEY);
    if key.exists() {
        std::fs::copy(key, to.join(KEY))?;
    }
    println!("Backed up to {}", to.display());
    Ok(())
}

/// Puts a backup into a data folder that holds no database yet.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) fn restore(settings: &Settings, from: &Path) -> Result<(), Failure> {
    let database = settings.data.join(DATABASE);
    if database.exists() {
        return Err(format!("{} exists; choose an empty data folder", database.display()).into());
    }
    std::fs::copy(from.join(DATABASE), &database).map_err(|error| format!("{}: {error}", from.display()))?;
    if from.join(KEY).exists() {
        std::fs::copy(from.join(KEY), settings.data.join(KEY))?;
    }
    println!("Restored to {}", settings.data.display());
    Ok(())
}

//! `rialto backup` and `rialto restore`, for the embedded database; PostgreSQL has its own tools.
use std::path::Path;

use base::db::{Db, Engine};

use crate::Failure;
use crate::settings::Settings;

/// Files of a data folder that a backup holds besides the database.
const KEY: &str = "signing.key";
const DATABASE: &str = "rialto.db";
/// The folder of uploaded files; in a backup it has this name wherever it lay.
const FILES: &str = "files";

/// Copies database and signing key; safe while the server runs.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn backup(settings: &Settings, to: &Path) -> Result<(), Failure> {
    let db = Db::open(&settings.database_url).await?;
    if db.engine() == Engine::Postgres {
        return Err("use pg_dump for PostgreSQL; copy signing.key and the folder of files as well".into());
    }
    std::fs::create_dir(to).map_err(|error| format!("{}: {error}", to.display()))?;
    db.copy_to(&to.join(DATABASE)).await?;
    let key = settings.data.join(KEY);
    if key.exists() {
        std::fs::copy(key, to.join(KEY))?;
    }
    match settings.files.folder() {
        // Files are never written over, and the database was copied first: what it names is here.
        Some(folder) if folder.exists() => copy_folder(folder, &to.join(FILES))?,
        Some(_) => {}
        None => println!(
            "Uploaded files are in an object store and not in this backup; its versions are its own."
        ),
    }
    println!("Backed up to {}", to.display());
    Ok(())
}

/// Copies a folder with all that is in it.
fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to)?;
        } else if !is_half_written(&entry.file_name().to_string_lossy()) {
            std::fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// A file that is still being put has a number behind its name.
fn is_half_written(name: &str) -> bool {
    name.contains('#')
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
    let files = from.join(FILES);
    if files.exists() {
        match settings.files.folder() {
            Some(folder) => copy_folder(&files, folder)?,
            None => println!(
                "The backup's uploaded files are in {}; copy them to the object store.",
                files.display()
            ),
        }
    }
    println!("Restored to {}", settings.data.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_copied_whole_but_for_what_is_being_written() {
        let room = tempfile::tempdir().unwrap();
        let (from, to) = (room.path().join("from"), room.path().join("to"));
        std::fs::create_dir_all(from.join("pictures/ab")).unwrap();
        std::fs::write(from.join("pictures/ab/64.png"), "whole").unwrap();
        std::fs::write(from.join("pictures/ab/32.png#1"), "half").unwrap();
        for _ in 0..2 {
            copy_folder(&from, &to).unwrap();
        }
        assert_eq!(std::fs::read(to.join("pictures/ab/64.png")).unwrap(), b"whole");
        assert!(!to.join("pictures/ab/32.png#1").exists());
    }
}

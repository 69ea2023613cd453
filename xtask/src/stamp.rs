//! Skips work whose input has not changed: a step leaves the hash of what it read beside what it made.

use std::{
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::{Result, workspace::files_below};

/// Hex SHA-256 of names and contents of files, and of the contents of every file below a folder.
pub(crate) fn of(inputs: &[PathBuf]) -> Result<String> {
    let mut hash = Sha256::new();
    for input in inputs {
        let files = if input.is_dir() { files_below(input)? } else { vec![input.clone()] };
        for file in files {
            hash.update(file.as_os_str().as_encoded_bytes());
            hash.update(fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?);
        }
    }
    Ok(hex(&hash.finalize()))
}

/// The first 16 hex digits of a content's SHA-256: long enough never to meet itself in a file name.
pub(crate) fn short(content: &[u8]) -> String {
    hex(&Sha256::digest(content)[..8])
}

/// Does the work unless `made` is there and was made from the same input.
pub(crate) fn unless_fresh(made: &Path, key: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    let mut stamp = made.as_os_str().to_owned();
    stamp.push(".stamp");
    if made.exists() && fs::read_to_string(&stamp).is_ok_and(|old| old == key) {
        return Ok(());
    }
    // A step that is interrupted must not look done.
    let _ = fs::remove_file(&stamp);
    work()?;
    Ok(fs::write(&stamp, key)?)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

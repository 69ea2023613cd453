//! `rialto rotate-key`: a new key for receipts and checkpoints, which the old one vouches for.
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use base::Parts;
use base::clock::Chance;
use base::db::Tx;

use crate::settings::Settings;
use crate::{Failure, assemble};

/// Makes the key, writes its endorsement into the database, then puts it into the place of the old one. When it is
/// interrupted the next call goes on with the same key.
#[expect(clippy::print_stdout, reason = "a command answers on its standard output")]
pub(crate) async fn rotate(settings: &Settings) -> Result<(), Failure> {
    let parts = assemble::parts(settings).await?;
    let next = settings.data.join("signing.key.next");
    let seed = next_seed(&parts, &next)?;
    let parts_ = parts.clone();
    let work = async move |tx: &mut Tx| {
        mailing::server::rotate(tx, &parts_, &seed).await?;
        log::server::rotate(tx, &parts_, seed).await
    };
    let key = parts.db().write(work).await?;
    std::fs::rename(&next, settings.data.join("signing.key"))?;
    println!("The new key is {}; {} vouches for it.", key.key_id, key.endorsed_by.unwrap_or_default());
    println!(
        "Start the server again (every node, with the new signing.key). What the old key signed stays good."
    );
    Ok(())
}

fn next_seed(parts: &Parts, path: &Path) -> Result<[u8; 32], Failure> {
    if let Ok(bytes) = std::fs::read(path) {
        return bytes.try_into().map_err(|_| format!("{} is not a key of 32 bytes", path.display()).into());
    }
    let mut seed = [0; 32];
    Chance::fill(parts.chance(), &mut seed);
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(&seed)?;
    file.sync_all()?;
    Ok(seed)
}

//! The keys that sign: which are published, and how the next one takes over.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, Parts, Problem};

use super::append::signer_of;
use super::signer::Signer;
use super::store;
use crate::signing::LogKey;
use crate::verbs::{ListLogKeys, LogKeys};

impl Perform for ListLogKeys {
    async fn perform(self, parts: &Parts, _: &Actor) -> Result<LogKeys, Problem> {
        let mut tx = parts.db().read().await?;
        Ok(LogKeys { keys: published(&mut tx, parts).await? })
    }
}

/// Every key that ever signed, the present one first, then the newest.
pub(super) async fn published(tx: &mut Tx, parts: &Parts) -> Result<Vec<LogKey>, Problem> {
    let mut keys = store::keys(tx).await?;
    let present = signer_of(parts).key();
    let at = keys.iter().position(|key| key.key_id == present.key_id);
    let present = at.map_or(present, |at| keys.remove(at));
    keys.insert(0, present);
    Ok(keys)
}

/// Lets the key of `seed` take over from the present one, which vouches for it. The present one signs until the
/// program is started with the new seed; all that it signed stays good. Done again for the same seed it changes
/// nothing.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn rotate(tx: &mut Tx, parts: &Parts, seed: [u8; 32]) -> Result<LogKey, Problem> {
    let (old, new) = (signer_of(parts), Signer::new(seed));
    let now = parts.clock().now();
    let key = new.key();
    if key.key_id == old.key().key_id {
        return Ok(key);
    }
    store::remember_key(tx, &old.key(), &old.public_bytes(), now).await?;
    store::succeed(tx, &key.endorsed(&old, now), &new.public_bytes(), now).await?;
    let keys = store::keys(tx).await?;
    let key = keys.into_iter().find(|known| known.key_id == new.key().key_id);
    key.ok_or_else(|| Problem::internal("a key that was written is not there"))
}

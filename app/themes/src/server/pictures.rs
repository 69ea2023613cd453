//! Pictures come in, are listed and removed. Their files are put before the unit of work that names them, and taken away
//! after the one that forgets them.
use base::db::Tx;
use base::files::Files;
use base::http::Perform;
use base::{Actor, BrandId, Parts, Problem};
use pictures::{Picture, Refusal};
use programs::Brand;
use serde_json::json;
use tokio::sync::Semaphore;

use super::publish::announce;
use super::{brand_of, store_pictures as store};
use crate::model::Theme;
use crate::pictures::{
    BrandPicture, BrandPictures, ListBrandPictures, PictureHash, PictureUse, RemoveBrandPicture,
};

/// Pictures of one brand.
pub(super) const MOST: usize = 60;
/// What they may take together, in bytes.
pub(super) const MOST_BYTES: u64 = 30 * 1024 * 1024;
/// Files that are decoded or drawn at once: each may take much of a processor and of memory.
static DESKS: Semaphore = Semaphore::const_new(2);

/// Does what takes a processor, not more than a few at once.
pub(super) async fn at_a_desk<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    at(&DESKS, work).await
}

/// The place is given back when the work is done, not when nobody waits for it any more: it cannot be stopped.
pub(super) async fn at<T: Send + 'static>(
    desks: &'static Semaphore,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let desk = desks.acquire().await.map_err(Problem::internal)?;
    let work = move || {
        let _desk = desk;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
}

const fn as_use(purpose: PictureUse) -> pictures::Use {
    match purpose {
        PictureUse::Logo => pictures::Use::Logo,
        PictureUse::LogoDark => pictures::Use::LogoDark,
        PictureUse::Mark => pictures::Use::Mark,
        PictureUse::Favicon => pictures::Use::Favicon,
        PictureUse::Hero => pictures::Use::Hero,
    }
}

/// Where a form lies.
pub(super) fn place(hash: &str, form: &str) -> String {
    format!("pictures/{}/{hash}/{form}", &hash[..2])
}

/// What is said of a file that is not taken.
fn refused(refusal: Refusal) -> Problem {
    Problem::field("file", refusal.code(), refusal.to_string())
}

/// Makes a file harmless and keeps it for a brand. The same picture again is the same picture.
///
/// # Errors
/// What the actor may not, why the file is not taken, or that there is no room left.
pub async fn upload(
    parts: &Parts,
    actor: &Actor,
    id: BrandId,
    purpose: PictureUse,
    bytes: Vec<u8>,
) -> Result<BrandPicture, Problem> {
    let mut tx = parts.db().read().await?;
    brand_of(&mut tx, actor, id).await?;
    let there = store::all(&mut tx, id).await?;
    drop(tx);
    // Said again below, where it counts; here so that nothing is drawn and put for which there is no room.
    if there.iter().map(|known| known.bytes).sum::<u64>() >= MOST_BYTES {
        return Err(full());
    }
    let taken = at_a_desk(move || pictures::take(&bytes, as_use(purpose))).await?.map_err(refused)?;
    let files = parts.files()?;
    put(&files, &taken).await?;
    let hash: PictureHash = taken.hash.parse().map_err(Problem::internal)?;
    let hash_ = hash.clone();
    let picture = BrandPicture {
        address: hash.address(purpose.form()),
        hash,
        purpose,
        kind: taken.kind.as_str().to_owned(),
        width: taken.width,
        height: taken.height,
        bytes: taken.bytes(),
        uploaded_at: parts.clock().now(),
        uploaded_by_name: actor.name.clone(),
    };
    let (parts_, actor_) = (parts.clone(), actor.clone());
    let work = async move |tx: &mut Tx| {
        let brand = brand_of(tx, &actor_, id).await?;
        let there = store::all(tx, brand.id).await?;
        if let Some(known) = there.iter().find(|known| known.hash == picture.hash) {
            return Ok(known.clone());
        }
        let room = there.iter().map(|known| known.bytes).sum::<u64>() + picture.bytes;
        if there.len() >= MOST || room > MOST_BYTES {
            return Err(full());
        }
        store::add(tx, brand.id, &picture, actor_.user).await?;
        let data = json!({ "picture": picture.hash, "use": picture.purpose, "bytes": picture.bytes });
        announce(tx, &parts_, &actor_, "brand.picture_uploaded", &brand, data).await?;
        Ok(picture)
    };
    let kept = parts.db().write(work).await;
    if kept.is_err() {
        sweep_if_nobodys(parts, &files, &hash_).await?;
    }
    let kept = kept?;
    // Somebody may have removed the same picture of another brand meanwhile, and its files with it.
    if files.get(&place(&taken.hash, purpose.form())).await?.is_none() {
        put(&files, &taken).await?;
    }
    Ok(kept)
}

fn full() -> Problem {
    Problem::refused(
        "pictures_full",
        "The brand has no room for more pictures; remove some that no theme wears.",
    )
}

async fn put(files: &Files, picture: &Picture) -> Result<(), Problem> {
    for form in &picture.forms {
        files.put(&place(&picture.hash, form.name), form.bytes.clone()).await?;
    }
    Ok(())
}

/// The pictures that a theme names must be the vendor's, and serve what they are named for.
pub(super) async fn known(tx: &mut Tx, brand: &Brand, theme: &Theme) -> Result<(), Problem> {
    for (purpose, hash) in theme.pictures() {
        let uses = store::uses(tx, brand.vendor, hash).await?;
        if !uses.iter().any(|of| of.serves(purpose)) {
            let field = format!("theme.{}", purpose.as_str());
            return Err(Problem::field(field, "unknown", "There is no such picture; upload it first."));
        }
    }
    Ok(())
}

async fn listed(tx: &mut Tx, brand: &Brand) -> Result<BrandPictures, Problem> {
    let items = store::all(tx, brand.id).await?;
    Ok(BrandPictures {
        bytes: items.iter().map(|picture| picture.bytes).sum(),
        items,
        elsewhere: store::elsewhere(tx, brand.vendor, brand.id).await?,
        most_bytes: MOST_BYTES,
        most: MOST as u32,
    })
}

impl Perform for ListBrandPictures {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<BrandPictures, Problem> {
        let mut tx = parts.db().read().await?;
        let brand = brand_of(&mut tx, actor, self.id).await?;
        listed(&mut tx, &brand).await
    }
}

impl Perform for RemoveBrandPicture {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<BrandPictures, Problem> {
        let (parts_, actor_, hash) = (parts.clone(), actor.clone(), self.picture.clone());
        let work = async move |tx: &mut Tx| {
            let brand = brand_of(tx, &actor_, self.id).await?;
            let there = store::all(tx, brand.id).await?;
            if !there.iter().any(|picture| picture.hash == self.picture) {
                return Err(Problem::NotFound);
            }
            if store::is_worn(tx, brand.vendor, &self.picture).await? {
                return Err(Problem::refused(
                    "picture_worn",
                    "A published theme or a draft wears this picture; earlier versions can be brought back.",
                ));
            }
            store::remove(tx, brand.id, &self.picture).await?;
            let data = json!({ "picture": self.picture });
            announce(tx, &parts_, &actor_, "brand.picture_removed", &brand, data).await?;
            listed(tx, &brand).await
        };
        let left = parts.db().write(work).await?;
        sweep_if_nobodys(parts, &parts.files()?, &hash).await?;
        Ok(left)
    }
}

/// Takes the files away of a picture that no record names.
async fn sweep_if_nobodys(parts: &Parts, files: &Files, hash: &PictureHash) -> Result<(), Problem> {
    let named = store::is_anybodys(&mut parts.db().read().await?, hash).await?;
    if !named {
        sweep(files, hash).await;
    }
    Ok(())
}

/// Takes the files of a picture away. What cannot be removed now only takes room.
async fn sweep(files: &Files, hash: &PictureHash) {
    for form in pictures::Use::ALL.into_iter().flat_map(pictures::Use::names) {
        if let Err(problem) = files.remove(&place(hash.as_str(), form)).await {
            tracing::warn!(%problem, "a file of a removed picture stays");
        }
    }
}

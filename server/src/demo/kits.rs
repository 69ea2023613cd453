//! What the vendor gives its partners to market with: ready kits taken over as they are, and one that is being made.
use ::kits::{CreateKit, PublishKit};
use base::http::Perform;
use base::{KitId, Parts, ProgramId};

use super::cast::Cast;
use super::told;
use crate::Failure;

/// How many ready kits each program publishes, in the order of the cast: two with much to choose from, one that begins.
const PUBLISHED: [usize; 3] = [8, 6, 2];

/// Tells it, on the last day of the story.
pub(super) async fn tell(parts: &Parts, cast: &Cast) -> Result<(), Failure> {
    let ready = creative::ready::kits();
    for (place, ((program, _), count)) in cast.shelves.iter().zip(PUBLISHED).enumerate() {
        // Programs differ in what they offer: each begins elsewhere in the list.
        for kit in ready.iter().cycle().skip(place * 4).take(count) {
            let id = begin(parts, cast, *program, kit.key).await?;
            let publish = PublishKit { id, note: "Our first version".to_owned(), version: None };
            told(publish.perform(parts, &cast.olivia).await, kit.key)?;
        }
    }
    if let (Some((program, _)), Some(kit)) = (cast.shelves.first(), ready.last()) {
        begin(parts, cast, *program, kit.key).await?;
    }
    Ok(())
}

async fn begin(parts: &Parts, cast: &Cast, program: ProgramId, key: &str) -> Result<KitId, Failure> {
    let create = CreateKit {
        program,
        name: None,
        topic: None,
        ready: Some(key.to_owned()),
        copy_of: None,
        language: Some("en".to_owned()),
    };
    Ok(told(create.perform(parts, &cast.olivia).await, key)?.kit.id)
}

//! The brand that a page or a mail speaks for.
use base::db::Tx;
use base::{BrandId, OrganizationId, Parts, Problem, Side};
use kit::Voice;
use kit::letter::{Face, LetterFace};

use super::store;

/// A brand's name and what it says; none when there is no such brand.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn voice_of(parts: &Parts, brand: BrandId) -> Result<Option<(String, Voice)>, Problem> {
    let mut tx = parts.db().read().await?;
    let found = store::brand(&mut tx, brand).await?;
    Ok(found.map(|(name, _, kept)| (name, said(kept.voice.as_deref()))))
}

/// The only brand of this installation: what is shown to somebody of whom nothing is known yet. None where there are
/// several.
///
/// # Errors
/// `Internal` when the engine fails.
pub async fn only_brand(parts: &Parts) -> Result<Option<BrandId>, Problem> {
    let mut tx = parts.db().read().await?;
    store::only_brand(&mut tx).await
}

fn said(voice: Option<&str>) -> Voice {
    voice.and_then(|voice| serde_json::from_str(voice).ok()).unwrap_or(Voice::SILENT)
}

/// The brand of an organisation's first program: its face in mails, and what it says. None without a program.
pub(super) async fn of_organization(
    tx: &mut Tx,
    organization: OrganizationId,
    side: Side,
) -> Result<Option<(Face, Voice)>, Problem> {
    let programs = store::programs(tx, organization, side).await?;
    let Some(program) = programs.first() else { return Ok(None) };
    let Some((name, colour, kept)) = store::brand(tx, program.brand_id).await? else { return Ok(None) };
    let voice = said(kept.voice.as_deref());
    let worn = LetterFace::of_hue(name, colour.0, colour.1);
    Ok(Some((Face::of_brand(worn, kept), voice)))
}

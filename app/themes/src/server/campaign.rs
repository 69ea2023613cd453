//! What campaigns of a brand wear: its colours, its corners, its logo as a PNG.
use base::db::Tx;
use base::{BrandId, Parts, Problem};
use kit::letter::LetterFace;

use super::pictures::place;
use super::{face, store};
use crate::pictures::PictureUse;

/// A brand's half of what its campaigns wear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignFace {
    pub worn: LetterFace,
    /// Corner radius in CSS pixels.
    pub radius: u8,
    /// Paragraphs at the end of its mails.
    pub footer: Vec<String>,
    /// None for a brand without one.
    pub logo: Option<CampaignLogo>,
}

/// A logo for light grounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignLogo {
    /// Path below the installation's address.
    pub path: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// PNG.
    pub bytes: Vec<u8>,
}

/// Width and height of a PNG, from its first chunk (PNG, section 11.2.1).
fn size_of(png: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| Some(u32::from_be_bytes(png.get(at..at + 4)?.try_into().ok()?));
    Some((side(16)?, side(20)?))
}

/// What campaigns of a brand wear.
///
/// # Errors
/// `Internal` when the engine or the files fail.
pub async fn campaign_face(tx: &mut Tx, parts: &Parts, brand: BrandId) -> Result<CampaignFace, Problem> {
    let letter = face::letter_face(tx, parts, Some(brand)).await?;
    let theme = store::current(tx, brand).await?.map(|version| version.theme);
    let mut logo = None;
    if let Some(hash) = theme.as_ref().and_then(|theme| theme.logo.as_ref()) {
        let form = PictureUse::Logo.form();
        // A picture that lies elsewhere for a moment is no reason to stop a campaign: the name stands in its place.
        if let Some(bytes) = parts.files()?.get(&place(hash.as_str(), form)).await?
            && let Some(size) = size_of(&bytes)
        {
            logo = Some(CampaignLogo { path: hash.address(form), size, bytes });
        }
    }
    let radius = theme.map_or(6, |theme| theme.radius);
    Ok(CampaignFace { footer: kit::paragraphs(&letter.footer), worn: letter.worn, radius, logo })
}

#[cfg(test)]
mod tests {
    use super::size_of;

    #[test]
    fn a_png_says_how_large_it_is() {
        let png = pictures::monogram_icon(Some('A'), [1, 2, 3], Err(48)).unwrap();
        assert_eq!(size_of(&png), Some((48, 48)));
        assert_eq!(size_of(b"short"), None);
    }
}

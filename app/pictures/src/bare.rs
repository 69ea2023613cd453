//! A PNG without what is not needed to draw it: texts, profiles and other chunks, in which bombs hide, are not even read.
use crate::Refusal;

const SIGNATURE: usize = 8;
/// Chunks without which the pixels are not the same.
const KEPT: [&[u8; 4]; 5] = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"];

/// The chunks of the still picture, up to its end.
///
/// # Errors
/// `Broken` when chunks do not follow each other, `Moving` for an animated PNG.
pub(crate) fn bare(png: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut kept = png.get(..SIGNATURE).ok_or(Refusal::Broken)?.to_vec();
    let mut at = SIGNATURE;
    loop {
        let head = png.get(at..at + 8).ok_or(Refusal::Broken)?;
        let (length, name) = head.split_first_chunk::<4>().ok_or(Refusal::Broken)?;
        let end = usize::try_from(u32::from_be_bytes(*length))
            .ok()
            .and_then(|length| at.checked_add(length)?.checked_add(12))
            .ok_or(Refusal::Broken)?;
        let chunk = png.get(at..end).ok_or(Refusal::Broken)?;
        if name == b"acTL" {
            return Err(Refusal::Moving);
        }
        if KEPT.iter().any(|known| *known == name) {
            kept.extend_from_slice(chunk);
        } else if name.first().is_some_and(u8::is_ascii_uppercase) {
            // A chunk that every reader must know, and nobody knows.
            return Err(Refusal::Broken);
        }
        if name == b"IEND" {
            return Ok(kept);
        }
        at = end;
    }
}

//! What a JPEG would cost, before it is decoded.

/// Scans that are let through: cameras and programs write up to 20.
const MOST_SCANS: usize = 64;

/// Whether it has more scans than any program writes: each is a way through the whole picture, and costs a few bytes only.
/// Within the data of a scan no marker can stand, so they can be counted without decoding.
pub(crate) fn is_costly(bytes: &[u8]) -> bool {
    bytes.windows(2).filter(|pair| **pair == [0xff, 0xda]).count() > MOST_SCANS
}

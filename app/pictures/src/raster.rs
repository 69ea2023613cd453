//! Pictures of pixels: measured by their head, then decoded within limits.
use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, Limits};

use crate::{Kind, LEAST_SIDE, MOST_MEMORY, MOST_PIXELS, MOST_SIDE, Refusal, bare, jpeg};

/// Decodes, upright.
pub(crate) fn decode(bytes: &[u8], kind: Kind) -> Result<DynamicImage, Refusal> {
    match kind {
        Kind::Png => {
            let bare = bare::bare(bytes)?;
            measured_png(&bare)?;
            drawn(PngDecoder::with_limits(Cursor::new(bare.as_slice()), limits()).map_err(broken)?)
        }
        Kind::Jpeg => {
            if jpeg::is_costly(bytes) {
                return Err(Refusal::Costly);
            }
            drawn(JpegDecoder::new(Cursor::new(bytes)).map_err(broken)?)
        }
        Kind::WebP => {
            let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(broken)?;
            if decoder.has_animation() {
                return Err(Refusal::Moving);
            }
            drawn(decoder)
        }
        Kind::Svg => Err(Refusal::Broken),
    }
}

fn broken(_: image::ImageError) -> Refusal {
    Refusal::Broken
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

/// The size of a PNG stands in its first chunk; the decoder would already make room for a line of it.
fn measured_png(png: &[u8]) -> Result<(), Refusal> {
    let side = |at: usize| {
        let bytes = png.get(at..at + 4).and_then(|bytes| bytes.first_chunk::<4>());
        bytes.map(|bytes| u32::from_be_bytes(*bytes)).ok_or(Refusal::Broken)
    };
    measured(side(16)?, side(20)?)
}

fn measured(width: u32, height: u32) -> Result<(), Refusal> {
    let pixels = u64::from(width) * u64::from(height);
    if width > MOST_SIDE || height > MOST_SIDE || pixels > MOST_PIXELS {
        return Err(Refusal::TooLarge { width, height });
    }
    if width < LEAST_SIDE || height < LEAST_SIDE {
        return Err(Refusal::TooSmall { width, height });
    }
    Ok(())
}

fn drawn(mut decoder: impl ImageDecoder) -> Result<DynamicImage, Refusal> {
    let (width, height) = decoder.dimensions();
    measured(width, height)?;
    decoder.set_limits(limits()).map_err(broken)?;
    // Which way is up stands in what is thrown away afterwards. Nonsense there is no reason to refuse the picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(orientation);
    Ok(DynamicImage::ImageRgba8(picture.into_rgba8()))
}

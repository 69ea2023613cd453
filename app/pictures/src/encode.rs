//! Writing files of our own: no metadata, one kind for what can be seen through, one for photographs.
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, Rgba, RgbaImage};

use crate::{Colour, Refusal};

/// Of JPEG: hardly to be told from the original, at a tenth of its size.
const QUALITY: u8 = 82;

/// A PNG with eight bits and a channel of opacity.
pub(crate) fn png(picture: &RgbaImage) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
    encoder
        .write_image(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgba8)
        .map_err(|_| Refusal::Broken)?;
    Ok(bytes)
}

/// A JPEG; what can be seen through stands on white.
pub(crate) fn jpeg(picture: &RgbaImage) -> Result<Vec<u8>, Refusal> {
    let opaque = flattened(picture, [255; 3]);
    let rgb: Vec<u8> = opaque.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2]]).collect();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .write_image(&rgb, opaque.width(), opaque.height(), ExtendedColorType::Rgb8)
        .map_err(|_| Refusal::Broken)?;
    Ok(bytes)
}

/// The picture on a ground.
fn flattened(picture: &RgbaImage, ground: Colour) -> RgbaImage {
    let mut square = filled(picture.dimensions(), ground);
    lay(&mut square, picture, (0, 0));
    square
}

/// A ground of one colour.
pub(crate) fn filled((width, height): (u32, u32), [red, green, blue]: Colour) -> RgbaImage {
    RgbaImage::from_pixel(width, height, Rgba([red, green, blue, 255]))
}

/// Lays a picture on a ground that nothing shines through, before or after: laying rounds.
pub(crate) fn lay(ground: &mut RgbaImage, picture: &RgbaImage, (x, y): (u32, u32)) {
    image::imageops::overlay(ground, picture, i64::from(x), i64::from(y));
    ground.pixels_mut().for_each(|pixel| pixel.0[3] = 255);
}

//! Files as somebody who means harm would make them.
use std::io::Write as _;

use image::{DynamicImage, ExtendedColorType, ImageEncoder, Rgba, RgbaImage};

/// Words that must never come out again.
pub(crate) const MARK: &str = "PAYLOAD-7f3a9c";

/// A picture of two colours.
pub(crate) fn plain(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, y| {
        if (x + y) % 16 < 8 { Rgba([46, 98, 201, 255]) } else { Rgba([250, 250, 250, 0]) }
    })
}

pub(crate) fn png() -> Vec<u8> {
    let picture = plain(96, 64);
    let mut bytes = Vec::new();
    image::codecs::png::PngEncoder::new(&mut bytes)
        .write_image(picture.as_raw(), 96, 64, ExtendedColorType::Rgba8)
        .expect("a file can be made");
    bytes
}

pub(crate) fn jpeg() -> Vec<u8> {
    let mut bytes = Vec::new();
    DynamicImage::ImageRgba8(plain(96, 64))
        .into_rgb8()
        .write_with_encoder(image::codecs::jpeg::JpegEncoder::new(&mut bytes))
        .expect("a file can be made");
    bytes
}

pub(crate) fn webp() -> Vec<u8> {
    let mut bytes = Vec::new();
    plain(96, 64)
        .write_with_encoder(image::codecs::webp::WebPEncoder::new_lossless(&mut bytes))
        .expect("a file can be made");
    bytes
}

pub(crate) fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [name.as_slice(), data].concat();
    let mut bytes = u32::try_from(data.len()).expect("a file can be made").to_be_bytes().to_vec();
    bytes.extend_from_slice(&body);
    bytes.extend_from_slice(&crc32fast::hash(&body).to_be_bytes());
    bytes
}

pub(crate) fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).expect("a file can be made");
    encoder.finish().expect("a file can be made")
}

/// A PNG that says it has a size, with what is given as its pixels.
pub(crate) fn claimed(width: u32, height: u32, data: &[u8]) -> Vec<u8> {
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend_from_slice(&[8, 6, 0, 0, 0]);
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &head),
        chunk(b"IDAT", &deflated(data)),
        chunk(b"IEND", &[]),
    ]
    .concat()
}

/// A good PNG with chunks put in after its head.
pub(crate) fn png_with(chunks: &[Vec<u8>]) -> Vec<u8> {
    let whole = png();
    // Signature and IHDR.
    let (head, rest) = whole.split_at(8 + 25);
    [head, &chunks.concat(), rest].concat()
}

/// A good JPEG with a segment put in at its start.
pub(crate) fn jpeg_with(marker: u8, data: &[u8]) -> Vec<u8> {
    let whole = jpeg();
    let (head, rest) = whole.split_at(2);
    let length = u16::try_from(data.len() + 2).expect("a file can be made").to_be_bytes();
    [head, &[0xff, marker], length.as_slice(), data, rest].concat()
}

/// Where a picture was taken, as cameras write it: one entry that leads to GPS, and words.
pub(crate) fn exif(orientation: u16) -> Vec<u8> {
    let mut bytes = b"Exif\0\0MM\0*\0\0\0\x08".to_vec();
    bytes.extend_from_slice(&[0, 2]);
    bytes.extend_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1]);
    bytes.extend_from_slice(&orientation.to_be_bytes());
    bytes.extend_from_slice(&[0, 0]);
    // GPS IFD.
    bytes.extend_from_slice(&[0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    bytes.extend_from_slice(&[0, 0, 0, 0]);
    bytes.extend_from_slice(MARK.as_bytes());
    bytes
}

/// The heads of a JPEG that says it has a size; no pixels follow.
pub(crate) fn jpeg_claimed(width: u16, height: u16) -> Vec<u8> {
    let mut whole = jpeg();
    let at = whole.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a baseline JPEG");
    whole[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    whole[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    whole
}

/// A WebP of one chunk.
pub(crate) fn riff(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (name, data) in chunks {
        body.extend_from_slice(*name);
        body.extend_from_slice(&u32::try_from(data.len()).expect("a file can be made").to_le_bytes());
        body.extend_from_slice(data);
        body.resize(body.len() + data.len() % 2, 0);
    }
    [b"RIFF".to_vec(), u32::try_from(body.len()).expect("a file can be made").to_le_bytes().to_vec(), body]
        .concat()
}

/// The head of a lossless WebP of a size.
pub(crate) fn lossless_head(width: u32, height: u32) -> Vec<u8> {
    let bits = (width - 1) | ((height - 1) << 14);
    [&[0x2f_u8][..], &bits.to_le_bytes(), &[0; 16]].concat()
}

/// The head of an extended WebP: flags and the size of its canvas.
pub(crate) fn extended_head(flags: u8, width: u32, height: u32) -> Vec<u8> {
    let side = |side: u32| (side - 1).to_le_bytes()[..3].to_vec();
    [vec![flags, 0, 0, 0], side(width), side(height)].concat()
}

pub(crate) fn svg(inside: &str) -> Vec<u8> {
    svg_of("width=\"96\" height=\"64\"", inside)
}

pub(crate) fn svg_of(size: &str, inside: &str) -> Vec<u8> {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" {size}>\
         <rect width=\"40\" height=\"40\" fill=\"#2e62c9\"/>{inside}</svg>"
    )
    .into_bytes()
}

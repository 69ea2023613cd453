//! Hostile pictures of pixels, and files that only say they are pictures.
use crate::make::{
    MARK, chunk, claimed, deflated, exif, extended_head, jpeg, jpeg_claimed, jpeg_with, lossless_head, png,
    png_with, riff, webp,
};
use crate::{Case, Harmless, Refused};

fn followed_by(mut file: Vec<u8>, more: &[u8]) -> Vec<u8> {
    file.extend_from_slice(more);
    file
}

fn changed(mut file: Vec<u8>, at: usize) -> Vec<u8> {
    file[at] ^= 0x55;
    file
}

fn page() -> Vec<u8> {
    format!("<!DOCTYPE html><html><script>alert('{MARK}')</script></html>").into_bytes()
}

pub(crate) fn cases() -> Vec<Case> {
    let text = |keyword: &str, data: &[u8]| [keyword.as_bytes(), b"\0\0", data].concat();
    let bomb = deflated(&vec![b'a'; 60 << 20]);
    let script = format!("<script>alert('{MARK}')</script>");
    let php = format!("<?php system($_GET['{MARK}']); ?>");
    let many_scans = {
        let mut file = jpeg();
        let scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0];
        let end = file.len() - 2;
        file.splice(end..end, scan.repeat(5_000));
        file
    };
    let frames = (0..2_000_u32).map(|number| {
        let mut control = number.to_be_bytes().to_vec();
        control.extend_from_slice(&[0; 22]);
        chunk(b"fcTL", &control)
    });
    let moving: Vec<Vec<u8>> =
        std::iter::once(chunk(b"acTL", &[0, 0, 7, 208, 0, 0, 0, 0])).chain(frames).collect();
    vec![
        ("An empty file", Vec::new(), Refused("picture_empty")),
        ("One byte", vec![0x89], Refused("picture_kind")),
        (
            "Three megabytes of a good PNG",
            followed_by(png(), &vec![0; 3 << 20]),
            Refused("picture_too_many_bytes"),
        ),
        (
            "PNG that says 100,000 by 100,000",
            claimed(100_000, 100_000, &[0; 64]),
            Refused("picture_too_large"),
        ),
        (
            "PNG that says 8,000 by 8,000, and a bomb of zeros",
            claimed(8_000, 8_000, &vec![0; 30 << 20]),
            Refused("picture_too_large"),
        ),
        (
            "PNG of 4,000 by 4,000 that ends at once",
            claimed(4_000, 4_000, &[0; 64]),
            Refused("picture_broken"),
        ),
        ("PNG of 64 by 64 with 60 MB of pixels", claimed(64, 64, &vec![0; 60 << 20]), Harmless),
        ("PNG of no width", claimed(0, 64, &[]), Refused("picture_too_small")),
        ("PNG of one pixel", claimed(1, 1, &[0; 5]), Refused("picture_too_small")),
        ("PNG with a text that unpacks to 60 MB", png_with(&[chunk(b"zTXt", &text("a", &bomb))]), Harmless),
        (
            "PNG with a colour profile that unpacks to 60 MB",
            png_with(&[chunk(b"iCCP", &text("a", &bomb))]),
            Harmless,
        ),
        ("PNG with a script as a text", png_with(&[chunk(b"tEXt", &text("a", script.as_bytes()))]), Harmless),
        ("PNG with EXIF", png_with(&[chunk(b"eXIf", &exif(1)[6..])]), Harmless),
        (
            "PNG with a chunk that nobody knows",
            png_with(&[chunk(b"EVIL", MARK.as_bytes())]),
            Refused("picture_broken"),
        ),
        ("PNG that is cut off", png()[..60].to_vec(), Refused("picture_broken")),
        ("PNG with a wrong checksum", changed(png(), 30), Refused("picture_broken")),
        ("PNG whose chunk is longer than the file", changed(png(), 33), Refused("picture_broken")),
        ("PNG that moves, with 2,000 frames", png_with(&moving), Refused("picture_moving")),
        ("PNG that goes on as a web page", followed_by(png(), &page()), Harmless),
        (
            "PNG that goes on as a ZIP archive",
            followed_by(png(), format!("PK\x03\x04{MARK}").as_bytes()),
            Harmless,
        ),
        (
            "JPEG that goes on as a Java archive",
            followed_by(jpeg(), format!("PK\x03\x04{MARK}").as_bytes()),
            Harmless,
        ),
        ("JPEG that goes on as a PDF", followed_by(jpeg(), format!("%PDF-1.7 {MARK}").as_bytes()), Harmless),
        ("JPEG with PHP in a comment", jpeg_with(0xfe, php.as_bytes()), Harmless),
        ("JPEG with the place where it was taken", jpeg_with(0xe1, &exif(1)), Harmless),
        (
            "JPEG with a colour profile of nonsense",
            jpeg_with(0xe2, format!("ICC_PROFILE\0\x01\x01{MARK}").as_bytes()),
            Harmless,
        ),
        ("JPEG that says 65,535 by 65,535", jpeg_claimed(65_535, 65_535), Refused("picture_too_large")),
        ("JPEG of no height", jpeg_claimed(96, 0), Refused("picture_broken")),
        ("JPEG with 5,000 scans", many_scans, Refused("picture_costly")),
        ("JPEG that is only a head", vec![0xff, 0xd8, 0xff, 0xe0], Refused("picture_broken")),
        (
            "WebP that moves",
            riff(&[(b"VP8X", extended_head(2, 64, 64)), (b"ANIM", vec![0; 6]), (b"ANMF", vec![0; 24])]),
            Refused("picture_moving"),
        ),
        (
            "WebP, lossless, that says 16,383 by 16,383",
            riff(&[(b"VP8L", lossless_head(16_383, 16_383))]),
            Refused("picture_too_large"),
        ),
        (
            "WebP that says 16 million a side",
            riff(&[(b"VP8X", extended_head(0, 1 << 24, 1 << 24)), (b"VP8L", lossless_head(64, 64))]),
            Refused("picture_broken"),
        ),
        ("WebP that is cut off", webp()[..40].to_vec(), Refused("picture_broken")),
        ("WebP that goes on as a web page", followed_by(webp(), &page()), Harmless),
        ("Web page called logo.png", page(), Refused("picture_kind")),
        ("Script called logo.png", format!("#!/bin/sh\necho {MARK}").into_bytes(), Refused("picture_kind")),
        ("PHP called logo.png", php.into_bytes(), Refused("picture_kind")),
        ("Program for Windows", followed_by(b"MZ\x90\0".to_vec(), &[0; 200]), Refused("picture_kind")),
        ("Program for Linux", followed_by(b"\x7fELF\x02\x01".to_vec(), &[0; 200]), Refused("picture_kind")),
        ("ZIP archive", followed_by(b"PK\x03\x04".to_vec(), &[0; 200]), Refused("picture_kind")),
        ("PDF", b"%PDF-1.7\n1 0 obj".to_vec(), Refused("picture_kind")),
        ("GIF", followed_by(b"GIF89a".to_vec(), &[1; 40]), Refused("picture_kind")),
        (
            "GIF that is a script as well",
            format!("GIF89a/*{}*/=1;alert('{MARK}')", "x".repeat(9)).into_bytes(),
            Refused("picture_kind"),
        ),
        ("BMP", followed_by(b"BM".to_vec(), &[0; 60]), Refused("picture_kind")),
        ("TIFF", followed_by(b"II*\0".to_vec(), &[0; 60]), Refused("picture_kind")),
        ("ICO", followed_by(b"\0\0\x01\0\x01\0".to_vec(), &[0; 60]), Refused("picture_kind")),
        ("AVIF", b"\0\0\0\x20ftypavif\0\0\0\0avifmif1".to_vec(), Refused("picture_kind")),
        ("HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), Refused("picture_kind")),
        ("Photoshop file", followed_by(b"8BPS\0\x01".to_vec(), &[0; 60]), Refused("picture_kind")),
        ("Plain text", b"just words".to_vec(), Refused("picture_kind")),
        ("Noise", (0..=255_u8).rev().cycle().take(4096).collect(), Refused("picture_kind")),
    ]
}

//! Files that mean harm: each is refused with its reason, or what comes out holds nothing of them.
mod drawings;
mod make;
mod pixels;

use std::time::{Duration, Instant};

use make::MARK;
use pictures::{Media, Picture, Refusal, Use, take};

/// What becomes of a file.
pub(crate) enum Becomes {
    /// Refused with this code.
    Refused(&'static str),
    /// Taken, and what comes out is ours alone.
    Harmless,
}

pub(crate) use Becomes::{Harmless, Refused};

/// A file with its name in the table of `docs/uploads.md`.
pub(crate) type Case = (&'static str, Vec<u8>, Becomes);

/// In a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

fn cases() -> Vec<Case> {
    drawings::cases().into_iter().chain(pixels::cases()).collect()
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|part| part == words.as_bytes())
}

fn assert_clean(name: &str, picture: &Picture, sent: &[u8]) {
    assert_eq!(picture.hash.len(), 64);
    for form in &picture.forms {
        let decoded = image::load_from_memory(&form.bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((decoded.width(), decoded.height()), (form.width, form.height), "{name}: {}", form.name);
        for words in [MARK, "<script", "<?php", "Exif", "%PDF", "tEXt", "zTXt", "iCCP", "ICC_PROFILE"] {
            assert!(!holds(&form.bytes, words), "{name}: {words} in {}", form.name);
        }
        assert_ne!(form.bytes, sent, "{name}: drawn anew");
        // Nothing follows the end.
        match form.media {
            Media::Png => assert!(form.bytes.ends_with(b"IEND\xaeB`\x82"), "{name}"),
            Media::Jpeg => assert!(form.bytes.ends_with(&[0xff, 0xd9]), "{name}"),
        }
    }
}

#[test]
fn every_hostile_file_is_refused_or_made_harmless() {
    let all = cases();
    assert!(all.len() >= 40, "{}", all.len());
    let names: std::collections::BTreeSet<_> = all.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names.len(), all.len(), "each case has a name of its own");
    let mut wrong = Vec::new();
    for (name, bytes, becomes) in &all {
        for what in [Use::Logo, Use::Mark, Use::Hero] {
            let begun = Instant::now();
            let taken = take(bytes, what);
            assert!(begun.elapsed() < PATIENCE, "{name} took {:?}", begun.elapsed());
            match (&taken, becomes) {
                (Err(refusal), Refused(code)) if refusal.code() == *code => {
                    assert!(!refusal.to_string().is_empty());
                }
                (Ok(picture), Harmless) => assert_clean(name, picture, bytes),
                (Err(refusal), _) => wrong.push(format!("{name} as {what:?}: refused as {}", refusal.code())),
                (Ok(_), Refused(code)) => wrong.push(format!("{name} as {what:?}: taken, not {code}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_is_in_the_table_of_the_documentation() {
    let table = include_str!("../../../../docs/uploads.md");
    let missing: Vec<_> = cases()
        .into_iter()
        .filter(|(name, _, becomes)| {
            let outcome = match becomes {
                Refused(code) => format!("`{code}`"),
                Harmless => "harmless".to_owned(),
            };
            !table.lines().any(|line| line == format!("| {name} | {outcome} |"))
        })
        .map(|(name, ..)| name)
        .collect();
    assert!(missing.is_empty(), "not in docs/uploads.md, or otherwise: {missing:#?}");
}

#[test]
fn good_pictures_come_in_all_their_forms() {
    for (kind, bytes) in [
        ("png", make::png()),
        ("jpeg", make::jpeg()),
        ("webp", make::webp()),
        ("svg", make::svg("<circle cx=\"60\" cy=\"30\" r=\"20\" fill=\"#c0264f\"/>")),
    ] {
        for what in Use::ALL {
            let picture = take(&bytes, what).unwrap_or_else(|refusal| panic!("{kind}: {refusal}"));
            let names: Vec<_> = picture.forms.iter().map(|form| form.name).collect();
            assert_eq!(names, what.names().collect::<Vec<_>>(), "{kind}");
            assert_eq!((picture.kind.as_str(), picture.width, picture.height), (kind, 96, 64));
            assert_clean(kind, &picture, &bytes);
            assert_eq!(take(&bytes, what).unwrap(), picture, "{kind}: the same every time");
        }
    }
    let logo = take(&make::svg(""), Use::Logo).unwrap();
    assert_eq!((logo.forms[0].width, logo.forms[0].height), (192, 128), "drawings are drawn large");
    let mark = take(&make::png(), Use::Mark).unwrap();
    let sides: Vec<_> = mark.forms.iter().map(|form| (form.width, form.height)).collect();
    assert_eq!(sides, [(192, 192), (512, 512), (64, 64), (48, 48), (32, 32)]);
}

#[test]
fn a_picture_is_turned_the_way_its_camera_was_held() {
    let turned = make::jpeg_with(0xe1, &make::exif(6));
    let picture = take(&turned, Use::Hero).unwrap();
    assert_eq!((picture.width, picture.height), (64, 96));
    assert_clean("turned", &picture, &turned);
}

#[test]
fn a_mark_is_put_on_a_ground_that_shows_it() {
    use pictures::{Icon, on_ground};
    let blue = [46, 98, 201];
    let mark = take(&make::svg_of("viewBox=\"0 0 64 64\"", ""), Use::Mark).unwrap();
    for icon in Icon::ALL {
        let on_blue = on_ground(&mark.forms[1].bytes, blue, icon).unwrap();
        let picture = image::load_from_memory(&on_blue).unwrap().into_rgba8();
        assert_eq!(picture.get_pixel(0, 0).0, [255; 4], "blue on blue would not be seen");
        assert!(picture.pixels().all(|pixel| pixel.0[3] == 255), "nothing shines through");
        let on_yellow = on_ground(&mark.forms[1].bytes, [255, 221, 0], icon).unwrap();
        let picture = image::load_from_memory(&on_yellow).unwrap().into_rgba8();
        assert_eq!(picture.get_pixel(0, 0).0, [255, 221, 0, 255]);
    }
    assert_eq!(on_ground(b"not a picture", blue, Icon::Touch), Err(Refusal::Broken));
}

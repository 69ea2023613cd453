//! Banners, posts and motifs: the right size, both logos, the same each time, nothing beyond its edge.
use resvg::tiny_skia::Pixmap;

use super::*;
use crate::draw::scene::readable_on;

fn read(png: &[u8]) -> Pixmap {
    Pixmap::decode_png(png).expect("a PNG")
}

/// How many pixels are of a colour.
fn of_colour(picture: &Pixmap, [red, green, blue]: [u8; 3]) -> usize {
    picture
        .pixels()
        .iter()
        .filter(|pixel| [pixel.red(), pixel.green(), pixel.blue()] == [red, green, blue])
        .count()
}

#[test]
fn banners_have_their_size_and_both_logos() {
    let setting = with_logos();
    for size in BANNERS {
        let picture = read(&banner(&everything(), &setting, size));
        assert_eq!((picture.width(), picture.height()), size);
        assert!(of_colour(&picture, [11, 110, 79]) > 300, "{size:?}: the partner's logo");
        // The brand's is of the panel's colour here: another one to tell them apart.
        let mut other = setting.clone();
        other.brand.logo = Some(logo(320, 80, [200, 30, 30]));
        let picture = read(&banner(&everything(), &other, size));
        assert!(of_colour(&picture, [200, 30, 30]) > 300, "{size:?}: the brand's logo");
        assert!(
            picture.pixels().iter().all(|pixel| pixel.alpha() == 255),
            "{size:?}: nothing shines through"
        );
    }
}

#[test]
fn names_stand_where_there_is_no_logo() {
    let mut bare = everything();
    bare.blocks.clear();
    bare.subject = " ".to_owned();
    for size in BANNERS {
        let dark = |picture: &Pixmap| {
            picture.pixels().iter().filter(|pixel| pixel.red() < 60 && pixel.blue() < 90).count()
        };
        let named = dark(&read(&banner(&bare, &setting(), size)));
        let mut nobody = setting();
        nobody.brand.name = String::new();
        nobody.card.name = String::new();
        assert!(named > dark(&read(&banner(&bare, &nobody, size))) + 30, "{size:?}");
    }
}

#[test]
fn pictures_are_the_same_each_time_and_small() {
    for size in BANNERS {
        let one = banner(&everything(), &with_logos(), size);
        assert_eq!(one, banner(&everything(), &with_logos(), size));
        assert!(one.len() < 150_000, "{size:?}: {}", one.len());
    }
    let all: Vec<_> = Motif::ALL.iter().map(|name| motif(*name, &light())).collect();
    assert_eq!(all[0], motif(Motif::ALL[0], &light()));
    for (one, name) in all.iter().zip(Motif::ALL) {
        let picture = read(one);
        assert_eq!((picture.width(), picture.height()), (1_200, 600));
        assert!(one.len() < 120_000, "{name:?}: {}", one.len());
        let strongest =
            picture.pixels().iter().filter(|pixel| pixel.red() < 80 && pixel.blue() > 200).count();
        assert!(strongest > 2_000, "{name:?} wears the brand's colour: {strongest}");
        assert_eq!(all.iter().filter(|other| *other == one).count(), 1, "{name:?} is like no other");
    }
}

#[test]
fn long_headlines_stay_on_the_panel() {
    let long = "Donaudampfschifffahrtsgesellschaftskapitänspatentverlängerungsantragsformular";
    let words = "A headline of one hundred and fifty characters goes on and on until nobody reads it any more, and then it goes on for a little while longer, as they do";
    for headline in [long, words, &"W".repeat(150)] {
        let mut content = everything();
        content.blocks.retain(|block| block.id == "head" || block.id == "text");
        content.blocks[0].part = Part::Heading { text: headline.to_owned() };
        for size in BANNERS {
            let picture = read(&banner(&content, &with_logos(), size));
            // White letters on the blue panel never touch its edges: two pixels stay free of them.
            let (width, height) = (size.0 as usize, size.1 as usize);
            let flat = size == (728, 90);
            let tall = size == (160, 600);
            let white = |x: usize, y: usize| {
                let pixel = picture.pixels()[y * width + x];
                pixel.red() > 150
            };
            let (left, right) = if flat { (147, width - 148) } else { (1, width - 2) };
            let rows = if tall {
                84..height - 84
            } else if flat {
                2..height - 2
            } else {
                height * 24 / 100..height - 2
            };
            let motif = if size.0 == 1_200 { right - 420 } else { right };
            for y in rows {
                assert!(!white(left, y), "{size:?}: left at {y}: {headline}");
                assert!(
                    tall || flat || !white(motif, y) || motif != right,
                    "{size:?}: right at {y}: {headline}"
                );
            }
            for x in left..motif {
                assert!(!white(x, height - 2) || tall, "{size:?}: below at {x}: {headline}");
            }
        }
    }
}

#[test]
fn words_without_letters_are_left_out_and_the_rest_is_drawn() {
    let mut arabic = everything();
    for block in &mut arabic.blocks {
        if let Part::Heading { text } | Part::Text { text } = &mut block.part {
            "\u{645}\u{631}\u{62d}\u{628}\u{627}".clone_into(text);
        }
    }
    let mut silent = arabic.clone();
    silent.blocks.retain(|block| matches!(block.part, Part::Button { .. } | Part::Image { .. }));
    silent.subject = String::new();
    let size = BANNERS[0];
    assert_eq!(banner(&arabic, &with_logos(), size), banner(&silent, &with_logos(), size), "no empty boxes");
}

#[test]
fn a_broken_logo_is_a_name() {
    let mut broken = with_logos();
    broken.partner_logo = Some(b"<svg onload=alert(1)>".to_vec());
    let mut huge = logo(4, 4, [1, 2, 3]);
    huge[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    broken.brand.logo = Some(huge);
    let mut none = setting();
    none.partner_logo = None;
    assert_eq!(banner(&everything(), &broken, BANNERS[3]), banner(&everything(), &none, BANNERS[3]));
}

#[test]
fn a_post_ends_with_its_link() {
    let drawn = post(&everything(), &with_logos());
    assert!(drawn.text.ends_with("\n\nhttps://partners.example/l/harbor-abc123"), "{}", drawn.text);
    assert!(drawn.text.contains("Hi there,") && !drawn.text.contains("**") && !drawn.text.contains("{{"));
    let picture = read(&drawn.picture);
    assert_eq!((picture.width(), picture.height()), (1_200, 630));
    assert!(of_colour(&picture, [11, 110, 79]) > 300);
}

#[test]
fn words_on_the_partner_s_colour_are_black_or_white() {
    for (colour, ink) in [("#ffcc00", "#000000"), ("#0b6e4f", "#ffffff")] {
        assert_eq!(readable_on(colour.parse().unwrap()).to_string(), ink);
    }
}

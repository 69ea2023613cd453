//! Laws that hold whatever colour a brand comes with.

use palette::contrast::{RULES, ratio, table};
use palette::{Mode, Oklch, Palette, Reason, Rgb, Scale, Seed, Step, Token};
use proptest::prelude::*;
use proptest::test_runner::Config;
use rstest::rstest;

fn any_colour() -> impl Strategy<Value = Rgb> {
    prop_oneof![
        4 => any::<[u8; 3]>().prop_map(Rgb::from),
        // Greys, and colours on the edges of what screens show.
        1 => any::<u8>().prop_map(|value| Rgb::new(value, value, value)),
        1 => prop::array::uniform3(prop_oneof![Just(0_u8), Just(255), any::<u8>()]).prop_map(Rgb::from),
    ]
}

fn any_seed() -> impl Strategy<Value = Seed> {
    (any_colour(), prop::option::of(any_colour()), any::<u8>()).prop_map(|(brand, accent, tint)| Seed {
        brand,
        accent,
        tint,
    })
}

/// Every pair of the list, both kinds of words on the five grounds of every scale, and words on solid steps.
fn unreadable(palette: &Palette) -> Vec<String> {
    let mut found = Vec::new();
    for mode in Mode::BOTH {
        let failing = table(palette.tokens(mode)).filter(|measured| !measured.passes());
        found.extend(failing.map(|measured| format!("{mode:?} {measured:?}")));
        let scales = palette.scales(mode);
        for (name, scale) in [("brand", scales.brand), ("accent", scales.accent), ("neutral", scales.neutral)]
        {
            found.extend(unreadable_steps(&scale).map(|steps| format!("{mode:?} {name} {steps}")));
        }
    }
    found
}

fn unreadable_steps(scale: &Scale) -> impl Iterator<Item = String> + '_ {
    let words = [Step::TextLow, Step::TextHigh];
    let on_grounds = words
        .into_iter()
        .flat_map(|words| Step::GROUNDS.map(|ground| (format!("{words:?}"), scale[words], scale[ground])));
    let on_solids = [Step::Solid, Step::SolidHovered]
        .map(|solid| (format!("words on {solid:?}"), scale.on_solid, scale[solid]));
    on_grounds
        .chain(on_solids)
        .filter(|(_, words, ground)| ratio(*words, *ground) < 4.5)
        .map(|(what, words, ground)| format!("{what} {words} on {ground}"))
}

/// The brand's colour is kept where it can be seen on all that controls stand on, and only there.
fn wrongly_moved(seed: &Seed, palette: &Palette) -> Option<Mode> {
    Mode::BOTH.into_iter().find(|mode| {
        let tokens = palette.tokens(*mode);
        let grounds = [Token::Page, Token::Surface, Token::Raised];
        let is_seen = grounds.iter().all(|ground| ratio(seed.brand, tokens[*ground]) >= 3.0);
        is_seen != (tokens[Token::Accent] == seed.brand)
    })
}

/// What is listed is what happened: each token once, from what was given to what is there.
fn wrongly_listed(seed: &Seed, palette: &Palette) -> Option<String> {
    for mode in Mode::BOTH {
        let tokens = palette.tokens(mode);
        let of = |token| {
            let said: Vec<_> = palette
                .corrections
                .iter()
                .filter(|said| (said.mode, said.token) == (mode, token))
                .map(|said| (said.from, said.to))
                .collect();
            said
        };
        let is = |token: Token, given: Rgb| {
            if tokens[token] == given { Vec::new() } else { vec![(given, tokens[token])] }
        };
        let second = seed.accent.map_or(Vec::new(), |given| is(Token::Chart2, given));
        if of(Token::Accent) != is(Token::Accent, seed.brand) || of(Token::Chart2) != second {
            return Some(format!("{mode:?} {:?}", palette.corrections));
        }
    }
    palette.corrections.iter().find(|said| said.from == said.to).map(|said| format!("{said:?}"))
}

proptest! {
    #![proptest_config(Config::with_cases(5_000))]

    #[test]
    fn every_seed_gives_a_palette_that_can_be_read(seed in any_seed()) {
        let palette = Palette::of(&seed);
        prop_assert_eq!(unreadable(&palette), Vec::<String>::new());
        prop_assert_eq!(wrongly_listed(&seed, &palette), None);
        prop_assert_eq!(wrongly_moved(&seed, &palette), None);
    }
}

proptest! {
    #[test]
    fn there_and_back_is_the_same_colour(colour in any_colour()) {
        prop_assert_eq!(Oklch::from(colour).rgb(), colour);
    }

    #[test]
    fn written_and_read_is_the_same_colour(colour in any_colour()) {
        prop_assert_eq!(colour.to_string().parse(), Ok(colour));
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_survives_storing(seed in any_seed()) {
        let palette = Palette::of(&seed);
        let stored = serde_json::to_string(&palette).unwrap();
        prop_assert_eq!(&stored, &serde_json::to_string(&Palette::of(&seed)).unwrap());
        prop_assert_eq!(serde_json::from_str::<Palette>(&stored).unwrap(), palette);
    }
}

#[test]
fn brands_all_over_the_cube_can_be_read() {
    // Evenly, where the drawn ones may miss a corner: 216 brands.
    let values = || (0..=255_u8).step_by(51);
    for red in values() {
        for green in values() {
            for blue in values() {
                let seed = Seed::of(Rgb::new(red, green, blue));
                assert_eq!(unreadable(&Palette::of(&seed)), Vec::<String>::new(), "{seed:?}");
            }
        }
    }
}

#[rstest]
fn awkward_brands_can_be_read(
    #[values(
        "#ffff00", "#fffffe", "#f8f5f0", "#010101", "#0a0a0a", "#39ff14", "#ff00ff", "#808080", "#000000",
        "#ffffff", "#0000ff", "#00ffff", "#767676", "#777777", "#949494"
    )]
    brand: &str,
    #[values(0, 40, 100, 255)] tint: u8,
) {
    let brand: Rgb = brand.parse().unwrap();
    for accent in [None, Some(brand), Some(Rgb::WHITE), Some(Rgb::BLACK), Some(Rgb::new(255, 255, 0))] {
        let seed = Seed { brand, accent, tint };
        let palette = Palette::of(&seed);
        assert_eq!(unreadable(&palette), Vec::<String>::new(), "{seed:?}");
        assert_eq!(wrongly_listed(&seed, &palette), None, "{seed:?}");
    }
}

#[rstest]
fn ordinary_brands_keep_their_colour(
    #[values(
        "#2563eb", "#1d4ed8", "#4f46e5", "#7c3aed", "#9333ea", "#0f766e", "#0e7490", "#15803d", "#14532d",
        "#dc2626", "#be123c", "#be185d", "#ec4899", "#c2410c", "#b45309", "#334155", "#6b7280", "#2e62c9",
        "#0a0a0a", "#3b82f6"
    )]
    brand: &str,
) {
    let palette = Palette::of(&Seed::of(brand.parse().unwrap()));
    assert_eq!(palette.light[Token::Accent].to_string(), brand);
    assert_eq!(palette.light[Token::Chart1].to_string(), brand);
    let said =
        palette.corrections.iter().find(|said| (said.mode, said.token) == (Mode::Light, Token::Accent));
    assert_eq!(said, None);
}

#[test]
fn a_light_brand_is_darkened_no_further_than_needed_and_the_palette_says_so() {
    let yellow: Rgb = "#facc15".parse().unwrap();
    let palette = Palette::of(&Seed::of(yellow));
    let said = palette.corrections[0];
    assert_eq!((said.mode, said.token, said.from), (Mode::Light, Token::Accent, yellow));
    assert_eq!((said.to, said.reason), (palette.light[Token::Accent], Reason::TooLightForSurface));
    let least = |token| {
        let grounds = [Token::Page, Token::Surface, Token::Raised];
        grounds
            .map(|ground| ratio(palette.light[token], palette.light[ground]))
            .into_iter()
            .fold(21.0, f64::min)
    };
    assert!((3.0..3.08).contains(&least(Token::Accent)), "{}", least(Token::Accent));
    assert_eq!(palette.dark[Token::Accent], yellow, "in the dark it can be seen as it is");
    assert!(palette.light[Token::OnAccent] < Rgb::new(60, 60, 60), "dark words on yellow");
}

#[test]
fn a_dark_brand_is_lightened_in_the_dark_and_a_black_one_turns_white() {
    for (brand, at_least) in [("#14532d", 0.45), ("#0a0a0a", 0.9)] {
        let palette = Palette::of(&Seed::of(brand.parse().unwrap()));
        let said = palette.corrections.iter().find(|said| said.mode == Mode::Dark).expect("a correction");
        assert_eq!((said.token, said.reason), (Token::Accent, Reason::TooDarkForSurface));
        assert!(Oklch::from(said.to).l > at_least, "{said:?}");
    }
}

#[test]
fn a_ring_is_seen_on_tinted_grounds_without_a_repair() {
    let palette = Palette::of(&Seed::of("#39ff14".parse().unwrap()));
    assert_ne!(palette.light[Token::Focus], palette.light[Token::Accent], "the accent is too light for them");
    assert!(palette.corrections.iter().all(|said| said.reason != Reason::NotReadable));
}

#[test]
fn words_that_had_to_grow_darker_are_listed() {
    let palette = Palette::of(&Seed::of("#797979".parse().unwrap()));
    let said = palette.corrections.iter().find(|said| said.mode == Mode::Light).expect("a correction");
    assert_eq!((said.token, said.reason), (Token::OnAccent, Reason::WordsOnIt));
    assert_eq!(said.to, palette.light[Token::OnAccent]);
}

#[test]
fn greys_take_as_much_of_the_hue_as_they_are_told() {
    let chroma = |brand: &str, tint| {
        let seed = Seed { tint, ..Seed::of(brand.parse().unwrap()) };
        let palette = Palette::of(&seed);
        Oklch::from(palette.dark[Token::Surface]).c
    };
    assert!(chroma("#2563eb", 0) < 0.000_1);
    assert!(chroma("#2563eb", 40) > 0.005);
    assert!(chroma("#2563eb", 100) > 1.8 * chroma("#2563eb", 40));
    assert_eq!(chroma("#2563eb", 255).to_bits(), chroma("#2563eb", 100).to_bits());
    assert!(chroma("#777777", 100) < 0.000_1, "a grey has no hue to give");
}

#[test]
fn a_broken_list_would_be_noticed() {
    // Guards against a list that was emptied: the pairs that no screen can do without.
    let has = |words, ground| {
        RULES.iter().any(|rule| {
            let least = if words == Token::Text || words == Token::OnAccent { 4.5 } else { 3.0 };
            rule.words == words && rule.grounds.contains(&ground) && rule.kind.least() >= least
        })
    };
    assert!(has(Token::Text, Token::Surface) && has(Token::OnAccent, Token::AccentHover));
    assert!(Token::CHARTS.iter().all(|chart| has(*chart, Token::Surface)));
    assert!(has(Token::Focus, Token::AccentSoft) && has(Token::LineField, Token::Raised));
}

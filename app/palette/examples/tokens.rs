//! Prints the palettes of many seeds and the list of pairs as JSON, for a check that knows nothing of this crate:
//! `cargo run -p palette --example tokens -- 5000 | python3 end2end/check_palettes.py`
//!
//! Instead of a number, colours may be given: `-- '#2563eb' '#ffe000'`.

use palette::{Palette, Rgb, Seed, contrast};
use serde_json::json;
use std::io::Write;

fn main() -> std::io::Result<()> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let seeds: Vec<Seed> = match given.first().map(|first| first.parse::<u64>()) {
        Some(Ok(count)) => drawn(count),
        Some(Err(_)) => given.iter().filter_map(|colour| Some(Seed::of(colour.parse().ok()?))).collect(),
        None => drawn(100),
    };
    let seeds: Vec<_> = seeds
        .iter()
        .map(|seed| {
            let made = Palette::of(seed);
            json!({ "seed": seed, "light": made.light, "dark": made.dark, "corrections": made.corrections,
                "light_scales": made.light_scales, "dark_scales": made.dark_scales })
        })
        .collect();
    let pairs: Vec<_> =
        contrast::pairs().map(|pair| json!([pair.words.name(), pair.ground.name(), pair.least])).collect();
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, &json!({ "seeds": seeds, "pairs": pairs }))?;
    out.write_all(b"\n")
}

/// Seeds from a tiny generator with a fixed start (SplitMix64), so that everybody draws the same ones.
fn drawn(count: u64) -> Vec<Seed> {
    let mut state = 2_026_u64;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let colour = |bits: u64| Rgb::new((bits >> 16) as u8, (bits >> 8) as u8, bits as u8);
    (0..count)
        .map(|_| {
            let (brand, accent, rest) = (next(), next(), next());
            let accent = (rest % 3 == 0).then(|| colour(accent));
            Seed { brand: colour(brand), accent, tint: (rest >> 8) as u8 }
        })
        .collect()
}

//! Colours of a logo, from its pixels.

use super::{Proposal, ranking};
use crate::Rgb;
use std::collections::BTreeMap;

/// The most pixels that are looked at, spread evenly over the picture.
const MOST_PIXELS: usize = 40_000;
/// Below this opacity a pixel is an edge or nothing.
const VISIBLE: u8 = 128;

/// Up to five colours of a picture, best first: by how much of the visible picture they cover, times their chroma.
///
/// `pixels` are red, green, blue and opacity, 0 to 255, not premultiplied, in any order and of any number. Pixels more
/// than half see-through are left out; greys are proposed only where there is nothing else. Empty for an empty or
/// invisible picture.
pub fn colours_of_pixels(pixels: &[[u8; 4]]) -> Vec<Proposal> {
    let stride = stride(pixels.len());
    let mut counted: BTreeMap<Rgb, u64> = BTreeMap::new();
    for [red, green, blue, opacity] in pixels.iter().step_by(stride) {
        if *opacity >= VISIBLE {
            *counted.entry(Rgb::new(*red, *green, *blue)).or_default() += 1;
        }
    }
    ranking::ranked(&counted)
}

/// Odd, so that it walks through all columns of a picture whose width is a power of two.
fn stride(pixels: usize) -> usize {
    match pixels.div_ceil(MOST_PIXELS) {
        0 | 1 => 1,
        stride => stride | 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLUE: [u8; 4] = [0x25, 0x63, 0xeb, 255];
    const WHITE: [u8; 4] = [255; 4];

    /// A logo of a size, drawn by a function of x and y.
    fn drawn(side: usize, draw: impl Fn(usize, usize) -> [u8; 4]) -> Vec<[u8; 4]> {
        (0..side * side).map(|at| draw(at % side, at / side)).collect()
    }

    fn colours(pixels: &[[u8; 4]]) -> Vec<String> {
        colours_of_pixels(pixels).iter().map(|found| found.colour.to_string()).collect()
    }

    #[test]
    fn a_blue_letter_on_white_is_blue() {
        let logo = drawn(64, |x, _| match x {
            20..=29 => BLUE,
            // The soft edge of the letter.
            19 | 30 => [0x92, 0xb1, 0xf5, 255],
            _ => WHITE,
        });
        let found = colours_of_pixels(&logo);
        assert_eq!(found[0].colour, Rgb::new(0x25, 0x63, 0xeb));
        assert_eq!(found[0].share, 1_562, "ten columns of 64");
    }

    #[test]
    fn two_colours_are_proposed_by_how_much_they_cover() {
        let logo = drawn(50, |x, y| match (x, y) {
            (0..30, _) => [0xe1, 0x1d, 0x48, 255],
            (_, 0..25) => [0x0f, 0x76, 0x6e, 255],
            _ => [255, 255, 255, 0],
        });
        assert_eq!(colours(&logo), ["#e11d48", "#0f766e"]);
    }

    #[test]
    fn a_gradient_is_few_colours_and_not_hundreds() {
        let logo = drawn(128, |x, _| [x as u8, 40, 255 - x as u8, 255]);
        let found = colours_of_pixels(&logo);
        assert!((2..=5).contains(&found.len()), "{found:?}");
        assert!(found.iter().map(|found| u32::from(found.share)).sum::<u32>() <= 10_000);
    }

    #[test]
    fn what_is_see_through_is_not_there() {
        let logo = drawn(20, |x, _| if x < 10 { [255, 0, 0, 20] } else { BLUE });
        let found = colours_of_pixels(&logo);
        assert_eq!((found.len(), found[0].share), (1, 10_000));
        assert_eq!(colours_of_pixels(&[[255, 0, 0, 0]; 9]), []);
        assert_eq!(colours_of_pixels(&[]), []);
    }

    #[test]
    fn a_black_logo_is_black() {
        let logo = drawn(40, |x, y| if (x + y) % 3 == 0 { [10, 10, 10, 255] } else { [0, 0, 0, 0] });
        assert_eq!(colours(&logo), ["#0a0a0a"]);
    }

    #[test]
    fn a_huge_picture_is_looked_at_in_places() {
        for pixels in [0, 1, 40_000, 40_001, 1 << 20, 25_000_000, usize::MAX] {
            let stride = stride(pixels);
            assert!(pixels / stride <= MOST_PIXELS, "{pixels}");
            assert_eq!(stride % 2, 1);
        }
        // Stripes of two columns: an even stride would see one of them only.
        let logo = drawn(1024, |x, _| if x % 2 == 0 { BLUE } else { [0xf9, 0x73, 0x16, 255] });
        let shares: Vec<u16> = colours_of_pixels(&logo).iter().map(|found| found.share).collect();
        assert!(shares.len() == 2 && shares.iter().all(|share| share.abs_diff(5_000) <= 1), "{shares:?}");
    }

    #[test]
    fn noise_is_survived_and_always_gives_the_same() {
        let noise: Vec<[u8; 4]> =
            (0..100_000_u32).map(|at| at.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let found = colours_of_pixels(&noise);
        assert!((1..=5).contains(&found.len()));
        assert_eq!(found, colours_of_pixels(&noise));
    }
}

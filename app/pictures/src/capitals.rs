//! Names in capitals, as paths: for logos that are drawn by this program.
use std::fmt::Write as _;

use crate::monogram::{CAPITAL, outline};

/// Between two letters and between two words, in units of the outlines.
const GAP: f64 = 190.0;
const SPACE: f64 = 420.0;

/// A text in capitals of a height, as elements of SVG that begin at 0, 0 and have the colour of their group; and how wide it
/// is. None when a letter has no outline here.
#[must_use]
pub fn capitals(text: &str, height: f64) -> Option<(String, f64)> {
    let scale = height / CAPITAL;
    let (mut paths, mut x) = (String::new(), 0.0);
    for letter in text.chars().flat_map(char::to_uppercase) {
        if letter == ' ' {
            x += SPACE;
            continue;
        }
        let of = outline(letter)?;
        let (left, bottom) = ((x - of.left) * scale, height);
        let _ = write!(
            paths,
            "<path transform=\"translate({left:.2} {bottom:.2}) scale({scale:.5})\" d=\"{}\"/>",
            of.path
        );
        x += of.right - of.left + GAP;
    }
    Some((paths, (x - GAP).max(0.0) * scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_drawn_as_wide_as_it_says() {
        let (paths, width) = capitals("Harbor 9", 40.0).unwrap();
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"40\"><g fill=\"#123456\">{paths}</g></svg>"
        );
        let logo = crate::take(svg.as_bytes(), crate::Use::Logo).unwrap();
        let picture = image::load_from_memory(&logo.forms[0].bytes).unwrap().into_rgba8();
        let inked = |x: u32| (0..picture.height()).any(|y| picture.get_pixel(x, y).0[3] > 60);
        assert!(inked(2) && (picture.width() - 12..picture.width()).any(inked), "from edge to edge");
        assert_eq!(capitals("日本", 40.0), None);
    }
}

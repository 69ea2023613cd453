//! The icon of a brand without a picture: the first letter of its name in a square of its colour.
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::ground::{luminance, ratio};
use crate::{Colour, Icon, Refusal};

/// Outlines of letters; see there.
const LETTERS: &str = include_str!("letters.txt");
/// The height of letters in the file.
pub(crate) const CAPITAL: f64 = 1490.0;

/// The letter that stands for a name; none when it has no letter or digit that can be drawn here.
#[must_use]
pub fn initial(name: &str) -> Option<char> {
    let first = name.chars().find(|letter| letter.is_alphanumeric())?;
    let mut upper = first.to_uppercase();
    let upper = upper.next().filter(|_| upper.next().is_none()).unwrap_or(first);
    outline(upper).map(|_| upper)
}

/// The monogram as a drawing with rounded corners. Without a letter it is a ring.
#[must_use]
pub fn monogram(letter: Option<char>, colour: Colour) -> String {
    drawing(letter, colour, 14.0, 34.0)
}

/// The monogram as a PNG: rounded at a side in pixels, or an icon that fills its square.
///
/// # Errors
/// `SvgSize` for a side of none or more than 1,024.
pub fn monogram_icon(
    letter: Option<char>,
    colour: Colour,
    shape: Result<Icon, u32>,
) -> Result<Vec<u8>, Refusal> {
    let (svg, side) = match shape {
        Ok(Icon::Touch) => (drawing(letter, colour, 0.0, 34.0), Icon::Touch.sides().0),
        Ok(Icon::Maskable) => (drawing(letter, colour, 0.0, 26.0), Icon::Maskable.sides().0),
        Err(side) if (1..=1024).contains(&side) => (monogram(letter, colour), side),
        Err(_) => return Err(Refusal::SvgSize),
    };
    let tree = Tree::from_str(&svg, &Options::default()).map_err(|_| Refusal::Broken)?;
    let mut pixels = Pixmap::new(side, side).ok_or(Refusal::SvgSize)?;
    let scale = side as f32 / 64.0;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let picture =
        image::RgbaImage::from_raw(side, side, pixels.take_demultiplied()).ok_or(Refusal::Broken)?;
    crate::encode::png(&picture)
}

/// In a square of 64, with corners of a radius and a letter of a height.
fn drawing(letter: Option<char>, colour: Colour, radius: f64, height: f64) -> String {
    let hex = |[red, green, blue]: Colour| format!("#{red:02x}{green:02x}{blue:02x}");
    let ink = hex(ink_on(colour));
    let sign = match letter.and_then(outline) {
        Some(Outline { left, top, right, bottom, path }) => {
            let (wide, high) = (right - left, bottom - top);
            // Letters with marks above are higher than others, M and W wider.
            let scale = (height / CAPITAL).min(44.0 / wide).min(44.0 / high);
            let x = 32.0 - scale * f64::midpoint(left, right);
            let y = 32.0 - scale * f64::midpoint(top, bottom);
            format!(
                "<path fill=\"{ink}\" transform=\"translate({x:.2} {y:.2}) scale({scale:.5})\" d=\"{path}\"/>"
            )
        }
        None => format!(
            "<circle cx=\"32\" cy=\"32\" r=\"{:.1}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"6\"/>",
            height / 2.0 - 3.0
        ),
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\" width=\"64\" height=\"64\">\
         <rect width=\"64\" height=\"64\" rx=\"{radius}\" fill=\"{}\"/>{sign}</svg>",
        hex(colour)
    )
}

/// White where it can be read, else black: one of the two always has 4.5 to 1.
fn ink_on(colour: Colour) -> Colour {
    if ratio(1.0, luminance(colour)) >= 4.5 { [255; 3] } else { [0; 3] }
}

pub(crate) struct Outline {
    pub(crate) left: f64,
    top: f64,
    pub(crate) right: f64,
    bottom: f64,
    pub(crate) path: &'static str,
}

pub(crate) fn outline(letter: char) -> Option<Outline> {
    let wanted = format!("{:x} ", u32::from(letter));
    let line = LETTERS.lines().find_map(|line| line.strip_prefix(wanted.as_str()))?;
    let mut parts = line.splitn(5, ' ');
    let mut number = || parts.next()?.parse::<f64>().ok();
    let (left, top, right, bottom) = (number()?, number()?, number()?, number()?);
    Some(Outline { left, top, right, bottom, path: parts.next()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_by_its_first_letter() {
        let of = |name| initial(name);
        assert_eq!((of("Northwind Cloud"), of("  özlem"), of("3M")), (Some('N'), Some('Ö'), Some('3')));
        assert_eq!((of("Борис"), of("ßtraße"), of("")), (Some('Б'), None, None));
        // Letters that are not drawn here have the ring.
        assert_eq!((of("شركة"), of("日本")), (None, None));
        assert!(monogram(None, [9; 3]).contains("<circle"));
    }

    #[test]
    fn the_letter_can_always_be_read() {
        for value in 0..=255_u8 {
            for colour in [[value; 3], [value, 90, 160], [30, value, 200], [200, 40, value]] {
                let ink = ink_on(colour);
                assert!(ratio(luminance(ink), luminance(colour)) >= 4.5, "{colour:?} {ink:?}");
            }
        }
    }

    #[test]
    fn every_letter_is_drawn_within_the_square() {
        for line in LETTERS.lines().filter(|line| !line.starts_with('#')) {
            let code = line.split(' ').next().and_then(|code| u32::from_str_radix(code, 16).ok());
            let letter = code.and_then(char::from_u32).unwrap();
            let png = monogram_icon(Some(letter), [46, 98, 201], Err(64)).unwrap();
            let picture = image::load_from_memory(&png).unwrap().into_rgba8();
            let white = picture.enumerate_pixels().filter(|(.., pixel)| pixel.0 == [255; 4]);
            let inside = |at: u32| (8..56).contains(&at);
            let mut count = 0;
            for (x, y, _) in white {
                count += 1;
                assert!(inside(x) && inside(y), "{letter} at {x}, {y}");
            }
            assert!(count > 40, "{letter}: {count}");
        }
    }
}

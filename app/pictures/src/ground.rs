//! Marks on a ground: icons that the device must not see through.
use std::io::Cursor;

use image::codecs::png::PngDecoder;
use image::{DynamicImage, RgbaImage};

use crate::forms::squared;
use crate::{Colour, Refusal, encode};

/// An icon that fills its square.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// 180 pixels a side; the device rounds its corners.
    Touch,
    /// 512 pixels a side; the device cuts it into a shape of its own, within which the mark stays.
    Maskable,
}

impl Icon {
    pub const ALL: [Self; 2] = [Self::Touch, Self::Maskable];

    /// Its side, and that of the mark in it. The circle that every shape keeps has 80 % of the side (W3C, Web Application
    /// Manifest, "Icon masks and safe zone"), a square in it 56 %.
    pub(crate) const fn sides(self) -> (u32, u32) {
        match self {
            Self::Touch => (180, 132),
            Self::Maskable => (512, 288),
        }
    }

    /// `touch`, `maskable`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Touch => "touch",
            Self::Maskable => "maskable",
        }
    }
}

/// Puts a mark, one of our own forms, on a colour; on white or near black where it could not be seen on that, and on its own
/// ground where it has one.
///
/// # Errors
/// `Broken` for what is no form of ours.
pub fn on_ground(mark: &[u8], colour: Colour, icon: Icon) -> Result<Vec<u8>, Refusal> {
    let decoder = PngDecoder::new(Cursor::new(mark)).map_err(|_| Refusal::Broken)?;
    let mark = DynamicImage::from_decoder(decoder).map_err(|_| Refusal::Broken)?.into_rgba8();
    let (side, inner) = icon.sides();
    let own = own_ground(&mark);
    let mut square = encode::filled((side, side), own.unwrap_or_else(|| ground_for(&mark, colour)));
    let inner = if own.is_some() && icon == Icon::Touch { side } else { inner };
    let place = (side - inner) / 2;
    encode::lay(&mut square, &squared(&mark, inner), (place, place));
    encode::png(&square)
}

/// The ground that a mark brings along: its corners are filled with one colour.
fn own_ground(mark: &RgbaImage) -> Option<Colour> {
    let (right, bottom) = (mark.width().checked_sub(1)?, mark.height().checked_sub(1)?);
    let corners = [(0, 0), (right, 0), (0, bottom), (right, bottom)].map(|(x, y)| mark.get_pixel(x, y).0);
    let [red, green, blue, _] = corners[0];
    corners.iter().all(|corner| corner[3] == 255 && *corner == corners[0]).then_some([red, green, blue])
}

fn ground_for(mark: &RgbaImage, colour: Colour) -> Colour {
    let seen = mark.pixels().filter(|pixel| pixel.0[3] > 127);
    let (sum, count) = seen.fold((0.0, 0_u32), |(sum, count), pixel| {
        (sum + luminance([pixel.0[0], pixel.0[1], pixel.0[2]]), count + 1)
    });
    let mean = sum / f64::from(count.max(1));
    let contrast = |ground: Colour| ratio(mean, luminance(ground));
    // Signs need 3 to 1 (WCAG 2.2, 1.4.11).
    [colour, [255; 3], [18; 3]].into_iter().find(|ground| contrast(*ground) >= 3.0).unwrap_or([255; 3])
}

/// Relative luminance (WCAG 2.2), 0 to 1.
pub(crate) fn luminance(colour: Colour) -> f64 {
    let [red, green, blue] = colour.map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// Contrast of two luminances, 1 to 21.
pub(crate) fn ratio(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

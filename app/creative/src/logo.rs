//! How large a logo is drawn, and which colour is the partner's.
use palette::Rgb;
use palette::contrast::ratio;

use crate::PartnerCard;

/// The box of a logo at the head of mails and pages, in CSS pixels.
const BOX: (u32, u32) = (200, 80);
/// A wide logo need not be higher than this.
const WIDE: u32 = 48;

/// Width and height in CSS pixels at which a logo of these pixels is drawn at the head of mails and pages; never enlarged.
#[must_use]
pub fn drawn_size((width, height): (u32, u32)) -> (u32, u32) {
    let (width, height) = (width.max(1), height.max(1));
    // What is as high as wide takes the height; all else is a line.
    let most = if width >= 2 * height { WIDE } else { BOX.1 };
    let scale = (f64::from(BOX.0) / f64::from(width)).min(f64::from(most) / f64::from(height)).min(1.0);
    let of = |side: u32| (f64::from(side) * scale).round().max(1.0) as u32;
    (of(width), of(height))
}

/// The contrast of white words on the card's colour; none without a colour.
pub(crate) fn contrast_on_card(card: &PartnerCard) -> Option<f64> {
    let colour = card.colour.parse::<Rgb>().ok()?;
    Some(ratio(Rgb::WHITE, colour))
}

#[cfg(test)]
mod tests {
    use super::drawn_size;

    #[test]
    fn logos_keep_their_shape_within_the_box() {
        assert_eq!(drawn_size((640, 128)), (200, 40));
        assert_eq!(drawn_size((400, 400)), (80, 80));
        assert_eq!(drawn_size((60, 20)), (60, 20));
        assert_eq!(drawn_size((0, 0)), (1, 1));
        assert_eq!(drawn_size((400, 200)), (96, 48));
    }
}

//! Moving a colour in lightness, as little as needed, until it can be read.

use crate::contrast::ratio;
use crate::{Oklch, Rgb};

/// Halvings of the way: finer than eight bits a channel can tell.
const STEPS: u32 = 14;
/// What a moved colour has above the least contrast, so that a table rounded to two digits never says less.
const MARGIN: f64 = 0.01;

/// The colour nearest to `from`, on its way to the lightness `end`, that passes; `None` when not even the end does.
///
/// Where the test holds for a part of the way only, it must hold up to the end.
pub(crate) fn moved(from: Oklch, end: f64, passes: impl Fn(Rgb) -> bool) -> Option<Rgb> {
    let start = from.rgb();
    if passes(start) {
        return Some(start);
    }
    let mut found = Some(from.at(end).rgb()).filter(|colour| passes(*colour))?;
    let (mut fails, mut holds) = (from.l, end);
    for _ in 0..STEPS {
        let half = f64::midpoint(fails, holds);
        let colour = from.at(half).rgb();
        if passes(colour) {
            (found, holds) = (colour, half);
        } else {
            fails = half;
        }
    }
    Some(found)
}

/// Whether a colour has the contrast on every ground.
pub(crate) fn stands_out(colour: Rgb, grounds: &[Rgb], least: f64) -> bool {
    grounds.iter().all(|ground| ratio(colour, *ground) >= least)
}

/// `colour` as it is where it can be read on every ground; otherwise darker or lighter, whichever is nearer.
///
/// Where grounds lie so far apart that nothing can be read on all of them: the better of black and white.
pub(crate) fn readable(colour: Rgb, grounds: &[Rgb], least: f64) -> Rgb {
    if stands_out(colour, grounds, least) {
        return colour;
    }
    let from = Oklch::from(colour);
    let way = |end| moved(from, end, |found| stands_out(found, grounds, least + MARGIN));
    let far = |found: &Rgb| (Oklch::from(*found).l - from.l).abs();
    let nearest =
        [way(0.0), way(1.0)].into_iter().flatten().min_by(|one, other| far(one).total_cmp(&far(other)));
    nearest.unwrap_or_else(|| {
        let worst = |end: Rgb| grounds.iter().map(|ground| ratio(end, *ground)).fold(f64::INFINITY, f64::min);
        if worst(Rgb::BLACK) >= worst(Rgb::WHITE) { Rgb::BLACK } else { Rgb::WHITE }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_read_stays() {
        let blue = Rgb::new(0x25, 0x63, 0xeb);
        assert_eq!(readable(blue, &[Rgb::WHITE], 4.5), blue);
    }

    #[test]
    fn what_cannot_be_read_moves_as_little_as_needed() {
        let yellow = Rgb::new(255, 221, 0);
        let found = readable(yellow, &[Rgb::WHITE], 3.0);
        let contrast = ratio(found, Rgb::WHITE);
        assert!((3.0..3.08).contains(&contrast), "{found} {contrast}");
        assert!((Oklch::from(found).h - Oklch::from(yellow).h).abs() < 2.0, "the hue stays");
    }

    #[test]
    fn the_nearer_of_two_ways_is_taken() {
        let middle = [Rgb::new(0x80, 0x80, 0x80)];
        assert!(Oklch::from(readable(Rgb::new(0x40, 0x40, 0x40), &middle, 3.0)).l < 0.4);
        assert!(Oklch::from(readable(Rgb::new(0xa0, 0xa0, 0xa0), &middle, 3.0)).l > 0.7);
    }

    #[test]
    fn where_nothing_can_be_read_the_best_end_is_taken() {
        let grounds = [Rgb::BLACK, Rgb::new(0xf0, 0xf0, 0xf0)];
        assert_eq!(readable(Rgb::new(9, 9, 9), &grounds, 7.0), Rgb::WHITE);
    }
}

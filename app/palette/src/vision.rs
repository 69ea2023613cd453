//! What a colour looks like to people who see fewer of them.
//!
//! Matrices of Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
//! Deficiency" (2009), severity 1.0, on linear sRGB.

use crate::Rgb;
use crate::oklab::{Oklab, linear};

type Matrix = [[f64; 3]; 3];

const USUAL: Matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
const NO_RED: Matrix = [
    [0.152_286, 1.052_583, -0.204_868],
    [0.114_503, 0.786_281, 0.099_216],
    [-0.003_882, -0.048_116, 1.051_998],
];
const NO_GREEN: Matrix = [
    [0.367_322, 0.860_646, -0.227_968],
    [0.280_085, 0.672_501, 0.047_413],
    [-0.011_820, 0.042_940, 0.968_881],
];
const NO_BLUE: Matrix = [
    [1.255_528, -0.076_749, -0.178_779],
    [-0.078_411, 0.930_809, 0.147_602],
    [0.004_733, 0.691_367, 0.303_900],
];

/// Nine in ten people see all colours: series must not look alike to them for the sake of the tenth.
const ALMOST_ALL: f64 = 1.5;

/// One colour through the eyes of the usual viewer, and of those without red, green or blue cones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen([Oklab; 4]);

impl Seen {
    pub(crate) fn of(colour: Rgb) -> Self {
        let light = linear(colour);
        let through =
            |row: [f64; 3]| (row[0] * light[0] + row[1] * light[1] + row[2] * light[2]).clamp(0.0, 1.0);
        Self([USUAL, NO_RED, NO_GREEN, NO_BLUE].map(|matrix| Oklab::of_linear(matrix.map(through))))
    }

    /// How different two colours look to whoever tells them apart worst (ΔE OK, 0 to about 1). The usual viewer counts
    /// as [`ALMOST_ALL`] times as demanding.
    pub(crate) fn distance(&self, other: &Self) -> f64 {
        let mut apart = self.0.iter().zip(other.0).map(|(one, other)| one.distance(other));
        let usual = apart.next().map_or(f64::INFINITY, |usual| usual / ALMOST_ALL);
        apart.fold(usual, f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn red_and_green_of_one_lightness_are_far_apart_only_for_some() {
        let (red, green) = (Rgb::new(0xc8, 0x50, 0x50), Rgb::new(0x6a, 0x8a, 0x3a));
        let usual = Oklab::from(red).distance(green.into());
        let worst = Seen::of(red).distance(&Seen::of(green));
        assert!(usual > 0.18 && worst < usual / 2.0, "{usual} {worst}");
    }

    #[test]
    fn black_and_white_look_the_same_to_everybody() {
        let apart = Seen::of(Rgb::BLACK).distance(&Seen::of(Rgb::WHITE));
        assert!((apart - 1.0 / ALMOST_ALL).abs() < 0.01, "{apart}");
    }
}

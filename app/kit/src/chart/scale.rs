//! From values to places: pure, and the same for every chart.

/// A straight line from values to places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    from: (f64, f64),
    to: (f64, f64),
}

impl Scale {
    /// Maps `from.0` to `to.0` and `from.1` to `to.1`. An empty range of values maps to the middle.
    #[must_use]
    pub const fn new(from: (f64, f64), to: (f64, f64)) -> Self {
        Self { from, to }
    }

    /// The place of a value.
    #[must_use]
    pub fn at(self, value: f64) -> f64 {
        let width = self.from.1 - self.from.0;
        if width == 0.0 {
            return f64::midpoint(self.to.0, self.to.1);
        }
        self.to.0 + (value - self.from.0) / width * (self.to.1 - self.to.0)
    }
}

/// Round values for an axis from zero (or below, when a value is) to at least the largest value: about `count`
/// steps of 1, 2, 2.5 or 5 times a power of ten. Always at least two values, ascending.
#[must_use]
pub fn ticks(values: impl IntoIterator<Item = f64>, count: u32) -> Vec<f64> {
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    for value in values.into_iter().filter(|value| value.is_finite()) {
        low = low.min(value);
        high = high.max(value);
    }
    if low == 0.0 && high == 0.0 {
        return vec![0.0, 1.0];
    }
    let step = nice((high - low) / f64::from(count.max(1)));
    let (first, last) = ((low / step).floor(), (high / step).ceil());
    let steps = (last - first).round() as u32;
    (0..=steps.max(1)).map(|n| (first + f64::from(n)) * step).collect()
}

/// The next round step that is not smaller.
fn nice(step: f64) -> f64 {
    let power = 10f64.powf(step.log10().floor());
    let factor =
        [1.0, 2.0, 2.5, 5.0].into_iter().find(|factor| factor * power >= step * 0.999_999).unwrap_or(10.0);
    factor * power
}

/// A line through points, as an SVG path; empty without points.
#[must_use]
pub fn line_path(points: &[(f64, f64)]) -> String {
    let mut path = String::with_capacity(points.len() * 14);
    for (place, (x, y)) in points.iter().enumerate() {
        path.push(if place == 0 { 'M' } else { 'L' });
        path.push_str(&coordinate(*x));
        path.push(' ');
        path.push_str(&coordinate(*y));
    }
    path
}

/// The area between a line and a base.
#[must_use]
pub fn area_path(points: &[(f64, f64)], base: f64) -> String {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return String::new() };
    let base = coordinate(base);
    format!("{}L{} {base}L{} {base}Z", line_path(points), coordinate(last.0), coordinate(first.0))
}

/// With at most one decimal, so that pages stay small.
#[must_use]
pub fn coordinate(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    if tenths == 0.0 { "0".to_owned() } else { tenths.to_string() }
}

/// Which of `count` labels to show so that about `most` stand beside each other: the first, every so many, and
/// the last where it leaves enough room.
#[must_use]
pub fn spread(count: usize, most: usize) -> Vec<usize> {
    if count <= most.max(2) {
        return (0..count).collect();
    }
    let last = count - 1;
    let step = last.div_ceil(most.max(2) - 1);
    let mut shown: Vec<usize> = (0..count).step_by(step).collect();
    let rest = last % step;
    if rest > 0 {
        if rest * 2 < step {
            shown.pop();
        }
        shown.push(last);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn axes_have_round_values() {
        assert_eq!(ticks([128.0, 40.0], 3), [0.0, 50.0, 100.0, 150.0]);
        assert_eq!(ticks([0.9], 2), [0.0, 0.5, 1.0]);
        assert_eq!(ticks([], 3), [0.0, 1.0]);
        assert_eq!(ticks([-30.0, 70.0], 4), [-50.0, -25.0, 0.0, 25.0, 50.0, 75.0]);
    }

    #[test]
    fn paths_are_short() {
        assert_eq!(line_path(&[(0.0, 10.04), (50.55, 3.0)]), "M0 10L50.6 3");
        assert_eq!(area_path(&[(0.0, 1.0), (2.0, 3.0)], 9.0), "M0 1L2 3L2 9L0 9Z");
        assert_eq!(area_path(&[], 9.0), "");
    }

    #[test]
    fn labels_are_thinned_evenly() {
        assert_eq!(spread(3, 5), [0, 1, 2]);
        assert_eq!(spread(13, 5), [0, 3, 6, 9, 12]);
        assert_eq!(spread(12, 5), [0, 3, 6, 9, 11]);
        assert_eq!(spread(31, 5), [0, 8, 16, 24, 30]);
        assert_eq!(spread(10, 3), [0, 5, 9]);
    }

    proptest! {
        #[test]
        fn an_axis_holds_every_value(values in prop::collection::vec(-1e12..1e12_f64, 1..40), count in 1_u32..8) {
            let axis = ticks(values.iter().copied(), count);
            prop_assert!(axis.len() >= 2 && axis.len() <= count as usize + 3, "{axis:?}");
            let (low, high) = (axis[0], axis[axis.len() - 1]);
            let slack = (high - low) * 1e-9;
            for value in values {
                prop_assert!(value >= low - slack && value <= high + slack, "{value} in {axis:?}");
            }
        }

        #[test]
        fn a_scale_maps_its_ends(a in -1e6..1e6_f64, width in 1e-3..1e6_f64) {
            let scale = Scale::new((a, a + width), (100.0, 0.0));
            prop_assert!((scale.at(a) - 100.0).abs() < 1e-6);
            prop_assert!(scale.at(a + width).abs() < 1e-6);
        }
    }
}

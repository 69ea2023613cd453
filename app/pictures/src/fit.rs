//! Sizes that fit.

/// The largest size of the same shape within a box; never enlarged unless told so, and never without a pixel.
pub(crate) fn within(size: (u32, u32), most: (u32, u32), enlarges: bool) -> (u32, u32) {
    let (width, height) = (f64::from(size.0.max(1)), f64::from(size.1.max(1)));
    let scale = (f64::from(most.0) / width).min(f64::from(most.1) / height);
    let scale = if enlarges { scale } else { scale.min(1.0) };
    let side = |side: f64, most: u32| ((side * scale).round() as u32).clamp(1, most);
    (side(width, most.0), side(height, most.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_stays_and_the_box_holds() {
        assert_eq!(within((1000, 500), (640, 128), false), (256, 128));
        assert_eq!(within((2000, 100), (640, 128), false), (640, 32));
        assert_eq!(within((30, 20), (640, 128), false), (30, 20));
        assert_eq!(within((30, 20), (64, 64), true), (64, 43));
        assert_eq!(within((8000, 16), (64, 64), true), (64, 1));
    }
}

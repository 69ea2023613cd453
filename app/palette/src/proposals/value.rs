//! One colour as a style sheet writes it.

use crate::{Oklch, Rgb};

/// Below this opacity a colour is a shadow or a veil, not the brand's.
const VISIBLE: f64 = 0.5;

/// Hexadecimal digits without `#`: three or six, or four or eight with opacity.
pub(super) fn of_digits(digits: &str) -> Option<Rgb> {
    let (colour, opacity) = match digits.len() {
        3 | 6 => (digits, "f"),
        4 => digits.split_at_checked(3)?,
        8 => digits.split_at_checked(6)?,
        _ => return None,
    };
    let is_visible =
        opacity.starts_with(['8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'A', 'B', 'C', 'D', 'E', 'F']);
    colour.parse().ok().filter(|_| is_visible)
}

/// A function and what stands between its brackets: `rgb`, `hsl` (also with an `a`) or `oklch`, with commas or spaces.
/// Nothing for what is computed (`var()`, `calc()`), mostly see-through or not understood.
pub(super) fn of_function(name: &str, inside: &str) -> Option<Rgb> {
    let mut values = inside.split([' ', ',', '/', '\t', '\n', '\r']).filter(|value| !value.is_empty());
    let [first, second, third] = [values.next()?, values.next()?, values.next()?];
    let opacity = values.next().map_or(Some(1.0), |value| number(value, 1.0))?;
    if values.next().is_some() || opacity < VISIBLE {
        return None;
    }
    match name {
        "rgb" | "rgba" => {
            let channel = |value| Some(libm::round(number(value, 255.0)?.clamp(0.0, 255.0)) as u8);
            Some(Rgb::new(channel(first)?, channel(second)?, channel(third)?))
        }
        "hsl" | "hsla" => {
            let part =
                |value: &str| Some(number(value.trim_end_matches('%'), 1.0)?.clamp(0.0, 100.0) / 100.0);
            Some(of_hsl(angle(first)?, part(second)?, part(third)?))
        }
        "oklch" => Some(Oklch::new(number(first, 1.0)?, number(second, 0.4)?, angle(third)?).rgb()),
        _ => None,
    }
}

/// A number, or per cent of a whole; `none` is 0.
fn number(value: &str, whole: f64) -> Option<f64> {
    if value == "none" {
        return Some(0.0);
    }
    let (value, per_cent) = value.strip_suffix('%').map_or((value, false), |value| (value, true));
    let value: f64 = value.parse().ok()?;
    Some(if per_cent { value * whole / 100.0 } else { value }).filter(|value| value.is_finite())
}

/// Degrees, 0 ..< 360.
fn angle(value: &str) -> Option<f64> {
    let unit = |suffix, degrees| Some(number(value.strip_suffix(suffix)?, 1.0)? * degrees);
    let degrees = unit("deg", 1.0)
        .or_else(|| unit("grad", 0.9))
        .or_else(|| unit("rad", 180.0 / std::f64::consts::PI))
        .or_else(|| unit("turn", 360.0))
        .or_else(|| number(value, 1.0))?;
    Some(((degrees % 360.0) + 360.0) % 360.0)
}

/// CSS Color 4, "Converting HSL Colors to sRGB"; hue in degrees, saturation and lightness 0 to 1.
fn of_hsl(hue: f64, saturation: f64, lightness: f64) -> Rgb {
    let channel = |at: f64| {
        let turn = (at + hue / 30.0) % 12.0;
        let reach = saturation * lightness.min(1.0 - lightness);
        let light = lightness - reach * (turn - 3.0).min(9.0 - turn).clamp(-1.0, 1.0);
        libm::round(light * 255.0) as u8
    };
    Rgb::new(channel(0.0), channel(8.0), channel(4.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("09f", Some("#0099ff"))]
    #[case("2563EB", Some("#2563eb"))]
    #[case("2563ebff", Some("#2563eb"))]
    #[case("2563eb33", None)]
    #[case("09f8", Some("#0099ff"))]
    #[case("09f2", None)]
    #[case("", None)]
    #[case("12345", None)]
    fn digits(#[case] raw: &str, #[case] read: Option<&str>) {
        assert_eq!(of_digits(raw).map(|colour| colour.to_string()).as_deref(), read);
    }

    #[rstest]
    #[case("rgb", "37, 99, 235", Some("#2563eb"))]
    #[case("rgb", "37 99 235 / 80%", Some("#2563eb"))]
    #[case("rgba", "37,99,235,.2", None)]
    #[case("rgb", "100% 0% 50%", Some("#ff0080"))]
    #[case("rgb", "999 -4 none", Some("#ff0000"))]
    #[case("hsl", "221.2 83.2% 53.3%", Some("#2563eb"))]
    #[case("hsl", "120deg, 100%, 25%", Some("#008000"))]
    #[case("hsla", ".5turn 100% 50% / 1", Some("#00ffff"))]
    #[case("hsl", "-120 100% 50%", Some("#0000ff"))]
    #[case("oklch", "62.796% 0.25768 29.234", Some("#ff0000"))]
    #[case("rgb", "var(--x)", None)]
    #[case("rgb", "1 2", None)]
    #[case("rgb", "1 2 3 1 5", None)]
    #[case("rgb", "NaN inf 1e999", None)]
    #[case("lab", "50 1 2", None)]
    fn functions(#[case] name: &str, #[case] inside: &str, #[case] read: Option<&str>) {
        assert_eq!(of_function(name, inside).map(|colour| colour.to_string()).as_deref(), read);
    }
}

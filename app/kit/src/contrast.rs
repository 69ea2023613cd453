//! Reads the tokens of `style/tokens.css` and checks that words can be read on every ground they stand on.
use std::collections::HashMap;

const TOKENS: &str = include_str!("../../../style/tokens.css");

/// Words, the ground below them and the least contrast (WCAG 2.2, 1.4.3 and 1.4.11).
const READABLE: [(&str, &[&str], f64); 10] = [
    (
        "text",
        &[
            "page",
            "surface",
            "raised",
            "sunken",
            "hover",
            "accent-soft",
            "neutral-soft",
            "good-soft",
            "warn-soft",
            "bad-soft",
        ],
        4.5,
    ),
    (
        "muted",
        &[
            "page",
            "surface",
            "raised",
            "sunken",
            "hover",
            "accent-soft",
            "neutral-soft",
            "good-soft",
            "warn-soft",
            "bad-soft",
        ],
        4.5,
    ),
    ("good", &["page", "surface", "raised", "hover", "good-soft", "accent-soft"], 4.5),
    ("warn", &["page", "surface", "raised", "hover", "warn-soft", "accent-soft"], 4.5),
    ("bad", &["page", "surface", "raised", "hover", "bad-soft", "accent-soft"], 4.5),
    ("accent-text", &["page", "surface", "raised", "sunken", "hover", "accent-soft", "neutral-soft"], 4.5),
    ("on-accent", &["accent", "accent-hover"], 4.5),
    ("on-bad", &["bad"], 4.5),
    ("line-field", &["page", "surface"], 3.0),
    ("accent", &["page", "surface", "raised"], 3.0),
];

/// The brands of the demo, and brands all around the wheel.
fn brands() -> impl Iterator<Item = (f64, f64)> {
    let around = (0..72).flat_map(|step| [0.05, 0.105, 0.17].map(|chroma| (f64::from(step) * 5.0, chroma)));
    [(262.0, 0.17), (188.0, 0.105)].into_iter().chain(around)
}

#[test]
fn words_can_be_read_on_every_ground_in_every_brand() {
    let tokens = tokens();
    for (hue, chroma) in brands() {
        for (words, grounds, least) in READABLE {
            for ground in grounds {
                for dark in [false, true] {
                    let light = |name: &str| luminance(side(tokens[name], dark), hue, chroma);
                    let (a, b) = (light(words), light(ground));
                    let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                    assert!(
                        ratio >= least,
                        "--{words} on --{ground}, hue {hue}, chroma {chroma}, dark {dark}: {ratio:.2}"
                    );
                }
            }
        }
    }
}

/// Tokens of the form `--name: light-dark(oklch(…), oklch(…));`.
fn tokens() -> HashMap<&'static str, &'static str> {
    TOKENS
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(": light-dark("))
        .filter_map(|(name, rest)| Some((name, rest.strip_suffix(");")?)))
        .collect()
}

fn side(pair: &str, dark: bool) -> &str {
    let (light, other) = pair.split_once("), oklch").expect("two colours");
    (if dark { other } else { light }).trim_start_matches("oklch").trim_start_matches('(')
}

/// Relative luminance of `L C H` with the brand's hue and chroma filled in; out of gamut is clipped.
fn luminance(colour: &str, hue: f64, chroma: f64) -> f64 {
    let filled = colour
        .replace("calc(var(--strength) * ", &format!("{chroma}*"))
        .replace("var(--strength)", &chroma.to_string())
        .replace("var(--hue)", &hue.to_string())
        .replace("none", "0")
        .replace(')', "");
    let parts: Vec<f64> = filled
        .split_whitespace()
        .map(|part| part.split('*').map(|factor| factor.parse::<f64>().expect("a number")).product())
        .collect();
    let (l, a, b) =
        (parts[0], parts[1] * parts[2].to_radians().cos(), parts[1] * parts[2].to_radians().sin());
    crate::colour::linear(l, a, b)
        .iter()
        .zip([0.2126, 0.7152, 0.0722])
        .map(|(light, weight)| light.clamp(0.0, 1.0) * weight)
        .sum()
}

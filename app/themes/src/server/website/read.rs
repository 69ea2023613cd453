//! What a website says of its brand. Pure: from pages and sheets to proposals.
use std::collections::BTreeMap;
use std::fmt::Write as _;

use palette::{Oklch, Rgb, colours_of_css};

use super::html::{Part, parts};
use crate::model::{ColourProposal, FoundIn};

/// The most parts of a page that are read.
const MOST_PARTS: usize = 20_000;
/// The most colours that are proposed.
const MOST_COLOURS: usize = 6;
/// The most logos that are named.
const MOST_LOGOS: usize = 6;
/// The longest name, in characters.
const LONGEST_NAME: usize = 120;
/// Below this chroma a colour is a grey; it is proposed only where there is nothing else.
const GREY: f64 = 0.035;

/// What stands in a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Site {
    /// What addresses are relative to, as it is written; the page's own without it.
    pub(super) base: Option<String>,
    /// What the page calls itself.
    pub(super) name: Option<String>,
    /// Colours that the page gives to the browser.
    pub(super) theme_colours: Vec<String>,
    pub(super) manifest: Option<String>,
    /// Addresses of style sheets, as they are written, in their order.
    pub(super) sheets: Vec<String>,
    /// Addresses of logos, as they are written, the best first.
    pub(super) logos: Vec<String>,
    /// Style within the page: elements and attributes.
    pub(super) style: String,
}

/// Reads a page.
pub(super) fn site(html: &str) -> Site {
    let mut site = Site::default();
    let (mut title, mut is_title) = (None, false);
    let mut logos: Vec<(u8, String)> = Vec::new();
    for part in parts(html, MOST_PARTS) {
        match part {
            Part::Text(text) if is_title => title = title.or(Some(text)),
            Part::Text(text) => {
                site.style.push_str(&text);
                site.style.push('\n');
            }
            Part::Tag { name, attributes } => {
                is_title = name == "title";
                let of = |wanted: &str| {
                    attributes
                        .iter()
                        .find(|(name, _)| name == wanted)
                        .map(|(_, value)| value.trim().to_owned())
                };
                if let Some(style) = of("style") {
                    let _ = writeln!(site.style, "a{{{style}}}");
                }
                match name.as_str() {
                    "base" => site.base = site.base.take().or_else(|| of("href")),
                    "meta" => meta(&mut site, &mut logos, of),
                    "link" => link(&mut site, &mut logos, of),
                    _ => {}
                }
            }
        }
    }
    site.name = site.name.take().or_else(|| title.map(|title| first_of(&title))).and_then(|name| tidy(&name));
    logos.sort_by_key(|(rank, _)| *rank);
    for (_, logo) in logos {
        if site.logos.len() < MOST_LOGOS && !site.logos.contains(&logo) {
            site.logos.push(logo);
        }
    }
    site
}

fn meta(site: &mut Site, logos: &mut Vec<(u8, String)>, of: impl Fn(&str) -> Option<String>) {
    let Some(content) = of("content").filter(|content| !content.is_empty()) else { return };
    let name = of("name").or_else(|| of("property")).unwrap_or_default().to_ascii_lowercase();
    match name.as_str() {
        "theme-color" | "msapplication-tilecolor" => site.theme_colours.push(content),
        "og:site_name" => site.name = Some(content),
        "application-name" => site.name = site.name.take().or(Some(content)),
        "og:image" => logos.push((3, content)),
        _ => {}
    }
}

fn link(site: &mut Site, logos: &mut Vec<(u8, String)>, of: impl Fn(&str) -> Option<String>) {
    let Some(href) = of("href").filter(|href| !href.is_empty() && !href.starts_with("data:")) else { return };
    let rel = of("rel").unwrap_or_default().to_ascii_lowercase();
    let has = |word: &str| rel.split_ascii_whitespace().any(|one| one == word);
    if has("stylesheet") && !has("alternate") {
        // What is for paper says nothing of the brand on screens.
        if of("media").is_none_or(|media| !media.eq_ignore_ascii_case("print")) {
            site.sheets.push(href);
        }
    } else if has("manifest") {
        site.manifest = site.manifest.take().or(Some(href));
    } else if has("icon") {
        let is_svg = of("type").is_some_and(|kind| kind == "image/svg+xml") || href.ends_with(".svg");
        logos.push((if is_svg { 0 } else { 2 }, href));
    } else if has("apple-touch-icon") || has("mask-icon") {
        logos.push((1, href));
    }
}

/// The first part of a title: `Acme | Tools for makers`, `Acme – Home`.
fn first_of(title: &str) -> String {
    let parts = [" | ", " – ", " — ", " - ", " · ", ": "];
    let end = parts.iter().filter_map(|mark| title.find(mark)).filter(|at| *at > 0).min();
    title[..end.unwrap_or(title.len())].to_owned()
}

fn tidy(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let name: String = words.join(" ").chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    (!name.is_empty()).then_some(name)
}

/// A colour by itself, as CSS writes it.
fn colour_of(text: &str) -> Option<Rgb> {
    colours_of_css("", Some(text)).first().map(|found| found.colour)
}

/// What a manifest gives as the colour of its theme, and its name.
pub(super) fn manifest(text: &str) -> (Option<String>, Option<String>) {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(text.trim_start_matches('\u{feff}')) else {
        return (None, None);
    };
    let of = |name: &str| value.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
    (of("theme_color"), of("short_name").or_else(|| of("name")).and_then(|name| tidy(&name)))
}

/// Colours of the custom properties that are named like a brand's colours.
fn named(css: &str) -> String {
    const NAMES: [&str; 5] = ["brand", "primary", "accent", "theme-color", "main-color"];
    // Shades of a scale (`--brand-50`) and what is made for states or words on it are no brand colours.
    const NOT: [&str; 8] = ["hover", "active", "foreground", "contrast", "-on-", "text", "bg", "background"];
    let mut found = String::new();
    for part in css.split("--").skip(1) {
        let Some((name, rest)) = part.split_once(':') else { continue };
        let name = name.trim().to_ascii_lowercase();
        let is_name =
            name.len() < 60 && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        let wanted = NAMES.iter().any(|wanted| name.contains(wanted))
            && !NOT.iter().any(|not| format!("-{name}").contains(not));
        if is_name && wanted {
            let value: String = rest.chars().take_while(|c| !matches!(c, ';' | '}' | '{')).take(80).collect();
            let _ = write!(found, "a{{color:{value}}}");
        }
    }
    found
}

#[derive(Default)]
struct Weight {
    points: u64,
    share: u16,
    found_in: Vec<FoundIn>,
}

fn add(weights: &mut BTreeMap<Rgb, Weight>, colour: Rgb, points: u64, found_in: FoundIn) -> &mut Weight {
    let weight = weights.entry(colour).or_default();
    weight.points += points;
    if !weight.found_in.contains(&found_in) {
        weight.found_in.push(found_in);
    }
    weight
}

/// What is proposed for what was found, best first. A colour that was chosen on purpose counts for more than one that
/// is only used much, and one that was found in several places for more than any of them.
pub(super) fn propose(site: &Site, manifest_colour: Option<&str>, css: &str) -> Vec<ColourProposal> {
    let mut weights = BTreeMap::new();
    for colour in site.theme_colours.iter().filter_map(|text| colour_of(text)) {
        add(&mut weights, colour, 10_000, FoundIn::ThemeColour);
    }
    if let Some(colour) = manifest_colour.and_then(colour_of) {
        add(&mut weights, colour, 6_000, FoundIn::Manifest);
    }
    for found in colours_of_css(&named(css), None) {
        add(&mut weights, found.colour, 2_000 + u64::from(found.share) / 2, FoundIn::Property);
    }
    for found in colours_of_css(css, None) {
        add(&mut weights, found.colour, u64::from(found.share), FoundIn::StyleSheet).share = found.share;
    }
    let is_grey = |colour: Rgb| Oklch::from(colour).c < GREY;
    let mut all: Vec<(Rgb, Weight)> = weights.into_iter().collect();
    if all.iter().any(|(colour, _)| !is_grey(*colour)) {
        all.retain(|(colour, _)| !is_grey(*colour));
    }
    all.sort_by_key(|(colour, weight)| (std::cmp::Reverse(weight.points), *colour));
    let proposal = |(colour, weight): (Rgb, Weight)| ColourProposal {
        colour,
        share: weight.share,
        found_in: weight.found_in,
    };
    all.into_iter().take(MOST_COLOURS).map(proposal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r##"<!doctype html><html><head><base href="/start/"><title>Acme Tools | For makers</title>
        <meta name="theme-color" content="#0F766E"><link rel="shortcut icon" href="/favicon.ico">
        <link rel="icon" type="image/svg+xml" href="/logo.svg"><link rel="apple-touch-icon" href="touch.png">
        <link rel="manifest" href="/site.webmanifest"><link rel="stylesheet" href="a.css">
        <link rel="alternate stylesheet" href="no.css"><link rel="stylesheet" media="print" href="print.css">
        <meta property="og:image" content="https://cdn.example/card.png"><style>:root{--brand-primary:#be123c}</style>
        </head><body style='color:#1d4ed8'><script>var x="<link rel=stylesheet href=script.css>"</script></body>"##;

    #[test]
    fn a_page_says_what_it_is_made_of() {
        let site = site(PAGE);
        assert_eq!(site.name.as_deref(), Some("Acme Tools"));
        assert_eq!(
            (site.base.as_deref(), site.manifest.as_deref()),
            (Some("/start/"), Some("/site.webmanifest"))
        );
        assert_eq!(site.sheets, ["a.css"]);
        assert_eq!(site.logos, ["/logo.svg", "touch.png", "/favicon.ico", "https://cdn.example/card.png"]);
        assert_eq!(site.theme_colours, ["#0F766E"]);
        assert!(
            site.style.contains("--brand-primary") && site.style.contains("a{color:#1d4ed8}"),
            "{}",
            site.style
        );
        let named = super::site("<title>x - y</title><meta property=og:site_name content=' The \n Site '>");
        assert_eq!(named.name.as_deref(), Some("The Site"));
    }

    #[test]
    fn what_was_chosen_on_purpose_comes_before_what_is_used_much() {
        let site = site(PAGE);
        let css = format!("{} .a{{color:#7c3aed}}.b{{color:#7c3aed}}.c{{color:#7c3aed}}", site.style);
        let all = propose(&site, Some("#7c3aed"), &css);
        let colours: Vec<String> = all.iter().map(|one| one.colour.to_string()).collect();
        assert_eq!(colours, ["#7c3aed", "#0f766e", "#be123c", "#1d4ed8"]);
        assert_eq!(all[0].found_in, [FoundIn::Manifest, FoundIn::StyleSheet]);
        assert_eq!(all[1].found_in, [FoundIn::ThemeColour]);
        assert_eq!(all[2].found_in, [FoundIn::Property, FoundIn::StyleSheet]);
        assert_eq!(all[0].share, 6_000);
    }

    #[test]
    fn greys_are_proposed_only_where_there_is_nothing_else() {
        let white = site("<meta name=theme-color content=#ffffff>");
        assert_eq!(propose(&white, Some("#000"), "a{color:#333}").len(), 3);
        let found = propose(&white, None, "a{color:#333;background:#be123c}");
        assert_eq!(found.iter().map(|one| one.colour.to_string()).collect::<Vec<_>>(), ["#be123c"]);
        assert!(propose(&Site::default(), None, "").is_empty());
    }

    #[test]
    fn shades_for_states_and_words_are_no_brand_colours() {
        let css = ":root{--primary:#0f766e;--primary-hover:#115e59;--on-primary:#ffffff;--x:#be123c}";
        assert_eq!(named(css), "a{color:#0f766e}");
        assert_eq!(
            manifest(r##"{"theme_color":"#0f766e","name":" Acme ","short_name":""}"##).0.as_deref(),
            Some("#0f766e")
        );
        assert_eq!(manifest("no manifest"), (None, None));
    }
}

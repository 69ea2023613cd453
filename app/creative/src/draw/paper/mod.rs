//! One page of paper: A4 with bleed, the headline on the brand's band, blocks, the partner's card, a code to the landing page.
mod face;
mod flow;
mod foot;
mod write;

use super::canvas::Area;
use super::inline::{As, Links};
use super::letters::Weight;
use super::mail_parts::{LIGHT, worn};
use super::scene::Scene;

use super::{Ink, Setting, Template, flat};
use crate::text::one_line;
use crate::{Content, Part};
use flow::Flow;

/// A4 in points.
const PAGE: (f32, f32) = (595.28, 841.89);
/// Left and right of everything: 17 mm.
const MARGIN: f32 = 48.0;
const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;
/// Sizes of text that are tried, the largest first.
const SIZES: [f32; 10] = [11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0];

/// What is put on the page; heights count down from the upper edge.
enum Stroke {
    Words {
        x: f32,
        y: f32,
        size: f32,
        weight: Weight,
        colour: String,
        text: String,
    },
    Bar {
        area: Area,
        colour: String,
    },
    /// A PNG within an area; whether it stands at the area's right edge.
    Logo {
        png: Vec<u8>,
        area: Area,
        right: bool,
    },
    Link {
        area: Area,
        url: String,
    },
}

/// One page of A4 as PDF, with a QR code to the landing page. What does not fit at the smallest size is left out, and so
/// are words that the typeface has no letters for (Arabic).
#[must_use]
pub fn one_pager(content: &Content, setting: &Setting) -> Vec<u8> {
    let scene = Scene::new(content, setting);
    let ink = worn(&setting.brand.light, LIGHT);
    let mut marks = Vec::new();
    let title = content.blocks.iter().find_map(|block| match &block.part {
        Part::Heading { text } => Some(text.as_str()),
        _ => None,
    });
    let title = line(&scene, title.unwrap_or(&content.subject));
    let top = head(&scene, &ink, &title, &mut marks);
    let bottom = foot::foot(&scene, &ink, &mut marks);
    let mut body = Vec::new();
    for size in SIZES {
        let mut flow = Flow::new(&scene, &ink, size, Area(MARGIN, top + 20.0, WIDTH, bottom - top - 32.0));
        flow.blocks(&content.blocks, true);
        let fits = flow.at <= flow.area.1 + flow.area.3;
        body = flow.finished();
        if fits {
            break;
        }
    }
    marks.extend(body);
    write::file(marks, &title, super::scene::language(&setting.language))
}

/// A text of one line as people read it.
fn line(scene: &Scene<'_>, text: &str) -> String {
    let mut links = Links::default();
    let pieces = scene.line(text, As::Text, &mut links);
    one_line(&Template(pieces.0).plain(&links.0, false))
}

/// Both logos and the band with headline and summary; where the band ends.
fn head(scene: &Scene<'_>, ink: &Ink, title: &str, marks: &mut Vec<Stroke>) -> f32 {
    let setting = scene.setting;
    let half = (WIDTH - 24.0) / 2.0;
    let logos = [
        (&setting.brand.logo, &setting.brand.name, Area(MARGIN, 34.0, half, 36.0), false),
        (&setting.partner_logo, &setting.card.name, Area(MARGIN + half + 24.0, 34.0, half, 36.0), true),
    ];
    for (png, name, area, right) in logos {
        match png {
            Some(png) => marks.push(Stroke::Logo { png: png.clone(), area, right }),
            None => {
                let fitted = super::letters::fit(&one_line(name), Weight::Bold, (area.2, area.3), 15.0, 8.0);
                if let Some(text) = fitted.lines.into_iter().next() {
                    let free = area.2 - Weight::Bold.width(&text, fitted.size);
                    let x = area.0 + if right { free } else { 0.0 };
                    let colour = ink.text.clone();
                    marks.push(Stroke::Words {
                        x,
                        y: area.1 + 23.0,
                        size: fitted.size,
                        weight: Weight::Bold,
                        colour,
                        text,
                    });
                }
            }
        }
    }
    let top = 90.0;
    let mut words = Vec::new();
    let mut at = top + 24.0;
    let summary = line(scene, &scene.content.summary);
    for (text, weight, height, most, least) in
        [(title, Weight::Bold, 84.0, 28.0, 13.0), (summary.as_str(), Weight::Plain, 44.0, 12.5, 8.0)]
    {
        let fitted = super::letters::fit(text, weight, (WIDTH, height), most, least);
        for text in fitted.lines {
            at += fitted.size * 1.25;
            let colour = ink.on_accent.clone();
            words.push(Stroke::Words { x: MARGIN, y: at, size: fitted.size, weight, colour, text });
        }
        at += 6.0;
    }
    let end = at + 18.0;
    // Into the bleed at both sides: the knife leaves no white line.
    marks.push(Stroke::Bar {
        area: Area(-write::BLEED, top, PAGE.0 + 2.0 * write::BLEED, end - top),
        colour: ink.accent.clone(),
    });
    marks.extend(words);
    end
}

/// The words by which the code is introduced: those of the first button or form that leads to the landing page.
fn invitation_to_page(scene: &Scene<'_>) -> String {
    let label = flat(scene.content).into_iter().find_map(|block| match &block.part {
        Part::Button { label, target: crate::Target::LandingPage } | Part::Form { label, .. } => Some(label),
        _ => None,
    });
    label.map(|label| line(scene, label)).unwrap_or_default()
}

//! The foot of the page: the partner's card, the code to the landing page, the legal line.
use qrcode::{Color, EcLevel, QrCode};

use super::super::canvas::Area;
use super::super::letters::{Weight, fit, lines};
use super::super::scene::{Scene, between, shown};
use super::super::{Ink, flat};
use super::{MARGIN, PAGE, Stroke, WIDTH, invitation_to_page, line};
use crate::text::one_line;
use crate::{Part, Target};

/// Side of the code in points: 30 mm, which a telephone reads from paper.
const CODE: f32 = 86.0;
/// From the lower edge of the page.
const BOTTOM: f32 = 34.0;
const SMALL: f32 = 7.5;

/// Draws it; where it begins.
pub(super) fn foot(scene: &Scene<'_>, ink: &Ink, strokes: &mut Vec<Stroke>) -> f32 {
    let mut at = PAGE.1 - BOTTOM;
    let legal: Vec<_> = flat(scene.content)
        .into_iter()
        .filter_map(|block| match &block.part {
            Part::Footer { text } => Some(line(scene, text)),
            _ => None,
        })
        .chain(scene.setting.brand.footer.iter().map(|text| one_line(text)))
        .filter(|text| !text.is_empty())
        .collect();
    let legal = fit(&legal.join(" · "), Weight::Plain, (WIDTH, 44.0), SMALL, 5.0);
    at -= legal.lines.len() as f32 * legal.size * 1.3;
    for (n, text) in legal.lines.into_iter().enumerate() {
        let y = at + legal.size * (1.0 + 1.3 * n as f32);
        let colour = ink.muted.clone();
        strokes.push(Stroke::Words { x: MARGIN, y, size: legal.size, weight: Weight::Plain, colour, text });
    }
    at -= 12.0;
    let code = scene
        .address(&Target::LandingPage)
        .and_then(|url| Some((QrCode::with_error_correction_level(&url, EcLevel::M).ok()?, url)));
    let room = if code.is_some() { WIDTH - CODE - 44.0 } else { WIDTH - 20.0 };
    let card = card(scene, room);
    let heights = card.iter().map(|(_, size, _)| size * 1.35).sum::<f32>() + 24.0;
    let height = heights.max(if code.is_some() { CODE + 34.0 } else { 0.0 });
    let top = at - height;
    let (partner, _) = scene.partner_colours();
    let ground = between(&ink.ground, &ink.line, 0.22);
    strokes.push(Stroke::Bar { area: Area(MARGIN, top, WIDTH, height), colour: ground });
    strokes.push(Stroke::Bar { area: Area(MARGIN, top, 4.0, height), colour: partner });
    let mut y = top + 12.0;
    for (weight, size, text) in card {
        y += size * 1.35;
        let colour = ink.text.clone();
        strokes.push(Stroke::Words { x: MARGIN + 18.0, y: y - size * 0.35, size, weight, colour, text });
    }
    if let Some((code, url)) = code {
        let left = MARGIN + WIDTH - CODE - 12.0;
        draw_code(&code, left, top + 10.0, strokes);
        let words = fit(&invitation_to_page(scene), Weight::Bold, (CODE, 20.0), 8.0, 5.5);
        for (n, text) in words.lines.into_iter().enumerate() {
            let x = left + (CODE - Weight::Bold.width(&text, words.size)) / 2.0;
            let y = top + CODE + 20.0 + words.size * 1.2 * n as f32;
            let colour = ink.text.clone();
            strokes.push(Stroke::Words { x, y, size: words.size, weight: Weight::Bold, colour, text });
        }
        strokes.push(Stroke::Link { area: Area(left, top + 10.0, CODE, CODE), url });
    }
    top
}

/// The lines of the card with their weights and sizes.
fn card(scene: &Scene<'_>, width: f32) -> Vec<(Weight, f32, String)> {
    let card = scene.card();
    let signed = [&card.signed_by, &card.signed_as].map(|text| one_line(text));
    let signed: Vec<_> = signed.into_iter().filter(|text| !text.is_empty()).collect();
    let address: Vec<_> = card.address.lines().map(one_line).filter(|text| !text.is_empty()).collect();
    let ways = [one_line(&card.phone), one_line(&card.email), one_line(shown(&card.website))];
    let ways: Vec<_> = ways.into_iter().filter(|text| !text.is_empty()).collect();
    let wanted = [
        (Weight::Bold, 11.0, one_line(&card.name), 1),
        (Weight::Plain, 8.5, one_line(&card.about), 3),
        (Weight::Plain, 8.5, signed.join(", "), 1),
        (Weight::Plain, 8.5, address.join(", "), 2),
        (Weight::Bold, 8.5, ways.join("  ·  "), 2),
    ];
    let mut all = Vec::new();
    for (weight, size, text, most) in wanted {
        if !text.is_empty() && weight.writes(&text) {
            let broken = lines(&text, width, &|text| weight.width(text, size));
            all.extend(broken.into_iter().take(most).map(|text| (weight, size, text)));
        }
    }
    all
}

fn draw_code(code: &QrCode, left: f32, top: f32, strokes: &mut Vec<Stroke>) {
    strokes.push(Stroke::Bar { area: Area(left, top, CODE, CODE), colour: "#ffffff".to_owned() });
    let (side, dark) = (code.width(), code.to_colors());
    // Four modules of quiet around it.
    let unit = CODE / (side + 8) as f32;
    for (row, modules) in dark.chunks(side).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                let x = left + (column + 4) as f32 * unit;
                // A hair higher than it is, so that no white line shows between rows.
                let area = Area(x, top + (row + 4) as f32 * unit, run.len() as f32 * unit, unit + 0.02);
                strokes.push(Stroke::Bar { area, colour: "#000000".to_owned() });
            }
            column += run.len();
        }
    }
}

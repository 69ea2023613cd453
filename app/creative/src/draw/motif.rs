//! What is drawn where a kit brings no picture: shapes in the brand's colours.
use std::fmt::Write as _;

use super::Ink;
use super::canvas::{Canvas, veil};
use super::mail_parts::{LIGHT, worn};
use super::scene::between;
use crate::Motif;

/// Width and height of a motif.
pub(super) const SIZE: (u32, u32) = (1_200, 600);

/// What is drawn for a motif in the brand's colours: PNG, 1200 × 600.
#[must_use]
pub fn motif(motif: Motif, ink: &Ink) -> Vec<u8> {
    let ink = worn(ink, LIGHT);
    let mut canvas = Canvas::new(SIZE, &between(&ink.ground, &ink.accent, 0.1));
    canvas.raw(&shapes(motif, &ink.accent, &ink.ground));
    canvas.png()
}

/// The shapes alone, in a space of 1200 × 600: `ink` in several strengths, and `paper` upon it.
pub(super) fn shapes(motif: Motif, ink: &str, paper: &str) -> String {
    match motif {
        Motif::Waves => waves(ink),
        Motif::Grid => grid(ink),
        Motif::Rings => rings(ink),
        Motif::Steps => steps(ink),
        Motif::Shield => shield(ink, paper),
        Motif::People => people(ink),
        Motif::Calendar => calendar(ink, paper),
        Motif::Chart => chart(ink, paper),
    }
}

fn circle(out: &mut String, x: f32, y: f32, radius: f32, fill: &str) {
    let _ = write!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" {fill}/>");
}

fn square(out: &mut String, [x, y, width, height]: [f32; 4], radius: f32, fill: &str) {
    let _ = write!(
        out,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius:.1}\" {fill}/>"
    );
}

fn path(out: &mut String, data: &str, fill: &str) {
    let _ = write!(out, "<path d=\"{data}\" {fill}/>");
}

fn line(colour: &str, width: u32) -> String {
    format!(
        "fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linecap=\"round\" stroke-linejoin=\"round\""
    )
}

fn waves(ink: &str) -> String {
    let mut out = String::new();
    circle(&mut out, 905.0, 190.0, 86.0, &veil(ink, 0.9));
    for (n, (top, swing)) in
        [(250.0, 70.0), (330.0, -56.0), (410.0, 48.0), (490.0, -36.0)].into_iter().enumerate()
    {
        let (up, down) = (top - swing, top + swing);
        let data = format!("M0 {top}C200 {up} 400 {up} 600 {top}S1000 {down} 1200 {top}V600H0Z");
        path(&mut out, &data, &veil(ink, 0.2 + 0.18 * n as f32));
    }
    out
}

fn grid(ink: &str) -> String {
    let mut out = String::new();
    for row in 0..5_u32 {
        for column in 0..10_u32 {
            // A pattern without a pattern: strengths that a small multiplication scatters.
            let strength = ((row * 7 + column * 11 + row * column * 3) % 9) as f32;
            let (x, y) = (66.0 + 108.0 * column as f32, 36.0 + 108.0 * row as f32);
            square(&mut out, [x, y, 96.0, 96.0], 16.0, &veil(ink, 0.08 + 0.1 * strength));
        }
    }
    out
}

fn rings(ink: &str) -> String {
    let mut out = String::new();
    for (n, radius) in [520.0, 410.0, 300.0, 190.0, 90.0].into_iter().enumerate() {
        circle(&mut out, 760.0, 300.0, radius, &veil(ink, 0.12 + 0.12 * n as f32));
    }
    circle(&mut out, 262.0, 168.0, 40.0, &veil(ink, 0.9));
    circle(&mut out, 360.0, 452.0, 22.0, &veil(ink, 0.6));
    out
}

fn steps(ink: &str) -> String {
    let mut out = String::new();
    for n in 0..6_u32 {
        let (n, height) = (n as f32, 90.0 + 78.0 * n as f32);
        square(
            &mut out,
            [96.0 + 174.0 * n, 600.0 - height, 138.0, height + 40.0],
            18.0,
            &veil(ink, 0.25 + 0.13 * n),
        );
    }
    circle(&mut out, 1035.0, 66.0, 30.0, &veil(ink, 0.9));
    out
}

fn shield(ink: &str, paper: &str) -> String {
    let mut out = String::new();
    for (radius, part) in [(290.0, 0.12), (235.0, 0.14)] {
        circle(&mut out, 600.0, 300.0, radius, &veil(ink, part));
    }
    path(
        &mut out,
        "M600 100L760 156V300C760 396 692 466 600 506C508 466 440 396 440 300V156Z",
        &veil(ink, 0.92),
    );
    path(&mut out, "M528 302L582 356L676 250", &line(paper, 30));
    for (x, y) in [(180.0, 150.0), (270.0, 470.0), (960.0, 130.0), (1040.0, 430.0)] {
        square(&mut out, [x - 34.0, y - 34.0, 68.0, 68.0], 14.0, &veil(ink, 0.35));
    }
    out
}

fn people(ink: &str) -> String {
    let mut out = String::new();
    for (x, scale, part) in
        [(220.0, 0.8, 0.35), (980.0, 0.8, 0.35), (410.0, 1.0, 0.55), (790.0, 1.0, 0.55), (600.0, 1.25, 0.95)]
    {
        let (head, body) = (78.0 * scale, 150.0 * scale);
        let top = 600.0 - body * 1.25;
        circle(&mut out, x, top - head * 1.25, head, &veil(ink, part));
        let (left, right) = (x - body, x + body);
        path(
            &mut out,
            &format!("M{left} 600V{:.0}A{body} {body} 0 0 1 {right} {:.0}V600Z", top + body, top + body),
            &veil(ink, part),
        );
    }
    out
}

fn calendar(ink: &str, paper: &str) -> String {
    let mut out = String::new();
    circle(&mut out, 980.0, 120.0, 170.0, &veil(ink, 0.14));
    circle(&mut out, 210.0, 500.0, 210.0, &veil(ink, 0.14));
    square(&mut out, [370.0, 96.0, 460.0, 420.0], 32.0, &veil(ink, 0.92));
    square(&mut out, [392.0, 196.0, 416.0, 298.0], 16.0, &veil(paper, 1.0));
    for x in [480.0, 720.0] {
        square(&mut out, [x - 13.0, 62.0, 26.0, 74.0], 13.0, &veil(ink, 1.0));
    }
    for row in 0..4_u32 {
        for column in 0..6_u32 {
            let chosen = row == 2 && column == 3;
            let (x, y) = (440.0 + 64.0 * column as f32, 244.0 + 66.0 * row as f32);
            circle(
                &mut out,
                x,
                y,
                if chosen { 26.0 } else { 14.0 },
                &veil(ink, if chosen { 1.0 } else { 0.3 }),
            );
        }
    }
    out
}

fn chart(ink: &str, paper: &str) -> String {
    let mut out = String::new();
    for n in 1..5_u32 {
        square(&mut out, [90.0, 110.0 * n as f32, 1020.0, 3.0], 0.0, &veil(ink, 0.2));
    }
    let points =
        [(120.0, 450.0), (310.0, 390.0), (500.0, 410.0), (690.0, 280.0), (880.0, 220.0), (1080.0, 110.0)];
    let joined = points.map(|(x, y)| format!("{x} {y}")).join("L");
    path(&mut out, &format!("M{joined}V600H120Z"), &veil(ink, 0.25));
    path(&mut out, &format!("M{joined}"), &line(ink, 12));
    for (x, y) in points {
        circle(&mut out, x, y, 20.0, &veil(ink, 1.0));
        circle(&mut out, x, y, 9.0, &veil(paper, 1.0));
    }
    out
}

//! Pictures of charts without axes: parts of a whole, steps, heat, gauge. Each gives where it ends.
use leptos::prelude::Callable;

use super::gauge::{Dial, PACE_DASH};
use super::heat::{DEPTHS, Range};
use super::picture::{EDGE, TOP, WIDTH};
use super::plan::Plan;
use super::sheet::{Face, Ink, Sheet};
use crate::catalogue::locale;
use crate::format;
use crate::t;

const ROW: f64 = 24.0;

fn paint(plan: &Plan, place: usize) -> Ink {
    Ink::Paint(plan.paints.get(place).copied().unwrap_or_default())
}

fn whole(plan: &Plan) -> f64 {
    plan.values().iter().map(|value| value.max(0.0)).sum()
}

/// Every part with its colour, value and share, one below the other.
fn list(sheet: &mut Sheet<'_>, plan: &Plan, left: f64, top: f64) -> f64 {
    let total = whole(plan);
    let right = (left + 340.0).min(WIDTH - EDGE);
    for (place, (label, value)) in plan.labels.iter().zip(plan.values()).enumerate() {
        let y = top + ROW * place as f64;
        let share =
            if total > 0.0 { format::percent(value.max(0.0) / total, locale()) } else { String::new() };
        sheet.rect((left, y - 10.0), (12.0, 12.0), 3.0, paint(plan, place));
        sheet.words_within((left + 20.0, y), Face::LABEL, right - left - 180.0, label);
        sheet.words((right - 60.0, y), Face::VALUE.end(), &plan.write.run(*value));
        sheet.words((right, y), Face::LABEL.end(), &share);
    }
    top + ROW * plan.labels.len().saturating_sub(1) as f64
}

/// A ring, with the whole in its middle.
pub(super) fn ring(sheet: &mut Sheet<'_>, plan: &Plan) -> f64 {
    let total = whole(plan);
    let (radius, wide) = (82.0, 28.0);
    let middle = (EDGE + radius + wide / 2.0, TOP + radius + wide / 2.0);
    // A whole ring as one arc has no length: it begins where it ends.
    let point = |share: f64| {
        let (sin, cos) = (share.min(0.9999) * std::f64::consts::TAU).sin_cos();
        (middle.0 + radius * sin, middle.1 - radius * cos)
    };
    let mut arc = |from: f64, to: f64, ink: Ink| {
        let ((x, y), (to_x, to_y)) = (point(from), point(to));
        let large = u8::from(to - from > 0.5);
        sheet.line(
            &format!("M{x:.1} {y:.1}A{radius} {radius} 0 {large} 1 {to_x:.1} {to_y:.1}"),
            ink,
            wide,
            "",
        );
    };
    if total <= 0.0 {
        arc(0.0, 1.0, Ink::Rest);
    }
    let mut turned = 0.0;
    for (place, value) in plan.values().iter().enumerate().filter(|(_, value)| **value > 0.0) {
        let share = value / total;
        let gap = if share < 1.0 { (share / 2.0).min(0.004) } else { 0.0 };
        arc(turned + gap, turned + share - gap, paint(plan, place));
        turned += share;
    }
    sheet.words((middle.0, middle.1 + 10.0), Face::FIGURE, &plan.write.run(total));
    let bottom = middle.1 + radius + wide / 2.0;
    let rows = ROW * plan.labels.len().saturating_sub(1) as f64;
    let top = (middle.1 - rows / 2.0 + 4.0).max(TOP + 10.0);
    list(sheet, plan, EDGE + 2.0 * radius + wide + 48.0, top).max(bottom)
}

/// One bar in pieces.
pub(super) fn pieces(sheet: &mut Sheet<'_>, plan: &Plan) -> f64 {
    let total = whole(plan);
    let mut x = EDGE;
    for (place, value) in plan.values().iter().enumerate().filter(|(_, value)| **value > 0.0) {
        let width = value / total * (WIDTH - 2.0 * EDGE);
        sheet.rect((x, TOP), ((width - 3.0).max(1.0), 20.0), 4.0, paint(plan, place));
        x += width;
    }
    list(sheet, plan, EDGE, TOP + 52.0)
}

/// Steps, each with its share of the one before.
pub(super) fn steps(sheet: &mut Sheet<'_>, plan: &Plan) -> f64 {
    let room = WIDTH - 2.0 * EDGE;
    let mut y = TOP + 12.0;
    for (place, (label, share, before)) in super::funnel::shares(plan).into_iter().enumerate() {
        let value = plan.write.run(plan.values()[place]);
        sheet.words_within((EDGE, y), Face::LABEL, room * 0.6, label);
        sheet.words((WIDTH - EDGE, y), Face::VALUE.end(), &value);
        if let Some(before) = before {
            let note = t::chart_of_before(format::percent(before, locale()));
            sheet.words((WIDTH - EDGE - 90.0, y), Face::LABEL.end(), &note);
        }
        sheet.rect((EDGE, y + 8.0), (room, 16.0), 4.0, Ink::Rest);
        sheet.rect((EDGE, y + 8.0), (room * share, 16.0), 4.0, paint(plan, place));
        y += 52.0;
    }
    y - 28.0
}

/// Rows and columns of cells, each with its number.
pub(super) fn heat(sheet: &mut Sheet<'_>, plan: &Plan) -> f64 {
    let range = Range::of(&plan.series);
    let names = plan.labels.iter().map(|label| Face::LABEL.width(label)).fold(0.0, f64::max);
    let left = EDGE + names.min(220.0) + 12.0;
    let width = (WIDTH - EDGE - left) / plan.series.len().max(1) as f64;
    for (n, column) in plan.series.iter().enumerate() {
        let middle = left + width * (n as f64 + 0.5);
        sheet.words_within((middle, TOP + 8.0), Face::LABEL.middle(), width, &column.name);
    }
    let mut y = TOP + 18.0;
    for (place, label) in plan.labels.iter().enumerate() {
        sheet.words_within((EDGE, y + 20.0), Face::LABEL, left - EDGE - 12.0, label);
        for (n, column) in plan.series.iter().enumerate() {
            let value = column.values.get(place).copied().unwrap_or(f64::NAN);
            let x = left + width * n as f64;
            let middle = (x + width / 2.0, y + 20.0);
            if !value.is_finite() {
                sheet.words(middle, Face::LABEL.middle(), "–");
                continue;
            }
            sheet.rect((x + 1.0, y + 1.0), (width - 2.0, 28.0), 4.0, Ink::Depth(range.depth(value)));
            sheet.words_within(middle, Face::VALUE.middle(), width, &plan.write.run(value));
        }
        y += 30.0;
    }
    y += 28.0;
    let (low, high) = range.ends(plan.write);
    sheet.words((left, y), Face::LABEL, &low);
    let mut x = left + Face::LABEL.width(&low) + 10.0;
    for depth in 0..DEPTHS {
        sheet.rect((x, y - 11.0), (20.0, 14.0), 3.0, Ink::Depth(depth));
        x += 22.0;
    }
    sheet.words((x + 8.0, y), Face::LABEL, &high);
    y
}

/// An arc, with marks for the goal and the pace.
pub(super) fn gauge(sheet: &mut Sheet<'_>, plan: &Plan) -> f64 {
    let [value, goal, pace] = [0, 1, 2].map(|place| plan.values().get(place).copied());
    let dial = Dial::new(value.unwrap_or_default(), goal.unwrap_or_default(), pace);
    let (middle, radius) = ((WIDTH / 2.0, TOP + 190.0), 168.0);
    sheet.line(&Dial::arc(middle, radius, 1.0), Ink::Rest, 30.0, "");
    if dial.value > 0.0 {
        sheet.line(&Dial::arc(middle, radius, dial.value), paint(plan, 0), 30.0, "");
    }
    let mut mark = |share: f64, ink: Ink, dash: &str| {
        let (from, to) = (Dial::at(middle, radius - 22.0, share), Dial::at(middle, radius + 22.0, share));
        // On its own ground, so that it is seen on every colour.
        sheet.rule(from, to, Ink::Ground, 10.0, "");
        sheet.rule(from, to, ink, 4.0, dash);
    };
    if let Some(pace) = dial.pace {
        mark(pace, Ink::Quiet, PACE_DASH);
    }
    mark(dial.goal, Ink::Words, "");
    sheet.words((middle.0, middle.1 - 30.0), Face::FIGURE, &plan.write.run(value.unwrap_or_default()));
    sheet.words((middle.0, middle.1), Face::LABEL.middle(), &dial.reached());
    let mut y = middle.1 + 44.0;
    for (place, ink, dash) in [(1, Ink::Words, ""), (2, Ink::Quiet, PACE_DASH)] {
        if let (Some(label), Some(value)) = (plan.labels.get(place), plan.values().get(place)) {
            sheet.rule((middle.0 - 110.0, y - 4.0), (middle.0 - 88.0, y - 4.0), ink, 3.0, dash);
            sheet.words((middle.0 - 78.0, y), Face::LABEL, label);
            sheet.words((middle.0 + 110.0, y), Face::VALUE.end(), &plan.write.run(*value));
            y += ROW;
        }
    }
    if let Some((words, _)) = dial.standing() {
        sheet.words((middle.0, y + 6.0), Face::VALUE.middle(), &words);
        y += ROW + 6.0;
    }
    y - ROW
}

//! A chart as a picture of its own: title, axes, legend and all words are in it.
use leptos::prelude::Callable;

use super::plan::{Plan, Shape};
use super::sheet::{Face, Ink, Sheet};
use super::{Scale, area_path, line_path, picture_parts, spread, ticks};
use crate::t;

/// How wide every picture is.
pub(super) const WIDTH: f64 = 800.0;
/// What is left free around it.
pub(super) const EDGE: f64 = 28.0;
/// Where the drawing begins, below the title.
pub(super) const TOP: f64 = 68.0;
/// How high a drawing with axes is.
const HEIGHT: f64 = 300.0;

/// Strokes of the series of a chart of lines, as in the style sheet: told apart without colours, too.
const DASHES: [&str; 4] = ["", "7 4", "2 4", "10 4 2 4"];
const GOAL_DASH: &str = "4 4";

/// A picture, and how large it is.
pub(super) struct Picture {
    pub(super) svg: String,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Draws a plan; `colour` says which colour an ink has in the theme.
pub(super) fn picture(plan: &Plan, colour: &dyn Fn(Ink) -> String) -> Picture {
    let mut sheet = Sheet::new(colour);
    sheet.words_within((EDGE, EDGE + 14.0), Face::TITLE, WIDTH - 2.0 * EDGE, &plan.title);
    let end = if plan.series.iter().all(|series| series.values.is_empty()) {
        sheet.words((EDGE, TOP + 8.0), Face::LABEL, t::chart_empty());
        TOP + 8.0
    } else {
        match plan.shape {
            Shape::Lines { area } => {
                let frame = Frame::of(plan, plan.labels.len().saturating_sub(1).max(1) as f64);
                frame.axes(&mut sheet, plan, false);
                frame.lines(&mut sheet, plan, area);
                legend(&mut sheet, plan, true)
            }
            Shape::Bars => {
                let frame = Frame::of(plan, plan.labels.len().max(1) as f64);
                frame.axes(&mut sheet, plan, true);
                frame.bars(&mut sheet, plan);
                legend(&mut sheet, plan, false)
            }
            Shape::Ring => picture_parts::ring(&mut sheet, plan),
            Shape::Pieces => picture_parts::pieces(&mut sheet, plan),
            Shape::Steps => picture_parts::steps(&mut sheet, plan),
            Shape::Heat => picture_parts::heat(&mut sheet, plan),
            Shape::Gauge => picture_parts::gauge(&mut sheet, plan),
        }
    };
    let height = (end + EDGE).ceil();
    let says = (0..plan.labels.len()).map(|place| plan.spoken(place)).collect::<Vec<_>>().join("; ");
    Picture { svg: sheet.close(WIDTH, height, &plan.title, &says), width: WIDTH, height }
}

/// Where the values of a chart with axes stand.
struct Frame {
    axis: Vec<f64>,
    names: Vec<String>,
    left: f64,
    x: Scale,
    y: Scale,
}

impl Frame {
    /// For `places` steps from one side to the other.
    fn of(plan: &Plan, places: f64) -> Self {
        let goal = || plan.goal.iter().flatten().copied();
        let axis = if plan.shape == Shape::Bars {
            ticks(stacked(plan).chain(goal()), 3)
        } else {
            ticks(plan.series.iter().flat_map(|series| series.values.iter().copied()).chain(goal()), 3)
        };
        let names: Vec<String> = axis.iter().map(|value| plan.write.run(*value)).collect();
        let left = EDGE + names.iter().map(|name| Face::LABEL.width(name)).fold(0.0, f64::max) + 10.0;
        Self {
            x: Scale::new((0.0, places), (left, WIDTH - EDGE)),
            y: Scale::new((axis[0], axis[axis.len() - 1]), (TOP + HEIGHT, TOP)),
            axis,
            names,
            left,
        }
    }

    /// Values at the side, lines across, labels below: between the steps for bars.
    fn axes(&self, sheet: &mut Sheet<'_>, plan: &Plan, bands: bool) {
        for (value, name) in self.axis.iter().zip(&self.names) {
            let y = self.y.at(*value);
            sheet.rule((self.left, y), (WIDTH - EDGE, y), Ink::Line, 1.0, "");
            sheet.words((self.left - 10.0, y + 4.0), Face::LABEL.end(), name);
        }
        let widest = plan.labels.iter().map(|label| Face::LABEL.width(label)).fold(1.0, f64::max) + 14.0;
        let most = ((WIDTH - EDGE - self.left) / widest) as usize;
        let last = plan.labels.len().saturating_sub(1);
        for place in spread(plan.labels.len(), most) {
            let (at, face) = match place {
                place if bands => (place as f64 + 0.5, Face::LABEL.middle()),
                0 => (0.0, Face::LABEL),
                place if place == last => (place as f64, Face::LABEL.end()),
                place => (place as f64, Face::LABEL.middle()),
            };
            sheet.words((self.x.at(at), TOP + HEIGHT + 20.0), face, &plan.labels[place]);
        }
    }

    fn lines(&self, sheet: &mut Sheet<'_>, plan: &Plan, area: bool) {
        let place = |values: &[f64]| -> Vec<(f64, f64)> {
            values.iter().enumerate().map(|(n, value)| (self.x.at(n as f64), self.y.at(*value))).collect()
        };
        if let Some(first) = plan.series.first().filter(|_| area) {
            let path = area_path(&place(&first.values), self.y.at(self.axis[0].max(0.0)));
            sheet.fill(&path, Ink::Paint(first.paint), 0.09);
        }
        if let Some(goal) = &plan.goal {
            sheet.line(&line_path(&place(goal)), Ink::Quiet, 1.5, GOAL_DASH);
        }
        for (n, series) in plan.series.iter().enumerate() {
            let points = place(&series.values);
            sheet.line(&line_path(&points), Ink::Paint(series.paint), 2.0, dash(n));
            if let Some(end) = points.last() {
                sheet.dot(*end, 4.5, Ink::Paint(series.paint));
            }
        }
    }

    fn bars(&self, sheet: &mut Sheet<'_>, plan: &Plan) {
        let band = self.x.at(1.0) - self.x.at(0.0);
        let width = (band * 0.62).min(64.0);
        for place in 0..plan.labels.len() {
            let x = self.x.at(place as f64 + 0.5) - width / 2.0;
            let mut floor = 0.0;
            for series in &plan.series {
                let value = series.values.get(place).copied().unwrap_or_default().max(0.0);
                if value > 0.0 {
                    let (from, to) = (self.y.at(floor), self.y.at(floor + value));
                    sheet.rect((x, to), (width, from - to), 2.0, Ink::Paint(series.paint));
                    floor += value;
                }
            }
        }
        if let Some(goal) = plan.goal.as_ref().and_then(|goal| goal.first()) {
            let y = self.y.at(*goal);
            sheet.rule((self.left, y), (WIDTH - EDGE, y), Ink::Quiet, 1.5, GOAL_DASH);
        }
    }
}

/// How high each pile of bars is.
fn stacked(plan: &Plan) -> impl Iterator<Item = f64> {
    (0..plan.labels.len()).map(|place| {
        plan.series.iter().filter_map(|series| series.values.get(place)).map(|value| value.max(0.0)).sum()
    })
}

fn dash(series: usize) -> &'static str {
    DASHES.get(series).copied().unwrap_or_default()
}

/// What the colours and strokes mean, in as many rows as it takes; gives where it ends.
fn legend(sheet: &mut Sheet<'_>, plan: &Plan, lines: bool) -> f64 {
    let below = TOP + HEIGHT + 24.0;
    if plan.series.len() < 2 && plan.goal.is_none() {
        return below;
    }
    let goal = plan.goal.as_ref().map(|goal| match goal.first() {
        // What holds all the way is said as a number; a goal that rises is read from its line.
        Some(first) if !lines => format!("{} {}", t::chart_goal(), plan.write.run(*first)),
        _ => t::chart_goal().to_owned(),
    });
    let named = plan.series.iter().map(|series| (Ink::Paint(series.paint), series.name.clone()));
    let all = named.chain(goal.map(|goal| (Ink::Quiet, goal)));
    let (mut x, mut y) = (EDGE, below + 24.0);
    for (n, (ink, name)) in all.enumerate() {
        let key = if lines || ink == Ink::Quiet { 26.0 } else { 12.0 };
        let width = key + 8.0 + Face::LABEL.width(&name);
        if x > EDGE && x + width > WIDTH - EDGE {
            (x, y) = (EDGE, y + 22.0);
        }
        if ink == Ink::Quiet {
            sheet.rule((x, y - 4.0), (x + key, y - 4.0), ink, 1.5, GOAL_DASH);
        } else if lines {
            sheet.rule((x, y - 4.0), (x + key, y - 4.0), ink, 2.0, dash(n));
        } else {
            sheet.rect((x, y - 10.0), (key, 12.0), 3.0, ink);
        }
        sheet.words_within((x + key + 8.0, y), Face::LABEL, WIDTH - EDGE - x - key, &name);
        x += width + 20.0;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::super::plan::tests::sample;
    use super::*;

    const SHAPES: [Shape; 7] = [
        Shape::Lines { area: true },
        Shape::Bars,
        Shape::Ring,
        Shape::Pieces,
        Shape::Steps,
        Shape::Heat,
        Shape::Gauge,
    ];

    fn drawn(plan: &Plan) -> String {
        picture(plan, &|ink| format!("#{ink:?}")).svg
    }

    #[test]
    fn every_picture_stands_alone() {
        for shape in SHAPES {
            sample(shape, |plan| {
                let svg = drawn(&plan);
                assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\""), "{svg}");
                assert!(svg.contains(">Won &amp; &lt;lost&gt;, by month</text>"), "{svg}");
                assert!(!svg.contains("<€>"), "{shape:?}: values are escaped");
                assert!(
                    !svg.contains(" class=") && !svg.contains(" style=") && !svg.contains("var("),
                    "{svg}"
                );
                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
                assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
            });
        }
    }

    #[test]
    fn a_chart_without_values_says_so() {
        for shape in SHAPES {
            sample(shape, |mut plan| {
                plan.series.iter_mut().for_each(|series| series.values.clear());
                assert!(drawn(&plan).contains("There is nothing to draw yet."), "{shape:?}");
                plan.labels.clear();
                plan.series.clear();
                plan.paints.clear();
                assert!(drawn(&plan).contains("There is nothing to draw yet."), "{shape:?}");
            });
        }
    }

    #[test]
    fn axes_and_legend_are_words_in_the_picture() {
        sample(Shape::Lines { area: false }, |mut plan| {
            plan.goal = Some(vec![1.0, 2.0, 3.0]);
            let svg = drawn(&plan);
            for words in
                [">Jan<", ">Feb &quot;x&quot;<", ">Mar<", ">0 &lt;€&gt;<", ">Won<", ">=Lost<", ">Goal<"]
            {
                assert!(svg.contains(words), "{words} in {svg}");
            }
            assert!(svg.contains("stroke-dasharray=\"7 4\""), "the second line is told apart by its dashes");
        });
    }

    #[test]
    fn piles_of_bars_stand_on_each_other() {
        sample(Shape::Bars, |plan| {
            assert_eq!(stacked(&plan).collect::<Vec<_>>(), [100_055.0, 20_000.0, 7.0]);
            let frame = Frame::of(&plan, 3.0);
            assert!(frame.axis[0].abs() < 1e-9);
            assert!((frame.y.at(0.0) - (TOP + HEIGHT)).abs() < 1e-9);
        });
    }
}

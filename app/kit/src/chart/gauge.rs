//! A gauge: how far something is on its way to its goal, and where it should be by now.
use leptos::prelude::*;

use super::plan::{Plan, Shape};
use super::{Measure, Paint, Series, Write, coordinate, take};
use crate::catalogue::locale;
use crate::format;
use crate::t;

/// The stroke of the mark that says where one should be by now.
pub(super) const PACE_DASH: &str = "4 2.5";

/// The drawing's middle and radius; it is 200 wide.
const MIDDLE: (f64, f64) = (100.0, 102.0);
const RADIUS: f64 = 82.0;

/// Places on the arc, as shares of it. The goal is never at its very end, so that more than the goal can be seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Dial {
    pub(super) value: f64,
    pub(super) goal: f64,
    pub(super) pace: Option<f64>,
    /// What is reached of the goal, and how much of the pace one is ahead.
    of_goal: Option<f64>,
    ahead: Option<f64>,
}

impl Dial {
    pub(super) fn new(value: f64, goal: f64, pace: Option<f64>) -> Self {
        let whole = (goal * 1.15).max(value);
        let share = |value: f64| if whole > 0.0 { (value / whole).clamp(0.0, 1.0) } else { 0.0 };
        Self {
            value: share(value),
            goal: share(goal),
            pace: pace.map(share),
            of_goal: (goal > 0.0).then(|| value / goal),
            ahead: pace.filter(|pace| *pace > 0.0).map(|pace| value / pace - 1.0),
        }
    }

    /// Where a share of an arc ends that opens downwards, from the left over the top.
    pub(super) fn at((x, y): (f64, f64), radius: f64, share: f64) -> (f64, f64) {
        let (sin, cos) = (share * std::f64::consts::PI).sin_cos();
        (x - radius * cos, y - radius * sin)
    }

    /// The path of a share of the arc.
    pub(super) fn arc(middle: (f64, f64), radius: f64, share: f64) -> String {
        let ((x, y), (to_x, to_y)) = (Self::at(middle, radius, 0.0), Self::at(middle, radius, share));
        let radius = coordinate(radius);
        let [x, y, to_x, to_y] = [x, y, to_x, to_y].map(coordinate);
        format!("M{x} {y}A{radius} {radius} 0 0 1 {to_x} {to_y}")
    }

    /// "85 % of the goal".
    pub(super) fn reached(self) -> String {
        self.of_goal.map(|share| t::chart_reached(format::percent(share, locale()))).unwrap_or_default()
    }

    /// "4 % ahead of the pace", and whether that is good.
    pub(super) fn standing(self) -> Option<(String, &'static str)> {
        let ahead = self.ahead?;
        let percent = format::percent(ahead.abs(), locale());
        Some(match (ahead * 100.0).round() {
            0.0 => (t::chart_on_pace().to_owned(), "text-good"),
            share if share > 0.0 => (t::chart_ahead(percent), "text-good"),
            _ => (t::chart_behind(percent), "text-warn"),
        })
    }
}

/// An arc that fills towards a goal. Everything it shows is said in words below it.
#[component]
pub fn Gauge(
    /// Names its parts in the page.
    #[prop(into)]
    id: String,
    #[prop(into)] title: String,
    value: f64,
    goal: f64,
    /// Where one should be by now.
    #[prop(optional_no_strip)]
    pace: Option<f64>,
    #[prop(into)] write: Write,
    #[prop(optional)] paint: Paint,
    /// What the values are, for the file.
    #[prop(optional)]
    measure: Measure,
) -> impl IntoView {
    let dial = Dial::new(value, goal, pace);
    let mut labels = vec![t::chart_figure().to_owned(), t::chart_goal().to_owned()];
    let mut values = vec![value, goal];
    if let Some(pace) = pace {
        labels.push(t::chart_pace().to_owned());
        values.push(pace);
    }
    let plan = Plan {
        title,
        shape: Shape::Gauge,
        head: t::chart_part().to_owned(),
        labels,
        series: vec![Series::new(t::chart_figure(), values, Paint::Accent)],
        paints: vec![paint],
        goal: None,
        write,
        measure,
    };
    drawn(id, dial, plan, paint)
}

fn drawn(id: String, dial: Dial, plan: Plan, paint: Paint) -> AnyView {
    let mark = |class: &'static str, share: f64, dash: Option<&'static str>| {
        let path = super::line_path(&[
            Dial::at(MIDDLE, RADIUS - 11.0, share),
            Dial::at(MIDDLE, RADIUS + 11.0, share),
        ]);
        view! {
            <path class="mark ground" d=path.clone()></path>
            <path class=class d=path stroke-dasharray=dash></path>
        }
    };
    let fill = (dial.value > 0.0).then(|| Dial::arc(MIDDLE, RADIUS, dial.value));
    let standing = dial.standing();
    let mut described: Vec<String> =
        plan.labels.iter().zip(plan.values()).map(|(l, v)| t::chart_value(l, plan.write.run(*v))).collect();
    described.push(dial.reached());
    described.extend(standing.iter().map(|(words, _)| words.clone()));
    described.retain(|words| !words.is_empty());
    let keys = ["key tick", "key tick dash"];
    let legend = (1..plan.labels.len())
        .map(|place| {
            let (key, label) = (keys[(place - 1).min(1)], plan.labels[place].clone());
            let value = plan.write.run(plan.values()[place]);
            view! { <li><span class=key aria-hidden="true"></span><span>{label}</span><b>{value}</b></li> }
        })
        .collect_view();
    let (title_id, text_id) = (format!("{id}-title"), format!("{id}-text"));
    let named = format!("{title_id} {text_id}");
    let (title, figure) = (plan.title.clone(), plan.write.run(plan.values()[0]));
    view! {
        <figure class="gauge" id=id>
            <div class="ring">
                <svg viewBox="0 0 200 108" role="img" aria-labelledby=named>
                    <title id=title_id>{title}</title>
                    <desc id=text_id>{described.join(". ")}</desc>
                    <path class="rest" d=Dial::arc(MIDDLE, RADIUS, 1.0)></path>
                    {fill.map(|path| view! { <path class=paint.class() d=path></path> })}
                    {dial.pace.map(|pace| mark("mark pace", pace, Some(PACE_DASH)))}
                    {mark("mark", dial.goal, None)}
                </svg>
                <div class="middle" aria-hidden="true">
                    <span class="figure small">{figure}</span>
                    <span class="muted small">{dial.reached()}</span>
                </div>
            </div>
            <ul class="legend column">{legend}</ul>
            <div class="foot">
                {standing.map(|(words, class)| view! { <strong class=format!("small {class}")>{words}</strong> })}
                {take::menu(StoredValue::new(plan))}
            </div>
        </figure>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_goal_stands_within_the_arc() {
        let dial = Dial::new(60.0, 100.0, Some(50.0));
        assert!((dial.goal - 1.0 / 1.15).abs() < 1e-9 && dial.value < dial.goal);
        assert!(dial.pace.is_some_and(|pace| pace < dial.value));
        let over = Dial::new(300.0, 100.0, None);
        assert_eq!((over.value, over.goal), (1.0, 1.0 / 3.0));
        assert!(Dial::new(0.0, 0.0, Some(0.0)).value.abs() < 1e-9);
        assert!(Dial::new(-5.0, 10.0, None).value.abs() < 1e-9);
    }

    #[test]
    fn words_say_what_the_marks_mean() {
        let said = |value, pace| Dial::new(value, 100.0, Some(pace)).standing().map(|(words, _)| words);
        assert_eq!(said(60.0, 50.0).as_deref(), Some("20\u{a0}% ahead of the pace"));
        assert_eq!(said(40.0, 50.0).as_deref(), Some("20\u{a0}% behind the pace"));
        assert_eq!(said(50.1, 50.0).as_deref(), Some("On the pace"));
        assert_eq!(said(50.0, 0.0), None);
        assert_eq!(Dial::new(85.0, 100.0, None).reached(), "85\u{a0}% of the goal");
        assert_eq!(Dial::new(85.0, 0.0, None).reached(), "");
    }

    #[test]
    fn an_arc_goes_from_the_left_over_the_top() {
        assert_eq!(Dial::arc((100.0, 100.0), 80.0, 0.5), "M20 100A80 80 0 0 1 100 20");
        assert_eq!(Dial::arc((100.0, 100.0), 80.0, 1.0), "M20 100A80 80 0 0 1 180 100");
    }
}

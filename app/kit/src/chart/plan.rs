//! A chart as numbers and words: what its table, its words and its files are made from.
use base::{Currency, Money};
use leptos::prelude::Callable;

use super::{Paint, Series, Write};
use crate::csv::{CSV_MARK, csv_amount, csv_line};
use crate::t;

/// What a chart's values are, so that its file can hold them exactly.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Measure {
    /// Numbers as they are.
    #[default]
    Number,
    /// Minor units of a currency.
    Money(Currency),
}

impl Measure {
    fn heading(self, name: &str) -> String {
        match self {
            Self::Number => name.to_owned(),
            Self::Money(currency) => format!("{name} ({})", currency.code()),
        }
    }

    fn exact(self, value: f64) -> String {
        match self {
            _ if !value.is_finite() => String::new(),
            Self::Number => value.to_string(),
            Self::Money(currency) => csv_amount(Money::new(value.round() as i64, currency)),
        }
    }
}

/// How a chart is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    Lines {
        area: bool,
    },
    Bars,
    Ring,
    /// One bar in pieces.
    Pieces,
    /// A bar a step, each with its share of the one before.
    Steps,
    /// Rows and columns; a value that is missing is not a number.
    Heat,
    /// Three values: what is reached, the goal, and where one should be by now, if that is known.
    Gauge,
}

/// A chart without a screen.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) title: String,
    pub(super) shape: Shape,
    /// What the labels are: periods, parts.
    pub(super) head: String,
    pub(super) labels: Vec<String>,
    pub(super) series: Vec<Series>,
    /// A colour for each label, where it is labels that have colours.
    pub(super) paints: Vec<Paint>,
    pub(super) goal: Option<Vec<f64>>,
    pub(super) write: Write,
    pub(super) measure: Measure,
}

impl Plan {
    /// A plan of parts: one series, a colour a label.
    pub(super) fn of_parts(
        title: String,
        shape: Shape,
        parts: &[super::Part],
        write: Write,
        measure: Measure,
    ) -> Self {
        let values = parts.iter().map(|part| part.value).collect();
        Self {
            title,
            shape,
            head: t::chart_part().to_owned(),
            labels: parts.iter().map(|part| part.label.clone()).collect(),
            series: vec![Series::new(t::chart_figure(), values, Paint::Accent)],
            paints: parts.iter().map(|part| part.paint).collect(),
            goal: None,
            write,
            measure,
        }
    }

    /// The values of a chart of one series.
    pub(super) fn values(&self) -> &[f64] {
        self.series.first().map_or(&[], |series| &series.values)
    }

    /// What stands at a label: the name of each series, its place in the order, and the value as it is read.
    pub(super) fn at(&self, place: usize) -> Vec<(&Series, String)> {
        let value = |series: &Series| series.values.get(place).map(|value| self.write.run(*value));
        self.series.iter().filter_map(|series| Some((series, value(series)?))).collect()
    }

    /// The goal at a label, as it is read.
    pub(super) fn goal_at(&self, place: usize) -> Option<String> {
        self.goal.as_ref()?.get(place).map(|value| self.write.run(*value))
    }

    /// "Mar: €120,000", with the names of the series where there are several, and with the goal.
    pub(super) fn spoken(&self, place: usize) -> String {
        let label = self.labels.get(place).map_or("", String::as_str);
        let goal = self.goal_at(place);
        let named = self.series.len() > 1 || goal.is_some();
        let mut words: Vec<String> = self
            .at(place)
            .into_iter()
            .map(|(one, value)| if named { t::chart_value(&one.name, value) } else { value })
            .collect();
        words.extend(goal.map(|goal| t::chart_value(t::chart_goal(), goal)));
        if words.is_empty() { label.to_owned() } else { t::chart_value(label, words.join(" · ")) }
    }

    /// Where somebody who looks at the chart begins: the last value of its first series.
    pub(super) fn start(&self) -> usize {
        self.values().len().min(self.labels.len()).saturating_sub(1)
    }

    /// The numbers for spreadsheets, exactly.
    pub(super) fn csv(&self) -> String {
        let goal = self.goal.as_ref().map(|values| (t::chart_goal(), values));
        let all: Vec<(&str, &Vec<f64>)> =
            self.series.iter().map(|series| (series.name.as_str(), &series.values)).chain(goal).collect();
        let mut out = CSV_MARK.to_owned();
        let mut cells = vec![self.head.clone()];
        cells.extend(all.iter().map(|(name, _)| self.measure.heading(name)));
        csv_line(&mut out, &cells);
        for (place, label) in self.labels.iter().enumerate() {
            let mut cells = vec![label.clone()];
            let exact = |values: &Vec<f64>| values.get(place).map(|value| self.measure.exact(*value));
            cells.extend(all.iter().map(|(_, values)| exact(values).unwrap_or_default()));
            csv_line(&mut out, &cells);
        }
        out
    }

    /// What its files are called, without the ending: the title in small letters.
    pub(super) fn file_name(&self) -> String {
        let mut name = String::with_capacity(self.title.len());
        for letter in self.title.chars().flat_map(char::to_lowercase) {
            if letter.is_alphanumeric() {
                name.push(letter);
            } else if !name.is_empty() && !name.ends_with('-') {
                name.push('-');
            }
        }
        let name = name.trim_end_matches('-');
        if name.is_empty() { "chart".to_owned() } else { name.to_owned() }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use leptos::prelude::Callback;

    use super::*;

    /// Calls `with` with a plan of two series over three months, the second of which has not come to its end.
    pub(in crate::chart) fn sample<T>(shape: Shape, with: impl FnOnce(Plan) -> T) -> T {
        leptos::prelude::Owner::new().with(|| {
            with(Plan {
                title: "Won & <lost>, by month".into(),
                shape,
                head: "Period".into(),
                labels: vec!["Jan".into(), "Feb \"x\"".into(), "Mar".into()],
                series: vec![
                    Series::new("Won", vec![100_050.0, 0.0, 7.0], Paint::Accent),
                    Series::new("=Lost", vec![5.0, 20_000.0], Paint::Palette(1)),
                ],
                paints: vec![Paint::Palette(0), Paint::Palette(1), Paint::Good],
                goal: None,
                write: Callback::new(|value: f64| format!("{value} <€>")),
                measure: Measure::default(),
            })
        })
    }

    #[test]
    fn a_file_has_every_number_exactly() {
        sample(Shape::Bars, |mut plan| {
            plan.measure = Measure::Money(Currency::EUR);
            plan.goal = Some(vec![50_000.0; 3]);
            assert_eq!(
                plan.csv(),
                "\u{feff}Period,Won (EUR),'=Lost (EUR),Goal (EUR)\r\nJan,1000.50,0.05,500.00\r\n\
                 \"Feb \"\"x\"\"\",0.00,200.00,500.00\r\nMar,0.07,,500.00\r\n"
            );
            plan.measure = Measure::Number;
            plan.goal = None;
            plan.series = vec![Series::new("Change", vec![-1.5, f64::NAN, 1e15 + 1.0], Paint::Accent)];
            assert!(
                plan.csv().ends_with("Change\r\nJan,-1.5\r\n\"Feb \"\"x\"\"\",\r\nMar,1000000000000001\r\n")
            );
        });
    }

    #[test]
    fn a_point_says_all_it_has() {
        sample(Shape::Bars, |mut plan| {
            assert_eq!(plan.spoken(0), "Jan: Won: 100050 <€> · =Lost: 5 <€>");
            assert_eq!(plan.spoken(2), "Mar: Won: 7 <€>");
            plan.series.truncate(1);
            assert_eq!(plan.spoken(2), "Mar: 7 <€>");
            plan.goal = Some(vec![9.0; 3]);
            assert_eq!(plan.spoken(2), "Mar: Won: 7 <€> · Goal: 9 <€>");
            assert_eq!(plan.start(), 2);
        });
    }

    #[test]
    fn a_file_is_called_after_its_chart() {
        sample(Shape::Bars, |mut plan| {
            assert_eq!(plan.file_name(), "won-lost-by-month");
            plan.title = "Größe / Jahr!".into();
            assert_eq!(plan.file_name(), "größe-jahr");
            plan.title = "…".into();
            assert_eq!(plan.file_name(), "chart");
        });
    }
}

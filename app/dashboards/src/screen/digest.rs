//! What a dashboard says in a few lines, for mails and files: the same words as on screen.
use figures::{Against, Period};

use super::explore::name;
use super::parts::{at_label, change_words, currency_of, written};
use crate::model::{By, Dashboard, Exploration, Measure, Slice};
use crate::t;

/// Title, note and address of a line.
pub(crate) type Line = (String, String, Option<String>);

/// The paragraphs above, and a line for each tile that has something to say.
pub(crate) fn tile_lines(of: &Dashboard) -> (Vec<String>, Vec<Line>) {
    let currency = currency_of(&of.currency);
    let rows = of
        .tiles
        .iter()
        .filter(|tile| tile.value.is_some())
        .map(|tile| {
            let title = t::figure_is(name_of_tile(&tile.key), written(tile.value, tile.unit, currency));
            let change = change_words(tile.value, tile.previous, &of.against).map(|(words, _)| words);
            (title, change.unwrap_or_default(), tile.records_url.clone())
        })
        .collect();
    (vec![about(&of.period, &of.against)], rows)
}

/// The paragraphs above, and the first rows.
pub(crate) fn explored_lines(of: &Exploration, rows: usize) -> (Vec<String>, Vec<Line>) {
    let currency = currency_of(&of.currency);
    let total = t::figure_is(of.measure.words(), written(of.total, of.unit, currency));
    let change = change_words(of.total, of.previous, &of.against).map(|(words, _)| words);
    let lines = [Some(about(&of.period, &of.against)), Some(total), change].into_iter().flatten().collect();
    // Of what follows in time the last says most.
    let skipped = if of.by.is_time() { of.rows.len().saturating_sub(rows) } else { 0 };
    let items = of
        .rows
        .iter()
        .skip(skipped)
        .take(rows)
        .map(|row| {
            let title = t::figure_is(name(of.by, row), written(row.value, of.unit, currency));
            let change = change_words(row.value, row.previous, &of.against).map(|(words, _)| words);
            (title, change.unwrap_or_default(), row.records_url.clone())
        })
        .collect();
    (lines, items)
}

fn about(period: &str, against: &str) -> String {
    let period = match Period::parse(period) {
        Some(Period::Days30) => t::days_30().to_owned(),
        Some(Period::Days90) => t::days_90().to_owned(),
        Some(Period::Months12) => t::months_12().to_owned(),
        Some(Period::Year) => t::this_year().to_owned(),
        Some(Period::All) | None => return t::all_time().to_owned(),
        Some(_) => at_label(period),
    };
    let against = if against == Against::LastYear.as_str() {
        t::against_last_year()
    } else {
        t::against_period_before()
    };
    t::period_beside(against, period)
}

/// A tile's name in the reader's words.
pub(crate) fn name_of_tile(key: &str) -> String {
    let words = match key {
        "velocity" => t::velocity(),
        "pending" => t::pending(),
        "protected" => t::protected(),
        "returned" => t::returned(),
        _ => match Measure::parse(key) {
            Some(measure) => measure.words(),
            None => return key.to_owned(),
        },
    };
    words.to_owned()
}

/// A row in the reader's words.
pub(crate) fn name_of_row(by: By, row: &Slice) -> String {
    name(by, row)
}

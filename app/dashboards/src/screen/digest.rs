//! What a dashboard says in a few lines, for mails and files: the same words as on screen.
use figures::{Against, Period};

use super::explore::name_of_row;
use super::parts::{against_words, change_words, currency_of, period_words, written};
use crate::model::{Dashboard, Exploration, Measure};
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
            let title = t::figure_is(name_of_row(of.by, row), written(row.value, of.unit, currency));
            let change = change_words(row.value, row.previous, &of.against).map(|(words, _)| words);
            (title, change.unwrap_or_default(), row.records_url.clone())
        })
        .collect();
    (lines, items)
}

fn about(period: &str, against: &str) -> String {
    match Period::parse(period) {
        Some(Period::All) | None => t::all_time().to_owned(),
        Some(period) => {
            let against = Against::parse(against).unwrap_or_default();
            t::period_beside(against_words(against), period_words(period))
        }
    }
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

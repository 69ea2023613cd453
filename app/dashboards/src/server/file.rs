//! What a saved view shows as a file for spreadsheets.
use base::{Currency, Money, Problem};
use sheets::{Format, Value};

use super::mail::Figures;
use crate::model::Unit;
use crate::screen::{name_of_row, name_of_tile};
use crate::t;

/// A file's name from a view's: letters, digits and dashes.
pub(super) fn name_of(view: &str) -> String {
    let kept: String = view.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let kept = kept.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if kept.is_empty() { "figures".to_owned() } else { kept }
}

pub(super) fn write(format: Format, name: &str, figures: &Figures) -> Result<Vec<u8>, Problem> {
    // What Excel takes as the name of a sheet.
    let sheet: String = name.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect();
    let sheet = if sheet.trim().is_empty() { t::figure().to_owned() } else { sheet };
    let (headers, rows) = match figures {
        Figures::Board(of) => {
            let currency = Currency::from_code(&of.currency).unwrap_or(Currency::EUR);
            let rows = of.tiles.iter().map(|tile| {
                vec![
                    name_of_tile(&tile.key).into(),
                    cell(tile.value, tile.unit, currency),
                    unit(tile.unit, currency).into(),
                    cell(tile.previous, tile.unit, currency),
                ]
            });
            (vec![t::figure(), t::value(), t::unit(), t::compared_with()], rows.collect::<Vec<_>>())
        }
        Figures::Explored(of) => {
            let currency = Currency::from_code(&of.currency).unwrap_or(Currency::EUR);
            let rows = of.rows.iter().map(|row| {
                vec![
                    name_of_row(of.by, row).into(),
                    cell(row.value, of.unit, currency),
                    unit(of.unit, currency).into(),
                    cell(row.previous, of.unit, currency),
                ]
            });
            (vec![of.by.words(), of.measure.words(), t::unit(), t::compared_with()], rows.collect())
        }
    };
    let headers: Vec<String> = headers.into_iter().map(str::to_owned).collect();
    sheets::write(format, &sheet, &headers, &rows)
}

fn cell(value: Option<i64>, unit: Unit, currency: Currency) -> Value {
    match (value, unit) {
        (None, _) => Value::Empty,
        (Some(minor), Unit::Money) => Value::Amount(Money::new(minor, currency)),
        (Some(number), _) => Value::Whole(number),
    }
}

/// What a number counts; shares are hundredths of a percent, so that they stay whole.
fn unit(unit: Unit, currency: Currency) -> &'static str {
    match unit {
        Unit::Count => "",
        Unit::Money => currency.code(),
        Unit::BasisPoints => "0.01 %",
        Unit::Seconds => "s",
        Unit::Days => "d",
    }
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn a_file_is_named_after_its_view() {
        assert_eq!(name_of("Won by tier / DACH"), "Won-by-tier-DACH");
        assert_eq!(name_of("../../"), "figures");
    }
}

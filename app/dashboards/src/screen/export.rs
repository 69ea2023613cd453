//! A dashboard as a file for spreadsheets: tiles, series and products, with exact numbers.
use base::{Currency, Money};
use kit::{Button, Size, lucide};
use leptos::prelude::*;

use super::parts::{currency, currency_of};
use crate::model::{Dashboard, Exploration, Unit};
use crate::t;

/// Keeps what is shown as a file; made in the browser.
pub(super) fn button(of: &Dashboard) -> AnyView {
    keeps("dashboard.csv", csv(of))
}

/// Keeps the rows of what is explored as a file.
pub(super) fn rows_button(of: &Exploration) -> AnyView {
    keeps("figures.csv", rows_csv(of))
}

fn keeps(name: &'static str, text: String) -> AnyView {
    let file = StoredValue::new(text);
    let save = move |_| file.with_value(|text| kit::save_file(name, "text/csv;charset=utf-8", text));
    view! {
        <span class="needs-script no-print">
            <Button size=Size::Small icon=lucide::LuDownload on_click=save>{t::export_csv()}</Button>
        </span>
    }
    .into_any()
}

fn written(value: Option<i64>, unit: Unit, currency: Currency) -> String {
    match (value, unit) {
        (None, _) => String::new(),
        (Some(value), Unit::Money) => kit::csv_amount(Money::new(value, currency)),
        (Some(value), Unit::BasisPoints) => format!("{:.4}", value as f64 / 10_000.0),
        (Some(value), _) => value.to_string(),
    }
}

fn unit_name(unit: Unit, currency: Currency) -> &'static str {
    match unit {
        Unit::Count => "count",
        Unit::Money => currency.code(),
        Unit::BasisPoints => "share",
        Unit::Seconds => "seconds",
        Unit::Days => "days",
    }
}

fn rows_csv(of: &Exploration) -> String {
    let currency = currency_of(&of.currency);
    let mut out = kit::CSV_MARK.to_owned();
    let mut line = |cells: [&str; 6]| kit::csv_line(&mut out, &cells.map(str::to_owned));
    line([of.by.as_str(), "name", of.measure.as_str(), "unit", of.against.as_str(), "records"]);
    for row in &of.rows {
        let (value, before) =
            (written(row.value, of.unit, currency), written(row.previous, of.unit, currency));
        let records = row.records_url.as_deref().unwrap_or_default();
        line([
            &row.key,
            &super::explore::name_of_row(of.by, row),
            &value,
            unit_name(of.unit, currency),
            &before,
            records,
        ]);
    }
    out
}

/// One line a figure: part, name, time, value, unit, what it was compared with, and the records behind it.
fn csv(of: &Dashboard) -> String {
    let currency = currency(of);
    let written = |value: Option<i64>, unit: Unit| written(value, unit, currency);
    let name = |unit: Unit| unit_name(unit, currency);
    let mut out = kit::CSV_MARK.to_owned();
    let mut line = |cells: [&str; 7]| kit::csv_line(&mut out, &cells.map(str::to_owned));
    line(["part", "key", "at", "value", "unit", of.against.as_str(), "records"]);
    for tile in &of.tiles {
        let (value, before) = (written(tile.value, tile.unit), written(tile.previous, tile.unit));
        let records = tile.records_url.as_deref().unwrap_or_default();
        line(["tile", &tile.key, &of.period, &value, name(tile.unit), &before, records]);
    }
    for series in &of.series {
        for point in &series.points {
            let value = written(Some(point.value), series.unit);
            line(["series", &series.key, &point.at, &value, name(series.unit), "", ""]);
        }
    }
    for product in &of.products {
        let won = written(Some(product.won_minor), Unit::Money);
        let records = product.records_url.as_deref().unwrap_or_default();
        line(["product", &product.name, &of.period, &won, name(Unit::Money), "", records]);
    }
    for state in &of.states {
        line(["state", &state.status, "", &state.count.to_string(), "count", "", ""]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Point, Series, Tile};

    #[test]
    fn numbers_are_exact_and_shares_are_shares() {
        let tile = |key: &str, unit, value| Tile {
            key: key.into(),
            unit,
            value,
            previous: Some(5000),
            count: None,
            others: Vec::new(),
            records_url: None,
        };
        let of = Dashboard {
            converted: Vec::new(),
            as_of: base::Timestamp(0),
            period: "30d".into(),
            against: "last_year".into(),
            currency: "EUR".into(),
            tiles: vec![
                tile("won_value", Unit::Money, Some(1_234_567)),
                tile("win_rate", Unit::BasisPoints, None),
            ],
            series: vec![Series {
                key: "won_count".into(),
                unit: Unit::Count,
                points: vec![Point { at: "2026-11".into(), value: 7 }],
            }],
            states: Vec::new(),
            products: Vec::new(),
        };
        let text = csv(&of);
        let lines: Vec<&str> = text.trim_start_matches(kit::CSV_MARK).lines().collect();
        assert_eq!(
            lines,
            [
                "part,key,at,value,unit,last_year,records",
                "tile,won_value,30d,12345.67,EUR,50.00,",
                "tile,win_rate,30d,,share,0.5000,",
                "series,won_count,2026-11,7,count,,",
            ]
        );
    }
}

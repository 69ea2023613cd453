//! The tiles: each figure with its change on the period before and the records behind it.
use base::Currency;
use figures::kpi;
use figures::server::Sum;

use super::links::Links;
use super::measures::value;
use super::sums::Sums;
use crate::model::{Measure, Tile, Unit};

const PENDING: &str = "submitted,in_review,conflict";

pub(super) fn tiles(
    standing: &Sums,
    flowed: &Sums,
    before: Option<&Sums>,
    currency: Currency,
    links: &Links<'_>,
) -> Vec<Tile> {
    let count = |key: &str, metric: &str, url: Option<String>| Tile {
        value: Some(flowed.count(metric)),
        previous: before.map(|before| before.count(metric)),
        records_url: url,
        ..tile(key, Unit::Count)
    };
    let money = |key: &str, metric: &str, url: String| Tile {
        value: Some(flowed.money(metric, currency)),
        previous: before.map(|before| before.money(metric, currency)),
        count: Some(flowed.count(metric)),
        others: flowed.others(metric, currency),
        records_url: Some(url),
        ..tile(key, Unit::Money)
    };
    let stands = |key: &str, metric: &str, url: String| Tile {
        value: Some(standing.money(metric, currency)),
        count: Some(standing.count(metric)),
        others: standing.others(metric, currency),
        records_url: Some(url),
        ..tile(key, Unit::Money)
    };
    let of_states = |statuses: &str| {
        let within = |sum: &&Sum| statuses.split(',').any(|status| status == sum.dim);
        let minor = standing.of("deal.state").filter(within).filter(|sum| sum.currency == currency.code());
        (
            standing.of("deal.state").filter(within).map(|sum| sum.count).sum::<i64>(),
            minor.map(|sum| sum.sum_minor).sum::<i64>(),
        )
    };
    let deals = |key: &str, statuses: &str| {
        let (count, minor) = of_states(statuses);
        Tile {
            value: Some(minor),
            count: Some(count),
            records_url: Some(links.deals(statuses)),
            ..tile(key, Unit::Money)
        }
    };
    // What the open ones bring a day at the present speed.
    let velocity = |sums: &Sums| {
        let of = |measure| value(measure, standing, sums, currency);
        kpi::velocity(standing.money("opp.open", currency), of(Measure::WinRate), of(Measure::CycleDays))
    };
    let figure = |measure: Measure| Tile {
        value: value(measure, standing, flowed, currency),
        previous: before.and_then(|before| value(measure, standing, before, currency)),
        ..tile(measure.as_str(), measure.unit())
    };
    vec![
        money("won_value", "opp.won", links.opportunities("stage=won")),
        money("lost_value", "opp.lost", links.opportunities("stage=lost")),
        stands("open_value", "opp.open", links.opportunities("open=true")),
        figure(Measure::WinRate),
        Tile { value: velocity(flowed), ..tile("velocity", Unit::Money) },
        figure(Measure::CycleDays),
        count("registrations", "deal.submitted", Some(links.received())),
        deals("pending", PENDING),
        deals("protected", "approved,converted"),
        deals("returned", "returned"),
        figure(Measure::AnswerP50),
        figure(Measure::AnswerP90),
        figure(Measure::SlaKept),
        figure(Measure::ConflictRate),
    ]
}

fn tile(key: &str, unit: Unit) -> Tile {
    Tile {
        key: key.to_owned(),
        unit,
        value: None,
        previous: None,
        count: None,
        others: Vec::new(),
        records_url: None,
    }
}

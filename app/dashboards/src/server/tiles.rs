//! The tiles: each figure with its change on the period before and the records behind it.
use base::Currency;
use figures::kpi;
use figures::server::Sum;

use super::links::Links;
use super::sums::Sums;
use crate::model::{Tile, Unit};

const PENDING: &str = "submitted,in_review,conflict";

pub(super) fn tiles(
    standing: &Sums,
    flowed: &Sums,
    before: Option<&Sums>,
    currency: Currency,
    links: &Links,
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
    let rate = |sums: &Sums| kpi::win_rate(sums.count("opp.won"), sums.count("opp.lost"));
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
    let answers = |sums: &Sums, percent| {
        let buckets: Vec<_> =
            sums.of("deal.answered").filter_map(|sum| Some((sum.dim.parse().ok()?, sum.count))).collect();
        kpi::answer_percentile(&buckets, percent)
    };
    let conflicts = |sums: &Sums| kpi::ratio(sums.count("deal.conflict"), sums.count("deal.submitted"));
    let kept = |sums: &Sums| {
        let kept: i64 = sums.of("deal.sla").filter(|sum| sum.dim == "kept").map(|sum| sum.count).sum();
        kpi::ratio(kept, sums.count("deal.sla"))
    };
    // Mean days from an opportunity's opening to its sale, and what the open ones bring a day at that speed.
    let cycle = |sums: &Sums| {
        let (won, days) =
            sums.of("opp.cycle").fold((0, 0), |(won, days), sum| (won + sum.count, days + sum.sum_minor));
        (won > 0).then(|| (days + won / 2) / won)
    };
    let velocity = |sums: &Sums| kpi::velocity(standing.money("opp.open", currency), rate(sums), cycle(sums));
    let figure = |key: &str, unit: Unit, of: &dyn Fn(&Sums) -> Option<i64>| Tile {
        value: of(flowed),
        previous: before.and_then(of),
        ..tile(key, unit)
    };
    vec![
        money("won_value", "opp.won", links.opportunities("stage=won", "")),
        money("lost_value", "opp.lost", links.opportunities("stage=lost", "")),
        stands("open_value", "opp.open", links.opportunities("open=true", "")),
        figure("win_rate", Unit::BasisPoints, &rate),
        Tile { value: velocity(flowed), ..tile("velocity", Unit::Money) },
        figure("cycle_days", Unit::Days, &cycle),
        count("registrations", "deal.submitted", Some(links.received())),
        deals("pending", PENDING),
        deals("protected", "approved,converted"),
        deals("returned", "returned"),
        figure("answer_p50", Unit::Seconds, &|sums| answers(sums, 50)),
        figure("answer_p90", Unit::Seconds, &|sums| answers(sums, 90)),
        figure("sla_kept", Unit::BasisPoints, &kept),
        figure("conflict_rate", Unit::BasisPoints, &conflicts),
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

//! Figures from sums: the same for a tile and for a row of what is explored.
use base::Currency;
use figures::kpi;

use super::sums::Sums;
use crate::model::Measure;

/// What a figure is, from what stands and what happened; none when there is nothing to compute it from.
pub(super) fn value(measure: Measure, standing: &Sums, flowed: &Sums, currency: Currency) -> Option<i64> {
    match measure {
        Measure::WonValue => Some(flowed.money("opp.won", currency)),
        Measure::WonCount => Some(flowed.count("opp.won")),
        Measure::LostValue => Some(flowed.money("opp.lost", currency)),
        Measure::LostCount => Some(flowed.count("opp.lost")),
        Measure::WinRate => kpi::win_rate(flowed.count("opp.won"), flowed.count("opp.lost")),
        Measure::AverageWon => {
            // Of the sales in this currency: money of others is not in the sum.
            let count =
                flowed.of("opp.won").filter(|sum| sum.currency == currency.code()).map(|sum| sum.count).sum();
            kpi::mean(flowed.money("opp.won", currency), count)
        }
        Measure::CycleDays => {
            let days = flowed.of("opp.cycle").map(|sum| sum.sum_minor).sum();
            kpi::mean(days, flowed.count("opp.cycle"))
        }
        Measure::OpenValue => Some(standing.money("opp.open", currency)),
        Measure::OpenCount => Some(standing.count("opp.open")),
        Measure::Registrations => Some(flowed.count("deal.submitted")),
        Measure::Approvals => Some(flowed.count("deal.approved")),
        Measure::Refusals => Some(flowed.count("deal.refused")),
        Measure::ConflictRate => kpi::ratio(flowed.count("deal.conflict"), flowed.count("deal.submitted")),
        Measure::SlaKept => {
            let kept = flowed.of("deal.sla").filter(|sum| sum.dim == "kept").map(|sum| sum.count).sum();
            kpi::ratio(kept, flowed.count("deal.sla"))
        }
        Measure::AnswerP50 => answers(flowed, 50),
        Measure::AnswerP90 => answers(flowed, 90),
        Measure::Deals => Some(standing.count("deal.state")),
        Measure::DealsValue => Some(standing.money("deal.state", currency)),
    }
}

fn answers(sums: &Sums, percent: i64) -> Option<i64> {
    let of = sums.of("deal.answered");
    let buckets: Vec<_> = of.filter_map(|sum| Some((sum.dim.parse().ok()?, sum.count))).collect();
    kpi::answer_percentile(&buckets, percent)
}

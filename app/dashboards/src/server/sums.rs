//! Sums as they were read, by metric, and the currency that they are shown in.
use std::collections::BTreeMap;

use base::{Currency, Money};
use figures::server::Sum;

/// Sums by metric, as read.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums(pub(super) Vec<Sum>);

impl Sums {
    pub(super) fn of<'a>(&'a self, metric: &'a str) -> impl Iterator<Item = &'a Sum> {
        self.0.iter().filter(move |sum| sum.metric == metric)
    }

    /// What is left of some metrics when parts are taken away.
    pub(super) fn without<'a>(&self, parts: impl Iterator<Item = &'a Self>, metrics: &[&str]) -> Self {
        let mut left: BTreeMap<(&str, &str, &str), (i64, i64)> = BTreeMap::new();
        for sum in self.0.iter().filter(|sum| metrics.contains(&sum.metric.as_str())) {
            left.insert((&sum.metric, &sum.dim, &sum.currency), (sum.count, sum.sum_minor));
        }
        for sum in parts.flat_map(|part| &part.0) {
            let rest = left.entry((&sum.metric, &sum.dim, &sum.currency)).or_default();
            *rest = (rest.0 - sum.count, rest.1 - sum.sum_minor);
        }
        let left = left.into_iter().filter(|(_, rest)| *rest != (0, 0));
        Self(
            left.map(|((metric, dim, currency), (count, sum_minor))| Sum {
                metric: metric.to_owned(),
                dim: dim.to_owned(),
                currency: currency.to_owned(),
                count,
                sum_minor,
            })
            .collect(),
        )
    }

    pub(super) fn count(&self, metric: &str) -> i64 {
        self.of(metric).map(|sum| sum.count).sum()
    }

    pub(super) fn money(&self, metric: &str, currency: Currency) -> i64 {
        self.of(metric).filter(|sum| sum.currency == currency.code()).map(|sum| sum.sum_minor).sum()
    }

    pub(super) fn others(&self, metric: &str, currency: Currency) -> Vec<Money> {
        let mut by_code: BTreeMap<&str, i64> = BTreeMap::new();
        for sum in self.of(metric).filter(|sum| sum.currency != currency.code()) {
            *by_code.entry(&sum.currency).or_default() += sum.sum_minor;
        }
        let known = by_code.into_iter().filter(|(_, minor)| *minor != 0);
        known.filter_map(|(code, minor)| Some(Money::new(minor, Currency::from_code(code)?))).collect()
    }
}

/// The currency with the most records; euros while there are none.
pub(super) fn main_currency(standing: &Sums, flowed: &Sums) -> Currency {
    let mut by_code: BTreeMap<&str, i64> = BTreeMap::new();
    for sum in standing.0.iter().chain(&flowed.0).filter(|sum| !sum.currency.is_empty()) {
        *by_code.entry(&sum.currency).or_default() += sum.count;
    }
    let most = by_code.into_iter().max_by_key(|(_, count)| *count);
    most.and_then(|(code, _)| Currency::from_code(code)).unwrap_or(Currency::EUR)
}

//! Shares and speeds: what of a whole, against what was before, how fast.

/// Share of decided sales that were won, in basis points: `won ÷ (won + lost)`. None while nothing is decided.
/// Rounded half up.
#[must_use]
pub fn win_rate(won: i64, lost: i64) -> Option<i64> {
    ratio(won, won + lost)
}

/// `part ÷ whole` in basis points, rounded half up; none when the whole is not positive.
#[must_use]
pub fn ratio(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| ((i128::from(part) * 20_000 + i128::from(whole)) / (2 * i128::from(whole))) as i64)
}

/// `sum ÷ count`, rounded half away from zero; none of nothing.
#[must_use]
pub fn mean(sum: i64, count: i64) -> Option<i64> {
    let (sum, count) = (i128::from(sum), i128::from(count));
    (count > 0).then(|| ((sum * 2 + sum.signum() * count) / (2 * count)) as i64)
}

/// Change against the period before in basis points; none when there was nothing before.
#[must_use]
pub fn change(now: i64, before: i64) -> Option<i64> {
    (before != 0).then(|| (i128::from(now - before) * 10_000 / i128::from(before.abs())) as i64)
}

/// Pipeline velocity in minor units a day: deals × average value × win rate ÷ cycle days, which is the open
/// value times the win rate by the length of a sales cycle. None without a cycle or a win rate.
#[must_use]
pub fn velocity(open_minor: i64, win_rate_bp: Option<i64>, cycle_days: Option<i64>) -> Option<i64> {
    let (rate, days) = (win_rate_bp?, cycle_days.filter(|days| *days > 0)?);
    Some((i128::from(open_minor) * i128::from(rate) / 10_000 / i128::from(days)) as i64)
}

/// Share of the recruited partners that have registered a first deal, in basis points; none while nobody is recruited.
/// "Activation" of a partner programme: activated ÷ recruited.
#[must_use]
pub fn activation(activated: i64, recruited: i64) -> Option<i64> {
    ratio(activated, recruited)
}

/// Share of the partners at the start of a period that are still there at its end, in basis points: `1 − lost ÷ at the
/// start`; none when nobody was there. Those who joined meanwhile count for nothing.
///
/// The complement of the churn rate, lost ÷ at the start
/// (<https://online-calculator.org/finance/churn-rate-calculator.php>: 45 of 98 lost are 46 %).
#[must_use]
pub fn retention(at_start: i64, lost: i64) -> Option<i64> {
    ratio(at_start - lost.clamp(0, at_start.max(0)), at_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_win_rate_counts_decided_sales_only() {
        assert_eq!(win_rate(4238, 2473), Some(6315));
        assert_eq!(win_rate(0, 0), None);
        assert_eq!(win_rate(0, 3), Some(0));
        assert_eq!(win_rate(1, 1), Some(5000));
    }

    #[test]
    fn a_mean_is_rounded_to_the_nearest() {
        assert_eq!((mean(7, 2), mean(-7, 2), mean(10, 3), mean(5, 0)), (Some(4), Some(-4), Some(3), None));
    }

    #[test]
    fn velocity_is_open_value_times_win_rate_by_cycle() {
        // <https://www.nrev.ai/glossary/sales-pipeline-velocity-formula>: 50 opportunities of 10,000 at 20 % in 30 days
        // are 3,333.33 a day; <https://prospectengine.com/blog/sales-pipeline-velocity-formula-improve>: 50 of 25,000 at
        // 25 % in 60 days are 5,208 a day.
        assert_eq!(velocity(50 * 1_000_000, Some(2000), Some(30)), Some(333_333));
        assert_eq!(velocity(50 * 2_500_000, Some(2500), Some(60)), Some(520_833));
        assert_eq!(velocity(1, None, Some(3)), None);
        assert_eq!(velocity(1, Some(1), Some(0)), None);
    }

    #[test]
    fn change_needs_something_before() {
        assert_eq!(change(118, 100), Some(1800));
        assert_eq!(change(5, 0), None);
    }

    #[test]
    fn who_left_is_counted_against_who_was_there() {
        assert_eq!(retention(98, 45), Some(10_000 - 4592));
        assert_eq!(retention(98, 0), Some(10_000));
        assert_eq!(retention(2, 5), Some(0));
        assert_eq!(retention(0, 0), None);
    }

    #[test]
    fn activation_is_a_share_of_the_recruited() {
        assert_eq!(activation(12, 40), Some(3000));
        assert_eq!(activation(0, 0), None);
    }
}

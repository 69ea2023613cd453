//! How long until something happens, when for some it has not happened yet.

/// How long one was watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Days from the beginning to the event, or to today.
    pub days: i64,
    /// Whether the event came; otherwise it is only known that it takes longer than this.
    pub happened: bool,
}

/// A day on which events came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Days since the beginning.
    pub day: i64,
    /// How many were still waiting right before.
    pub waiting: i64,
    /// How many events came on it.
    pub events: i64,
    /// The share that waits longer, 0 to 1.
    pub left: f64,
}

/// The share that still waits after each day with an event: the product over those days of `1 − events ÷ waiting`.
///
/// The product-limit estimator of E. L. Kaplan and P. Meier, "Nonparametric Estimation from Incomplete Observations",
/// Journal of the American Statistical Association 53 (1958). Partners without a first deal are censored, not dropped:
/// leaving them out would make every program look fast.
#[must_use]
pub fn survival(all: &[Watched]) -> Vec<Step> {
    let mut sorted = all.to_vec();
    // On the same day events come before those who are only known to wait longer.
    sorted.sort_by_key(|one| (one.days, !one.happened));
    let mut steps: Vec<Step> = Vec::new();
    let (mut left, mut at) = (1.0, 0);
    while let Some(first) = sorted.get(at) {
        let same = sorted[at..].iter().take_while(|one| one.days == first.days).count();
        let events = sorted[at..at + same].iter().filter(|one| one.happened).count();
        let waiting = sorted.len() - at;
        if events > 0 {
            left *= 1.0 - events as f64 / waiting as f64;
            steps.push(Step { day: first.days, waiting: waiting as i64, events: events as i64, left });
        }
        at += same;
    }
    steps
}

/// The first day after which half or fewer still wait; none when more than half do on every day that is known.
#[must_use]
pub fn median_wait(all: &[Watched]) -> Option<i64> {
    survival(all).iter().find(|step| step.left <= 0.5).map(|step| step.day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Weeks of remission under 6-mercaptopurine, as in Freireich et al., Blood 21 (1963): the classic example, used by
    /// Cox (1972) and in <https://data.princeton.edu/eco572/KaplanMeier.html>. Those with `false` were still in remission.
    const REMISSION: [(i64, bool); 21] = [
        (6, true),
        (6, true),
        (6, true),
        (6, false),
        (7, true),
        (9, false),
        (10, true),
        (10, false),
        (11, false),
        (13, true),
        (16, true),
        (17, false),
        (19, false),
        (20, false),
        (22, true),
        (23, true),
        (25, false),
        (32, false),
        (32, false),
        (34, false),
        (35, false),
    ];

    #[test]
    fn the_classic_example_gives_the_known_curve() {
        let all = REMISSION.map(|(days, happened)| Watched { days, happened });
        let steps = survival(&all);
        let known = [(6, 0.857), (7, 0.807), (10, 0.753), (13, 0.690), (16, 0.627), (22, 0.538), (23, 0.448)];
        assert_eq!(steps.len(), known.len());
        for (step, (day, left)) in steps.iter().zip(known) {
            assert_eq!(step.day, day);
            assert!((step.left - left).abs() < 0.0006, "{step:?}");
        }
        assert_eq!(median_wait(&all), Some(23));
        assert_eq!((steps[0].waiting, steps[0].events), (21, 3));
    }

    #[test]
    fn nobody_and_nothing_have_no_median() {
        assert_eq!(median_wait(&[]), None);
        assert_eq!(median_wait(&[Watched { days: 9, happened: false }; 5]), None);
    }

    proptest! {
        #[test]
        fn without_censoring_it_is_the_plain_share(days in prop::collection::vec(0_i64..60, 1..60)) {
            let all: Vec<_> = days.iter().map(|days| Watched { days: *days, happened: true }).collect();
            for step in survival(&all) {
                let longer = days.iter().filter(|days| **days > step.day).count();
                prop_assert!((step.left - longer as f64 / days.len() as f64).abs() < 1e-9);
            }
        }

        #[test]
        fn the_share_falls_and_stays_a_share(all in prop::collection::vec((0_i64..400, any::<bool>()), 0..80)) {
            let all: Vec<_> = all.into_iter().map(|(days, happened)| Watched { days, happened }).collect();
            let steps = survival(&all);
            for pair in steps.windows(2) {
                prop_assert!(pair[1].left < pair[0].left && pair[1].day > pair[0].day);
            }
            prop_assert!(steps.iter().all(|step| (-1e-9..=1.0).contains(&step.left)));
        }
    }
}

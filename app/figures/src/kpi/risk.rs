//! Which partners are about to be lost, and what shows it.
use serde::{Deserialize, Serialize};

/// What a partner did, as far as it tells whether it is about to be lost. Days are counted back from today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Days since it joined.
    pub joined: i64,
    /// Days since its last registration; none without one.
    pub last: Option<i64>,
    /// Registrations of the last 90 days, and of the 90 days before.
    pub registrations: [i64; 2],
    /// Sales won and lost in the last 180 days.
    pub recent: [i64; 2],
    /// Sales won and lost in the 360 days before those.
    pub earlier: [i64; 2],
}

/// A sign that a partner is about to be lost. Its number is what is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "sign")]
pub enum Sign {
    /// Joined so many days ago and has registered nothing.
    NeverBegan { days: i64 },
    /// Has registered nothing for so many days, though it used to.
    Silent { days: i64 },
    /// Registers less than in the three months before, by basis points.
    Fewer { change: i64 },
    /// Wins less of what is decided than before, by basis points.
    LosesMore { change: i64 },
}

/// After so many days without a first registration a partner was recruited in vain.
const BEGIN_WITHIN: i64 = 60;
/// Three months without a registration.
const SILENT_AFTER: i64 = 90;
/// Half as many as before, of at least so many.
const FEWER_OF: i64 = 4;
/// A fall of twenty points of a hundred, of at least so many decided sales on either side.
const WIN_RATE_FALL: i64 = 2000;
const DECIDED: i64 = 5;

/// The signs that a partner shows, worst first; none for one that goes on as it did.
#[must_use]
pub fn signs(of: &Course) -> Vec<Sign> {
    let mut all = Vec::new();
    match of.last {
        None if of.joined >= BEGIN_WITHIN => all.push(Sign::NeverBegan { days: of.joined }),
        Some(days) if days >= SILENT_AFTER => all.push(Sign::Silent { days }),
        _ => {
            let [now, before] = of.registrations;
            if before >= FEWER_OF && now * 2 <= before {
                all.extend(super::change(now, before).map(|change| Sign::Fewer { change }));
            }
        }
    }
    let rate = |[won, lost]: [i64; 2]| super::win_rate(won, lost).filter(|_| won + lost >= DECIDED);
    if let (Some(now), Some(before)) = (rate(of.recent), rate(of.earlier))
        && before - now >= WIN_RATE_FALL
    {
        all.push(Sign::LosesMore { change: now - before });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steady() -> Course {
        Course { joined: 400, last: Some(10), registrations: [8, 9], recent: [6, 4], earlier: [12, 8] }
    }

    #[test]
    fn who_goes_on_as_before_shows_nothing() {
        assert_eq!(signs(&steady()), []);
    }

    #[test]
    fn each_sign_has_its_bound() {
        let of = |change: &dyn Fn(&mut Course)| {
            let mut course = steady();
            change(&mut course);
            signs(&course)
        };
        assert_eq!(of(&|course| course.last = Some(89)), []);
        assert_eq!(of(&|course| course.last = Some(90)), [Sign::Silent { days: 90 }]);
        let never = |joined| of(&move |course| (course.joined, course.last) = (joined, None));
        assert_eq!(never(59), []);
        assert_eq!(never(60), [Sign::NeverBegan { days: 60 }]);
        assert_eq!(of(&|course| course.registrations = [5, 9]), []);
        assert_eq!(of(&|course| course.registrations = [4, 9]), [Sign::Fewer { change: -5555 }]);
        assert_eq!(of(&|course| course.registrations = [0, 3]), [], "of three nothing follows");
        assert_eq!(of(&|course| course.recent = [2, 3]), [Sign::LosesMore { change: -2000 }]);
        assert_eq!(of(&|course| course.recent = [0, 4]), [], "of four nothing follows");
    }
}

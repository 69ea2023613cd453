//! Laws of goals: who may move one where, and how one is shared out. Pure.
use base::{Currency, Money, Problem};

use crate::model::Status;

/// Something done to a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The vendor changes what is to be reached, or when.
    Change,
    /// The partner says yes.
    Agree,
    /// The partner says no.
    Decline,
    /// The vendor takes what the partner would agree to.
    TakeCounter,
    Drop,
    /// Takes a drop back.
    Restore,
}

/// Why a goal does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Dropped,
    NotDropped,
    NothingToAnswer,
    AlreadyAgreed,
    NoCounter,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Dropped, Self::NotDropped, Self::NothingToAnswer, Self::AlreadyAgreed, Self::NoCounter];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dropped => "dropped",
            Self::NotDropped => "not_dropped",
            Self::NothingToAnswer => "nothing_to_answer",
            Self::AlreadyAgreed => "already_agreed",
            Self::NoCounter => "no_counter",
        }
    }

    /// In English, for people who read the API.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Dropped => "This goal was taken back. Restore it first.",
            Self::NotDropped => "This goal was not taken back.",
            Self::NothingToAnswer => "A goal of a whole program or territory is not answered.",
            Self::AlreadyAgreed => "This goal is agreed already.",
            Self::NoCounter => "The partner did not say what it would agree to.",
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::refused(refusal.code(), refusal.message())
    }
}

/// Where a step leads. `has_partner`: whether it is one partner's goal; `has_counter`: whether the partner said what it would
/// agree to.
///
/// # Errors
/// Why not.
pub const fn step(now: Status, step: Step, has_partner: bool, has_counter: bool) -> Result<Status, Refusal> {
    let asked = if has_partner { Status::Proposed } else { Status::Set };
    match (now, step) {
        (Status::Dropped, Step::Restore) => Ok(asked),
        (Status::Dropped, _) => Err(Refusal::Dropped),
        (_, Step::Restore) => Err(Refusal::NotDropped),
        (_, Step::Drop) => Ok(Status::Dropped),
        (_, Step::Change) => Ok(asked),
        (Status::Set, Step::Agree | Step::Decline | Step::TakeCounter) => Err(Refusal::NothingToAnswer),
        (Status::Agreed, Step::Agree | Step::Decline | Step::TakeCounter) => Err(Refusal::AlreadyAgreed),
        (Status::Proposed | Status::Declined, Step::Agree) => Ok(Status::Agreed),
        (Status::Proposed | Status::Declined, Step::Decline) => Ok(Status::Declined),
        (Status::Declined, Step::TakeCounter) if has_counter => Ok(Status::Agreed),
        (Status::Proposed | Status::Declined, Step::TakeCounter) => Err(Refusal::NoCounter),
    }
}

/// Shares of a target by what each did before, which add up to it. Whoever did nothing counts like the one who did least,
/// so that a new partner gets a goal it can reach; where nobody did anything, all shares are alike.
///
/// By the largest remainder ([`Money::split`]); the unit of the target does not matter.
#[must_use]
pub fn share_out(target: i64, before: &[i64]) -> Vec<i64> {
    let least = before.iter().copied().filter(|done| *done > 0).min().unwrap_or(1);
    let most = before.iter().copied().max().unwrap_or(1).max(least);
    // Weights of 32 bits: large amounts are counted in coarser units.
    let unit = most / 1_000_000 + 1;
    let weights: Vec<u32> = before
        .iter()
        .map(|done| u32::try_from((*done).max(least) / unit).unwrap_or(u32::MAX).max(1))
        .collect();
    Money::new(target, Currency::EUR).split(&weights).into_iter().map(|share| share.amount_minor).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STEPS: [Step; 6] =
        [Step::Change, Step::Agree, Step::Decline, Step::TakeCounter, Step::Drop, Step::Restore];

    #[test]
    fn a_partner_agrees_and_a_change_asks_it_again() {
        let of = |now, step_| step(now, step_, true, false);
        assert_eq!(of(Status::Proposed, Step::Agree), Ok(Status::Agreed));
        assert_eq!(of(Status::Agreed, Step::Change), Ok(Status::Proposed));
        assert_eq!(of(Status::Agreed, Step::Agree), Err(Refusal::AlreadyAgreed));
        assert_eq!(of(Status::Proposed, Step::Decline), Ok(Status::Declined));
        assert_eq!(of(Status::Declined, Step::TakeCounter), Err(Refusal::NoCounter));
        assert_eq!(step(Status::Declined, Step::TakeCounter, true, true), Ok(Status::Agreed));
        assert_eq!(step(Status::Set, Step::Agree, false, false), Err(Refusal::NothingToAnswer));
        assert_eq!(of(Status::Dropped, Step::Restore), Ok(Status::Proposed));
    }

    #[test]
    fn shares_follow_what_was_done_before() {
        assert_eq!(share_out(1000, &[300, 100, 0]), [600, 200, 200]);
        assert_eq!(share_out(10, &[0, 0, 0]), [4, 3, 3]);
        assert_eq!(share_out(7, &[]), Vec::<i64>::new());
        assert_eq!(
            share_out(90_000_000_000, &[80_000_000_000, 10_000_000_000]).iter().sum::<i64>(),
            90_000_000_000
        );
    }

    proptest! {
        #[test]
        fn nothing_of_a_target_is_lost(target in 0_i64..1_000_000_000_000, before in prop::collection::vec(0_i64..50_000_000_000, 1..60)) {
            let shares = share_out(target, &before);
            prop_assert_eq!(shares.iter().sum::<i64>(), target);
            prop_assert!(shares.iter().all(|share| *share >= 0));
            for (a, b) in before.iter().zip(&shares) {
                for (c, d) in before.iter().zip(&shares) {
                    prop_assert!(a <= c || *b + 1 >= *d, "who did more gets no less");
                }
            }
        }

        #[test]
        fn no_path_agrees_without_the_partner_or_its_own_words(
            steps in prop::collection::vec(0_usize..6, 0..30), has_partner: bool, has_counter: bool,
        ) {
            let mut now = if has_partner { Status::Proposed } else { Status::Set };
            for one in steps.into_iter().map(|place| STEPS[place]) {
                if let Ok(next) = step(now, one, has_partner, has_counter) {
                    if next == Status::Agreed {
                        prop_assert!(has_partner && matches!(one, Step::Agree | Step::TakeCounter));
                    }
                    prop_assert!(has_partner || !matches!(next, Status::Proposed | Status::Declined));
                    now = next;
                }
            }
        }
    }
}

//! What becomes of a decision that is held: it takes effect, is taken back, or turns out to be impossible; one of these,
//! once.
use base::Timestamp;

use super::Refusal;
use crate::model::{ItemState, Person};

/// Something that happens to a held decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldStep {
    /// The time to undo is over: the deal is decided, in the same unit of work.
    TakeEffect,
    /// Whoever made it takes it back.
    Undo,
    /// The deal cannot be decided like this any more.
    Refuse,
}

/// Where a decision stands, who made it, and until when it is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldDecision {
    pub state: ItemState,
    pub by: Person,
    pub until: Timestamp,
}

/// Applies a step that somebody makes at an instant. Nothing is built on a held decision, so taking it back has no
/// other condition than that it is still held and one's own.
///
/// # Errors
/// `HeldStill` before its time, `UndoOver` when it has ended, `NotYourDecision` for somebody else's.
pub fn held(
    decision: &HeldDecision,
    step: HeldStep,
    by: &Person,
    now: Timestamp,
) -> Result<ItemState, Refusal> {
    match (decision.state, step) {
        (ItemState::Held, HeldStep::TakeEffect) if now < decision.until => Err(Refusal::HeldStill),
        (ItemState::Held, HeldStep::TakeEffect) => Ok(ItemState::Done),
        (ItemState::Held, HeldStep::Refuse) => Ok(ItemState::Refused),
        (ItemState::Held, HeldStep::Undo) if decision.by.user != by.user => Err(Refusal::NotYourDecision),
        (ItemState::Held, HeldStep::Undo) => Ok(ItemState::Undone),
        (ItemState::Done | ItemState::Undone | ItemState::Refused, _) => Err(Refusal::UndoOver),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{Span, UserId};
    use proptest::prelude::*;

    fn person(number: u128) -> Person {
        Person { name: number.to_string(), user: Some(UserId(base::reexport::uuid::Uuid::from_u128(number))) }
    }

    fn step() -> impl Strategy<Value = HeldStep> {
        prop_oneof![Just(HeldStep::TakeEffect), Just(HeldStep::Undo), Just(HeldStep::Refuse)]
    }

    proptest! {
        #[test]
        fn a_decision_ends_once_and_as_it_was_asked(
            window in 0i64..60_000,
            steps in prop::collection::vec((step(), 0u128..3, 0i64..20_000), 0..12),
        ) {
            let (mine, begun) = (person(1), Timestamp(1_000_000));
            let mut decision =
                HeldDecision { state: ItemState::Held, by: mine.clone(), until: begun + Span(window) };
            let mut now = begun;
            let mut ends = 0;
            for (step, who, later) in steps {
                now = now + Span(later);
                let before = decision.state;
                match held(&decision, step, &person(who), now) {
                    Ok(next) => {
                        prop_assert_eq!(before, ItemState::Held, "nothing leads out of an end");
                        match step {
                            HeldStep::TakeEffect => prop_assert!(next == ItemState::Done && now >= decision.until),
                            HeldStep::Undo => prop_assert!(next == ItemState::Undone && who == 1),
                            HeldStep::Refuse => prop_assert_eq!(next, ItemState::Refused),
                        }
                        decision.state = next;
                        ends += 1;
                    }
                    Err(Refusal::UndoOver) => prop_assert_ne!(before, ItemState::Held),
                    Err(Refusal::HeldStill) => {
                        prop_assert!(step == HeldStep::TakeEffect && now < decision.until);
                    }
                    Err(Refusal::NotYourDecision) => prop_assert!(step == HeldStep::Undo && who != 1),
                    Err(other) => prop_assert!(false, "{other:?} has no place here"),
                }
            }
            prop_assert!(ends <= 1);
        }
    }
}

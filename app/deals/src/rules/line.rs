//! Who goes first, and who gets how much: the place in line by the program's mode, and the shares of a benefit.
use base::Timestamp;
use programs::PriorityMode;

use crate::model::{Claim, Evidence, EvidenceKind, Priority};

/// The place in line: who is smaller goes first. In the modes that do not go by receipt, `at` is what they go by (the
/// instant of qualification, or the contribution as a negative number) and no instant of receipt; `seq` decides
/// between equals, for it counts receipts.
#[must_use]
pub fn place(
    mode: PriorityMode,
    received: Priority,
    qualified_at: Option<Timestamp>,
    contribution: u32,
) -> Priority {
    match mode {
        PriorityMode::FirstToRegister | PriorityMode::Split => received,
        PriorityMode::FirstQualified => {
            Priority { at: qualified_at.unwrap_or(Timestamp(i64::MAX)), seq: received.seq }
        }
        PriorityMode::ContributionWeighted => {
            Priority { at: Timestamp(-i64::from(contribution)), seq: received.seq }
        }
    }
}

/// How much a piece of work counts where the contribution decides.
#[must_use]
pub const fn points(kind: EvidenceKind) -> u32 {
    match kind {
        EvidenceKind::Proposal => 5,
        EvidenceKind::Demo | EvidenceKind::Workshop => 4,
        EvidenceKind::Meeting => 3,
        EvidenceKind::Call | EvidenceKind::Referral | EvidenceKind::Event => 2,
        EvidenceKind::Email | EvidenceKind::Document | EvidenceKind::Other => 1,
    }
}

/// The points of several pieces; those that say nothing count nothing.
#[must_use]
pub fn contribution(pieces: &[Evidence]) -> u32 {
    pieces.iter().filter(|piece| piece.says_something()).map(|piece| points(piece.kind)).sum()
}

/// Whether a piece shows that the customer itself takes part: a meeting, a demonstration, a workshop, a proposal.
#[must_use]
pub fn engages(piece: &Evidence) -> bool {
    use EvidenceKind::{Demo, Meeting, Proposal, Workshop};
    piece.says_something() && matches!(piece.kind, Meeting | Demo | Workshop | Proposal)
}

/// Whether a claim is a qualified opportunity: worth something, expected on a day, with the customer engaged.
/// `shown` are pieces that were added after the registration.
#[must_use]
pub fn is_qualified(claim: &Claim, shown: &[Evidence]) -> bool {
    claim.value.is_some_and(|value| value.amount_minor > 0)
        && claim.expected_close.is_some()
        && claim.evidence.iter().chain(shown).any(engages)
}

/// Equal shares in percent that add up to 100; the first has what does not divide.
///
/// With more than a hundred to share with, the last ones have nothing.
#[must_use]
pub fn equal_shares(count: u32) -> Vec<u32> {
    let each = 100 / count.max(1);
    let mut shares = vec![each; count as usize];
    if let Some(first) = shares.first_mut() {
        *first = 100 - each * (count - 1);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn received(at: i64, seq: i64) -> Priority {
        Priority { at: Timestamp(at), seq }
    }

    #[test]
    fn each_mode_lines_up_by_what_it_is_called_after() {
        // The first registered early and did nothing; the second came later, met the customer and did more.
        let first = |mode| place(mode, received(1, 1), None, 1);
        let second = |mode| place(mode, received(2, 2), Some(Timestamp(5)), 9);
        assert!(first(PriorityMode::FirstToRegister) < second(PriorityMode::FirstToRegister));
        assert!(first(PriorityMode::Split) < second(PriorityMode::Split));
        assert!(second(PriorityMode::FirstQualified) < first(PriorityMode::FirstQualified));
        assert!(second(PriorityMode::ContributionWeighted) < first(PriorityMode::ContributionWeighted));
    }

    #[test]
    fn between_equals_the_receipt_decides() {
        for mode in [PriorityMode::FirstQualified, PriorityMode::ContributionWeighted] {
            assert!(place(mode, received(9, 1), None, 3) < place(mode, received(9, 2), None, 3));
        }
    }

    #[test]
    fn a_mail_does_not_qualify_and_a_meeting_does() {
        let piece = |kind| Evidence { kind, on: None, note: "Their head of IT".into() };
        assert!(!engages(&piece(EvidenceKind::Email)));
        assert!(engages(&piece(EvidenceKind::Meeting)));
        assert!(!engages(&Evidence { note: " ".into(), ..piece(EvidenceKind::Meeting) }));
    }

    proptest! {
        #[test]
        fn shares_add_up_to_the_whole(count in 1u32..150) {
            let shares = equal_shares(count);
            prop_assert_eq!(shares.iter().sum::<u32>(), 100);
            prop_assert_eq!(shares.len(), count as usize);
            prop_assert!(shares.iter().all(|share| *share <= shares[0]));
        }
    }
}

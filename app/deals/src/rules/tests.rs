//! Laws of the state machine, for every sequence of steps.
use base::{Span, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::model::{
    DealState, LapseCause, Person, Protection, RejectionReason, RevocationReason, Ruling, Status,
};

fn terms(now: i64) -> Terms {
    let at = |span: i64| Timestamp(now + span);
    Terms {
        now: Timestamp(now),
        by: Person { name: "Carlos".into(), user: None },
        protection: Some(Span(900)),
        answer_due: at(20),
        grace_until: at(50),
        appeal_until: at(100),
        extension: Span(300),
        max_extensions: 1,
        max_rounds: 2,
        warn_after: Span(400),
        lapse_after: Span(600),
    }
}

fn steps() -> impl Strategy<Value = Step> {
    let note = String::new;
    prop_oneof![
        Just(Step::Submit),
        any::<bool>().prop_map(|automatic| Step::Screened(Screened::Clear { automatic })),
        any::<bool>().prop_map(|is_protected| Step::Screened(Screened::Hit { rivals: vec![], is_protected })),
        any::<bool>().prop_map(|is_protected| Step::ConflictFound { rivals: vec![], is_protected }),
        any::<bool>().prop_map(|automatic| Step::Offer { automatic }),
        Just(Step::ShowActivity),
        Just(Step::Warn),
        Just(Step::GoneQuiet),
        Just(Step::ConflictGone),
        Just(Step::Return { fields: vec!["value".into()], note: note() }),
        Just(Step::Resubmit),
        Just(Step::GraceOver),
        Just(Step::Approve),
        Just(Step::Reject { reason: RejectionReason::Other, note: note(), rule: None }),
        Just(Step::Appeal { note: note() }),
        prop_oneof![Just(Ruling::Approved), Just(Ruling::Rejected), Just(Ruling::Split)]
            .prop_map(move |ruling| Step::Rule { ruling, share_percent: 70, note: note() }),
        Just(Step::Withdraw),
        Just(Step::Edit),
        any::<bool>().prop_map(|material| Step::Amend { material }),
        Just(Step::AskExtension { note: note() }),
        any::<bool>().prop_map(move |granted| Step::AnswerExtension { granted, note: note() }),
        Just(Step::Convert { opportunity: None }),
        Just(Step::Expire),
        Just(Step::Revoke { reason: RevocationReason::Other, note: note() }),
        Just(Step::Win),
        Just(Step::Lose),
    ]
}

/// A deal as the machine alone sees it, and the clock.
#[derive(Clone)]
struct Run {
    state: DealState,
    past: Past,
    holds: bool,
}

impl Run {
    fn new() -> Self {
        Self { state: DealState::Draft, past: Past::default(), holds: false }
    }

    fn make(&mut self, step: &Step, now: i64) -> Result<Vec<Effect>, Refusal> {
        let next = apply(&self.state, step, self.past, &terms(now))?;
        for effect in &next.effects {
            match effect {
                Effect::TakeHolds => self.holds = true,
                Effect::ReleaseHolds => self.holds = false,
                Effect::CountRound => self.past.rounds += 1,
                Effect::CountExtension => self.past.extensions += 1,
                _ => {}
            }
        }
        self.state = next.state;
        Ok(next.effects)
    }
}

/// The arrows of the specification; everything else is illegal.
fn is_legal(from: Status, to: Status) -> bool {
    use Status::*;
    let arrows: &[Status] = match from {
        Draft => &[Draft, Submitted, Withdrawn],
        Submitted => &[Approved, InReview, Conflict, Withdrawn],
        InReview => &[InReview, Conflict, Approved, Rejected, Returned, Withdrawn],
        Conflict => &[Conflict, InReview, Approved, Rejected, Returned, Disputed, Withdrawn],
        Returned => &[Returned, InReview, Lapsed, Withdrawn],
        Approved => &[Approved, InReview, Converted, Expired, Cancelled, Lapsed],
        Converted => &[Converted, Expired, Won, Lost],
        Rejected | Cancelled => &[Disputed],
        Disputed => &[Disputed, Approved, Rejected],
        Lapsed | Withdrawn | Expired | Won | Lost => &[],
    };
    arrows.contains(&to)
}

proptest! {
    #[test]
    fn no_sequence_makes_an_illegal_transition(made in prop::collection::vec((steps(), 0i64..60), 1..60)) {
        let (mut run, mut now) = (Run::new(), 1_000);
        for (step, pause) in made {
            now += pause;
            let from = run.state.status();
            if run.make(&step, now).is_ok() {
                prop_assert!(is_legal(from, run.state.status()), "{from} to {}", run.state.status());
            }
        }
    }

    #[test]
    fn nothing_follows_an_ended_deal(step in steps(), now in 0i64..10_000) {
        let at = Timestamp(0);
        let by = || Person { name: "Sam".into(), user: None };
        for state in [
            DealState::Lapsed { at, cause: LapseCause::default() },
            DealState::Withdrawn { by: by(), at },
            DealState::Expired { at },
            DealState::Won { at },
            DealState::Lost { at },
        ] {
            prop_assert_eq!(apply(&state, &step, Past::default(), &terms(now)), Err(Refusal::Final));
        }
    }

    #[test]
    fn protection_holds_from_its_start_until_before_its_end(start in 0i64..1_000, length in 1i64..1_000, at in 0i64..3_000) {
        let window = Protection::new(Timestamp(start), Span(length));
        prop_assert_eq!(window.holds(Timestamp(at)), (start..start + length).contains(&at));
        let next = Protection::new(window.expiry, Span(length));
        prop_assert!(!window.overlaps(&next), "one window ends where the next begins");
    }

    #[test]
    fn expiry_is_refused_until_the_window_has_passed(now in 0i64..2_000) {
        let mut run = Run::new();
        for step in [Step::Submit, Step::Screened(Screened::Clear { automatic: true })] {
            run.make(&step, 0).unwrap();
        }
        let expired = run.make(&Step::Expire, now);
        prop_assert_eq!(expired.is_ok(), now >= 900);
    }

    #[test]
    fn no_sequence_of_commands_leaves_two_rivals_protected(
        made in prop::collection::vec((0usize..3, steps(), 0i64..60), 1..120)
    ) {
        // Three registrations of one customer; holds are exclusive, as the database's unique rule makes them.
        let mut runs = [Run::new(), Run::new(), Run::new()];
        let mut now = 1_000;
        for (which, step, pause) in made {
            now += pause;
            let mut tried = runs[which].clone();
            let Ok(effects) = tried.make(&step, now) else { continue };
            let taken = runs.iter().enumerate().any(|(other, run)| other != which && run.holds);
            if effects.contains(&Effect::TakeHolds) && taken {
                continue;
            }
            runs[which] = tried;
            let alone = |run: &&Run| {
                let whole = !matches!(run.state, DealState::Approved { share_percent, .. }
                    | DealState::Converted { share_percent, .. } if share_percent < 100);
                run.state.protection().is_some() && whole
            };
            prop_assert!(runs.iter().filter(alone).count() <= 1);
        }
    }

    #[test]
    fn what_is_protected_alone_is_held_and_what_ended_is_not(made in prop::collection::vec((steps(), 0i64..60), 1..60)) {
        let (mut run, mut now) = (Run::new(), 1_000);
        for (step, pause) in made {
            now += pause;
            let _ = run.make(&step, now);
            let alone = matches!(
                run.state,
                DealState::Approved { share_percent: 100, .. } | DealState::Converted { share_percent: 100, .. }
            );
            prop_assert!(!alone || run.holds);
            prop_assert!(!run.state.status().is_final() || !run.holds);
        }
    }

    #[test]
    fn a_return_answered_within_the_grace_keeps_the_priority(pause in 0i64..120) {
        let mut run = Run::new();
        for step in [
            Step::Submit,
            Step::Screened(Screened::Clear { automatic: false }),
            Step::Return { fields: vec!["value".into()], note: String::new() },
        ] {
            run.make(&step, 0).unwrap();
        }
        match run.make(&Step::Resubmit, pause) {
            Ok(effects) => {
                prop_assert!(pause < 50);
                prop_assert!(!effects.contains(&Effect::LosePriority) && !effects.contains(&Effect::IssueReceipt));
            }
            Err(refusal) => {
                prop_assert_eq!(refusal, Refusal::GraceOver);
                prop_assert!(run.make(&Step::GraceOver, pause).unwrap().contains(&Effect::LosePriority));
            }
        }
    }
}

fn after(steps: &[Step]) -> Run {
    let mut run = Run::new();
    for step in steps {
        run.make(step, 0).unwrap();
    }
    run
}

fn approved() -> Run {
    after(&[Step::Submit, Step::Screened(Screened::Clear { automatic: true })])
}

#[test]
fn an_extension_is_granted_as_often_as_the_program_allows() {
    let mut run = approved();
    run.make(&Step::AskExtension { note: "Pilot runs".into() }, 10).unwrap();
    assert_eq!(run.make(&Step::AskExtension { note: String::new() }, 11), Err(Refusal::ExtensionAsked));
    run.make(&Step::AnswerExtension { granted: true, note: String::new() }, 12).unwrap();
    assert_eq!(run.state.protection().unwrap().expiry, Timestamp(1_200));
    assert_eq!(run.make(&Step::AskExtension { note: String::new() }, 13), Err(Refusal::NoExtensionLeft));
}

#[test]
fn a_deal_is_returned_as_often_as_the_program_allows() {
    let give_back = Step::Return { fields: vec![], note: String::new() };
    let mut run = after(&[Step::Submit, Step::Screened(Screened::Clear { automatic: false })]);
    for _ in 0..2 {
        run.make(&give_back, 1).unwrap();
        run.make(&Step::Resubmit, 2).unwrap();
    }
    assert_eq!(run.make(&give_back, 3), Err(Refusal::NoRoundsLeft));
}

#[test]
fn a_split_leaves_the_holder_its_customer() {
    let mut run = after(&[
        Step::Submit,
        Step::Screened(Screened::Hit { rivals: vec![], is_protected: false }),
        Step::Reject { reason: RejectionReason::RivalFirst, note: String::new(), rule: None },
        Step::Appeal { note: "We were first".into() },
    ]);
    let split = Step::Rule { ruling: Ruling::Split, share_percent: 70, note: String::new() };
    let effects = run.make(&split, 5).unwrap();
    assert!(effects.contains(&Effect::ShareWithHolder { percent: 30 }));
    assert!(!effects.contains(&Effect::TakeHolds));
}

#[test]
fn an_appeal_comes_too_late_from_the_last_instant_on() {
    let rejected = || {
        after(&[
            Step::Submit,
            Step::Screened(Screened::Clear { automatic: false }),
            Step::Reject { reason: RejectionReason::Other, note: String::new(), rule: None },
        ])
    };
    let appeal = Step::Appeal { note: "x".into() };
    assert!(rejected().make(&appeal, 99).is_ok());
    assert_eq!(rejected().make(&appeal, 100), Err(Refusal::AppealOver));
}

#[test]
fn every_refusal_says_what_helps() {
    let run = approved();
    let told = |step: &Step| run.clone().make(step, 1).unwrap_err();
    assert_eq!(told(&Step::Approve), Refusal::AlreadyDecided);
    assert_eq!(
        told(&Step::Rule { ruling: Ruling::Split, share_percent: 1, note: String::new() }),
        Refusal::NotInDispute
    );
    assert_eq!(Run::new().make(&Step::Approve, 1), Err(Refusal::NotSubmitted));
    assert_eq!(Run::new().make(&Step::AskExtension { note: String::new() }, 1), Err(Refusal::NotApproved));
}

#[test]
fn silence_is_warned_of_and_then_ends_an_approval() {
    let mut run = approved();
    assert_eq!(run.make(&Step::Warn, 399), Err(Refusal::StillActive));
    assert!(run.make(&Step::Warn, 400).unwrap().contains(&Effect::ScheduleHeartbeat { at: Timestamp(600) }));
    assert_eq!(run.make(&Step::GoneQuiet, 599), Err(Refusal::StillActive));
    let mut heard = run.clone();
    heard.make(&Step::ShowActivity, 599).unwrap();
    assert_eq!(heard.make(&Step::GoneQuiet, 700), Err(Refusal::StillActive));
    assert_eq!(run.make(&Step::ShowActivity, 600), Err(Refusal::GoneQuiet));
    let effects = run.make(&Step::GoneQuiet, 600).unwrap();
    assert!(effects.contains(&Effect::ReleaseHolds) && effects.contains(&Effect::OfferNext));
}

#[test]
fn whatever_clock_rings_first_the_earliest_step_is_made_first() {
    let run = approved();
    let due = |now| due_by_time(&run.state, &terms(now));
    assert_eq!(due(399), None);
    assert_eq!(due(5_000), Some(Step::Warn), "a long sleep is made up for in order");
    let mut warned = run.clone();
    warned.make(&Step::Warn, 5_000).unwrap();
    assert_eq!(due_by_time(&warned.state, &terms(5_000)), Some(Step::GoneQuiet), "600 comes before 900");
    warned.state = match warned.state {
        DealState::Approved { by, at, protection, share_percent, extension, warned_at, .. } => {
            let active_at = Some(Timestamp(400));
            DealState::Approved { by, at, protection, share_percent, extension, active_at, warned_at }
        }
        other => other,
    };
    assert_eq!(due_by_time(&warned.state, &terms(5_000)), Some(Step::Expire), "900 comes before 1000");
}

#[test]
fn the_approval_of_a_rival_can_be_appealed_and_a_mere_conflict_cannot() {
    let met =
        |is_protected| after(&[Step::Submit, Step::Screened(Screened::Hit { rivals: vec![], is_protected })]);
    let appeal = Step::Appeal { note: "We were first".into() };
    assert!(met(true).make(&appeal, 99).is_ok());
    assert_eq!(met(true).make(&appeal, 100), Err(Refusal::AppealOver));
    assert_eq!(met(false).make(&appeal, 1), Err(Refusal::NothingToAppeal));
    // Being looked at again does not prolong the time to appeal.
    let mut run = met(true);
    run.make(&Step::ConflictFound { rivals: vec![], is_protected: true }, 90).unwrap();
    assert_eq!(run.make(&appeal, 100), Err(Refusal::AppealOver));
}

#[test]
fn nobody_rules_on_their_own_decision() {
    let carlos = Person { name: "Carlos".into(), user: Some(base::UserId(Default::default())) };
    let by_carlos = Terms { by: carlos, ..terms(0) };
    let make = |state: &DealState, step: &Step, terms: &Terms| apply(state, step, Past::default(), terms);
    let review = after(&[Step::Submit, Step::Screened(Screened::Clear { automatic: false })]).state;
    let no = Step::Reject { reason: RejectionReason::Other, note: String::new(), rule: None };
    let rejected = make(&review, &no, &by_carlos).unwrap().state;
    let disputed = make(&rejected, &Step::Appeal { note: "x".into() }, &terms(1)).unwrap().state;
    let ruling = Step::Rule { ruling: Ruling::Approved, share_percent: 100, note: "y".into() };
    assert_eq!(make(&disputed, &ruling, &by_carlos), Err(Refusal::OwnDecision));
    assert!(make(&disputed, &ruling, &terms(2)).is_ok());
}

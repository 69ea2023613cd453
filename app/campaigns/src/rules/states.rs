//! What can be done with a campaign in each of its states: one table.
use base::Problem;
use serde::{Deserialize, Serialize};

use crate::model::CampaignState as State;

/// What is done with a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Step {
    /// Its words, people or time are changed.
    Change,
    /// Nothing was found that stops it.
    Check,
    /// It is handed to the vendor.
    Ask,
    Approve,
    SendBack,
    /// The partner takes it back, to change it.
    TakeBack,
    /// It waits for its time.
    Schedule,
    /// Its time has come.
    Begin,
    /// All is out.
    Finish,
    Pause,
    Resume,
    Cancel,
    /// Brings back what was cancelled a moment ago.
    Restore,
    /// The vendor calls the kit back.
    Recall,
    Archive,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Change,
        Self::Check,
        Self::Ask,
        Self::Approve,
        Self::SendBack,
        Self::TakeBack,
        Self::Schedule,
        Self::Begin,
        Self::Finish,
        Self::Pause,
        Self::Resume,
        Self::Cancel,
        Self::Restore,
        Self::Recall,
        Self::Archive,
    ];
}

/// Why something is not done with a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// It lies with the vendor.
    Awaiting,
    /// It is scheduled, or going out.
    Running,
    /// It is not launched yet.
    NotRunning,
    /// It is cancelled, recalled or archived.
    Over,
    /// It was not handed in.
    NotAsked,
    /// It was not checked, or changed since.
    NotChecked,
    NotPaused,
    AlreadyPaused,
    NotCancelled,
    /// It was not approved.
    NotApproved,
    /// The check found something that stops it.
    CheckStops,
    /// It writes to people and has none.
    NoAudience,
    /// Everybody in its audience asked not to be written to, or did not confirm.
    NobodyToWriteTo,
    /// The version of the kit was called back.
    KitRecalled,
    /// The time is past, or more than a year ahead.
    OddTime,
    /// The ten seconds are over.
    TooLate,
    /// A campaign goes to this audience.
    AudienceInUse,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Awaiting,
        Self::Running,
        Self::NotRunning,
        Self::Over,
        Self::NotAsked,
        Self::NotChecked,
        Self::NotPaused,
        Self::AlreadyPaused,
        Self::NotCancelled,
        Self::NotApproved,
        Self::CheckStops,
        Self::NoAudience,
        Self::NobodyToWriteTo,
        Self::KitRecalled,
        Self::OddTime,
        Self::TooLate,
        Self::AudienceInUse,
    ];

    /// Stable.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Awaiting => "awaiting",
            Self::Running => "running",
            Self::NotRunning => "not_running",
            Self::Over => "over",
            Self::NotAsked => "not_asked",
            Self::NotChecked => "not_checked",
            Self::NotPaused => "not_paused",
            Self::AlreadyPaused => "already_paused",
            Self::NotCancelled => "not_cancelled",
            Self::NotApproved => "not_approved",
            Self::CheckStops => "check_stops",
            Self::NoAudience => "no_audience",
            Self::NobodyToWriteTo => "nobody_to_write_to",
            Self::KitRecalled => "kit_recalled",
            Self::OddTime => "odd_time",
            Self::TooLate => "too_late",
            Self::AudienceInUse => "audience_in_use",
        }
    }

    const fn detail(self) -> &'static str {
        match self {
            Self::Awaiting => "The vendor is looking at this campaign. Take it back to change it.",
            Self::Running => {
                "This campaign is scheduled or going out. Take it back, pause or cancel it first."
            }
            Self::NotRunning => "This campaign is not going out.",
            Self::Over => "This campaign is over. Make a new one.",
            Self::NotAsked => "Nobody asked for an approval of this campaign.",
            Self::NotChecked => "This campaign was changed since it was checked. Check it again.",
            Self::NotPaused => "This campaign is not paused.",
            Self::AlreadyPaused => "This campaign is paused already.",
            Self::NotCancelled => "This campaign was not cancelled.",
            Self::NotApproved => "This campaign is not approved.",
            Self::CheckStops => "The check found something that must not go out. Mend it first.",
            Self::NoAudience => "This campaign writes to people. Choose an audience.",
            Self::NobodyToWriteTo => "There is nobody in the audience who may be written to.",
            Self::KitRecalled => {
                "The vendor called this version of the kit back. Begin again with the new one."
            }
            Self::OddTime => "Choose a time from now to a year ahead.",
            Self::TooLate => "Too late: what was cancelled can be brought back for ten seconds.",
            Self::AudienceInUse => "A campaign that is not over goes to this audience.",
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::refused(refusal.code(), refusal.detail())
    }
}

/// The state after a step. `before` is where it was before it was paused or cancelled.
///
/// # Errors
/// Why it cannot be done now.
#[expect(clippy::match_same_arms, reason = "the table is read step by step")]
pub fn step(state: State, step: Step, before: Option<State>) -> Result<State, Refusal> {
    use State as S;
    Ok(match (step, state) {
        // What is over stays over; only what was just cancelled comes back.
        (Step::Restore, S::Cancelled) => before.ok_or(Refusal::TooLate)?,
        (Step::Restore, _) => return Err(Refusal::NotCancelled),
        (Step::Archive, S::Sent | S::Cancelled | S::Recalled) => S::Archived,
        (_, S::Archived | S::Cancelled | S::Recalled) => return Err(Refusal::Over),

        (Step::Recall, _) => S::Recalled,

        (Step::Change, S::Draft | S::Checked | S::Approved) => S::Draft,
        (Step::Change | Step::Check, S::AwaitingApproval) => return Err(Refusal::Awaiting),
        (Step::Change | Step::Check, _) if state.is_running() || state == S::Sent => {
            return Err(Refusal::Running);
        }
        // An approval holds until something is changed.
        (Step::Check, S::Approved) => S::Approved,
        (Step::Check, _) => S::Checked,
        (Step::Change, _) => return Err(Refusal::Running),

        (Step::Ask, S::Checked) => S::AwaitingApproval,
        (Step::Ask, S::Draft) => return Err(Refusal::NotChecked),
        (Step::Ask, S::AwaitingApproval) => return Err(Refusal::Awaiting),
        (Step::Ask, _) => return Err(Refusal::Running),

        (Step::Approve, S::AwaitingApproval | S::Checked) => S::Approved,
        (Step::Approve, S::Draft) => return Err(Refusal::NotChecked),
        (Step::Approve, S::Approved) => S::Approved,
        (Step::SendBack, S::AwaitingApproval) => S::Draft,
        (Step::Approve | Step::SendBack, _) => return Err(Refusal::NotAsked),

        (Step::TakeBack, S::AwaitingApproval | S::Approved | S::Scheduled | S::Checked) => S::Draft,
        (Step::TakeBack, S::Draft) => return Err(Refusal::NotRunning),
        (Step::TakeBack, _) => return Err(Refusal::Running),

        (Step::Schedule, S::Approved) => S::Scheduled,
        (Step::Schedule, S::AwaitingApproval) => return Err(Refusal::Awaiting),
        (Step::Schedule, S::Draft | S::Checked) => return Err(Refusal::NotApproved),
        (Step::Schedule, _) => return Err(Refusal::Running),

        (Step::Begin, S::Scheduled) => S::Sending,
        (Step::Begin, _) => return Err(Refusal::NotRunning),
        (Step::Finish, S::Sending) => S::Sent,
        (Step::Finish, _) => return Err(Refusal::NotRunning),

        (Step::Pause, S::Scheduled | S::Sending) => S::Paused,
        (Step::Pause, S::Paused) => return Err(Refusal::AlreadyPaused),
        (Step::Pause, _) => return Err(Refusal::NotRunning),
        (Step::Resume, S::Paused) => before.filter(|before| before.is_running()).unwrap_or(S::Sending),
        (Step::Resume, _) => return Err(Refusal::NotPaused),

        (Step::Cancel, S::Sent) => return Err(Refusal::NotRunning),
        (Step::Cancel, _) => S::Cancelled,
        (Step::Archive, _) => return Err(Refusal::Running),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn walk(steps: &[Step]) -> (State, Vec<State>) {
        let (mut state, mut before, mut seen) = (State::Draft, None, vec![State::Draft]);
        for one in steps {
            if let Ok(next) = step(state, *one, before) {
                before = matches!(one, Step::Pause | Step::Cancel).then_some(state);
                state = next;
                seen.push(state);
            }
        }
        (state, seen)
    }

    #[test]
    fn a_campaign_goes_its_way_with_and_without_an_approval() {
        use Step::{Approve, Archive, Ask, Begin, Check, Finish, Schedule};
        let (end, _) = walk(&[Check, Approve, Schedule, Begin, Finish, Archive]);
        assert_eq!(end, State::Archived);
        let (end, seen) = walk(&[Check, Ask, Approve, Schedule, Begin, Finish]);
        assert_eq!(end, State::Sent);
        assert_eq!(seen.len(), 7, "every step is one of the table: {seen:?}");
    }

    #[test]
    fn what_is_changed_is_checked_and_approved_anew() {
        for state in [State::Checked, State::Approved] {
            assert_eq!(step(state, Step::Change, None), Ok(State::Draft));
        }
        assert_eq!(step(State::AwaitingApproval, Step::Change, None), Err(Refusal::Awaiting));
        assert_eq!(step(State::Sending, Step::Change, None), Err(Refusal::Running));
        assert_eq!(step(State::Draft, Step::Schedule, None), Err(Refusal::NotApproved));
        assert_eq!(step(State::Draft, Step::Ask, None), Err(Refusal::NotChecked));
    }

    #[test]
    fn a_pause_goes_on_where_it_was() {
        for state in [State::Scheduled, State::Sending] {
            assert_eq!(step(state, Step::Pause, None), Ok(State::Paused));
            assert_eq!(step(State::Paused, Step::Resume, Some(state)), Ok(state));
        }
    }

    #[test]
    fn what_was_cancelled_comes_back_only_while_it_is_known_from_where() {
        assert_eq!(step(State::Cancelled, Step::Restore, Some(State::Sending)), Ok(State::Sending));
        assert_eq!(step(State::Cancelled, Step::Restore, None), Err(Refusal::TooLate));
        assert_eq!(step(State::Sent, Step::Cancel, None), Err(Refusal::NotRunning));
    }

    #[test]
    fn every_refusal_has_a_code_of_its_own() {
        let codes: std::collections::BTreeSet<_> = Refusal::ALL.iter().map(|one| one.code()).collect();
        assert_eq!(codes.len(), Refusal::ALL.len());
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        proptest::collection::vec(proptest::sample::select(Step::ALL.to_vec()), 0..60)
    }

    proptest! {
        /// Whatever people do in whatever order: nothing goes out that was not checked and approved since its last change.
        #[test]
        fn nothing_is_sent_unless_it_was_checked_and_approved(steps in steps()) {
            let (mut state, mut before) = (State::Draft, None);
            let (mut checked, mut approved) = (false, false);
            for one in steps {
                let Ok(next) = step(state, one, before) else { continue };
                match one {
                    Step::Check => checked = true,
                    Step::Approve => approved = true,
                    Step::Change | Step::SendBack | Step::TakeBack => (checked, approved) = (false, false),
                    _ => {}
                }
                before = matches!(one, Step::Pause | Step::Cancel).then_some(state);
                state = next;
                if matches!(state, State::Scheduled | State::Sending | State::Sent) {
                    prop_assert!(checked && approved, "{state:?}");
                }
            }
        }

        /// A recall reaches everything that is not over, and nothing leaves it but the archive.
        #[test]
        fn a_recall_stops_everything(steps in steps(), later in steps()) {
            let (state, _) = walk(&steps);
            if !state.is_over() {
                prop_assert_eq!(step(state, Step::Recall, None), Ok(State::Recalled));
            }
            for one in later {
                if let Ok(next) = step(State::Recalled, one, None) {
                    prop_assert_eq!(next, State::Archived);
                }
            }
        }
    }
}

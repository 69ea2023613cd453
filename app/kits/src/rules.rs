//! Laws of kits: where one may move, and what may be published. Pure.
mod content;

use base::Problem;

pub use content::{MOST_VARIANTS, MOST_WRITTEN, drafted, fits, publishable};

use crate::model::{KitState, KitVersionState};

/// Something done to a kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The draft is kept.
    Keep,
    /// The draft is thrown away.
    Discard,
    /// It is removed for good.
    Delete,
    Publish,
    /// What was published last is taken back.
    Recall,
    Retire,
}

/// Why a kit does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NeverPublished,
    WasPublished,
    AlreadyRetired,
    AlreadyRecalled,
    NothingNew,
    CheckStops,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::NeverPublished,
        Self::WasPublished,
        Self::AlreadyRetired,
        Self::AlreadyRecalled,
        Self::NothingNew,
        Self::CheckStops,
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NeverPublished => "never_published",
            Self::WasPublished => "was_published",
            Self::AlreadyRetired => "already_retired",
            Self::AlreadyRecalled => "already_recalled",
            Self::NothingNew => "nothing_new",
            Self::CheckStops => "check_stops",
        }
    }

    /// In English, for people who read the API.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NeverPublished => "This kit was never published.",
            Self::WasPublished => "This kit was published: retire it, or recall it, instead of deleting it.",
            Self::AlreadyRetired => "This kit is retired already.",
            Self::AlreadyRecalled => "This version was recalled already.",
            Self::NothingNew => "Nothing has changed since it was published.",
            Self::CheckStops => "The brand check finds what no partner could send: see the findings.",
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::refused(refusal.code(), refusal.message())
    }
}

/// Where a step leads. A retired kit and a recalled one are offered again by publishing a new version of them.
///
/// # Errors
/// Why not.
pub const fn step(now: KitState, step: Step) -> Result<KitState, Refusal> {
    match (now, step) {
        (_, Step::Publish) => Ok(KitState::Published),
        (KitState::Draft, Step::Discard | Step::Recall | Step::Retire) => Err(Refusal::NeverPublished),
        (_, Step::Keep | Step::Discard) | (KitState::Draft, Step::Delete) => Ok(now),
        (_, Step::Delete) => Err(Refusal::WasPublished),
        (KitState::Recalled, Step::Recall | Step::Retire) => Err(Refusal::AlreadyRecalled),
        (KitState::Published | KitState::Retired, Step::Recall) => Ok(KitState::Recalled),
        (KitState::Published, Step::Retire) => Ok(KitState::Retired),
        (KitState::Retired, Step::Retire) => Err(Refusal::AlreadyRetired),
    }
}

/// What becomes of a kit when a version of it is taken back: an earlier one leaves it as it is.
///
/// # Errors
/// Why not.
pub const fn recall(now: KitState, is_last: bool, version: KitVersionState) -> Result<KitState, Refusal> {
    match version {
        KitVersionState::Recalled => Err(Refusal::AlreadyRecalled),
        KitVersionState::Published | KitVersionState::Superseded if is_last => step(now, Step::Recall),
        KitVersionState::Published | KitVersionState::Superseded => Ok(now),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STEPS: [Step; 6] =
        [Step::Keep, Step::Discard, Step::Delete, Step::Publish, Step::Recall, Step::Retire];

    #[test]
    fn a_kit_is_published_retired_and_recalled() {
        assert_eq!(step(KitState::Draft, Step::Publish), Ok(KitState::Published));
        assert_eq!(step(KitState::Draft, Step::Recall), Err(Refusal::NeverPublished));
        assert_eq!(step(KitState::Draft, Step::Discard), Err(Refusal::NeverPublished));
        assert_eq!(step(KitState::Published, Step::Delete), Err(Refusal::WasPublished));
        assert_eq!(step(KitState::Published, Step::Retire), Ok(KitState::Retired));
        assert_eq!(step(KitState::Retired, Step::Retire), Err(Refusal::AlreadyRetired));
        assert_eq!(step(KitState::Retired, Step::Recall), Ok(KitState::Recalled));
        assert_eq!(step(KitState::Recalled, Step::Retire), Err(Refusal::AlreadyRecalled));
        assert_eq!(step(KitState::Recalled, Step::Publish), Ok(KitState::Published));
    }

    #[test]
    fn an_earlier_version_is_recalled_by_itself() {
        let earlier = |version| recall(KitState::Published, false, version);
        assert_eq!(earlier(KitVersionState::Superseded), Ok(KitState::Published));
        assert_eq!(earlier(KitVersionState::Recalled), Err(Refusal::AlreadyRecalled));
        assert_eq!(recall(KitState::Published, true, KitVersionState::Published), Ok(KitState::Recalled));
    }

    proptest! {
        /// Versions as they are kept beside the state: the last is published or recalled, those before are not published.
        #[test]
        fn what_partners_are_offered_is_the_last_version_and_not_recalled(
            steps in prop::collection::vec((0_usize..6, 0_usize..4), 0..40),
        ) {
            let (mut now, mut versions) = (KitState::Draft, Vec::<KitVersionState>::new());
            for (place, which) in steps {
                match STEPS[place] {
                    Step::Recall if !versions.is_empty() => {
                        let number = versions.len() - 1 - which.min(versions.len() - 1);
                        let is_last = number + 1 == versions.len();
                        if let Ok(next) = recall(now, is_last, versions[number]) {
                            versions[number] = KitVersionState::Recalled;
                            now = next;
                        }
                    }
                    one => {
                        let done = step(now, one);
                        if let Ok(next) = done {
                            if one == Step::Publish {
                                if let Some(last) = versions.last_mut().filter(|last| **last == KitVersionState::Published) {
                                    *last = KitVersionState::Superseded;
                                }
                                versions.push(KitVersionState::Published);
                            }
                            prop_assert!(one != Step::Delete || versions.is_empty(), "what was published stays");
                            now = next;
                        }
                    }
                }
                prop_assert_eq!(now == KitState::Draft, versions.is_empty());
                let last = versions.last().copied();
                prop_assert_eq!(now == KitState::Recalled, last == Some(KitVersionState::Recalled));
                if matches!(now, KitState::Published | KitState::Retired) {
                    prop_assert_eq!(last, Some(KitVersionState::Published));
                }
                let open = versions.iter().filter(|one| **one == KitVersionState::Published).count();
                prop_assert!(open <= 1, "{versions:?}");
            }
        }
    }
}

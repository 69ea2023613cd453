//! Enumerations in the reader's language.
use kit::Tone;

use crate::model::{CheckAnswer, Host, HostState};
use crate::t;

impl Host {
    /// Where it stands, in the reader's language, with its tone.
    pub(crate) fn standing(&self) -> (&'static str, Tone) {
        match self.state {
            HostState::Pending => (t::pending(), Tone::Neutral),
            HostState::Verified if self.failing_since.is_some() => (t::failing(), Tone::Warn),
            HostState::Verified => (t::verified(), Tone::Good),
            HostState::Lost => (t::lost(), Tone::Bad),
        }
    }
}

impl CheckAnswer {
    /// What a look found, in a sentence, with its tone.
    pub(crate) fn sentence(self) -> (&'static str, Tone) {
        match self {
            Self::Found => (t::answer_found(), Tone::Good),
            Self::Missing => (t::answer_missing(), Tone::Warn),
            Self::Other => (t::answer_other(), Tone::Warn),
            Self::Unanswered => (t::answer_unanswered(), Tone::Warn),
            Self::Taken => (t::answer_taken(), Tone::Bad),
        }
    }
}

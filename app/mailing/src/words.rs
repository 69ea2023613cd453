//! Enumerations in the reader's language.
use kit::Tone;

use crate::model::{RecordFinding, SenderDomain, SenderState, SuppressionReason, SuppressionScope};
use crate::t;

impl SuppressionReason {
    /// Why, in a word or two.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Unsubscribed => t::reason_unsubscribed(),
            Self::HardBounce => t::reason_hard_bounce(),
            Self::Complaint => t::reason_complaint(),
            Self::Manual => t::reason_manual(),
        }
    }
}

impl SuppressionScope {
    /// For whom, in a word or two.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Global => t::scope_global(),
            Self::Brand => t::scope_brand(),
            Self::Partner => t::scope_partner(),
        }
    }
}

impl SenderDomain {
    /// Where it stands, with its tone.
    pub(crate) fn standing(&self) -> (&'static str, Tone) {
        match self.state {
            SenderState::Pending => (t::pending(), Tone::Neutral),
            SenderState::Verified if self.failing_since.is_some() => (t::failing(), Tone::Warn),
            SenderState::Verified => (t::verified(), Tone::Good),
            SenderState::Lost => (t::lost(), Tone::Bad),
        }
    }
}

impl RecordFinding {
    /// What was found, with its tone.
    pub(crate) fn word(self) -> (&'static str, Tone) {
        match self {
            Self::Unknown => (t::found_unknown(), Tone::Neutral),
            Self::Found => (t::found_found(), Tone::Good),
            Self::Missing => (t::found_missing(), Tone::Warn),
            Self::Other => (t::found_other(), Tone::Warn),
            Self::Unanswered => (t::found_unanswered(), Tone::Warn),
        }
    }
}

//! Figures and what tells them apart in the reader's words.
use crate::model::{By, Measure};
use crate::t;

impl Measure {
    /// Its name on screen.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::WonValue => t::won_value(),
            Self::WonCount => t::won_count(),
            Self::LostValue => t::lost_value(),
            Self::LostCount => t::lost_count(),
            Self::WinRate => t::win_rate(),
            Self::AverageWon => t::average_won(),
            Self::CycleDays => t::cycle_days(),
            Self::OpenValue => t::open_value(),
            Self::OpenCount => t::open_count(),
            Self::Registrations => t::registrations(),
            Self::Approvals => t::approvals(),
            Self::Refusals => t::refusals(),
            Self::ConflictRate => t::conflict_rate(),
            Self::SlaKept => t::sla_kept(),
            Self::AnswerP50 => t::answer_p50(),
            Self::AnswerP90 => t::answer_p90(),
            Self::Deals => t::deals_now(),
            Self::DealsValue => t::deals_value_now(),
        }
    }
}

impl By {
    /// Its name on screen.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Month => t::month(),
            Self::Day => t::day(),
            Self::Product => t::product(),
            Self::Program => t::program(),
            Self::Brand => t::brand(),
            Self::Partner => t::partner(),
            Self::Tier => t::tier(),
            Self::PartnerType => t::partner_type(),
            Self::Territory => t::territory(),
            Self::ChannelManager => t::channel_manager(),
            Self::State => t::state(),
        }
    }
}

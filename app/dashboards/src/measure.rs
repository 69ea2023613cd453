//! What can be explored: figures, and what they can be told apart by.
use base::words;

use crate::model::Unit;

words! {
    /// A figure.
    Measure {
        /// Minor units of sales won.
        WonValue = "won_value",
        WonCount = "won_count",
        LostValue = "lost_value",
        LostCount = "lost_count",
        /// Won of decided, in basis points.
        WinRate = "win_rate",
        /// Minor units of the mean sale won.
        AverageWon = "average_won",
        /// Mean days from an opportunity's opening to its sale.
        CycleDays = "cycle_days",
        /// Minor units open now.
        OpenValue = "open_value",
        OpenCount = "open_count",
        Registrations = "registrations",
        Approvals = "approvals",
        /// Rejected and returned.
        Refusals = "refusals",
        /// Registrations that met a conflict, in basis points.
        ConflictRate = "conflict_rate",
        /// Answers within the promised time, in basis points.
        SlaKept = "sla_kept",
        /// Seconds of waiting for an answer, the median.
        AnswerP50 = "answer_p50",
        /// The same, slowest tenth.
        AnswerP90 = "answer_p90",
        /// Registrations as they stand now.
        Deals = "deals",
        /// Minor units of registrations as they stand now.
        DealsValue = "deals_value",
    }
}

words! {
    /// What a figure is told apart by.
    By {
        Month = "month",
        Day = "day",
        Product = "product",
        Program = "program",
        Brand = "brand",
        Partner = "partner",
        Tier = "tier",
        /// A partner counts for each of its types.
        PartnerType = "partner_type",
        Territory = "territory",
        ChannelManager = "channel_manager",
        /// State of a registration now.
        State = "state",
    }
}

impl Measure {
    /// How its values are read.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::WonValue | Self::LostValue | Self::AverageWon | Self::OpenValue | Self::DealsValue => {
                Unit::Money
            }
            Self::WinRate | Self::ConflictRate | Self::SlaKept => Unit::BasisPoints,
            Self::CycleDays => Unit::Days,
            Self::AnswerP50 | Self::AnswerP90 => Unit::Seconds,
            Self::WonCount
            | Self::LostCount
            | Self::OpenCount
            | Self::Registrations
            | Self::Approvals
            | Self::Refusals
            | Self::Deals => Unit::Count,
        }
    }

    /// Whether parts of it add up to the whole, so that they can be drawn as parts of it.
    #[must_use]
    pub const fn adds_up(self) -> bool {
        matches!(self.unit(), Unit::Count | Unit::Money) && !matches!(self, Self::AverageWon)
    }

    /// Whether less of it is better.
    #[must_use]
    pub const fn falling_is_good(self) -> bool {
        matches!(
            self,
            Self::LostValue
                | Self::LostCount
                | Self::CycleDays
                | Self::Refusals
                | Self::ConflictRate
                | Self::AnswerP50
                | Self::AnswerP90
        )
    }

    /// The metrics of what happened that it is computed from.
    #[must_use]
    pub const fn flows(self) -> &'static [&'static str] {
        match self {
            Self::WonValue | Self::WonCount | Self::AverageWon => &["opp.won"],
            Self::LostValue | Self::LostCount => &["opp.lost"],
            Self::WinRate => &["opp.lost", "opp.won"],
            Self::CycleDays => &["opp.cycle"],
            Self::Registrations => &["deal.submitted"],
            Self::Approvals => &["deal.approved"],
            Self::Refusals => &["deal.refused"],
            Self::ConflictRate => &["deal.conflict", "deal.submitted"],
            Self::SlaKept => &["deal.sla"],
            Self::AnswerP50 | Self::AnswerP90 => &["deal.answered"],
            Self::OpenValue | Self::OpenCount | Self::Deals | Self::DealsValue => &[],
        }
    }

    /// The metrics of what stands now that it is computed from.
    #[must_use]
    pub const fn stands(self) -> &'static [&'static str] {
        match self {
            Self::OpenValue | Self::OpenCount => &["opp.open"],
            Self::Deals | Self::DealsValue => &["deal.state"],
            _ => &[],
        }
    }

    /// Whether the figure can be told apart by it: what stands has no days, only opportunities name a product, only
    /// registrations have a state.
    #[must_use]
    pub fn fits(self, by: By) -> bool {
        let is_now = self.flows().is_empty();
        match by {
            By::Month | By::Day => !is_now,
            By::Product => self
                .flows()
                .iter()
                .chain(self.stands())
                .all(|metric| matches!(*metric, "opp.won" | "opp.lost" | "opp.open")),
            By::State => matches!(self, Self::Deals | Self::DealsValue),
            _ => true,
        }
    }
}

impl By {
    /// Whether it tells a vendor's partners apart, which a partner has no use for.
    #[must_use]
    pub const fn is_of_partners(self) -> bool {
        matches!(
            self,
            Self::Partner | Self::Tier | Self::PartnerType | Self::Territory | Self::ChannelManager
        )
    }

    /// Whether its rows follow each other in time.
    #[must_use]
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Month | Self::Day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_can_be_told_apart_by_something_and_is_computed_from_something() {
        for measure in Measure::ALL {
            assert_eq!(Measure::parse(measure.as_str()), Some(*measure));
            assert!(By::ALL.iter().any(|by| measure.fits(*by)), "{measure:?}");
            assert!(measure.flows().is_empty() != measure.stands().is_empty(), "{measure:?}");
        }
    }

    #[test]
    fn what_stands_has_no_days_and_a_conflict_no_product() {
        assert!(!Measure::OpenValue.fits(By::Month));
        assert!(Measure::OpenValue.fits(By::Product));
        assert!(!Measure::ConflictRate.fits(By::Product));
        assert!(!Measure::WonValue.fits(By::State));
    }
}

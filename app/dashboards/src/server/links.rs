//! Where the records behind a figure are found.
use std::fmt::Write as _;

use figures::Days;
use figures::server::Filter;

use crate::model::Measure;

/// Addresses of the records behind a figure: the same filter as the figure's.
#[derive(Clone)]
pub(super) struct Links<'a> {
    pub(super) filter: Filter<'a>,
    pub(super) days: Days,
    pub(super) bounded: bool,
}

impl Links<'_> {
    /// Opportunities, with a condition like `stage=won`.
    pub(super) fn opportunities(&self, which: &str) -> String {
        let mut url = format!("/opportunities?{which}");
        if self.bounded && !which.contains("open=true") {
            let _ = write!(url, "&closed_since={}&closed_until={}", self.days.start, self.days.end);
        }
        self.narrowed(url)
    }

    pub(super) fn deals(&self, status: &str) -> String {
        self.narrowed(format!("/deals?status={status}"))
    }

    pub(super) fn received(&self) -> String {
        let status = "status=submitted,in_review,conflict,returned,approved,converted,won,lost,rejected,disputed,lapsed,withdrawn,expired,cancelled";
        let mut url = format!("/deals?{status}");
        if self.bounded {
            let _ = write!(url, "&since={}&until={}", self.days.start, self.days.end);
        }
        self.narrowed(url)
    }

    fn narrowed(&self, mut url: String) -> String {
        if let Some(program) = self.filter.program {
            let _ = write!(url, "&program={program}");
        }
        if let (Some(partner), false) = (self.filter.partner, url.contains("partner=")) {
            let _ = write!(url, "&partner={partner}");
        }
        for (name, value) in self.filter.segment.into_iter().flat_map(partners::Segment::fields) {
            let _ = write!(url, "&{name}={}", base::escape(&value));
        }
        url
    }
}

/// The records behind a figure.
pub(super) fn records(
    links: &Links<'_>,
    measure: Measure,
    product: &str,
    state: Option<&str>,
) -> Option<String> {
    let opportunities = |which: &str| Some(links.opportunities(&format!("{which}{product}")));
    match measure {
        Measure::WonValue | Measure::WonCount | Measure::AverageWon | Measure::CycleDays => {
            opportunities("stage=won")
        }
        Measure::LostValue | Measure::LostCount => opportunities("stage=lost"),
        Measure::WinRate => opportunities("open=false"),
        Measure::OpenValue | Measure::OpenCount => opportunities("open=true"),
        Measure::Registrations | Measure::ConflictRate => Some(links.received()),
        Measure::Deals | Measure::DealsValue => state.map(|state| links.deals(state)),
        // Counted on the day of the answer, which lists of deals are not narrowed by.
        Measure::Approvals
        | Measure::Refusals
        | Measure::SlaKept
        | Measure::AnswerP50
        | Measure::AnswerP90 => None,
    }
}

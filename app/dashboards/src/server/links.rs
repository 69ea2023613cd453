//! Where the records behind a figure are found.
use std::fmt::Write as _;

use figures::server::Filter;

/// Addresses of the records behind a figure: the same filter as the figure's.
pub(super) struct Links {
    pub(super) filter: Filter,
    pub(super) days: figures::Days,
    pub(super) bounded: bool,
}

impl Links {
    pub(super) fn opportunities(&self, stage: &str, extra: &str) -> String {
        let mut url = format!("/opportunities?{stage}{extra}");
        if self.bounded && !stage.contains("open=true") {
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
        url
    }
}

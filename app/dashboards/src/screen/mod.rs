//! The dashboards' pages: a partner's home and a vendor's overview.
mod export;
mod home;
mod needs;
mod overview;
mod partners;
mod parts;
mod peers;
mod start;
mod wall;

use home::HomePage;
pub use overview::OverviewPage;
pub use start::StartPage;
pub use wall::WallPage;

use base::ProgramId;
use leptos::prelude::With;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

/// What the address says: period, what it is compared with, and program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) period: Option<String>,
    pub(crate) against: Option<String>,
    pub(crate) program: Option<ProgramId>,
}

impl Chosen {
    fn of(query: &ParamsMap) -> Self {
        let period = query.get("period").filter(|text| figures::Period::parse(text).is_some());
        let against = query.get("against").filter(|text| figures::Against::parse(text).is_some());
        Self { period, against, program: query.get("program").and_then(|text| text.parse().ok()) }
    }

    /// The address of a page with these choices.
    fn address(&self, path: &str) -> String {
        let parts = [
            self.period.as_ref().map(|period| format!("period={period}")),
            self.against.as_ref().map(|against| format!("against={against}")),
            self.program.map(|program| format!("program={program}")),
        ];
        let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The same address with another period.
    fn with_period(&self, path: &str, period: &str) -> String {
        Self { period: Some(period.to_owned()), ..self.clone() }.address(path)
    }

    /// The same address, compared with something else.
    fn with_against(&self, path: &str, against: &str) -> String {
        Self { against: Some(against.to_owned()), ..self.clone() }.address(path)
    }

    /// The same address with another program, or with all.
    fn with_program(&self, path: &str, program: Option<ProgramId>) -> String {
        Self { program, ..self.clone() }.address(path)
    }
}

/// What the address chooses, following it.
pub(crate) fn chosen() -> impl Fn() -> Chosen + Copy + Send + Sync + 'static {
    let query = use_query_map();
    move || query.with(Chosen::of)
}

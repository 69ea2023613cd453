//! The first page after signing in.
use base::{Problem, Side};
use kit::{ErrorPanel, Screen};
use leptos::prelude::*;

use super::{HomePage, OverviewPage};
use crate::t;

/// `/`: partners start at their home, vendors at the overview.
#[component]
pub fn StartPage() -> impl IntoView {
    match access::me().organization.map(|organization| organization.side) {
        Some(Side::Vendor) => view! { <OverviewPage/> }.into_any(),
        Some(Side::Partner) => view! { <HomePage/> }.into_any(),
        None => {
            let problem = Problem::forbidden("no_organization", t::no_organization());
            view! { <Screen title=t::start()><ErrorPanel problem=problem/></Screen> }.into_any()
        }
    }
}

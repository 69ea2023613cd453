//! Beside the filters: which columns, which layout, and the ways to a file or a calendar.
use kit::{Icon, Menu, MenuHeading, MenuLink, Place, Segmented, lucide, paths};
use leptos::prelude::*;

use super::address::Address;
use crate::model::{Columns, Layout, ListColumn};
use crate::t;
use crate::verbs::ListDeals;

/// The tools at the end of the filter bar.
pub(super) fn tools(address: &Address) -> AnyView {
    let columns = (address.layout == Layout::List).then(|| columns(address));
    let (layouts, files) = (layouts(address), files(&address.ask));
    view! { {columns}{files}{layouts} }.into_any()
}

fn layouts(address: &Address) -> AnyView {
    let place = |label: &str, layout: Layout, icon| {
        let to = Address { layout, group: None, cards: None, ..address.clone() };
        let href = if to == Address::default() { Address::all() } else { to.href() };
        Place::new(label, href, address.layout == layout).bare(icon)
    };
    let places = vec![
        place(t::layout_list(), Layout::List, lucide::LuList),
        place(t::layout_board(), Layout::Board, lucide::LuSquareKanban),
    ];
    view! { <Segmented label=t::layout() places=places/> }.into_any()
}

/// Each column as a link to the list with or without it, so that it works without script.
fn columns(address: &Address) -> AnyView {
    let is_vendor = access::me().side() == Some(base::Side::Vendor);
    let shown = address.shown(is_vendor);
    let item = |column: &ListColumn| {
        let is_on = shown.0.contains(column);
        let chosen = ListColumn::ALL
            .iter()
            .copied()
            .filter(|one| if one == column { !is_on } else { shown.0.contains(one) });
        let mut columns = Columns(chosen.collect());
        if columns == ListColumn::usual(is_vendor) || columns.0.is_empty() {
            columns = Columns::default();
        }
        let to = Address { columns, ..address.clone() };
        let href = if to == Address::default() { Address::all() } else { to.href() };
        view! { <MenuLink href=href label=column.words() current=is_on/> }
    };
    let items = ListColumn::ALL
        .iter()
        .filter(|column| is_vendor || **column != ListColumn::Partner)
        .map(item)
        .collect_view();
    let summary =
        view! { <Icon of=lucide::LuColumns3/><span class="hide-m">{t::columns()}</span> }.into_any();
    view! {
        <Menu summary=summary label=t::columns() ends=true>
            <MenuHeading label=t::columns_shown()/>
            {items}
        </Menu>
    }
    .into_any()
}

fn files(ask: &ListDeals) -> AnyView {
    let query = ask.to_query();
    let href = |format: &str| {
        let joint = if query.is_empty() { "" } else { "&" };
        format!("/api/v1/deals/export?format={format}{joint}{query}")
    };
    let (csv, xlsx) = (href("csv"), href("xlsx"));
    let summary = view! { <Icon of=lucide::LuDownload/><span class="hide-m">{t::export()}</span> }.into_any();
    view! {
        <Menu summary=summary label=t::export() ends=true>
            <a class="item" href=xlsx download="" rel="external">{t::export_xlsx()}</a>
            <a class="item" href=csv download="" rel="external">{t::export_csv()}</a>
            <hr/>
            <MenuLink href=paths::CALENDAR label=t::calendar_feed() icon=lucide::LuCalendarPlus/>
        </Menu>
    }
    .into_any()
}

impl ListColumn {
    /// Its name.
    pub(in crate::screen) fn words(self) -> &'static str {
        match self {
            Self::Status => t::col_status(),
            Self::Value => t::col_value(),
            Self::Products => t::fact_products(),
            Self::Country => t::fact_country(),
            Self::Partner => t::fact_partner(),
            Self::Program => t::fact_program(),
            Self::ExpectedClose => t::fact_close(),
            Self::Registered => t::col_registered(),
            Self::Clock => t::col_clock(),
            Self::Created => t::fact_created(),
            Self::Updated => t::col_updated(),
        }
    }
}

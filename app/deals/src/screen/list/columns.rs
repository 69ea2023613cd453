//! The columns of the list: their heads and cells.
#![allow(clippy::match_same_arms, reason = "one line a column")]
use kit::{Cell, CellKind, Column, Countdown, Day, MoneyText, Tell, When};
use leptos::prelude::*;

use super::address::Address;
use crate::model::{DealRow, ListColumn};
use crate::screen::country_name;
use crate::screen::parts::DealBadge;
use crate::t;
use crate::verbs::ListDeals;

/// The heads, the box and the customer first.
pub(super) fn heads(address: &Address, shown: &[ListColumn]) -> Vec<Column> {
    let now = address.ask.sort.map(|sort| sort.to_string()).unwrap_or_default();
    let order =
        |sort: &str| address.asking(ListDeals { sort: sort.parse().ok(), ..address.ask.clone() }).href();
    let mut heads = vec![Column::tight(""), Column::new(t::col_customer()).sorts("customer", &now, order)];
    heads.extend(shown.iter().map(|column| {
        let words = column.words();
        match column {
            ListColumn::Status => Column::tight(words),
            ListColumn::Value => Column::num(words).sorts("value", &now, order),
            ListColumn::Products | ListColumn::Country | ListColumn::Partner | ListColumn::Program => {
                Column::new(words)
            }
            ListColumn::ExpectedClose => Column::tight(words),
            ListColumn::Registered => Column::tight(words).sorts("priority_at", &now, order),
            ListColumn::Clock => Column::tight(words).sorts("expires_at", &now, order),
            ListColumn::Created => Column::tight(words).sorts("created_at", &now, order),
            ListColumn::Updated => Column::tight(words).sorts("updated_at", &now, order),
        }
    }));
    heads
}

/// A deal's cell of a column.
pub(super) fn cell(column: ListColumn, deal: &DealRow) -> AnyView {
    let label = column.words();
    match column {
        ListColumn::Status => {
            let status = deal.status;
            view! { <Cell kind=CellKind::State><DealBadge status=status/></Cell> }.into_any()
        }
        ListColumn::Value => {
            let value = deal.value.map(|value| view! { <MoneyText of=value/> });
            view! { <Cell kind=CellKind::Num label=label>{value}</Cell> }.into_any()
        }
        ListColumn::Products => text(label, deal.products.clone()),
        ListColumn::Country => {
            text(label, deal.country.as_deref().map(|code| country_name(code).clone()).unwrap_or_default())
        }
        ListColumn::Partner => text(label, deal.partner_name.clone()),
        ListColumn::Program => text(label, deal.program_name.clone()),
        ListColumn::ExpectedClose => {
            let day = deal.expected_close.map(|on| view! { <Day on=on/> });
            view! { <Cell label=label>{day}</Cell> }.into_any()
        }
        ListColumn::Registered => moment(label, deal.priority_at, Tell::Absolute),
        ListColumn::Clock => {
            let clock = clock(deal);
            view! { <Cell label=label>{clock}</Cell> }.into_any()
        }
        ListColumn::Created => moment(label, Some(deal.created_at), Tell::Absolute),
        ListColumn::Updated => moment(label, Some(deal.updated_at), Tell::Relative),
    }
}

/// The moment that counts now.
pub(in crate::screen) fn clock(deal: &DealRow) -> AnyView {
    let until = deal.answer_due.or(deal.expires_at);
    until.map(|until| view! { <Countdown until=until soon_ms=86_400_000/> }).into_any()
}

fn text(label: &'static str, text: String) -> AnyView {
    view! { <Cell label=label>{text}</Cell> }.into_any()
}

fn moment(label: &'static str, at: Option<base::Timestamp>, tell: Tell) -> AnyView {
    let at = at.map(|at| view! { <When at=at tell=tell/> });
    view! { <Cell label=label>{at}</Cell> }.into_any()
}

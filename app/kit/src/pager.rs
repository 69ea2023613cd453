//! The way to the next page of a list, by cursor.
use leptos::prelude::*;

use crate::icon::{Icon, lucide};
use crate::t;

/// How many are shown of how many, and the links on.
#[component]
pub fn Pager(
    /// Rows on this page.
    shown: usize,
    /// Rows on all pages together.
    total: u64,
    /// The address of the first page; nothing when this is it.
    #[prop(optional_no_strip, into)]
    first: Option<String>,
    /// The address of the next page; nothing on the last one.
    #[prop(optional_no_strip, into)]
    next: Option<String>,
    /// What is paged, where a page has several lists.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let language = crate::catalogue::locale();
    let number = |n: u64| crate::format::number(i64::try_from(n).unwrap_or(i64::MAX), language);
    view! {
        <nav class="pager" aria-label=label.unwrap_or_else(|| t::pages().to_owned())>
            <span class="num">{t::shown_of(number(shown as u64), number(total))}</span>
            <span class="end actions">
                {first.map(|href| view! { <a class="button small" href=href>{t::first_page()}</a> })}
                {next.map(|href| view! {
                    <a class="button small" href=href rel="next">{t::next_page()}<Icon of=lucide::LuChevronRight class="flip" /></a>
                })}
            </span>
        </nav>
    }
}

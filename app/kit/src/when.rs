//! Moments, days, spans and money in running text; the machine-readable value rides along.
use base::{Date, Money, Timestamp};
use leptos::prelude::*;

use crate::catalogue::locale;
use crate::zone::{Now, browser_now, offset_minutes};
use crate::{format, t};

/// How a moment is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tell {
    /// "2 hours ago", with the absolute time on hover.
    #[default]
    Relative,
    /// "24 Nov 2026, 14:30"
    Absolute,
    /// "24 Nov 2026", where the time of day says nothing; it is there on hover.
    Day,
    /// "Tue 24 Nov, 14:30", for the next days.
    Soon,
    /// "14:32:08", for how fresh a figure is.
    Clock,
    /// "14:30:07.412", for the moments that order claims.
    Exact,
}

/// A moment, in the reader's zone.
#[component]
pub fn When(at: Timestamp, #[prop(optional)] tell: Tell) -> impl IntoView {
    let (locale, offset) = (locale(), offset_minutes(at));
    let absolute = format::date_time(at, offset, locale);
    let title = absolute.clone();
    let first = match tell {
        Tell::Relative => match use_context::<Now>() {
            Some(Now(now)) => format::relative(at, now, locale),
            None => absolute,
        },
        Tell::Absolute => absolute,
        Tell::Day => format::date(format::local_date(at, offset), locale),
        Tell::Soon => format::weekday_time(at, offset, locale),
        Tell::Clock => format::time_seconds(at, offset),
        Tell::Exact => format::time_exact(at, offset),
    };
    // Starts with the server's words and moves on in an effect, so that both sides agree while hydrating.
    let words = RwSignal::new(first);
    if tell == Tell::Relative {
        Effect::new(move |_| {
            if let Some(now) = browser_now(20) {
                let text = format::relative(at, Timestamp(now.get()), locale);
                if words.with_untracked(|words| *words != text) {
                    words.set(text);
                }
            }
        });
    }
    view! { <time datetime=at.to_string() title=title>{move || words.get()}</time> }
}

/// A day.
#[component]
pub fn Day(on: Date) -> impl IntoView {
    view! { <time datetime=on.to_string()>{format::date(on, locale())}</time> }
}

/// The time left until a moment, or the time since it has passed.
#[component]
pub fn Countdown(
    until: Timestamp,
    /// When the time left is short, in milliseconds before the end.
    #[prop(default = 2 * 3_600_000)]
    soon_ms: i64,
    #[prop(optional)] big: bool,
) -> impl IntoView {
    let (locale, offset) = (locale(), offset_minutes(until));
    let absolute = format::date_time(until, offset, locale);
    let now = RwSignal::new(use_context::<Now>().map(|Now(now)| now));
    Effect::new(move |_| {
        if let Some(clock) = browser_now(1) {
            now.set(Some(Timestamp(clock.get())));
        }
    });
    let fallback = absolute.clone();
    let words = Memo::new(move |_| match now.get() {
        None => fallback.clone(),
        Some(now) if now < until => t::time_left(format::span(until - now, locale)),
        Some(now) => t::time_over(format::span(now - until, locale)),
    });
    let class = move || {
        let state = match now.get() {
            Some(now) if now >= until => " over",
            Some(now) if (until - now).0 < soon_ms => " soon",
            _ => "",
        };
        format!("countdown{state}{}", if big { " big" } else { "" })
    };
    view! { <time class=class datetime=until.to_string() title=absolute>{move || words.get()}</time> }
}

/// How an amount is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Precision {
    /// Without minor units where there are none: "€48,000".
    #[default]
    Plain,
    /// To the minor unit: "€48,000.00".
    Exact,
    /// In three digits from a million on: "€1.28 m", exact on hover.
    Compact,
}

/// An amount of money.
#[component]
pub fn MoneyText(of: Money, #[prop(optional)] precision: Precision) -> impl IntoView {
    let locale = locale();
    let exact = format::money(of, locale);
    let words = match precision {
        Precision::Plain => format::money_plain(of, locale),
        Precision::Exact => exact.clone(),
        Precision::Compact => format::money_compact(of, locale),
    };
    let title = (words != exact).then_some(exact);
    view! { <data class="nowrap" value=of.to_string() title=title>{words}</data> }
}

//! Bars: how much of a goal is reached, how far long work has come.
use leptos::prelude::*;

use crate::t;
use crate::tone::Tone;

/// A share of a whole as a bar, with its label and value above it.
#[component]
pub fn Progress(
    #[prop(into)] label: String,
    /// What is read at the end: "4 of 6".
    #[prop(into)]
    value: Signal<String>,
    /// Reached, as a share of 1; more than 1 is full.
    #[prop(into)]
    share: Signal<f64>,
    /// Where one should be by now, as a share of 1.
    #[prop(optional)]
    pace: Option<f64>,
    #[prop(default = Tone::Accent)] tone: Tone,
) -> impl IntoView {
    let name = label.clone();
    view! {
        <div class="meter">
            <span>{label}</span>
            <span class="value">{move || value.get()}</span>
            <span
                class="holder"
                role="progressbar"
                aria-label=name
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || whole(share.get())
                aria-valuetext=move || value.get()
            >
                <Bar share=share pace=pace tone=tone />
            </span>
        </div>
    }
}

/// The bare bar; decoration for words that say the same.
#[component]
pub fn Bar(
    #[prop(into)] share: Signal<f64>,
    #[prop(optional_no_strip)] pace: Option<f64>,
    #[prop(default = Tone::Accent)] tone: Tone,
    #[prop(optional)] thin: bool,
) -> impl IntoView {
    let class = format!("bar {}{}", tone.class(), if thin { " thin" } else { "" });
    view! {
        <svg class=class width="100%" height="8" aria-hidden="true">
            <rect class="track" width="100%" height="100%" rx="4"></rect>
            <rect class="fill" width=move || format!("{}%", share_percent(share.get())) height="100%" rx="4"></rect>
            {pace.map(|pace| view! { <rect class="goal" x=format!("{}%", share_percent(pace)) width="2" height="100%"></rect> })}
        </svg>
    }
}

/// A share as a percentage with one decimal, kept between 0 and 100.
fn share_percent(share: f64) -> f64 {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    (share * 1000.0).round() / 10.0
}

fn whole(share: f64) -> String {
    share_percent(share).round().to_string()
}

/// Long work: how much is done, how fast it goes, how long it still takes.
#[component]
pub fn Work(
    #[prop(into)] label: String,
    #[prop(into)] done: Signal<u64>,
    /// Nothing while it is not known yet.
    #[prop(into)]
    total: Signal<Option<u64>>,
    /// Pieces a second, over the last moments.
    #[prop(optional, into)]
    rate: Signal<Option<f64>>,
    /// More counts: "created 12".
    #[prop(optional)]
    counts: Option<AnyView>,
    /// The way to stop it.
    #[prop(optional)]
    cancel: Option<AnyView>,
) -> impl IntoView {
    let locale = crate::catalogue::locale();
    let number = move |n: u64| crate::format::number(i64::try_from(n).unwrap_or(i64::MAX), locale);
    let share = Signal::derive(move || match total.get() {
        Some(total) if total > 0 => done.get() as f64 / total as f64,
        Some(_) => 1.0,
        None => 0.0,
    });
    let value = Signal::derive(move || match total.get() {
        Some(total) => t::done_of(number(done.get()), number(total)),
        None => number(done.get()),
    });
    let speed = move || rate.get().map(|rate| t::per_second(number(rate.round() as u64)));
    let left = move || {
        let (rate, total) = (rate.get()?, total.get()?);
        let left = total.saturating_sub(done.get());
        (rate > 0.0 && left > 0).then(|| {
            let seconds = (left as f64 / rate).ceil() as i64;
            t::time_left(crate::format::span(base::Span::seconds(seconds), locale))
        })
    };
    view! {
        <div class="work">
            <Progress label=label value=value share=share />
            <div class="counts">
                {counts}
                {move || speed().map(|words| view! { <span>{words}</span> })}
                {move || left().map(|words| view! { <span>{words}</span> })}
                {cancel.map(|cancel| view! { <span class="end">{cancel}</span> })}
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_never_more_than_full_or_less_than_empty() {
        let shares = [1.4, -1.0, f64::NAN, 0.8536].map(|share| share_percent(share).to_string());
        assert_eq!(shares, ["100", "0", "0", "85.4"]);
    }
}

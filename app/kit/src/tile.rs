//! Tiles: one figure, what it did since last time, and the way to the records behind it.
use base::Timestamp;
use leptos::prelude::*;

use crate::catalogue::offset_minutes;
use crate::icon::{Icon, lucide};
use crate::live::{Freshness, Live};
use crate::tone::Tone;
use crate::{format, t};

/// A headline figure. The whole tile leads to its records.
#[component]
pub fn Tile(
    #[prop(into)] label: String,
    /// The figure, already in the reader's way of writing.
    #[prop(into)]
    figure: Signal<String>,
    /// Beside the figure, small: "37 deals".
    #[prop(optional, into)]
    unit: Option<String>,
    /// The exact value, on hover.
    #[prop(optional, into)]
    exact: Option<String>,
    #[prop(optional)] delta: Option<AnyView>,
    /// When it was read.
    #[prop(optional)]
    as_of: Option<Timestamp>,
    /// The records behind it.
    #[prop(optional, into)]
    href: Option<String>,
    /// Below the figure: a sparkline, a bar, a sentence.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let label = match href {
        Some(href) => view! {
            <a class="cover" href=href>{label}<span class="go"><Icon of=lucide::LuArrowRight class="flip" /></span></a>
        }
        .into_any(),
        None => label.into_any(),
    };
    view! {
        <section class="card tile">
            <header>
                <h2>{label}</h2>
                {as_of.map(|at| view! { <span class="end"><AsOf at=at/></span> })}
            </header>
            <div class="body">
                <div class="figures">
                    <Figure value=figure exact=exact.unwrap_or_default() />
                    {unit.map(|unit| view! { <span class="muted small">{unit}</span> })}
                    {delta}
                </div>
                {children.map(|children| children())}
            </div>
        </section>
    }
}

/// When something was read, and whether it is live, waits for its connection, or the browser is offline. While it is live a
/// tile only shows the time; what is not says so.
#[component]
pub fn AsOf(
    at: Timestamp,
    /// "as of 14:32:08" where there is room, else "14:32".
    #[prop(optional)]
    in_words: bool,
) -> impl IntoView {
    let live = use_context::<Live>().map(|live| live.freshness);
    let freshness = move || live.map_or(Freshness::Starting, |live| live.get());
    let offset = offset_minutes();
    let exact = t::as_of(format::time_seconds(at, offset));
    let shown = if in_words { exact.clone() } else { format::time(at, offset) };
    let said = exact.clone();
    let title = move || format!("{said} · {}", freshness().words());
    let state = move || match freshness() {
        Freshness::Starting | Freshness::Live => None,
        stale => Some(view! { <span class="stale">{stale.words()}</span> }),
    };
    view! {
        <span class="as-of" data-state=move || freshness().name() title=title>
            <span class="num" aria-hidden=(!in_words).then_some("true")>{shown}</span>
            {(!in_words).then(|| view! { <span class="visually-hidden">{exact}</span> })}
            {state}
        </span>
    }
}

/// A large number that glows once when it moves.
#[component]
pub fn Figure(
    #[prop(into)] value: Signal<String>,
    /// The exact value, on hover; nothing when the figure is exact.
    #[prop(optional, into)]
    exact: String,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let class = if class.is_empty() { "figure".to_owned() } else { format!("figure {class}") };
    view! { <span class=class title=(!exact.is_empty()).then_some(exact)><Glow value=value /></span> }
}

/// Text that glows once for 1.2 s when it changes after it was first shown.
#[component]
pub fn Glow(#[prop(into)] value: Signal<String>) -> impl IntoView {
    let turn = RwSignal::new(0_u8);
    Effect::new(move |before: Option<String>| {
        let now = value.get();
        if before.is_some_and(|before| before != now) {
            // Two equal animations by turns: the same class set again would not start again.
            turn.update(|turn| *turn = if *turn == 1 { 2 } else { 1 });
        }
        now
    });
    let class = move || match turn.get() {
        0 => "",
        1 => "glow",
        _ => "glow again",
    };
    view! { <span class=class>{move || value.get()}</span> }
}

/// How a figure moved: an arrow, words, and whether that is good.
#[component]
pub fn Delta(
    /// "+18 % on last year"
    #[prop(into)]
    words: String,
    /// Up, down or neither; the arrow.
    up: Option<bool>,
    /// Good, bad or neutral: a rise is not always good.
    #[prop(optional)]
    tone: Tone,
) -> impl IntoView {
    let class = match tone {
        Tone::Good => "delta good",
        Tone::Bad | Tone::Warn => "delta bad",
        Tone::Neutral | Tone::Accent => "delta",
    };
    let arrow = up.map(|up| if up { lucide::LuArrowUp } else { lucide::LuArrowDown });
    view! { <span class=class>{arrow.map(|arrow| view! { <Icon of=arrow /> })}{words}</span> }
}

/// Tiles beside each other, as many as fit.
#[component]
pub fn Tiles(children: Children) -> impl IntoView {
    view! { <div class="tiles">{children()}</div> }
}

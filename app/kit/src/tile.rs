//! Tiles: one figure, what it did since last time, and the way to the records behind it.
use leptos::prelude::*;

use crate::icon::{Icon, lucide};
use crate::tone::Tone;

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
    /// How fresh it is: "as of 14:32:08".
    #[prop(optional, into)]
    as_of: Option<String>,
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
                {as_of.map(|words| view! { <span class="as-of end">{words}</span> })}
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

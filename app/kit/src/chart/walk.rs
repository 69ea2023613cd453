//! Going over the points of a chart: by pointer, by finger, and by keyboard, where the whole chart is one stop.
//!
//! It lies over the drawing as a slider: arrows reach it with every screen reader, and what its value is called is
//! said whenever it moves. Without scripts it is not there; the drawing's own titles then say the same.
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{EventTarget, HtmlElement};

use super::plan::Plan;
use crate::t;

/// How points stand beside each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Spacing {
    /// From one edge to the other.
    Edges,
    /// Each in the middle of its band.
    Bands,
}

impl Spacing {
    /// Where a point stands, as a share of the width.
    fn share(self, place: usize, count: usize) -> f64 {
        match self {
            Self::Edges if count < 2 => 0.0,
            Self::Edges => place as f64 / (count - 1) as f64,
            Self::Bands => (place as f64 + 0.5) / count.max(1) as f64,
        }
    }

    /// The point nearest to a share of the width.
    fn nearest(self, share: f64, count: usize) -> usize {
        let last = count.saturating_sub(1);
        let place = match self {
            Self::Edges => (share * last as f64).round(),
            Self::Bands => (share * count as f64).floor(),
        };
        (place.max(0.0) as usize).min(last)
    }
}

/// Where a key leads from a point; nothing when it does not move over charts.
fn moved(key: &str, at: usize, count: usize) -> Option<usize> {
    let last = count.saturating_sub(1);
    match key {
        "ArrowLeft" => Some(at.saturating_sub(1)),
        "ArrowRight" => Some((at + 1).min(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// Where somebody is in a chart, and whether that is shown.
#[derive(Clone, Copy)]
pub(super) struct Walk {
    at: RwSignal<usize>,
    shown: RwSignal<bool>,
    count: usize,
    spacing: Spacing,
}

impl Walk {
    pub(super) fn new(plan: &Plan, spacing: Spacing) -> Self {
        let (at, shown) = (RwSignal::new(plan.start()), RwSignal::new(false));
        Self { at, shown, count: plan.labels.len(), spacing }
    }

    /// The point that is shown.
    pub(super) fn shown(self) -> Option<usize> {
        self.shown.get().then(|| self.at.get())
    }

    fn go(self, target: Option<EventTarget>, place: usize) {
        let Some(element) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
        let percent = |share: f64| format!("{}%", (share * 10_000.0).round() / 100.0);
        let wide = match self.spacing {
            Spacing::Edges => "1px".to_owned(),
            Spacing::Bands => percent(1.0 / self.count.max(1) as f64),
        };
        // Set through the object model: the content policy forbids style attributes.
        let style = element.style();
        let _ = style.set_property("--at", &percent(self.spacing.share(place, self.count)));
        let _ = style.set_property("--wide", &wide);
        self.at.set(place);
        self.shown.set(true);
    }

    fn point(self, event: &PointerEvent) {
        let target = event.target();
        let width =
            target.as_ref().and_then(|target| target.dyn_ref::<HtmlElement>()).map(|e| e.client_width());
        let share = f64::from(event.offset_x()) / f64::from(width.unwrap_or_default().max(1));
        let place = self.spacing.nearest(share, self.count);
        if self.shown.get_untracked() && self.at.get_untracked() == place {
            return;
        }
        self.go(target, place);
    }

    fn press(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key() {
            return;
        }
        if event.key() == "Escape" {
            if self.shown.get_untracked() {
                event.prevent_default();
                event.stop_propagation();
                self.shown.set(false);
            }
        } else if let Some(place) = moved(&event.key(), self.at.get_untracked(), self.count) {
            event.prevent_default();
            self.go(event.target(), place);
        }
    }
}

/// What lies over the drawing; nothing over an empty one.
pub(super) fn over(walk: Walk, plan: StoredValue<Plan>) -> AnyView {
    if walk.count == 0 || plan.with_value(|plan| plan.values().is_empty()) {
        return ().into_any();
    }
    let words = move || plan.try_with_value(|plan| plan.spoken(walk.at.get()));
    let told = move || walk.shown().and_then(|place| plan.try_with_value(|plan| told(plan, place)));
    let leave = move |event: PointerEvent| {
        // A finger that is lifted leaves, too; what it chose stays until something else is touched.
        if event.pointer_type() == "mouse" {
            walk.shown.set(false);
        }
    };
    let touch = move |event: PointerEvent| {
        walk.point(&event);
        if let Some(element) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    };
    view! {
        <div
            class="walk"
            tabindex="0"
            role="slider"
            aria-label=plan.with_value(|plan| plan.title.clone())
            aria-roledescription=t::chart_walk()
            aria-valuemin="1"
            aria-valuemax=walk.count.to_string()
            aria-valuenow=move || (walk.at.get() + 1).to_string()
            aria-valuetext=words
            data-shown=move || walk.shown.get().then_some("")
            on:focus=move |event| walk.go(event.target(), walk.at.get_untracked())
            on:blur=move |_| walk.shown.set(false)
            on:keydown=move |event| walk.press(&event)
            on:pointermove=move |event| walk.point(&event)
            on:pointerdown=touch
            on:pointerleave=leave
        >
            <span class="here"></span>
            {told}
        </div>
    }
    .into_any()
}

/// A point in a few lines: its label, then each value after its colour and name.
fn told(plan: &Plan, place: usize) -> AnyView {
    let goal = plan.goal_at(place);
    let named = plan.series.len() > 1 || goal.is_some();
    let values = plan
        .at(place)
        .into_iter()
        .map(|(series, value)| {
            let name = named.then(|| {
                let key = format!("key {}", series.paint.class());
                view! { <span class=key></span><span>{series.name.clone()}</span> }
            });
            view! { <span class="one">{name}<b>{value}</b></span> }
        })
        .collect_view();
    let goal = goal.map(|goal| {
        view! { <span class="one"><span class="key dash"></span><span>{t::chart_goal()}</span><b>{goal}</b></span> }
    });
    let label = plan.labels.get(place).cloned().unwrap_or_default();
    view! { <span class="told"><span class="of">{label}</span>{values}{goal}</span> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_move_within_the_chart() {
        assert_eq!(moved("ArrowRight", 3, 12), Some(4));
        assert_eq!(moved("ArrowRight", 11, 12), Some(11));
        assert_eq!(moved("ArrowLeft", 0, 12), Some(0));
        assert_eq!(moved("Home", 7, 12), Some(0));
        assert_eq!(moved("End", 7, 12), Some(11));
        assert_eq!(moved("ArrowUp", 7, 12), None);
        assert_eq!(moved("End", 0, 0), Some(0));
    }

    #[test]
    fn a_pointer_finds_the_nearest_point() {
        assert_eq!([0.0, 0.04, 0.06, 1.2].map(|share| Spacing::Edges.nearest(share, 11)), [0, 0, 1, 10]);
        assert_eq!([-0.1, 0.24, 0.26, 1.0].map(|share| Spacing::Bands.nearest(share, 4)), [0, 0, 1, 3]);
        for spacing in [Spacing::Edges, Spacing::Bands] {
            for place in 0..12 {
                assert_eq!(spacing.nearest(spacing.share(place, 12), 12), place);
            }
        }
        assert!(Spacing::Edges.share(0, 1).abs() < 1e-9);
    }
}

//! One view of a few: segments, tabs, chips. All are links, so the choice lives in the address.
use leptos::prelude::*;

use crate::icon::{Drawing, Icon, lucide};
use crate::t;
use crate::tag::Count;

/// One of the ways on.
#[derive(Clone, Debug)]
pub struct Place {
    pub label: String,
    pub href: String,
    /// Whether this is where one is.
    pub current: bool,
    pub icon: Option<Drawing>,
    /// Things there that need the person.
    pub count: u64,
    /// Shows only the icon; the label is its name.
    pub bare: bool,
}

impl Place {
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self { label: label.into(), href: href.into(), current, icon: None, count: 0, bare: false }
    }

    pub fn icon(mut self, icon: Drawing) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Only the icon is shown.
    pub fn bare(mut self, icon: Drawing) -> Self {
        self.bare = true;
        self.icon(icon)
    }

    pub fn count(mut self, count: u64) -> Self {
        self.count = count;
        self
    }

    fn view(self) -> impl IntoView {
        let Self { label, href, current, icon, count, bare } = self;
        let name = bare.then(|| label.clone());
        view! {
            <a href=href aria-current=current.then_some("page") aria-label=name.clone() title=name>
                {icon.map(|icon| view! { <Icon of=icon /> })}
                {(!bare).then_some(label)}
                <Count of=count />
            </a>
        }
    }
}

/// A small choice of ways to look at the same thing.
#[component]
pub fn Segmented(
    /// What is chosen: "Layout".
    #[prop(into)]
    label: String,
    places: Vec<Place>,
) -> impl IntoView {
    view! { <nav class="segmented" aria-label=label>{places.into_iter().map(Place::view).collect_view()}</nav> }
}

/// Parts of a place, or saved views of a list.
#[component]
pub fn Tabs(
    #[prop(into)] label: String,
    places: Vec<Place>,
    /// After the tabs: "+ view".
    #[prop(optional)]
    end: Option<AnyView>,
) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=label>
            {places.into_iter().map(Place::view).collect_view()}
            {end}
        </nav>
    }
}

/// A filter. Where one is on, its cross leads to the list without it.
#[component]
pub fn Chip(
    #[prop(into)] label: String,
    #[prop(optional)] on: bool,
    /// Where a click on a filter that is off goes.
    #[prop(optional, into)]
    href: Option<String>,
    /// The list without this filter.
    #[prop(optional, into)]
    remove: Option<String>,
) -> impl IntoView {
    let class = if on { "chip on" } else { "chip" };
    match (href, remove) {
        (_, Some(remove)) => {
            let name = t::remove_filter(&label);
            view! {
                <span class=class>{label}<a class="gone" href=remove aria-label=name><Icon of=lucide::LuX /></a></span>
            }
            .into_any()
        }
        (Some(href), None) => {
            view! { <a class=class href=href aria-current=on.then_some("true")>{label}</a> }.into_any()
        }
        (None, None) => view! { <span class=class>{label}</span> }.into_any(),
    }
}

//! What a chart can be taken along as: numbers, a drawing, a picture. The files are made in the browser.
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::Element;

use super::picture::{Picture, picture};
use super::plan::Plan;
use super::png;
use super::sheet::Ink;
use crate::colour;
use crate::icon::{Icon, lucide};
use crate::menu::{Menu, MenuButton};
use crate::t;
use crate::toast::Toasts;

/// A small menu for the foot of a chart; it needs scripts and is not there without.
pub(super) fn menu(plan: StoredValue<Plan>) -> AnyView {
    let node = NodeRef::<html::Span>::new();
    let toasts = use_context::<Toasts>();
    let fail = Callback::new(move |()| {
        if let Some(toasts) = toasts {
            toasts.fail(t::chart_not_saved());
        }
    });
    let csv = move |()| {
        plan.with_value(|plan| {
            crate::save_file(&format!("{}.csv", plan.file_name()), "text/csv;charset=utf-8", &plan.csv());
        });
    };
    let svg = move |()| {
        with_picture(node, plan, |name, picture| {
            crate::save_file(&format!("{name}.svg"), "image/svg+xml", &picture.svg);
        });
    };
    let png =
        move |()| with_picture(node, plan, |name, picture| png::save(format!("{name}.png"), picture, fail));
    let name = plan.with_value(|plan| t::chart_save(&plan.title));
    let face = view! { <Icon of=lucide::LuDownload /> }.into_any();
    view! {
        <span class="take over needs-script no-print" node_ref=node>
            <Menu summary=face label=name class="button quiet icon small" ends=true above=true>
                <MenuButton label="CSV" note=t::chart_as_csv() icon=lucide::LuSheet on_click=csv />
                <MenuButton label="SVG" note=t::chart_as_svg() icon=lucide::LuSpline on_click=svg />
                <MenuButton label="PNG" note=t::chart_as_png() icon=lucide::LuImage on_click=png />
            </Menu>
        </span>
    }
    .into_any()
}

/// Draws the chart in the colours that it has where it stands.
fn with_picture(node: NodeRef<html::Span>, plan: StoredValue<Plan>, done: impl FnOnce(String, Picture)) {
    let Some(place) = node.get_untracked() else { return };
    plan.with_value(|plan| done(plan.file_name(), picture(plan, &|ink| ink_colour(&place, ink))));
}

/// The colour of an ink, which a theme mixes in ways that few programs but browsers know, as `#rrggbb`.
fn ink_colour(place: &Element, ink: Ink) -> String {
    let probe = || {
        let probe = document().create_element("i").ok()?;
        probe.set_class_name(&format!("ink {}", ink.class()));
        place.append_child(&probe).ok()?;
        let style = window().get_computed_style(&probe).ok().flatten();
        let colour = style.and_then(|style| style.get_property_value("color").ok());
        probe.remove();
        colour
    };
    let colour = probe().unwrap_or_default();
    colour::from_css(&colour).unwrap_or(colour)
}

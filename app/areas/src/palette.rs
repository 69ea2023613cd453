//! The palette, whose code comes when it is opened first.
use leptos::prelude::*;
use search::Finder;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::area::say_unloaded;
use crate::later::Later;

#[wasm_split(palette, fallible)]
fn palette(finder: Finder) -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <search::Palette finder=finder/> }.into_any())
}

/// The keys that work everywhere, and what they open. Once in the frame.
#[component]
pub fn Palette() -> impl IntoView {
    let finder = Finder::listening();
    let later = Later::new();
    let asked = later.clone();
    let failed = move || {
        finder.close();
        say_unloaded();
    };
    Effect::new(move |_| {
        if finder.is_open() {
            asked.ask(|| palette(finder), failed);
        }
    });
    let is_there = later.is_there();
    let opening =
        move || (finder.is_open() && !is_there.get()).then(|| view! { <search::Opening finder=finder/> });
    view! {
        {opening}
        {later.view()}
    }
}

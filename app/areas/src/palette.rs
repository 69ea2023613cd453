//! The palette, whose code comes when it is opened first.
use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;
use search::Finder;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::area::say_unloaded;

#[wasm_split(palette, fallible)]
fn palette(finder: Finder) -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <search::Palette finder=finder/> }.into_any())
}

/// The keys that work everywhere, and what they open. Once in the frame.
#[component]
pub fn Palette() -> impl IntoView {
    let finder = Finder::listening();
    let asked = StoredValue::new(false);
    let made = Arc::new(Mutex::new(None));
    let take = made.clone();
    let is_there = RwSignal::new(false);
    // What is made belongs to the frame: the effect that asks for it runs again, and ends what belongs to it.
    let owner = Owner::current();
    Effect::new(move |_| {
        if !finder.is_open() || asked.get_value() {
            return;
        }
        asked.set_value(true);
        let made = made.clone();
        let making = async move {
            match palette(finder).await {
                Ok(view) => {
                    *made.lock().unwrap_or_else(PoisonError::into_inner) = Some(view);
                    let _ = is_there.try_set(true);
                }
                Err(_) => {
                    finder.close();
                    asked.try_set_value(false);
                    say_unloaded();
                }
            }
        };
        let scoped = || leptos::reactive::computed::ScopedFuture::new_untracked(making);
        leptos::task::spawn_local(match &owner {
            Some(owner) => owner.with(scoped),
            None => scoped(),
        });
    });
    move || is_there.get().then(|| take.lock().unwrap_or_else(PoisonError::into_inner).take())
}

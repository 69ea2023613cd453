//! Sending what waits on the device, whose code comes with the form's when there is something to send.
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::later::Later;

#[wasm_split(register, fallible)]
fn waiting() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <deals::Waiting/> }.into_any())
}

/// Shows nothing. Once in the frame.
#[component]
pub fn Waiting() -> impl IntoView {
    let me = access::me();
    let later = Later::new();
    if deals::Do::Register.by(&me.actor(), None).is_ok() {
        let (user, asked) = (me.user.id, later.clone());
        let look = move || {
            if kit::unsent(user) > 0 {
                asked.ask(waiting, || ());
            }
        };
        Effect::new(move |_| {
            look();
            // The code may not have come without a network.
            kit::on_online(look.clone());
            // Left behind by a form, here or in another tab.
            kit::on_put_elsewhere(look.clone());
        });
    }
    later.view()
}

//! Sending what waits on the device, whose code comes with the form's when there is something to send.
use std::time::Duration;

use base::UserId;
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
        let look = Look { user, later: asked, wait: StoredValue::new(Duration::from_secs(4)) };
        Effect::new(move |_| {
            look.look();
            let (online, left) = (look.clone(), look.clone());
            kit::on_online(move || online.look());
            // Left behind by a form, here or in another tab.
            kit::on_put_elsewhere(move || left.look());
        });
    }
    later.view()
}

/// The longest pause before the code is asked for again.
const LONGEST: Duration = Duration::from_secs(120);

#[derive(Clone)]
struct Look {
    user: UserId,
    later: Later,
    /// Until the next try when the code does not come.
    wait: StoredValue<Duration>,
}

impl Look {
    fn look(&self) {
        if kit::unsent(self.user) == 0 {
            return;
        }
        let again = self.clone();
        self.later.ask(waiting, move || {
            let Some(wait) = again.wait.try_get_value() else { return };
            again.wait.set_value(LONGEST.min(wait * 2));
            set_timeout(move || again.look(), wait);
        });
    }
}

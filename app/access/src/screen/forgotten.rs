//! Asking for a new password: the answer is the same for every address.
use kit::{Banner, Button, FormState, Kind, LinkButton, TextField, Tone, VerbForm, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::parts::Alone;
use crate::{AskNewPassword, CheckSetUp, t};

/// `/forgotten`, and `?sent` once it was asked.
#[component]
pub fn ForgottenPage() -> impl IntoView {
    let asked = use_query_map().with_untracked(|query| query.get("sent").is_some());
    let sent = RwSignal::new(asked);
    let state = kit::resource(Vec::new, || CheckSetUp {});
    let body = kit::shown(
        state,
        || ().into_any(),
        move |state| {
            if state.mails {
                form(sent)
            } else {
                view! { <Banner tone=Tone::Warn>{t::forgotten_no_mail()}</Banner> }.into_any()
            }
        },
    );
    view! {
        <Alone title=t::forgotten_title()>
            {body}
            <p><LinkButton href=paths::SIGN_IN kind=Kind::Quiet>{t::sign_in()}</LinkButton></p>
        </Alone>
    }
    .into_any()
}

fn form(sent: RwSignal<bool>) -> AnyView {
    let verb = AskNewPassword { email: String::new() };
    let next = format!("{}?sent", paths::FORGOTTEN);
    let done = Callback::new(move |()| sent.set(true));
    view! {
        <div role="status">
            {move || sent.get().then(|| view! { <Banner tone=Tone::Good>{t::forgotten_sent()}</Banner> })}
        </div>
        <div hidden=move || sent.get()>
            <p class="muted">{t::forgotten_lead()}</p>
            <VerbForm verb=verb next=next done=done><Fields/></VerbForm>
        </div>
    }
    .into_any()
}

#[component]
fn Fields() -> impl IntoView {
    let pending = expect_context::<FormState>().pending;
    view! {
        <TextField name="email" label=t::email() kind="email" autocomplete="username" required=true autofocus=true/>
        <Button submit=true kind=Kind::Primary busy=pending class="wide">{t::forgotten_send()}</Button>
    }
    .into_any()
}

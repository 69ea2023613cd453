//! The first page of a new installation: who runs it.
use kit::{Button, Kind, LinkButton, Skeleton, TextField, VerbForm, load, paths};
use leptos::prelude::*;

use super::parts::Alone;
use crate::{CheckSetUp, Me, Password, SetUp, t};

/// Creates the vendor and its owner, once.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let state = kit::resource(Vec::new, || CheckSetUp {});
    view! {
        <Alone title=t::set_up_title()>
            {kit::shown(state, || view! { <Skeleton/> }.into_any(), |state| {
                if state.needed { form() } else { done_before() }
            })}
        </Alone>
    }
    .into_any()
}

fn done_before() -> AnyView {
    view! {
        <p class="muted">{t::already_set_up()}</p>
        <p><LinkButton href=paths::SIGN_IN kind=Kind::Primary>{t::sign_in()}</LinkButton></p>
    }
    .into_any()
}

fn form() -> AnyView {
    let verb = SetUp {
        vendor: String::new(),
        name: String::new(),
        email: String::new(),
        password: Password(String::new()),
    };
    let done = Callback::new(|_: Me| load(paths::HOME));
    view! {
        <p class="muted">{t::set_up_lead()}</p>
        <VerbForm verb=verb next=paths::HOME done=done>
            <SetUpFields/>
        </VerbForm>
    }
    .into_any()
}

#[component]
fn SetUpFields() -> impl IntoView {
    let pending = expect_context::<kit::FormState>().pending;
    view! {
        <TextField name="vendor" label=t::vendor_name() help=t::vendor_name_help() autocomplete="organization" required=true/>
        <TextField name="name" label=t::your_name() autocomplete="name" required=true/>
        <TextField name="email" label=t::email() kind="email" autocomplete="username" required=true/>
        <TextField name="password" label=t::password() help=t::password_help() kind="password" autocomplete="new-password" required=true/>
        <Button submit=true kind=Kind::Primary busy=pending class="wide">{t::set_up()}</Button>
    }
    .into_any()
}

//! Where an invitation leads, and the mail for a new password: choosing it.
use kit::{Button, Kind, TextField, VerbForm, load, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::parts::Alone;
use crate::{ChoosePassword, Me, Password, t};

/// Chooses the first password, or with `?new` another one, and signs in.
#[component]
pub fn ChoosePasswordPage() -> impl IntoView {
    let token = use_query_map().with_untracked(|query| query.get("token")).unwrap_or_default();
    let anew = use_query_map().with_untracked(|query| query.get("new").is_some());
    let lead = if anew { t::new_password_lead() } else { t::choose_password_lead() };
    let verb = ChoosePassword { token: token.clone(), password: Password(String::new()) };
    let done = Callback::new(|_: Me| load(paths::HOME));
    view! {
        <Alone title=t::choose_password_title()>
            <p class="muted">{lead}</p>
            <VerbForm verb=verb next=paths::HOME done=done>
                <input type="hidden" name="token" value=token/>
                <ChoosePasswordFields/>
            </VerbForm>
        </Alone>
    }
    .into_any()
}

#[component]
fn ChoosePasswordFields() -> impl IntoView {
    let pending = expect_context::<kit::FormState>().pending;
    view! {
        <TextField name="password" label=t::password() help=t::password_help() kind="password" autocomplete="new-password" required=true autofocus=true/>
        <Button submit=true kind=Kind::Primary busy=pending class="wide">{t::choose_password()}</Button>
    }
    .into_any()
}

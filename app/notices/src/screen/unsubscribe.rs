//! Where the link in a daily summary leads: it ends there, without signing in, but never by merely looking.
use access::Alone;
use kit::{Button, FormState, Kind, LinkButton, Skeleton, VerbForm, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::model::MailLink;
use crate::t;
use crate::verbs::{EndDailyMail, GetMailLink};

/// `/u/{token}`.
#[component]
pub fn UnsubscribePage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    let asked = token.clone();
    let link = kit::resource(Vec::new, move || GetMailLink { token: asked.clone() });
    let body = kit::shown(
        link,
        || view! { <Skeleton count=1/> }.into_any(),
        move |now| {
            let token = token.clone();
            let done = Callback::new(move |_: MailLink| link.refetch());
            if now.daily { ask(token, done) } else { ended() }
        },
    );
    view! { <Alone title=t::stop_title()>{body}</Alone> }.into_any()
}

fn ask(token: String, done: Callback<MailLink>) -> AnyView {
    let next = paths::unsubscribe(&token);
    view! {
        <p class="muted">{t::stop_lead()}</p>
        <VerbForm verb=EndDailyMail { token } next=next done=done><Stop/></VerbForm>
    }
    .into_any()
}

#[component]
fn Stop() -> impl IntoView {
    let pending = expect_context::<FormState>().pending;
    view! { <Button submit=true kind=Kind::Primary busy=pending class="wide">{t::stop()}</Button> }.into_any()
}

fn ended() -> AnyView {
    view! {
        <p role="status">{t::stopped()}</p>
        <p><LinkButton href=paths::MAIL_CHOICES>{t::mail_change()}</LinkButton></p>
    }
    .into_any()
}

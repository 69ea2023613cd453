//! Signing in: a plain form, with and without script.
use base::{Problem, Verb};
use kit::{Banner, Button, FormState, Kind, LinkButton, TextField, Tone, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::parts::Alone;
use crate::{CheckSetUp, SignIn, t};

/// The way in. It is always sent as a plain form: what follows is another page for another person anyway.
#[component]
pub fn SignInPage() -> impl IntoView {
    let next = use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default();
    let next = if kit::is_local(&next) { next } else { paths::HOME.to_owned() };
    let back = if next == paths::HOME { paths::SIGN_IN.to_owned() } else { paths::sign_in_then(&next) };
    let state = FormState::of(SignIn::NAME);
    let problem = state.problem.get_untracked();
    let set_up = kit::resource(Vec::new, || CheckSetUp {});
    let face = kit::BrandFace::of_page();
    let said = Some(face.sign_in_title).filter(|title| !title.is_empty());
    let heading = said.unwrap_or_else(|| t::sign_in_title().to_owned());
    let lines = kit::paragraphs(&face.sign_in_text);
    let text = (!lines.is_empty()).then(|| {
        let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
        view! { <div class="stack gap-8 said">{lines}</div> }
    });
    view! {
        <Alone title=t::sign_in_title() heading=heading>
            {text}
            {kit::shown(set_up, || ().into_any(), |state| {
                state.needed.then(|| view! {
                    <Banner end=view! { <LinkButton href=paths::SET_UP>{t::set_up_title()}</LinkButton> }.into_any()>
                        {t::set_up_needed()}
                    </Banner>
                }).into_any()
            })}
            <form method="post" action="/api/v1/session" class="form">
                <Fields state=state problem=problem/>
                <input type="hidden" name="_next" value=next/>
                <input type="hidden" name="_back" value=back/>
                <Button submit=true kind=Kind::Primary class="wide">{t::sign_in()}</Button>
            </form>
            <p class="small"><a class="link" href=paths::FORGOTTEN>{t::forgotten()}</a></p>
            <p class="muted small">{t::sign_in_help()}</p>
        </Alone>
    }
    .into_any()
}

#[component]
fn Fields(state: FormState, problem: Option<Problem>) -> impl IntoView {
    provide_context(state);
    let words = problem.map(|problem| match problem {
        Problem::Unauthenticated => t::wrong_credentials().to_owned(),
        Problem::Invalid { .. } => t::check_fields().to_owned(),
        problem => kit::sentence(&problem),
    });
    view! {
        {words.map(|words| view! {
            <div role="alert"><Banner tone=Tone::Bad>{words}</Banner></div>
        })}
        <TextField name="email" label=t::email() kind="email" autocomplete="username" required=true autofocus=true/>
        <TextField name="password" label=t::password() kind="password" autocomplete="current-password" required=true/>
    }
    .into_any()
}

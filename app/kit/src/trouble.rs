//! What went wrong, in words: what happened, what to do, and the number to give to support.
use base::Problem;
use leptos::prelude::*;

use crate::button::{Button, Kind, LinkButton};
use crate::field::fault_words;
use crate::icon::{Icon, lucide};
use crate::t;

/// A problem in the place of what could not be shown. A refusal of the policy becomes [`Denied`].
#[component]
pub fn ErrorPanel(
    problem: Problem,
    /// Asks again; in the browser.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// Asks again by loading this address; works without script.
    #[prop(optional, into)]
    retry_href: Option<String>,
) -> impl IntoView {
    if let Problem::Forbidden { detail, .. } = problem {
        return view! { <Denied detail=detail /> }.into_any();
    }
    let (title, advice) = words(&problem);
    let (class, icon) = match &problem {
        Problem::NotFound => ("trouble calm", lucide::LuSearch),
        Problem::Unauthenticated => ("trouble calm", lucide::LuLogIn),
        Problem::Unavailable => ("trouble warn", lucide::LuCloudOff),
        Problem::Refused { .. } | Problem::Stale | Problem::TooMany { .. } => {
            ("trouble warn", lucide::LuTriangleAlert)
        }
        _ => ("trouble", lucide::LuCircleAlert),
    };
    let request = match &problem {
        Problem::Internal { request_id } if !request_id.is_empty() => Some(request_id.clone()),
        _ => None,
    };
    let faults = match &problem {
        Problem::Invalid { errors } => {
            Some(errors.iter().map(|fault| view! { <li>{fault_words(fault)}</li> }).collect_view())
        }
        _ => None,
    };
    let again = on_retry.map(|retry| {
        view! { <Button icon=lucide::LuRotateCw on_click=move |_| retry.run(())>{t::try_again()}</Button> }
    });
    let reload = retry_href.map(|href| {
        view! { <LinkButton href=href icon=lucide::LuRotateCw>{t::try_again()}</LinkButton> }
    });
    let sign_in = matches!(problem, Problem::Unauthenticated)
        .then(|| view! { <LinkButton href="/sign-in" kind=Kind::Primary>{t::sign_in()}</LinkButton> });
    let offers = again.is_some() || reload.is_some() || sign_in.is_some();
    view! {
        <div class=class role="alert">
            <span class="badge"><Icon of=icon /></span>
            <div>
                <h2>{title}</h2>
                <p>{advice}</p>
                {faults.map(|faults| view! { <ul>{faults}</ul> })}
                {offers.then(|| view! { <div class="actions">{sign_in}{again}{reload}</div> })}
                {request.map(|id| view! { <p class="request">{t::request_id()}" "<code>{id}</code></p> })}
            </div>
        </div>
    }
    .into_any()
}

/// What a person may not see or do, why, and who can help.
#[component]
pub fn Denied(
    /// Why, as the policy says it.
    #[prop(into)]
    detail: String,
    /// Who can help: "Paula Peters, owner of Alpine Systems".
    #[prop(optional, into)]
    help_from: Option<String>,
    /// What to do about it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="trouble calm" role="alert">
            <span class="badge"><Icon of=lucide::LuLock /></span>
            <div>
                <h2>{t::denied_title()}</h2>
                <p>{detail}</p>
                <p>{help_from.map_or_else(|| t::denied_help().to_owned(), t::denied_help_from)}</p>
                {children.map(|children| view! { <div class="actions">{children()}</div> })}
            </div>
        </div>
    }
}

/// Title and advice for a problem, in the reader's language.
#[must_use]
pub fn words(problem: &Problem) -> (String, String) {
    let pair = |title: &str, advice: &str| (title.to_owned(), advice.to_owned());
    match problem {
        Problem::Unauthenticated => pair(t::trouble_signed_out(), t::trouble_signed_out_advice()),
        Problem::NotFound => pair(t::trouble_not_found(), t::trouble_not_found_advice()),
        Problem::Stale => pair(t::trouble_stale(), t::trouble_stale_advice()),
        Problem::TooMany { retry_after_s } => {
            (t::trouble_too_many().to_owned(), t::trouble_too_many_advice(i64::from(*retry_after_s)))
        }
        Problem::Unavailable => pair(t::trouble_unavailable(), t::trouble_unavailable_advice()),
        Problem::Internal { .. } => pair(t::trouble_internal(), t::trouble_internal_advice()),
        Problem::Invalid { .. } => pair(t::trouble_invalid(), t::trouble_invalid_advice()),
        Problem::Forbidden { detail, .. } => pair(t::denied_title(), detail),
        Problem::Refused { detail, .. } => pair(t::trouble_refused(), detail),
        Problem::Malformed { detail } => pair(t::trouble_malformed(), detail),
        Problem::TooLarge { detail } => pair(t::trouble_too_large(), detail),
    }
}

/// A problem in one sentence, for a toast or a line under a button.
#[must_use]
pub fn sentence(problem: &Problem) -> String {
    let (title, advice) = words(problem);
    match problem {
        Problem::Forbidden { .. } | Problem::Refused { .. } => advice,
        _ => format!("{title}. {advice}"),
    }
}

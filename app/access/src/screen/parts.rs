//! Small things that several screens of this slice share.
use base::Role;
use leptos::prelude::*;

use crate::{Me, t};

/// Who is signed in, and as what.
#[derive(Clone, Copy)]
struct Signed(RwSignal<Me>);

/// Makes known who is signed in. The shell calls it once, outside of the frame; when it sets another place, it makes the
/// frame anew.
pub fn provide_me(me: Me) -> RwSignal<Me> {
    let me = RwSignal::new(me);
    provide_context(Signed(me));
    me
}

/// Who is signed in. Inside the frame only. What is made of it need not follow: a change of profile loads the page anew,
/// and for another place the frame is made anew with all that is in it.
#[must_use]
pub fn me() -> Me {
    let Signed(me) = use_context().expect("the shell shows the frame only to whom it has made known");
    me.get_untracked()
}

/// A role in words.
#[must_use]
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::VendorOwner | Role::PartnerOwner => t::role_owner(),
        Role::ProgramAdmin => t::role_program_admin(),
        Role::ChannelManager => t::role_channel_manager(),
        Role::Marketer => t::role_marketer(),
        Role::Enablement => t::role_enablement(),
        Role::VendorFinance | Role::PartnerFinance => t::role_finance(),
        Role::Analyst => t::role_analyst(),
        Role::Auditor => t::role_auditor(),
        Role::Sales => t::role_sales(),
        Role::Marketing => t::role_marketing(),
        Role::Technical => t::role_technical(),
        Role::Learner => t::role_learner(),
    }
}

/// Puts a text on the clipboard. In the browser only.
pub(super) fn copy(text: &str) {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    if let Some(window) = web_sys::window() {
        let _ = window.navigator().clipboard().write_text(text);
    }
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    let _ = text;
}

/// Says that something was done, where the frame can say so. Taken while the view is built: what runs after an
/// answer has no context.
pub(super) fn voice() -> impl Fn(&'static str) + Copy + Send + Sync + 'static {
    let toasts = use_context::<kit::Toasts>();
    move |words| {
        if let Some(toasts) = toasts {
            toasts.say(words);
        }
    }
}

/// Says that a form needs script. As a text of its own: with script, browsers read no elements in here, and
/// would find another page than the server's.
#[component]
pub(super) fn NeedsScript() -> impl IntoView {
    let html = format!("<p class=\"help\">{}</p>", t::needs_script());
    view! { <noscript inner_html=html></noscript> }
}

/// A page without the frame: a mark, a heading, and one thing to do.
#[component]
pub fn Alone(
    #[prop(into)] title: String,
    /// In place of the title, above what is to be done.
    #[prop(optional, into)]
    heading: Option<String>,
    children: Children,
) -> impl IntoView {
    let face = kit::BrandFace::of_page();
    let name = if face.name.is_empty() { t::product().to_owned() } else { face.name.clone() };
    let kit::Emblem { logo, logo_dark, mark, hero } = kit::Emblem::shown().get_untracked();
    let class = if hero.is_some() { "alone heroic" } else { "alone" };
    let hero = hero.map(|hero| view! { <img class="hero" src=hero alt=""/> });
    let sign = match logo {
        Some(logo) => view! {
            <kit::BrandLogo light=logo dark=logo_dark/>
            <span class="visually-hidden">{name}</span>
        }
        .into_any(),
        None => {
            let picture = match mark {
                Some(mark) => view! { <kit::BrandMark name=name.clone() logo=mark big=true/> }.into_any(),
                None => view! { <kit::BrandMark name=name.clone() big=true/> }.into_any(),
            };
            view! { {picture}<strong>{name}</strong> }.into_any()
        }
    };
    view! {
        <leptos_meta::Title text=title.clone()/>
        <main class=class id="main">
            {hero}
            <div class="panel">
                <div class="whose">{sign}</div>
                <h1>{heading.unwrap_or(title)}</h1>
                {children()}
                <kit::BrandFooter face=face/>
            </div>
        </main>
    }
    .into_any()
}

/// A secret that is shown once, with a button that copies it.
#[component]
pub fn Secret(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(into)] help: String,
    #[prop(into)] value: String,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let text = value.clone();
    let click = move |_| {
        copy(&text);
        copied.set(true);
    };
    let button = view! {
        <kit::Button size=kit::Size::Small icon=kit::lucide::LuCopy on_click=click>
            {move || if copied.get() { t::copied() } else { t::copy() }}
        </kit::Button>
    };
    view! {
        <div class="shown-once">
            <kit::TextField name=name label=label help=help value=value readonly=true code=true after=button.into_any()/>
            <span class="visually-hidden" role="status">{move || copied.get().then(t::copied)}</span>
        </div>
    }
    .into_any()
}

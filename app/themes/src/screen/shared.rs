//! `/preview/{token}`: a theme as it was when the link was made, on whole pages, for whoever has the link.
use base::Problem;
use kit::{Place, Segmented, Shape, Skeleton, Tell, When, paths};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::samples::{self, Sample};
use crate::model::SharedTheme;
use crate::t;
use crate::verbs::OpenThemeLink;

/// What is looked at, as the address says it: so it works without script, and can be sent on.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    sample: Sample,
    dark: bool,
    phone: bool,
}

impl Look {
    fn read(query: impl Fn(&str) -> Option<String>) -> Self {
        let is = |name: &str, value: &str| query(name).as_deref() == Some(value);
        Self {
            sample: Sample::parse(&query("page").unwrap_or_default()),
            dark: is("mode", "dark"),
            phone: is("on", "phone"),
        }
    }

    fn href(self, token: &str) -> String {
        let (mode, on) =
            (if self.dark { "dark" } else { "light" }, if self.phone { "phone" } else { "desktop" });
        format!("{}?page={}&mode={mode}&on={on}", paths::preview(token), self.sample.as_str())
    }
}

/// `/preview/{token}`. It changes nothing for whoever looks.
#[component]
pub fn PreviewPage() -> impl IntoView {
    let params = use_params_map();
    let token = Memo::new(move |_| params.with(|params| params.get("token").unwrap_or_default()));
    let shared = kit::resource(Vec::new, move || OpenThemeLink { token: token.get() });
    let body = move || {
        shared.get().map(|answer| match answer {
            Ok(of) => page(of, token.get_untracked()),
            Err(Problem::NotFound) => over(),
            Err(problem) => kit::problem_view(problem),
        })
    };
    view! {
        <leptos_meta::Title text=t::shared_title()/>
        <leptos_meta::Meta name="robots" content="noindex, nofollow"/>
        <main class="shared-preview" id="main">
            <Transition fallback=|| view! { <Skeleton shape=Shape::Form/> }>{body}</Transition>
        </main>
    }
    .into_any()
}

/// The link was ended, is too old, or never was.
fn over() -> AnyView {
    view! { <div class="stack gap-8"><h1>{t::link_over()}</h1><p class="muted">{t::link_over_advice()}</p></div> }.into_any()
}

fn page(of: SharedTheme, token: String) -> AnyView {
    let SharedTheme { brand_name, theme, expires_at } = of;
    let query = use_query_map();
    let look = Memo::new(move |_| query.with(|query| Look::read(|name| query.get(name))));
    let (emblem, voice) = (theme.emblem(), theme.voice);
    let title = t::shared_of(&brand_name);
    let ways = move || {
        let now = look.get();
        let place = |label: &'static str, to: Look| Place::new(label, to.href(&token), to == now);
        let pages = Sample::ALL.map(|sample| place(sample.words(), Look { sample, ..now })).to_vec();
        let modes = [(t::light(), false), (t::dark(), true)]
            .map(|(label, dark)| place(label, Look { dark, ..now }))
            .to_vec();
        let widths = [(t::as_desktop(), false), (t::as_phone(), true)]
            .map(|(label, phone)| place(label, Look { phone, ..now }))
            .to_vec();
        view! {
            <div class="head">
                <Segmented label=t::preview() places=pages/>
                <Segmented label=t::light_or_dark() places=modes/>
                <Segmented label=t::width() places=widths/>
            </div>
        }
    };
    let stage = move || {
        let Look { sample, dark, phone } = look.get();
        let (mode, words) = if dark { ("dark", t::dark()) } else { ("light", t::light()) };
        let label = t::preview_of(words, sample.words());
        let inside = samples::page(sample, &brand_name, &voice, &emblem);
        view! {
            <div class="shared-stage" data-phone=phone.then_some("true")>
                <div class="preview-page" data-theme=mode role="img" aria-label=label>
                    <div class="preview-inside" inert=true aria-hidden="true">{inside}</div>
                </div>
            </div>
        }
    };
    view! {
        <header class="stack gap-8">
            <h1>{title}</h1>
            <p class="muted small">{t::shared_until()}" "<When at=expires_at tell=Tell::Absolute/></p>
        </header>
        {ways}
        {stage}
    }
    .into_any()
}

//! Links by which a colleague sees the draft: made, listed, ended.
use base::Page;
use kit::{Button, Card, Size, Tell, Toasts, When, lucide};
use leptos::prelude::*;

use super::state::Studio;
use crate::model::ThemeLink;
use crate::t;
use crate::verbs::{EndThemeLink, ListThemeLinks, MakeThemeLink};

pub(super) fn links(studio: Studio) -> AnyView {
    let id = studio.id;
    let all = kit::resource(move || vec![id.to_string()], move || ListThemeLinks { id });
    let (made, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let toasts = use_context::<Toasts>();
    let make = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let ask = MakeThemeLink { id, theme: studio.theme.get_untracked() };
        leptos::task::spawn_local(async move {
            let answer = kit::ask(ask).await;
            let _ = busy.try_set(false);
            match (answer, toasts) {
                (Ok(link), _) => drop(made.try_set(Some(link.url))),
                (Err(problem), Some(toasts)) => toasts.fail(kit::sentence(&problem)),
                (Err(_), None) => {}
            }
        });
    };
    let refused = MaybeProp::derive(move || (!studio.is_sound()).then(|| t::unfinished().to_owned()));
    let address = move || {
        made.get().map(|url| {
            view! { <access::Secret name="preview_link" label=t::preview_link() help=t::preview_link_help() value=url/> }
        })
    };
    let body = kit::shown(all, || ().into_any(), move |page: Page<ThemeLink>| list(page, toasts));
    view! {
        <Card title=t::preview_links() id="links">
            <div class="stack gap-16">
                <p class="muted small">{t::preview_links_lead()}</p>
                {address}
                {body}
                <div class="actions"><Button size=Size::Small icon=lucide::LuLink busy=busy refused=refused on_click=make>{t::make_link()}</Button></div>
            </div>
        </Card>
    }
    .into_any()
}

fn list(page: Page<ThemeLink>, toasts: Option<Toasts>) -> AnyView {
    let rows = page.items.into_iter().map(|link| row(link, toasts)).collect_view();
    view! { <ul class="stack gap-8">{rows}</ul> }.into_any()
}

fn row(link: ThemeLink, toasts: Option<Toasts>) -> AnyView {
    let ThemeLink { id, brand, colour, made_by_name, expires_at, .. } = link;
    let end = move |_| {
        leptos::task::spawn_local(async move {
            match (kit::ask(EndThemeLink { id: brand, link: id }).await, toasts) {
                (Ok(_), Some(toasts)) => toasts.say(t::link_ended()),
                (Err(problem), Some(toasts)) => toasts.fail(kit::sentence(&problem)),
                (_, None) => {}
            }
        });
    };
    let label = t::end_link_of(&colour);
    view! {
        <li class="line wrap">
            <svg class="dot" width="14" height="14" aria-hidden="true"><rect width="14" height="14" rx="3" fill=colour.clone()></rect></svg>
            <span class="small">{made_by_name}" · "{t::link_until()}" "<When at=expires_at tell=Tell::Absolute/></span>
            <span class="end"><Button size=Size::Small label=label on_click=end>{t::end_link()}</Button></span>
        </li>
    }
    .into_any()
}

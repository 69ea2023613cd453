//! The inbox: what one was told in all organisations, programs and brands, newest first.
use access::{Place as Elsewhere, Switch};
use base::{BrandId, Page};
use kit::live::{Live, Moved};
use kit::{
    BrandSign, Button, Chip, Empty, Icon, Kind, Pager, Place, Screen, Shape, Size, Skeleton, Tabs, When,
    lucide, paths,
};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

use super::bell::Unread;
use super::words;
use crate::model::{BrandCount, Notice};
use crate::rules::NOTICES;
use crate::t;
use crate::verbs::{CountNotices, ListNotices, ReadAllNotices, ReadNotice};

/// One's messages.
#[component]
pub fn InboxPage() -> impl IntoView {
    let query = use_query_map();
    let notices = kit::resource(|| vec![NOTICES.to_owned()], move || query.with(asked_by));
    // The frame has asked already.
    let counts = use_context::<Unread>().map_or_else(
        || kit::resource(|| vec![NOTICES.to_owned()], || CountNotices {}),
        |Unread(counts)| counts,
    );
    let brands = move || counts.get().and_then(Result::ok).map(|count| count.brands).unwrap_or_default();
    let busy = RwSignal::new(false);
    let live = use_context::<Live>();
    let read_all = {
        let live = live.clone();
        move |_| {
            let live = live.clone();
            let brand = query.with_untracked(asked_by).brand;
            busy.set(true);
            leptos::task::spawn_local(async move {
                let done = kit::ask(ReadAllNotices { brand }).await;
                let _ = busy.try_set(false);
                if done.is_ok() {
                    stir(live.as_ref());
                }
            });
        }
    };
    let tabs = move || {
        let asked = query.with(asked_by);
        let unread = asked.unread == Some(true);
        let places = vec![
            Place::new(t::all(), address(None, asked.brand, None), !unread),
            Place::new(t::unread(), address(Some(true), asked.brand, None), unread),
        ];
        view! { <Tabs label=t::inbox_views() places=places/> }
    };
    let list = kit::shown(
        notices,
        || view! { <Skeleton shape=Shape::Rows count=6/> }.into_any(),
        move |page| listed(page, &query.with_untracked(asked_by), live.clone()),
    );
    let read_all_label = move || {
        let chosen = query.with(asked_by).brand;
        let name = chosen.and_then(|id| brands().into_iter().find(|one| one.brand.id == id));
        name.map_or_else(|| t::read_all().to_owned(), |one| t::read_all_of(&one.brand.name))
    };
    view! {
        <Screen
            title=Signal::derive(|| t::inbox_title().to_owned())
            actions=move || {
                let read_all = read_all.clone();
                let asked = move || query.with(asked_by);
                view! {
                    <form method="post" action="/api/v1/notices/read-all" on:submit=|event| event.prevent_default()>
                        <input type="hidden" name="_next" value=move || { let asked = asked(); address(asked.unread, asked.brand, None) }/>
                        {move || asked().brand.map(|brand| view! { <input type="hidden" name="brand" value=brand.to_string()/> })}
                        <Button submit=true icon=lucide::LuCheckCheck class="fold" busy=busy on_click=read_all>
                            <span class="words"><Transition>{read_all_label}</Transition></span>
                        </Button>
                    </form>
                }
            }
        >
            {tabs}
            <Transition>{move || filter(&brands(), &query.with(asked_by))}</Transition>
            {list}
            <p class="small"><a class="link" href=paths::MAIL_CHOICES>{t::mail_settings()}</a></p>
        </Screen>
    }
    .into_any()
}

fn asked_by(query: &ParamsMap) -> ListNotices {
    let unread = (query.get("unread").as_deref() == Some("true")).then_some(true);
    let brand = query.get("brand").and_then(|text| text.parse().ok());
    ListNotices { unread, brand, cursor: query.get("cursor"), limit: None }
}

fn address(unread: Option<bool>, brand: Option<BrandId>, cursor: Option<&String>) -> String {
    let unread = unread.map(|_| "unread=true".to_owned());
    let brand = brand.map(|brand| format!("brand={brand}"));
    let cursor = cursor.map(|cursor| format!("cursor={}", base::escape(cursor)));
    let pairs: Vec<String> = [unread, brand, cursor].into_iter().flatten().collect();
    if pairs.is_empty() { paths::INBOX.to_owned() } else { format!("{}?{}", paths::INBOX, pairs.join("&")) }
}

/// One chip a brand with what is unread of it, and one for all; nothing where there is only one.
fn filter(brands: &[BrandCount], asked: &ListNotices) -> AnyView {
    if brands.len() < 2 && asked.brand.is_none() {
        return ().into_any();
    }
    let chip = |label: String, brand: Option<BrandId>| {
        view! { <Chip label=label on=asked.brand == brand href=address(asked.unread, brand, None)/> }
    };
    let all = chip(t::all_brands().to_owned(), None);
    let each = |one: &BrandCount| {
        let name = one.brand.name.clone();
        let label = if one.unread == 0 { name } else { format!("{name} · {}", one.unread) };
        chip(label, Some(one.brand.id))
    };
    let chips = brands.iter().map(each).collect_view();
    view! { <nav class="chips" aria-label=t::brands()>{all}{chips}</nav> }.into_any()
}

/// Messages are nobody else's news: only this page hears that one was read.
fn stir(live: Option<&Live>) {
    if let Some(live) = live {
        let moved = |text: &str| text.to_owned();
        live.wake(Moved {
            id: String::new(),
            kind: moved("notice.read"),
            subject: moved(NOTICES),
            keys: Vec::new(),
        });
    }
}

fn listed(page: Page<Notice>, asked: &ListNotices, live: Option<Live>) -> AnyView {
    if page.items.is_empty() {
        let title = if asked.unread == Some(true) { t::empty_unread() } else { t::empty_all() };
        return view! { <Empty title=title note=t::empty_note() icon=lucide::LuInbox/> }.into_any();
    }
    let address = |cursor: Option<&String>| address(asked.unread, asked.brand, cursor);
    let (shown, total) = (page.items.len(), page.total);
    let next = page.next_cursor.as_ref().map(|cursor| address(Some(cursor)));
    let first = asked.cursor.is_some().then(|| address(None));
    let pager = view! { <Pager shown=shown total=total first=first next=next/> };
    let here = address(None);
    let rows = page.items.into_iter().map(|notice| row(notice, &here, live.clone())).collect_view();
    view! { <ul class="card notices">{rows}</ul>{pager} }.into_any()
}

fn row(notice: Notice, here: &str, live: Option<Live>) -> impl IntoView {
    let (icon, tone) = words::sign(&notice.kind);
    let (sentence, note) = (words::sentence(&notice), words::note(&notice));
    let unread = notice.read_at.is_none();
    let class = format!("row notice {}{}", tone.class(), if unread { " unread" } else { "" });
    let id = notice.id;
    let read = move || {
        let live = live.clone();
        leptos::task::spawn_local(async move {
            if kit::ask(ReadNotice { id }).await.is_ok() {
                stir(live.as_ref());
            }
        });
    };
    let opened = read.clone();
    let title = match (words::page_of(&notice), elsewhere(&notice)) {
        // Opening a message reads it.
        (Some(page), None) => view! {
            <a class="strong cover" href=page on:click=move |_| if unread { opened() }>{sentence}</a>
        }
        .into_any(),
        // What is in another place is shown there. Without scripts, and in another tab, the server leads there.
        (Some(page), Some(place)) => {
            let switch = use_context::<Switch>();
            let go = move |event: MouseEvent| {
                let is_plain =
                    !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
                let Some(switch) = switch.filter(|_| is_plain) else { return };
                event.prevent_default();
                if unread {
                    opened();
                }
                switch.to.run(Elsewhere { next: Some(page.clone()), ..place.clone() });
            };
            view! { <a class="strong cover" rel="external" href=paths::notice(id) on:click=go>{sentence}</a> }
                .into_any()
        }
        (None, _) => view! { <span class="strong">{sentence}</span> }.into_any(),
    };
    let sign = notice.brand.as_ref().map(|brand| {
        view! { <BrandSign name=brand.name.clone() hue=brand.hue chroma=brand.chroma spoken=true/> }
    });
    let next = here.to_owned();
    let button = unread.then(|| {
        let action = format!("/api/v1/notices/{id}/read");
        view! {
            <form method="post" action=action class="over" on:submit=|event| event.prevent_default()>
                <input type="hidden" name="_next" value=next/>
                <Button submit=true kind=Kind::Quiet size=Size::Small icon=lucide::LuCheck on_click=move |_| read()>
                    {t::mark_read()}
                </Button>
            </form>
        }
    });
    let state = unread.then(|| view! { <span class="visually-hidden">{t::unread()}": "</span> });
    view! {
        <li class=class>
            <span class="mark-at"><Icon of=icon/></span>
            {sign}
            <span class="what">
                <span>{state}{title}</span>
                <span class="muted small">{note}</span>
            </span>
            <span class="end"><span class="muted small"><When at=notice.created_at/></span>{button}</span>
        </li>
    }
}

/// The place that a message is of, unless the page stands there.
fn elsewhere(notice: &Notice) -> Option<Elsewhere> {
    let me = access::me();
    let at = me.organization.map(|one| one.organization);
    let set = me.program.map(|program| program.id);
    let is_here = at == Some(notice.organization) && (notice.program.is_none() || notice.program == set);
    let place = Elsewhere { organization: notice.organization, program: notice.program, next: None };
    (!is_here).then_some(place)
}

//! The inbox: what one was told, newest first.
use base::Page;
use kit::live::{Live, Moved};
use kit::{
    Button, Empty, Icon, Kind, Pager, Place, Screen, Shape, Size, Skeleton, Tabs, When, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

use super::words;
use crate::model::Notice;
use crate::rules::NOTICES;
use crate::t;
use crate::verbs::{ListNotices, ReadAllNotices, ReadNotice};

/// One's messages.
#[component]
pub fn InboxPage() -> impl IntoView {
    let query = use_query_map();
    let notices = kit::resource(|| vec![NOTICES.to_owned()], move || query.with(asked_by));
    let busy = RwSignal::new(false);
    let live = use_context::<Live>();
    let read_all = {
        let live = live.clone();
        move |_| {
            let live = live.clone();
            busy.set(true);
            leptos::task::spawn_local(async move {
                let done = kit::ask(ReadAllNotices {}).await;
                let _ = busy.try_set(false);
                if done.is_ok() {
                    stir(live.as_ref());
                }
            });
        }
    };
    let tabs = move || {
        let unread = query.with(|query| asked_by(query).unread == Some(true));
        let places = vec![
            Place::new(t::all(), paths::INBOX, !unread),
            Place::new(t::unread(), format!("{}?unread=true", paths::INBOX), unread),
        ];
        view! { <Tabs label=t::inbox_views() places=places/> }
    };
    let list = kit::shown(
        notices,
        || view! { <Skeleton shape=Shape::Rows count=6/> }.into_any(),
        move |page| listed(page, &query.with_untracked(asked_by), live.clone()),
    );
    view! {
        <Screen
            title=Signal::derive(|| t::inbox_title().to_owned())
            actions=move || {
                let read_all = read_all.clone();
                view! {
                    <form method="post" action="/api/v1/notices/read-all" on:submit=|event| event.prevent_default()>
                        <input type="hidden" name="_next" value=paths::INBOX/>
                        <Button submit=true icon=lucide::LuCheckCheck busy=busy on_click=read_all>{t::read_all()}</Button>
                    </form>
                }
            }
        >
            {tabs}
            {list}
            <p class="small"><a class="link" href=paths::MAIL_CHOICES>{t::mail_settings()}</a></p>
        </Screen>
    }
    .into_any()
}

fn asked_by(query: &ParamsMap) -> ListNotices {
    let unread = (query.get("unread").as_deref() == Some("true")).then_some(true);
    ListNotices { unread, cursor: query.get("cursor"), limit: None }
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
    let address = |cursor: Option<&String>| {
        let unread = asked.unread.map(|_| "unread=true".to_owned());
        let cursor = cursor.map(|cursor| format!("cursor={}", base::escape(cursor)));
        let pairs: Vec<String> = [unread, cursor].into_iter().flatten().collect();
        if pairs.is_empty() {
            paths::INBOX.to_owned()
        } else {
            format!("{}?{}", paths::INBOX, pairs.join("&"))
        }
    };
    let (shown, total) = (page.items.len(), page.total);
    let next = page.next_cursor.as_ref().map(|cursor| address(Some(cursor)));
    let first = asked.cursor.is_some().then(|| address(None));
    let pager = view! { <Pager shown=shown total=total first=first next=next/> };
    let rows = page.items.into_iter().map(|notice| row(notice, live.clone())).collect_view();
    view! { <ul class="card notices">{rows}</ul>{pager} }.into_any()
}

fn row(notice: Notice, live: Option<Live>) -> impl IntoView {
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
    let title = match words::page_of(&notice) {
        // Opening a message reads it.
        Some(page) => view! {
            <a class="strong cover" href=page on:click=move |_| if unread { opened() }>{sentence}</a>
        }
        .into_any(),
        None => view! { <span class="strong">{sentence}</span> }.into_any(),
    };
    let button = unread.then(|| {
        let action = format!("/api/v1/notices/{id}/read");
        view! {
            <form method="post" action=action class="over" on:submit=|event| event.prevent_default()>
                <input type="hidden" name="_next" value=paths::INBOX/>
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
            <span class="what">
                <span>{state}{title}</span>
                <span class="muted small">{note}</span>
            </span>
            <span class="end"><span class="muted small"><When at=notice.created_at/></span>{button}</span>
        </li>
    }
}

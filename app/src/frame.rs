//! The frame around every signed-in page: sidebar, phone bar, and what stands in every top bar.
use std::sync::Arc;

use access::me;
use base::Side;
use deals::CountDeals;
use kit::{Asked, Avatar, Drawing, Icon, LiveDot, ToastRegion, Toasts, TopTools, lucide, paths};
use leptos::prelude::*;
use leptos_router::components::{A, Outlet};
use notices::{CountNotices, NoticeCount};

use crate::navigation::{Counts, Place, running, work};
use crate::t;

/// Frame and, in it, the page of the route.
#[component]
pub fn Frame() -> impl IntoView {
    let me = me();
    let role = me.role();
    let side = me.organization.as_ref().map_or(Side::Partner, |organization| organization.side);
    let deals = kit::resource(|| vec!["deals".to_owned(), "queue".to_owned()], CountDeals::default);
    let leads = kit::resource(|| vec!["leads".to_owned()], leads::CountLeads::default);
    let unread = kit::resource(|| vec!["notices".to_owned()], || CountNotices {});
    let counted = move |counts: Counts| count_view(counts, deals, leads, unread);
    let toasts = Toasts::provide();
    kit::Emblem::provide();
    let face = kit::BrandFace::shown();
    crate::switch::provide(toasts);
    provide_context(notices::Unread(unread));
    let noted: access::BrandNote = Arc::new(move |brand| number(move || Some(unread.get()?.ok()?.of(brand))));
    provide_context(TopTools(Arc::new(move || tools(unread).into_any())));
    let register = (side == Side::Partner).then(|| {
        view! {
            <nav aria-label=t::register()>
                <a class="button primary float" href=paths::REGISTER>
                    <Icon of=lucide::LuPlus/> {t::register()}
                </a>
            </nav>
        }
    });
    view! {
        <a class="skip" href="#main">{t::skip()}</a>
        <div class="frame">
            <nav class="side" aria-label=t::places()>
                <access::ContextSwitcher noted=noted.clone()/>
                <div class="side-group">
                    {work(side).into_iter().map(|place| item(place, counted)).collect_view()}
                </div>
                <div class="side-foot">
                    {running(side, role).into_iter().map(|place| item(place, counted)).collect_view()}
                    <A href=paths::PROFILE attr:class="me">
                        <Avatar name=me.user.name.clone()/>
                        <span class="names">
                            <span class="label">{me.user.name.clone()}</span>
                            <small>{me.organization.map(|organization| organization.organization_name)}</small>
                        </span>
                    </A>
                </div>
            </nav>
            <div class="sheet"><Outlet/>{move || view! { <kit::BrandFooter face=face.get()/> }}</div>
        </div>
        <nav class="phone" aria-label=t::places_phone()>
            {work(side).into_iter().take(4).map(|place| item(place, counted)).collect_view()}
            <button type="button" popovertarget="more"><Icon of=lucide::LuMenu/>{t::more()}</button>
        </nav>
        <div id="more" popover="auto" class="more-sheet" role="dialog" aria-label=t::more()>
            <access::ContextSwitcher id="switch-phone" noted=noted/>
            {work(side).into_iter().skip(4).chain(running(side, role)).map(|place| item(place, counted)).collect_view()}
            {link(paths::PROFILE, t::profile(), lucide::LuUser)}
        </div>
        {register}
        <areas::Palette/>
        <ToastRegion toasts=toasts/>
        <areas::Waiting/>
    }
    .into_any()
}

fn item(place: Place, counted: impl Fn(Counts) -> AnyView) -> AnyView {
    let count = counted(place.counts);
    let exact = place.path == paths::HOME;
    view! {
        <A href=place.path exact=exact>
            <Icon of=place.icon/>
            <span class="label">{(place.label)()}</span>
            {count}
        </A>
    }
    .into_any()
}

fn link(path: &'static str, label: &'static str, icon: Drawing) -> AnyView {
    view! { <A href=path><Icon of=icon/><span class="label">{label}</span></A> }.into_any()
}

/// A count beside a place: only when there is something to do.
fn count_view(
    counts: Counts,
    deals: Asked<deals::Counts>,
    leads: Asked<leads::Counts>,
    unread: Asked<NoticeCount>,
) -> AnyView {
    match counts {
        Counts::Nothing => ().into_any(),
        Counts::NeedsAction | Counts::Queue => number(move || {
            let counted = deals.get()?.ok()?;
            Some(if counts == Counts::Queue { counted.queue } else { counted.needs_action })
        }),
        Counts::Leads => number(move || Some(leads.get()?.ok()?.needs_action)),
        Counts::Unread => number(move || Some(unread.get()?.ok()?.unread)),
    }
}

fn number(count: impl Fn() -> Option<u64> + Send + Sync + Copy + 'static) -> AnyView {
    view! {
        <Transition>
            {move || count().filter(|count| *count > 0).map(|count| view! {
                <span class="count">{count}<span class="visually-hidden">" "{t::waiting()}</span></span>
            })}
        </Transition>
    }
    .into_any()
}

/// Search, live dot and inbox.
fn tools(unread: Asked<NoticeCount>) -> impl IntoView {
    view! {
        <search::FindButton/>
        <LiveDot/>
        <notices::InboxBell count=unread/>
    }
}

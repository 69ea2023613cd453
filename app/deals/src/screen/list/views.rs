//! The views of the list: those that everybody has, and saved ones with what can be done about them.
use base::Side;
use kit::{Button, CheckField, Kind, Menu, MenuHeading, Place, Tabs, TextField, Toasts, VerbForm, lucide};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::Beside;
use super::address::Address;
use crate::access::Do;
use crate::model::{Layout, Status, View};
use crate::screen::bulk::Hands;
use crate::screen::parts::item;
use crate::t;
use crate::verbs::{ChangeDealView, DeleteDealView, ListDeals, RestoreDealView, SaveDealView};

/// The tabs, and what can be done with the view that is open. Where nothing was asked for, the person's default view
/// opens.
pub(super) fn tabs(address: &Address, beside: &Beside, hands: Hands) -> AnyView {
    let default = beside.views.iter().find(|view| view.is_default);
    if let Some(default) = default.filter(|_| address.is_bare) {
        let options = leptos_router::NavigateOptions { replace: true, scroll: false, ..Default::default() };
        return view! { <leptos_router::components::Redirect path=Address::of(default).href() options=options/> }.into_any();
    }
    let mut places = usual(address, beside, default.is_some());
    for view in &beside.views {
        let current = address.view == Some(view.id);
        let place = Place::new(view.name.clone(), Address::of(view).href(), current);
        places.push(if view.shared { place.icon(lucide::LuUsers) } else { place });
    }
    let open = beside.views.iter().find(|view| address.view == Some(view.id));
    let menu = open.map(|view| menu(view, address, hands));
    let more = save(address, hands);
    // Beside the tabs, which scroll sideways and would cut off what opens below them.
    view! { <div class="views"><Tabs label=t::views() places=places/>{menu}{more}</div> }.into_any()
}

/// The views that everybody has.
fn usual(address: &Address, beside: &Beside, has_default: bool) -> Vec<Place> {
    let asked = &address.ask;
    let kept = ListDeals {
        program: asked.program,
        partner: asked.partner,
        q: asked.q.clone(),
        ..ListDeals::default()
    };
    let won = Some(Status::Won.into());
    let place = |label: &str, ask: ListDeals| {
        let current = address.view.is_none()
            && asked.mine == ask.mine
            && asked.needs_action == ask.needs_action
            && asked.expiring == ask.expiring
            && (asked.status == won) == (ask.status == won);
        let to = Address { layout: address.layout, ..Address::default() }.asking(ask);
        let href = if has_default && to == Address::default() { Address::all() } else { to.href() };
        Place::new(label, href, current)
    };
    let counts = beside.counts;
    let mut places = vec![place(t::tab_all(), kept.clone())];
    if access::me().side() == Some(Side::Partner) {
        places.push(place(t::tab_mine(), ListDeals { mine: Some(true), ..kept.clone() }));
    }
    places.push(
        place(t::tab_needs_action(), ListDeals { needs_action: Some(true), ..kept.clone() })
            .count(counts.needs_action),
    );
    places.push(
        place(t::tab_expiring(), ListDeals { expiring: Some(true), ..kept.clone() }).count(counts.expiring),
    );
    places.push(place(t::tab_won(), ListDeals { status: won.clone(), ..kept.clone() }));
    places
}

/// Saves what is shown under a name.
fn save(address: &Address, hands: Hands) -> AnyView {
    let navigate = use_navigate();
    let done = Callback::new(move |view: View| {
        hands.moved.update(|moved| *moved += 1);
        navigate(
            &Address::of(&view).href(),
            leptos_router::NavigateOptions { scroll: false, ..Default::default() },
        );
    });
    let query = address.ask.to_query();
    let next = {
        let saved = Address { view: None, group: None, cards: None, ..address.clone() }.href();
        let joint = if saved.contains('?') { '&' } else { '?' };
        format!("{saved}{joint}view={{id}}")
    };
    let verb = SaveDealView {
        name: String::new(),
        query: String::new(),
        columns: Default::default(),
        layout: Layout::List,
        shared: false,
    };
    let may_share = Do::ShareViews.by(&access::me().actor(), None).is_ok();
    let share = may_share.then(|| view! { <CheckField name="shared" id="view-shared" label=t::view_share() help=t::view_share_help()/> });
    let columns = address.columns.to_string();
    let layout = address.layout.as_str();
    view! {
        <Menu summary=t::view_add().into_any() label=t::view_save() class="button quiet small" ends=true roomy=true>
            <VerbForm verb=verb next=next done=done>
                <TextField name="name" id="view-name" label=t::view_name() maxlength=60 required=true/>
                <input type="hidden" name="query" value=query/>
                <input type="hidden" name="columns" value=columns/>
                <input type="hidden" name="layout" value=layout/>
                {share}
                <Button submit=true kind=Kind::Primary class="item">{t::view_save()}</Button>
            </VerbForm>
        </Menu>
    }
    .into_any()
}

/// What can be done with a saved view.
fn menu(view: &View, address: &Address, hands: Hands) -> AnyView {
    let (id, may) = (view.id, view.may_change);
    let toasts = use_context::<Toasts>();
    let change = move |ask: ChangeDealView| run(ask, hands, toasts);
    let owner = view.owner_name.clone();
    let refused = (!may).then(|| t::view_not_yours(&owner));
    let as_saved = address.is_as_saved(view);
    let (query, columns, layout) = (address.ask.to_query(), address.columns.clone(), address.layout);
    let update = move || {
        change(ChangeDealView {
            query: Some(query.clone()),
            columns: Some(columns.clone()),
            layout: Some(layout),
            ..ChangeDealView::new(id)
        });
    };
    let (is_default, is_shared) = (view.is_default, view.shared);
    let default = move || change(ChangeDealView { is_default: Some(!is_default), ..ChangeDealView::new(id) });
    let share = move || change(ChangeDealView { shared: Some(!is_shared), ..ChangeDealView::new(id) });
    let may_share = may && Do::ShareViews.by(&access::me().actor(), None).is_ok();
    let share_refused = (!may_share).then(|| t::view_may_not_share().to_owned());
    let navigate = use_navigate();
    let deleted = Callback::new(move |()| navigate(&Address::all(), Default::default()));
    let name = view.name.clone();
    let delete = move || deleted_view(id, name.clone(), hands, toasts, deleted);
    let renamed = Callback::new(move |_: View| hands.moved.update(|moved| *moved += 1));
    let rename = may.then(|| {
        let href = address.href();
        let name = view.name.clone();
        view! {
            <VerbForm verb=ChangeDealView::new(id) next=href done=renamed>
                <input type="hidden" name="_method" value="PATCH"/>
                <TextField name="name" id="view-rename" label=t::view_name() value=name maxlength=60 required=true/>
                <Button submit=true class="item">{t::view_rename()}</Button>
            </VerbForm>
            <hr/>
        }
    });
    let update = (!as_saved).then(|| item(t::view_update(), Some(lucide::LuSave), refused.clone(), update));
    let default_words = if is_default { t::view_no_default() } else { t::view_default() };
    let share_words = if is_shared { t::view_unshare() } else { t::view_share() };
    let default = item(default_words, Some(lucide::LuHouse), None, default);
    let share = item(share_words, Some(lucide::LuUsers), share_refused, share);
    let delete = item(t::view_delete(), Some(lucide::LuTrash2), refused, delete);
    view! {
        <Menu summary=view! { <kit::Icon of=lucide::LuEllipsis/> }.into_any() label=t::view_more(&view.name) class="button quiet small icon" ends=true roomy=true>
            <MenuHeading label=t::view_of(&owner)/>
            {rename}
            <div class="needs-script">
                {update}{default}{share}{delete}
            </div>
        </Menu>
    }
    .into_any()
}

fn run(ask: ChangeDealView, hands: Hands, toasts: Option<Toasts>) {
    leptos::task::spawn_local(async move {
        let done = kit::ask(ask).await;
        let _ = hands.moved.try_update(|moved| *moved += 1);
        match (toasts, done) {
            (Some(toasts), Ok(view)) => toasts.say(t::view_saved(view.name)),
            (Some(toasts), Err(problem)) => toasts.fail(kit::sentence(&problem)),
            (None, _) => {}
        }
    });
}

fn deleted_view(
    id: crate::model::ViewId,
    name: String,
    hands: Hands,
    toasts: Option<Toasts>,
    deleted: Callback<()>,
) {
    leptos::task::spawn_local(async move {
        let done = kit::ask(DeleteDealView { id }).await;
        let _ = hands.moved.try_update(|moved| *moved += 1);
        match (toasts, done) {
            (Some(toasts), Ok(_)) => {
                toasts.say_with_undo(t::view_deleted(name), move || {
                    leptos::task::spawn_local(async move {
                        let _ = kit::ask(RestoreDealView { id }).await;
                        let _ = hands.moved.try_update(|moved| *moved += 1);
                    });
                });
                let _ = deleted.try_run(());
            }
            (Some(toasts), Err(problem)) => toasts.fail(kit::sentence(&problem)),
            (None, _) => {}
        }
    });
}

//! `/kits/{id}`: left what is written, right how a partner would send it.
mod bar;
mod block;
mod blocks;
mod dialogs;
mod fields;
mod laws;
mod pieces;
mod preview;
mod reading;
mod state;
mod tree;
mod versions;
mod zone;

use base::{KitId, Problem};
use kit::{Card, LinkButton, Place, Screen, Shape, Skeleton, Tabs, paths};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use partners::ListPartners;

use self::state::Desk;
use crate::access::Do;
use crate::model::WholeKit;
use crate::t;
use crate::verbs::{GetKit, ListKitVersions};

/// Partners that the preview offers.
const OFFERED: u32 = 200;

/// `/kits/{id}`.
#[component]
pub fn KitPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<KitId>().ok())));
    let body = move || match id.get() {
        Some(id) => of_kit(id),
        None => kit::problem_view(Problem::NotFound),
    };
    let vendor = Do::ReadDrafts.by(&access::me().actor()).is_ok();
    let back = move || {
        if vendor {
            view! { <LinkButton href=paths::KITS>{t::all_kits()}</LinkButton> }.into_any()
        } else {
            view! { <LinkButton href=paths::NEW_CAMPAIGN>{t::all_kits()}</LinkButton> }.into_any()
        }
    };
    view! { <Screen title=t::kit() actions=back wide=true>{body}</Screen> }.into_any()
}

fn of_kit(id: KitId) -> AnyView {
    let actor = access::me().actor();
    let (may, vendor) = (Do::Edit.by(&actor).is_ok(), Do::ReadDrafts.by(&actor).is_ok());
    // The kit is read once: what is being made is not taken off the page by what happens elsewhere.
    let keys = move || if may { Vec::new() } else { vec![id.to_string()] };
    let kit = kit::resource(keys, move || GetKit { id });
    if !vendor {
        return kit::shown(
            kit,
            || view! { <Skeleton shape=Shape::Record/> }.into_any(),
            move |of| reading::reading(&Desk::new(&of), Vec::new()),
        );
    }
    let partners = kit::resource(
        || vec!["partners".to_owned()],
        || ListPartners { limit: Some(OFFERED), ..ListPartners::default() },
    );
    let versions = kit::resource(
        move || vec![id.to_string()],
        move || ListKitVersions { id, cursor: None, limit: Some(50) },
    );
    let query = use_query_map();
    let tab = Memo::new(move |_| query.with(|query| query.get("tab").unwrap_or_default()));
    kit::shown(
        kit,
        || view! { <Skeleton shape=Shape::Form/> }.into_any(),
        move |of| {
            let desk = Desk::new(&of);
            provide_context(dialogs::Recalling(RwSignal::new(None)));
            preview::provide();
            preview::Heroes::provide(desk);
            let versions = kit::shown(
                versions,
                || view! { <Skeleton shape=Shape::Table/> }.into_any(),
                move |page| versions::versions(page, desk, may),
            );
            let partners =
                kit::shown(partners, || ().into_any(), move |page| preview::choose_partner(desk, page.items));
            if !may {
                return view! {
                    {reading::why_not()}
                    {reading::reading(&desk, vec![partners])}
                    {versions}
                }
                .into_any();
            }
            whole(desk, &of, tab, (partners, versions))
        },
    )
}

fn whole(desk: Desk, of: &WholeKit, tab: Memo<String>, (partners, versions): (AnyView, AnyView)) -> AnyView {
    let id = desk.id;
    let tabs = move || {
        let now = tab.get();
        let place = |key: &str, label: &str| {
            let href = if key.is_empty() { paths::kit(id) } else { format!("{}?tab={key}", paths::kit(id)) };
            Place::new(label, href, now == key)
        };
        let places = vec![
            place("", t::tab_pieces()),
            place("laws", t::tab_laws()),
            place("versions", t::tab_versions()),
        ];
        view! { <Tabs label=t::parts_of_kit() places=places/> }
    };
    let on = move |key: &'static str| move || tab.get() != key;
    view! {
        <noscript><p class="muted">{t::needs_script()}</p></noscript>
        {bar::bar(desk, of)}
        {tabs}
        <div class="kit-desk">
            <div class="stack gap-16 kit-left">
                <div class="stack gap-16" hidden=on("")>
                    <Card title=t::about_kit() id="about"><div class="stack gap-16">{pieces::about(desk)}</div></Card>
                    <Card title=t::pieces() id="pieces">{pieces::pieces(desk)}</Card>
                    {blocks::open(desk)}
                </div>
                <div class="stack gap-16" hidden=on("laws")>
                    <Card title=t::laws() id="laws"><div class="stack gap-16">{laws::laws(desk)}</div></Card>
                </div>
                <div class="stack gap-16" hidden=on("versions")>{versions}</div>
            </div>
            <div class="stack gap-16 kit-right">
                {preview::preview(desk, vec![partners])}
                {preview::findings(desk)}
            </div>
        </div>
    }
    .into_any()
}

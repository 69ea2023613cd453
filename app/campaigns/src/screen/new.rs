//! `/campaigns/new`: kits that are open to the partner; one click makes a campaign of one, another looks closer first.
use base::{KitId, Page, Problem};
use kit::{Button, Card, Empty, Kind, LinkButton, Screen, Shape, Skeleton, VerbForm, lucide, paths};
use kits::{GetKit, Kit, KitCard, ListKits, WholeKit};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::parts::kind_words;
use crate::access::Do;
use crate::model::Campaign;
use crate::t;
use crate::verbs::CreateCampaign;
use crate::words::Worded;

/// `/campaigns/new`.
#[component]
pub fn NewCampaignPage() -> impl IntoView {
    let body = match Do::Make.partner(&access::me().actor()) {
        Ok(_) => page(),
        Err(problem) => kit::problem_view(problem),
    };
    let back = || view! { <LinkButton href=paths::CAMPAIGNS>{t::all_campaigns()}</LinkButton> }.into_any();
    view! { <Screen title=t::choose_a_kit() actions=back>{body}</Screen> }.into_any()
}

fn page() -> AnyView {
    let query = use_query_map();
    let chosen =
        Memo::new(move |_| query.with(|query| query.get("kit").and_then(|id| id.parse::<KitId>().ok())));
    let body = move || match chosen.get() {
        Some(id) => closer(id),
        None => gallery(),
    };
    body.into_any()
}

fn gallery() -> AnyView {
    let kits =
        kit::resource(|| vec!["kits".to_owned()], || ListKits { limit: Some(60), ..ListKits::default() });
    kit::shown(kits, || view! { <Skeleton shape=Shape::Table count=6/> }.into_any(), all)
}

/// The portal's language: a kit that speaks it is used in it.
fn language() -> String {
    kit::catalogue::locale().tag().to_owned()
}

fn make(kit: KitId) -> (CreateCampaign, Callback<Campaign>) {
    let navigate = use_navigate();
    let done =
        Callback::new(move |campaign: Campaign| navigate(&paths::campaign(campaign.id), Default::default()));
    (CreateCampaign { kit, name: None, language: Some(language()) }, done)
}

fn all(page: Page<Kit>) -> AnyView {
    if page.items.is_empty() {
        return view! {
            <Card flush=true><Empty title=t::no_kits() note=t::no_kits_note() icon=lucide::LuMegaphone/></Card>
        }
        .into_any();
    }
    let partner = access::me().organization.map(|one| one.organization_name).unwrap_or_default();
    // Those of the program that one stands in come first.
    let here = access::me().program.map(|program| program.id);
    let mut kits = page.items;
    kits.sort_by_key(|kit| Some(kit.program) != here);
    let items = kits.into_iter().map(item).collect_view();
    view! {
        <div class="stack gap-16">
            <p class="muted">{t::gallery_note(partner)}</p>
            <ul class="campaign-gallery" role="list">{items}</ul>
        </div>
    }
    .into_any()
}

fn item(kit: Kit) -> AnyView {
    let (id, name) = (kit.id, kit.name.clone());
    let look = paths::new_campaign(id);
    view! {
        <li class="stack gap-8">
            <KitCard kit=kit href=look/>
            {use_it(id, t::use_kit_named(name))}
        </li>
    }
    .into_any()
}

fn use_it(kit: KitId, label: String) -> AnyView {
    let (verb, done) = make(kit);
    let hidden = (kit.to_string(), language());
    view! {
        <VerbForm verb=verb next=paths::campaign("{id}") done=done>
            <Worded/>
            <input type="hidden" name="kit" value=hidden.0/>
            <input type="hidden" name="language" value=hidden.1/>
            <Button submit=true kind=Kind::Primary label=label>{t::use_kit()}</Button>
        </VerbForm>
    }
    .into_any()
}

/// One kit with all its pieces as this partner would send them.
fn closer(id: KitId) -> AnyView {
    let kit = kit::resource(move || vec![id.to_string()], move || GetKit { id });
    kit::shown(kit, || view! { <Skeleton shape=Shape::Form/> }.into_any(), pieces)
}

fn pieces(of: WholeKit) -> AnyView {
    if of.kit.number == 0 {
        return kit::problem_view(Problem::NotFound);
    }
    let id = of.kit.id;
    let language = language();
    let frames = of
        .content
        .assets
        .iter()
        .map(|asset| {
            let title = format!("{} · {}", kind_words(asset.kind), asset.name);
            let src = format!("/api/v1/kits/{id}/preview?asset={}&language={language}", asset.key);
            view! {
                <figure class="stack gap-8">
                    <figcaption class="strong small">{title.clone()}</figcaption>
                    <iframe class="campaign-frame" src=src title=title></iframe>
                </figure>
            }
        })
        .collect_view();
    let (name, about) = (of.content.name, of.content.about);
    view! {
        <div class="stack gap-16">
            <Card title=name.clone()>
                <div class="stack gap-16">
                    <p>{about}</p>
                    <div class="actions">
                        {use_it(id, t::use_kit_named(name))}
                        <LinkButton href=paths::NEW_CAMPAIGN kind=Kind::Quiet>{t::other_kits()}</LinkButton>
                    </div>
                </div>
            </Card>
            <div class="campaign-frames">{frames}</div>
        </div>
    }
    .into_any()
}

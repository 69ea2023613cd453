//! One deal: where it stands, what can be done now, why, and everything that happened.
mod conflicts;
pub(super) mod dialogs;
mod life;
mod message;
mod moves;
mod notice;
mod timeline;

use base::{DealId, Problem, Side};
use kit::{
    Avatar, Card, Fact, FactLayout, KeyValues, LinkButton, Screen, Shape, Size, Skeleton, Tell, When, lucide,
    paths,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

pub(super) use conflicts::compared;
pub(super) use moves::words as moves_words;

use super::parts::{DealBadge, facts, name_of, rule_lines};
use crate::model::Deal;
use crate::t;
use crate::verbs::{GetDeal, ListConflicts, ListDealEvents};

/// `/deals/{id}`.
#[component]
pub fn DealPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<DealId>().ok())));
    let body = move || match id.get() {
        Some(id) => of_deal(id),
        None => kit::problem_view(Problem::NotFound),
    };
    let register = || {
        (access::me().side() == Some(Side::Partner))
            .then(|| view! { <LinkButton href=paths::REGISTER icon=lucide::LuPlus class="hide-s">{t::register_deal()}</LinkButton> })
            .into_any()
    };
    view! {
        <Screen title=t::deal() actions=register>{body}</Screen>
    }
    .into_any()
}

fn of_deal(id: DealId) -> AnyView {
    let keys = move || vec![id.to_string()];
    let deal = kit::resource(keys, move || GetDeal { id });
    let events = kit::resource(keys, move || ListDealEvents { id });
    // Made here, with the others: inside the deal's own answer it would take its number in the page by luck.
    let conflicts = list_conflicts(id);
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| query.get("do")));
    let navigate = use_navigate();
    let done = Callback::new(move |_: Deal| {
        deal.refetch();
        events.refetch();
        if asked.get_untracked().is_some() {
            let still = leptos_router::NavigateOptions { scroll: false, replace: true, ..Default::default() };
            navigate(&paths::deal(id), still);
        }
    });
    view! {
        <div class="stack gap-20 deal">
            {kit::shown(
                deal,
                || view! { <Skeleton shape=Shape::Record/> }.into_any(),
                move |deal| record(deal, conflicts, asked, done),
            )}
            <Card title=t::history() id="history">
                {message::form(id, Callback::new(move |_| events.refetch()))}
                {kit::shown(events, || view! { <Skeleton shape=Shape::Text/> }.into_any(), |events| timeline::view(events.items))}
            </Card>
        </div>
    }
    .into_any()
}

fn record(
    deal: Deal,
    conflicts: kit::Asked<base::Page<crate::model::Conflict>>,
    asked: Memo<Option<String>>,
    done: Callback<Deal>,
) -> AnyView {
    let kept = StoredValue::new(deal.clone());
    let dialog = move || {
        kept.with_value(|deal| dialogs::dialog(deal, asked.get().as_deref(), &paths::deal(deal.id), done))
    };
    let conflicts = deal.priority_at.map(|_| conflicts::card(&deal, conflicts));
    let known = facts(&deal);
    view! {
        {head(&deal)}
        {notice::view(&deal)}
        {moves::bar(&deal, done)}
        <Card>{known}</Card>
        <div class="grid g21">
            <div class="stack gap-16">{conflicts}{claim(&deal)}</div>
            <div class="stack gap-16">{rules(&deal)}{registered(&deal)}</div>
        </div>
        {dialog}
    }
    .into_any()
}

fn head(deal: &Deal) -> AnyView {
    let name = name_of(&deal.customer.name);
    let receipt = deal.priority_at.map(|_| {
        view! { <LinkButton href=paths::receipt(deal.id) icon=lucide::LuReceipt>{t::receipt()}</LinkButton> }
    });
    view! {
        <div class="head">
            <Avatar name=name.clone() square=true size=Size::Big/>
            <div>
                <h2 class="title">{name}</h2>
                <p class="muted num">{deal.number.clone()}</p>
            </div>
            <DealBadge status=deal.status big=true/>
            <span class="end no-print">{receipt}</span>
        </div>
    }
    .into_any()
}

/// Everything that was claimed, as far as it was filled.
fn claim(deal: &Deal) -> AnyView {
    let customer = &deal.customer;
    let place = [customer.street.as_deref(), customer.postal_code.as_deref(), customer.city.as_deref()];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let mut lines: Vec<(String, String)> = vec![
        (t::field_website().to_owned(), customer.website.clone().unwrap_or_default()),
        (t::field_registration_number().to_owned(), customer.registration_number.clone().unwrap_or_default()),
        (t::field_phone().to_owned(), customer.phone.clone().unwrap_or_default()),
        (t::field_address().to_owned(), place),
        (t::field_partner_role().to_owned(), deal.partner_role.words().to_owned()),
    ];
    let texts = [
        ("sales_stage", &deal.sales_stage),
        ("use_case", &deal.use_case),
        ("competitor", &deal.competitor),
        ("incumbent", &deal.incumbent),
        ("tender_reference", &deal.tender_reference),
        ("notes", &deal.notes),
    ];
    lines.extend(texts.map(|(field, text)| (super::parts::field_words(field), text.clone())));
    let facts = lines
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| view! { <Fact label=label><span class="break">{text}</span></Fact> })
        .collect_view();
    let source = source(&deal.source);
    let evidence = deal
        .evidence
        .iter()
        .filter(|one| one.says_something())
        .map(|one| {
            let day = one.on.map(|on| view! { " · "<kit::Day on=on/> });
            let note = one.note.clone();
            view! { <li><strong>{one.kind.words()}</strong>{day}<p class="muted break">{note}</p></li> }
        })
        .collect_view();
    let has_evidence = deal.evidence.iter().any(crate::Evidence::says_something);
    view! {
        <Card title=t::claim_title()>
            <div class="stack gap-16">
                <KeyValues>{facts}{source}</KeyValues>
                {has_evidence.then(|| view! { <div class="stack gap-8"><h3>{t::fact_evidence()}</h3><ul class="stack gap-8">{evidence}</ul></div> })}
            </div>
        </Card>
    }
    .into_any()
}

/// Where it came from: a lead by its page, anything else as it was written.
pub(in crate::screen) fn source(text: &str) -> AnyView {
    if text.is_empty() {
        return ().into_any();
    }
    let shown = match text.parse::<base::LeadId>() {
        Ok(lead) => view! { <a class="link" href=paths::lead(lead)>{t::from_lead()}</a> }.into_any(),
        Err(_) => view! { <span class="break">{text.to_owned()}</span> }.into_any(),
    };
    view! { <Fact label=super::parts::field_words("source")>{shown}</Fact> }.into_any()
}

fn rules(deal: &Deal) -> AnyView {
    if deal.rules.is_empty() {
        return ().into_any();
    }
    let lines = rule_lines(&deal.rules, deal.rules_version);
    view! { <Card title=t::rules_title()>{lines}</Card> }.into_any()
}

fn registered(deal: &Deal) -> AnyView {
    let priority = deal.priority_at.map(|at| {
        view! {
            <Fact label=t::fact_priority()>
                <When at=at tell=Tell::Absolute/>" "<span class="muted small num"><When at=at tell=Tell::Exact/></span>
            </Fact>
        }
    });
    let qualified =
        deal.qualified_at.map(|at| view! { <Fact label=t::fact_qualified()><When at=at/></Fact> });
    let contribution = (deal.contribution > 0).then(|| {
        let words = t::points(deal.contribution);
        view! { <Fact label=t::fact_contribution()><span class="num">{words}</span></Fact> }
    });
    let (by, created, updated, version) =
        (deal.registered_by.name.clone(), deal.created_at, deal.updated_at, deal.version);
    view! {
        <Card>
            <KeyValues layout=FactLayout::Stacked>
                {priority}
                {qualified}
                {contribution}
                <Fact label=t::fact_registered_by()>{by}</Fact>
                <Fact label=t::fact_created()><When at=created/></Fact>
                <Fact label=t::fact_updated()><When at=updated/></Fact>
                <Fact label=t::fact_version()><span class="num">{version}</span></Fact>
            </KeyValues>
        </Card>
    }
    .into_any()
}

/// What looks like the same customer, asked anew when the deal moves.
fn list_conflicts(id: DealId) -> kit::Asked<base::Page<crate::model::Conflict>> {
    kit::resource(move || vec!["deals".to_owned(), id.to_string()], move || ListConflicts { id })
}

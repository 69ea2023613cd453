//! How a program hands out leads: rules in their order, tried and published.
mod editor;
mod one;
mod preview;
mod sentence;

use base::ProgramId;
use kit::{Card, Empty, LinkButton, Screen, Shape, Skeleton, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::access::Do;
use crate::t;
use crate::verbs::{GetLeadRules, ListLeadRulesVersions};

/// `/leads/rules`: of the program the screens are set to, or of `?program=`.
#[component]
pub fn LeadRulesPage() -> impl IntoView {
    let query = use_query_map();
    let me = access::me();
    let may = Do::ReadRules.by(&me.actor(), None);
    let chosen = me.program.as_ref().map(|program| program.id);
    let program = Memo::new(move |_| {
        let asked = query.with(|query| query.get("program").and_then(|text| text.parse::<ProgramId>().ok()));
        asked.or(chosen)
    });
    let body = move || match (may.clone(), program.get()) {
        (Err(problem), _) => kit::problem_view(problem),
        (Ok(()), Some(id)) => of_program(id),
        (Ok(()), None) => view! { <Card flush=true><Empty title=t::no_program()/></Card> }.into_any(),
    };
    let actions = || {
        view! { <LinkButton href=paths::LEAD_PINS class="hide-s">{t::pins()}</LinkButton><LinkButton href=paths::LEADS>{t::all_leads()}</LinkButton> }
            .into_any()
    };
    view! { <Screen title=t::rules_title() actions=actions>{body}</Screen> }.into_any()
}

fn of_program(id: ProgramId) -> AnyView {
    let keys = || vec!["lead_rules".to_owned()];
    let rules = kit::resource(keys, move || GetLeadRules { id });
    let versions = kit::resource(keys, move || ListLeadRulesVersions { id, cursor: None, limit: Some(20) });
    let programs = access::me().programs;
    let others = (programs.len() > 1).then(|| {
        let places = programs
            .into_iter()
            .map(|program| {
                let href = format!("{}?program={}", paths::LEAD_RULES, program.id);
                kit::Place::new(program.name, href, program.id == id)
            })
            .collect();
        view! { <kit::Tabs label=t::fact_program() places=places/> }
    });
    view! {
        <div class="stack gap-16">
            {others}
            {kit::shown_to_edit(rules, || view! { <Skeleton shape=Shape::Form/> }.into_any(), editor::view)}
            {kit::shown(versions, || view! { <Skeleton shape=Shape::Text/> }.into_any(), |page| sentence::versions(page.items))}
        </div>
    }
    .into_any()
}

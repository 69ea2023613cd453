//! The form that brings in a file: a plain multipart form, so that it works with and without script.
use base::Side;
use kit::{
    Actions, Button, Card, CheckField, Choice, FileDrop, FormState, Kind as Weight, LinkButton, SelectField,
    lucide,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::parts::kind_name;
use crate::access::kinds_of;
use crate::model::Kind;
use crate::t;

/// Kind, program, file, start.
#[component]
pub fn StartForm() -> impl IntoView {
    let me = ::access::me();
    let state = FormState::of("CreateImport");
    provide_context(state);
    let is_partner = me.side() == Some(Side::Partner);
    let mut offered = kinds_of(&me.actor());
    let refused = offered.is_empty();
    if refused {
        offered = if is_partner { vec![Kind::Deals] } else { Kind::ALL.to_vec() };
    }
    let may_not = if is_partner { t::may_not_start_own() } else { t::may_not_start() };
    let refused: MaybeProp<String> = refused.then(|| may_not.to_owned()).into();
    let kinds: Vec<Choice> =
        offered.iter().map(|kind| Choice::new(kind.as_str(), kind_name(*kind))).collect();
    let asked = use_query_map().with_untracked(|query| query.get("kind").and_then(|kind| Kind::parse(&kind)));
    let usual = if is_partner { Kind::Deals } else { Kind::Opportunities };
    let chosen = [asked, Some(usual)].into_iter().flatten().find(|kind| offered.contains(kind));
    let chosen = chosen.unwrap_or(offered[0]);
    let first = RwSignal::new(chosen.as_str().to_owned());
    let is_deals = move || first.with(|kind| kind == Kind::Deals.as_str());
    let template = move || {
        let href = first.with(|kind| format!("/api/v1/imports/templates/{kind}"));
        view! { <LinkButton href=href download=true icon=lucide::LuDownload>{t::template()}</LinkButton> }
    };
    let (kind_help, program_help) = if is_partner {
        (t::kind_help_own(), t::program_help_own())
    } else {
        (t::kind_help(), t::program_help())
    };
    let title = if is_partner { t::start_own_title() } else { t::start_title() };
    let programs: Vec<Choice> =
        me.programs.iter().map(|program| Choice::new(program.id.to_string(), program.name.clone())).collect();
    let chosen = me.program.as_ref().map(|program| program.id.to_string()).unwrap_or_default();
    let problem = kit::form_problem(state.problem);
    view! {
        <Card title=title id="start">
            <form class="form import-form" method="post" action="/api/v1/imports" enctype="multipart/form-data">
                {problem}
                <div class="import-choices">
                    <SelectField name="kind" label=t::kind() choices=kinds bind=first help=kind_help required=true />
                    <SelectField name="program" label=t::program() choices=programs value=chosen help=program_help required=true />
                </div>
                <FileDrop name="file" label=t::file() help=t::file_help() accept=".csv,.txt,.xlsx,text/csv" />
                <div hidden=move || !is_deals()>
                    <CheckField name="submit" label=t::submit_too() help=t::submit_too_help() />
                </div>
                <Actions>
                <Button kind=Weight::Primary submit=true icon=lucide::LuUpload id="start-import" refused=refused>
                    {t::start()}
                </Button>
                {template}
                </Actions>
            </form>
        </Card>
    }
    .into_any()
}

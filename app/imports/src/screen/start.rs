//! The form that brings in a file: a plain multipart form, so that it works with and without script.
use kit::{Button, Card, Choice, FileDrop, FormState, Kind as Weight, SelectField, lucide};
use leptos::prelude::*;

use super::parts::kind_name;
use crate::access::Do;
use crate::model::Kind;
use crate::t;

/// Kind, program, file, start.
#[component]
pub fn StartForm() -> impl IntoView {
    let me = ::access::me();
    let state = FormState::of("CreateImport");
    provide_context(state);
    let refused = Do::Start.by(&me.actor()).is_err();
    let refused: MaybeProp<String> = refused.then(|| t::may_not_start().to_owned()).into();
    let kinds: Vec<Choice> = Kind::ALL.map(|kind| Choice::new(kind.as_str(), kind_name(kind))).to_vec();
    let programs: Vec<Choice> =
        me.programs.iter().map(|program| Choice::new(program.id.to_string(), program.name.clone())).collect();
    let chosen = me.program.as_ref().map(|program| program.id.to_string()).unwrap_or_default();
    let problem = kit::form_problem(state.problem);
    view! {
        <Card title=t::start_title() id="start">
            <form class="form import-form" method="post" action="/api/v1/imports" enctype="multipart/form-data">
                {problem}
                <div class="import-choices">
                    <SelectField name="kind" label=t::kind() choices=kinds value="opportunities" help=t::kind_help() required=true />
                    <SelectField name="program" label=t::program() choices=programs value=chosen help=t::program_help() required=true />
                </div>
                <FileDrop name="file" label=t::file() help=t::file_help() accept=".csv,.txt,text/csv" />
                <Button kind=Weight::Primary submit=true icon=lucide::LuUpload id="start-import" refused=refused>
                    {t::start()}
                </Button>
            </form>
        </Card>
    }
    .into_any()
}

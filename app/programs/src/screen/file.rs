//! Rules as a file: shown, and downloaded without a further request.
use base::ProgramId;
use kit::{Card, Empty, Screen, Shape, Skeleton};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::parts::chosen_program;
use crate::{Edition, ExportRules, RulesFile, t};

/// `/program/rules/file?edition=…`: the number of a version, or `draft`.
#[component]
pub fn RulesFilePage() -> impl IntoView {
    let program = chosen_program();
    let body = move || match program.get() {
        Some(id) => of_program(id),
        None => view! { <Card flush=true><Empty title=t::no_program() note=t::no_program_note() /></Card> }
            .into_any(),
    };
    view! { <Screen title=t::as_a_file()>{body}</Screen> }.into_any()
}

fn of_program(id: ProgramId) -> AnyView {
    let query = use_query_map();
    let edition =
        move || query.with(|query| query.get("edition")).and_then(|text| text.parse::<Edition>().ok());
    let keys = move || vec!["programs".to_owned(), id.to_string()];
    let file = kit::resource(keys, move || ExportRules { id, edition: edition() });
    kit::shown(file, || view! { <Skeleton shape=Shape::Text /> }.into_any(), shown)
}

fn shown(file: RulesFile) -> AnyView {
    let RulesFile { name, toml } = file;
    let href = format!("data:application/toml;charset=utf-8,{}", base::escape(&toml));
    let title = name.clone();
    view! {
        <Card title=title id="file">
            <div class="stack">
                <div class="actions"><a class="button primary" href=href download=name>{t::download()}</a></div>
                <pre class="rules-file" tabindex="0" aria-label=t::as_a_file()>{toml}</pre>
            </div>
        </Card>
    }
    .into_any()
}

//! Two sets of a program's rules beside each other, in plain words; and the way back to an earlier one.
use base::ProgramId;
use kit::{Banner, Button, Card, DateField, Empty, Kind, Screen, Shape, Skeleton, TextArea, Tone, VerbForm};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::parts::{changes_view, chosen_program, name_of, program_address};
use crate::{CompareRules, Do, Edition, ProgramVersion, RollBackRules, RulesComparison, changes, t};

/// `/program/rules/compare?from=…&to=…`: numbers of versions, or `draft`.
#[component]
pub fn ComparePage() -> impl IntoView {
    let program = chosen_program();
    let body = move || match program.get() {
        Some(id) => of_program(id),
        None => view! { <Card flush=true><Empty title=t::no_program() note=t::no_program_note() /></Card> }
            .into_any(),
    };
    view! { <Screen title=t::compare_rules()>{body}</Screen> }.into_any()
}

fn of_program(id: ProgramId) -> AnyView {
    let query = use_query_map();
    let asked = move |name| query.with(|query| query.get(name)).and_then(|text| text.parse::<Edition>().ok());
    let keys = move || vec!["programs".to_owned(), id.to_string()];
    let found = kit::resource(keys, move || CompareRules { id, from: asked("from"), to: asked("to") });
    kit::shown(found, || view! { <Skeleton shape=Shape::Table /> }.into_any(), comparison)
}

pub(super) fn edition_words(edition: Edition) -> String {
    match edition {
        Edition::Draft => t::the_draft().to_owned(),
        Edition::Version(number) => t::version_number(number),
    }
}

fn comparison(found: RulesComparison) -> AnyView {
    let partners = found.partners.clone();
    let name = move |id| name_of(&partners, id);
    let told = changes(&found.from_engagement, &found.to_engagement, found.program.currency, &name);
    let title = t::from_to_versions(edition_words(found.from), edition_words(found.to));
    let back = match found.to {
        Edition::Version(number) if number != found.program.rules_number => roll_back(&found, number),
        _ => None,
    };
    view! {
        <Card title=title id="changes" flush=true>{changes_view(told)}</Card>
        {back}
    }
    .into_any()
}

fn roll_back(found: &RulesComparison, number: u32) -> Option<AnyView> {
    Do::PublishRules.by(&access::me().actor()).ok()?;
    let id = found.program.id;
    let verb = RollBackRules { id, version: None, number, in_force_on: None, note: None };
    let navigate = use_navigate();
    let (next, version) = (program_address(id), found.program.version);
    let done = Callback::new(move |_: ProgramVersion| navigate(&program_address(id), Default::default()));
    Some(
        view! {
            <Card title=t::roll_back() id="roll-back">
                <VerbForm verb=verb next=next done=done>
                    <Banner tone=Tone::Neutral>{t::roll_back_note(number)}</Banner>
                    <input type="hidden" name="number" value=number />
                    <input type="hidden" name="version" value=version />
                    <DateField name="in_force_on" label=t::in_force_on() help=t::in_force_on_help() optional=true />
                    <TextArea name="note" label=t::publish_note() help=t::publish_note_help() maxlength=1000 optional=true />
                    <div class="actions"><Button submit=true kind=Kind::Danger>{t::bring_back(number)}</Button></div>
                </VerbForm>
            </Card>
        }
        .into_any(),
    )
}

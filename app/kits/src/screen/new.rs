//! `/kits/new`: the gallery of ready kits, an empty one, or a copy.
use base::{Page, ProgramId};
use kit::{
    Button, Card, Choice, Kind, LinkButton, Screen, SelectField, Shape, Skeleton, Tag, TextField, VerbForm,
    lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::card::inside;
use super::motif::drawing;
use super::parts::languages;
use crate::access::Do;
use crate::model::{Kit, ReadyKitCard, WholeKit};
use crate::t;
use crate::verbs::{CreateKit, ListKits, ListReadyKits};
use crate::words::topic_words;

/// `/kits/new`.
#[component]
pub fn NewKitPage() -> impl IntoView {
    let body = match Do::Edit.by(&access::me().actor()) {
        Ok(()) => page(),
        Err(problem) => kit::problem_view(problem),
    };
    let back = || view! { <LinkButton href=paths::KITS>{t::all_kits()}</LinkButton> }.into_any();
    view! { <Screen title=t::new_kit() actions=back>{body}</Screen> }.into_any()
}

fn page() -> AnyView {
    let language = kit::catalogue::locale().tag();
    let ready = kit::resource(Vec::new, move || ListReadyKits { language: Some(language.to_owned()) });
    let kits =
        kit::resource(|| vec!["kits".to_owned()], || ListKits { limit: Some(200), ..ListKits::default() });
    let me = access::me();
    let query = use_query_map();
    let asked =
        query.with_untracked(|query| query.get("program").and_then(|text| text.parse::<ProgramId>().ok()));
    let first =
        me.program.as_ref().map(|program| program.id).or(me.programs.first().map(|program| program.id));
    let Some(first) = asked.or(first) else { return kit::problem_view(base::Problem::NotFound) };
    let program = RwSignal::new(first.to_string());
    let choices: Vec<Choice> =
        me.programs.iter().map(|program| Choice::new(program.id.to_string(), program.name.clone())).collect();
    view! {
        <div class="stack gap-20">
            <Card title=t::for_which_program()>
                <SelectField name="program" label=t::field_program() choices=choices bind=program required=true/>
            </Card>
            <section class="stack gap-12" aria-labelledby="ready-kits">
                <h2 id="ready-kits" class="title">{t::ready_kits()}</h2>
                {kit::shown(
                    ready,
                    || view! { <Skeleton shape=Shape::Table count=4/> }.into_any(),
                    move |page| gallery(page, program),
                )}
            </section>
            <div class="grid g2 kit-others">
                <Card title=t::empty_kit()>{empty(program)}</Card>
                {kit::shown(
                    kits,
                    || view! { <Skeleton shape=Shape::Form/> }.into_any(),
                    move |page| copies(page, program),
                )}
            </div>
        </div>
    }
    .into_any()
}

fn begin(program: ProgramId) -> CreateKit {
    let language = Some(kit::catalogue::locale().tag().to_owned());
    CreateKit { program, name: None, topic: None, ready: None, copy_of: None, language }
}

/// The chosen program, sent with the form.
fn of_program(program: RwSignal<String>) -> impl IntoView {
    view! { <input type="hidden" name="program" prop:value=move || program.get() value=program.get_untracked()/> }
}

fn opened() -> Callback<WholeKit> {
    let navigate = use_navigate();
    Callback::new(move |of: WholeKit| navigate(&paths::kit(of.kit.id), Default::default()))
}

fn gallery(page: Page<ReadyKitCard>, program: RwSignal<String>) -> AnyView {
    let colour = Memo::new(move |_| {
        let me = access::me();
        let chosen = program.get();
        let of = me.programs.iter().find(|one| one.id.to_string() == chosen);
        of.map(|one| kit::colour::accent(f64::from(one.hue), f64::from(one.chroma) / 1000.0))
            .unwrap_or_default()
    });
    let cards = page.items.into_iter().map(|ready| ready_card(ready, program, colour)).collect_view();
    view! { <div class="kit-gallery">{cards}</div> }.into_any()
}

fn ready_card(ready: ReadyKitCard, program: RwSignal<String>, colour: Memo<String>) -> AnyView {
    let Ok(chosen) = program.get_untracked().parse::<ProgramId>() else { return ().into_any() };
    let verb = CreateKit { ready: Some(ready.key.clone()), ..begin(chosen) };
    let (motif, label) = (ready.motif, t::use_kit_named(&ready.name));
    let (tags, inside) = (languages(&ready.languages), inside(&ready.kinds));
    let (key, language) = (ready.key, kit::catalogue::locale().tag());
    view! {
        <article class="card kit-card">
            {move || drawing(motif, &colour.get())}
            <div class="body">
                <div class="line"><Tag plain=true>{topic_words(ready.topic)}</Tag></div>
                <h3 class="strong">{ready.name}</h3>
                <p class="small kit-about">{ready.about}</p>
                {inside}
                <p class="muted small">{tags}</p>
                <VerbForm verb=verb next=paths::kit("{id}") done=opened()>
                    {of_program(program)}
                    <input type="hidden" name="ready" value=key/>
                    <input type="hidden" name="language" value=language/>
                    <Button submit=true label=label>{t::use_kit()}</Button>
                </VerbForm>
            </div>
        </article>
    }
    .into_any()
}

fn empty(program: RwSignal<String>) -> AnyView {
    let Ok(chosen) = program.get_untracked().parse::<ProgramId>() else { return ().into_any() };
    let topics: Vec<Choice> =
        creative::Topic::ALL.iter().map(|one| Choice::new(one.as_str(), topic_words(*one))).collect();
    view! {
        <VerbForm verb=begin(chosen) next=paths::kit("{id}") done=opened()>
            {of_program(program)}
            <div class="stack gap-16">
                <TextField name="name" id="empty-name" label=t::field_name() required=true maxlength=120/>
                <SelectField name="topic" id="empty-topic" label=t::field_topic() choices=topics value=creative::Topic::ProductLaunch.as_str()/>
                <div class="actions"><Button submit=true icon=lucide::LuPlus>{t::begin_empty()}</Button></div>
            </div>
        </VerbForm>
    }
    .into_any()
}

fn copies(page: Page<Kit>, program: RwSignal<String>) -> AnyView {
    let Ok(chosen) = program.get_untracked().parse::<ProgramId>() else { return ().into_any() };
    if page.items.is_empty() {
        return ().into_any();
    }
    let kits: Vec<Choice> = page
        .items
        .into_iter()
        .map(|kit| Choice::new(kit.id.to_string(), format!("{} · {}", kit.name, kit.program_name)))
        .collect();
    view! {
        <Card title=t::copy_of_kit()>
            <VerbForm verb=begin(chosen) next=paths::kit("{id}") done=opened()>
                {of_program(program)}
                <div class="stack gap-16">
                    <SelectField name="copy_of" label=t::field_kit() choices=kits empty=t::choose_one() required=true/>
                    <TextField name="name" id="copy-name" label=t::field_name() help=t::copy_name_help() optional=true maxlength=120/>
                    <div class="actions"><Button submit=true kind=Kind::Plain icon=lucide::LuCopy>{t::make_copy()}</Button></div>
                </div>
            </VerbForm>
        </Card>
    }
    .into_any()
}

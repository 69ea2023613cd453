//! The editor of a program's next rules: fields in groups, what each rule will say, what changes, and the way to try it.
mod fields;
mod groups;
mod publish;

use base::ProgramId;
use kit::{Banner, Button, Card, Empty, Kind, LinkButton, Screen, Shape, Skeleton, Tone, VerbForm, paths};
use leptos::prelude::*;

use super::parts::{changes_view, chosen_program, name_of};
use crate::{
    DiscardRulesDraft, Do, EditRulesDraft, GetRulesDraft, ImportRules, RulesDraft, RulesForm, changes, t,
};

/// `/program/rules`: of the program the screens are set to, or of `?program=`.
#[component]
pub fn RulesPage() -> impl IntoView {
    let program = chosen_program();
    let body = move || match (Do::DraftRules.by(&access::me().actor()), program.get()) {
        (Err(problem), _) => kit::problem_view(problem),
        (Ok(()), Some(id)) => of_program(id),
        (Ok(()), None) => {
            view! { <Card flush=true><Empty title=t::no_program() note=t::no_program_note() /></Card> }
                .into_any()
        }
    };
    view! { <Screen title=t::edit_rules()>{body}</Screen> }.into_any()
}

fn of_program(id: ProgramId) -> AnyView {
    let keys = move || vec!["programs".to_owned(), id.to_string()];
    let draft = kit::resource(keys, move || GetRulesDraft { id });
    kit::shown_to_edit(draft, || view! { <Skeleton shape=Shape::Form /> }.into_any(), editor)
}

fn editor(draft: RulesDraft) -> AnyView {
    let rules = RwSignal::new(draft.engagement.clone());
    let id = draft.program.id;
    let verb = EditRulesDraft { id, version: None, form: RulesForm::default() };
    let groups = groups::groups(&draft, rules);
    let outdated = (draft.version > 0 && draft.based_on != draft.in_force.number).then(|| {
        view! { <Banner tone=Tone::Warn>{t::draft_outdated(draft.in_force.number)}</Banner> }
    });
    view! {
        {outdated}
        {publish::scheduled(&draft)}
        <div class="split rules-editor">
            <VerbForm settles=true verb=verb next=super::parts::rules_address(id) done=said(t::draft_kept())>
                <input type="hidden" name="version" value=draft.version />
                {groups}
                <div class="form-foot rules-foot">
                    <Button submit=true kind=Kind::Primary>{t::keep_draft()}</Button>
                    <span class="muted small">{t::keep_draft_note()}</span>
                </div>
            </VerbForm>
            <aside class="stack gap-16">{aside(&draft)}</aside>
        </div>
    }
    .into_any()
}

fn aside(draft: &RulesDraft) -> AnyView {
    let id = draft.program.id;
    let partners = draft.partners.clone();
    let name = move |id| name_of(&partners, id);
    let told = changes(&draft.in_force.engagement, &draft.engagement, draft.program.currency, &name);
    let none = told.is_empty();
    let title = t::changes_since(draft.in_force.number);
    let try_it = format!("{}?program={id}", paths::DRY_RUN);
    let file = format!("{}?program={id}&edition=draft", paths::RULES_FILE);
    let next = super::parts::rules_address(id);
    let from_file = import(draft);
    view! {
        <Card title=title id="changes" flush=true>
            {changes_view(told)}
            {(!none).then(|| view! {
                <div class="actions rules-try"><LinkButton href=try_it>{t::try_on_past()}</LinkButton></div>
            })}
        </Card>
        {publish::publish(draft, none)}
        <Card title=t::as_a_file() id="file">
            <div class="stack">
                <p class="muted">{t::as_a_file_note()}</p>
                <div class="actions"><LinkButton href=file>{t::show_file()}</LinkButton></div>
                {from_file}
            </div>
        </Card>
        {(draft.version > 0).then(|| view! {
            <Card title=t::discard_draft() id="discard">
                <VerbForm settles=true verb=DiscardRulesDraft { id } next=next done=said(t::draft_discarded())>
                    <p class="muted">{t::discard_note()}</p>
                    <div class="actions"><Button submit=true kind=Kind::Danger>{t::discard_draft()}</Button></div>
                </VerbForm>
            </Card>
        })}
    }
    .into_any()
}

fn import(draft: &RulesDraft) -> AnyView {
    let id = draft.program.id;
    let verb = ImportRules { id, version: None, toml: String::new() };
    let (version, next) = (draft.version, super::parts::rules_address(id));
    view! {
        <kit::Fold label=t::import_file()>
            <VerbForm settles=true verb=verb next=next done=said(t::draft_kept())>
                <input type="hidden" name="version" value=version />
                <kit::TextArea name="toml" label=t::file_content() help=t::file_help() rows=8 required=true maxlength=500_000 />
                <div class="actions"><Button submit=true>{t::import_file()}</Button></div>
            </VerbForm>
        </kit::Fold>
    }
    .into_any()
}

/// Says that something was done; the page itself is brought up to date by its event.
fn said<A: Send + Sync + 'static>(words: &'static str) -> Callback<A> {
    let toasts = use_context::<kit::Toasts>();
    Callback::new(move |_| {
        if let Some(toasts) = toasts {
            toasts.say(words);
        }
    })
}

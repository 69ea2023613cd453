//! People from a file: the columns are guessed and can be said, consent is asked for the file as a whole or read from its
//! columns, and what cannot be taken is shown with its reason before anything is kept.
use std::collections::BTreeMap;

use base::{AudienceId, Problem};
use kit::{
    Button, Choice, DateField, FileDrop, Kind, LinkButton, SelectField, Tag, TextArea, TextField, Tone,
    lucide, paths,
};
use leptos::prelude::*;

use super::add::sources;
use crate::model::{Audience, AudienceImport, ContactField, Mapping, OptIn};
use crate::t;
use crate::verbs::CreateAudience;
use crate::words::sentence;

const MOST_BYTES: u32 = 20 * 1024 * 1024;

/// What the form holds.
#[derive(Clone, Copy)]
struct Form {
    /// None makes a new audience.
    target: Option<AudienceId>,
    name: RwSignal<String>,
    file: RwSignal<String>,
    wording: RwSignal<String>,
    source: RwSignal<String>,
    on: RwSignal<String>,
    opt_in: RwSignal<String>,
    /// What the person said the columns are; empty while they are guessed.
    mapping: RwSignal<Mapping>,
    looked: RwSignal<Option<AudienceImport>>,
    done: RwSignal<Option<(AudienceId, AudienceImport)>>,
    busy: RwSignal<bool>,
    problem: RwSignal<Option<String>>,
}

/// The file field of a form; a page may hold one for an audience and one for a new one.
const fn input_of(target: Option<AudienceId>) -> &'static str {
    if target.is_some() { "audience-file" } else { "new-audience-file" }
}

/// A form that brings people in; `done` is told the audience that they are in.
pub(in crate::screen) fn import_form(target: Option<AudienceId>, done: Callback<AudienceId>) -> AnyView {
    let today = kit::format::local_date(kit::present(), kit::catalogue::offset_minutes());
    let form = Form {
        target,
        name: RwSignal::default(),
        file: RwSignal::default(),
        wording: RwSignal::default(),
        source: RwSignal::new("form".to_owned()),
        on: RwSignal::new(today.to_string()),
        opt_in: RwSignal::new(OptIn::Single.as_str().to_owned()),
        mapping: RwSignal::default(),
        looked: RwSignal::default(),
        done: RwSignal::default(),
        busy: RwSignal::new(false),
        problem: RwSignal::default(),
    };
    let chosen = Callback::new(move |file: String| {
        let stem = file.rsplit_once('.').map_or(file.clone(), |(stem, _)| stem.to_owned());
        if form.name.with_untracked(String::is_empty) {
            form.name.set(stem);
        }
        form.file.set(file);
        form.looked.set(None);
        form.done.set(None);
        form.mapping.set(Mapping::new());
    });
    let input = input_of(target);
    let named = target.is_none().then(|| {
        view! { <TextField name="audience_name" id="new-audience-name" label=t::audience_name() bind=form.name maxlength=120/> }
    });
    let opt_ins: Vec<Choice> = OptIn::ALL.iter().map(|one| Choice::new(one.as_str(), one.words())).collect();
    let problem = move || form.problem.get().map(|words| view! { <p class="fault" role="alert">{words}</p> });
    let take = move |_| bring_in(form, done);
    let refused = Signal::derive(move || {
        let ready = form.file.with(|file| !file.is_empty());
        (!ready).then(|| t::choose_a_file().to_owned())
    });
    view! {
        <div class="stack gap-16 campaign-import-form">
            <FileDrop name="file" id=input label=t::choose_file() help=t::file_help() accept=".csv,.txt,.xlsx,text/csv" on_choose=chosen/>
            {named}
            <fieldset class="stack gap-16">
                <legend class="strong">{t::consent_title()}</legend>
                <p class="muted small">{t::consent_note()}</p>
                <TextArea name="wording" id=format!("{input}-wording") label=t::what_agreed() help=t::what_agreed_help() rows=2 maxlength=1000 bind=form.wording/>
                <div class="form-row r12">
                    <SelectField name="source" id=format!("{input}-source") label=t::how_agreed() choices=sources() value="form" bind=form.source/>
                    <DateField name="on" id=format!("{input}-on") label=t::when_agreed() value=today max=today bind=form.on/>
                </div>
                <SelectField name="opt_in" id=format!("{input}-opt-in") label=t::col_opt_in() choices=opt_ins value="single" bind=form.opt_in/>
            </fieldset>
            {move || form.looked.get().map(|found| looked(form, found))}
            {problem}
            <div class="actions">
                <Button kind=Kind::Primary icon=lucide::LuUpload id=format!("{input}-take") refused=refused busy=form.busy on_click=take>{t::bring_in()}</Button>
                <Button icon=lucide::LuEye busy=form.busy on_click=move |_| look(form)>{t::look_first()}</Button>
            </div>
            {move || form.done.get().map(|(id, report)| told(id, &report))}
        </div>
    }
    .into_any()
}

impl Form {
    /// The fields that go with the file.
    fn fields(self, look: bool) -> Vec<(&'static str, String)> {
        let mut all = vec![
            ("wording", self.wording.get_untracked()),
            ("source", self.source.get_untracked()),
            ("on", self.on.get_untracked()),
            ("opt_in", self.opt_in.get_untracked()),
        ];
        if look {
            all.push(("look", "true".to_owned()));
        }
        let mapping = self.mapping.get_untracked();
        if !mapping.is_empty() {
            all.push(("mapping", serde_json::to_string(&mapping).unwrap_or_default()));
        }
        all
    }

    fn fail(self, problem: Problem) {
        let words = match &problem {
            Problem::Invalid { errors } => errors.iter().map(kit::fault_words).collect::<Vec<_>>().join(" "),
            _ => sentence(problem),
        };
        let _ = self.problem.try_set(Some(words));
    }
}

/// The audience that people go into, made now if there is none.
async fn audience_of(form: Form) -> Result<AudienceId, Problem> {
    match form.target {
        Some(id) => Ok(id),
        None => {
            let name = form.name.try_get_untracked().unwrap_or_default();
            let made: Audience = kit::ask(CreateAudience { name }).await?;
            Ok(made.id)
        }
    }
}

async fn send(form: Form, id: AudienceId, look: bool) -> Result<Option<AudienceImport>, Problem> {
    let url = format!("/api/v1/audiences/{id}/import");
    let fields = form.fields(look);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
    kit::send_kept::<AudienceImport>(input_of(form.target), &url, &fields, MOST_BYTES).await
}

fn look(form: Form) {
    form.problem.set(None);
    let Some(id) = form.target.or_else(|| form.done.with_untracked(|done| done.as_ref().map(|(id, _)| *id)))
    else {
        // A new audience is made by bringing people in; before that there is nothing to ask.
        return look_before(form);
    };
    form.busy.set(true);
    leptos::task::spawn_local(async move { looked_at(form, send(form, id, true).await) });
}

/// Makes the audience first, and keeps it for what follows.
fn look_before(form: Form) {
    form.busy.set(true);
    leptos::task::spawn_local(async move {
        match audience_of(form).await {
            Ok(id) => {
                let answer = send(form, id, true).await;
                if let Ok(Some(found)) = &answer {
                    let nothing = AudienceImport { rows: 0, number: 0, ..found.clone() };
                    let _ = form.done.try_set(Some((id, nothing)));
                }
                looked_at(form, answer);
            }
            Err(problem) => {
                let _ = form.busy.try_set(false);
                form.fail(problem);
            }
        }
    });
}

fn looked_at(form: Form, answer: Result<Option<AudienceImport>, Problem>) {
    let _ = form.busy.try_set(false);
    match answer {
        Ok(found) => {
            if let Some(found) = &found {
                let _ = form.mapping.try_set(found.mapping.clone());
            }
            let _ = form.looked.try_set(found);
        }
        Err(problem) => form.fail(problem),
    }
}

fn bring_in(form: Form, done: Callback<AudienceId>) {
    form.problem.set(None);
    form.busy.set(true);
    let made = form.done.with_untracked(|done| done.as_ref().map(|(id, _)| *id));
    leptos::task::spawn_local(async move {
        let answer = match made {
            Some(id) => Ok(id),
            None => audience_of(form).await,
        };
        let answer = match answer {
            Ok(id) => send(form, id, false).await.map(|report| report.map(|report| (id, report))),
            Err(problem) => Err(problem),
        };
        let _ = form.busy.try_set(false);
        match answer {
            Ok(Some((id, report))) => {
                let _ = form.looked.try_set(None);
                let _ = form.done.try_set(Some((id, report)));
                let _ = done.try_run(id);
            }
            Ok(None) => {
                let _ = form.problem.try_set(Some(t::choose_a_file().to_owned()));
            }
            Err(problem) => form.fail(problem),
        }
    });
}

/// What the file would come to, and what its columns are taken for.
fn looked(form: Form, found: AudienceImport) -> AnyView {
    let headings = found.headings.clone();
    let fields = ContactField::ALL
        .iter()
        .map(|field| {
            let choices: Vec<Choice> = headings.iter().map(|heading| Choice::new(heading.clone(), heading.clone())).collect();
            let value = found.mapping.get(field).cloned().unwrap_or_default();
            let field = *field;
            let chosen = Callback::new(move |heading: String| {
                form.mapping.update(|mapping| {
                    if heading.is_empty() {
                        mapping.remove(&field);
                    } else {
                        mapping.insert(field, heading);
                    }
                });
            });
            let name = format!("column-{}", field.as_str());
            view! { <SelectField name=name label=field.words() choices=choices value=value empty=t::no_column() on_input=chosen/> }
        })
        .collect_view();
    let said = t::would_bring(found.added as i64, found.rejected as i64);
    view! {
        <section class="stack gap-16" aria-live="polite">
            <p class="strong">{said}</p>
            {faults(&found.faults)}
            {bad_rows(&found)}
            <details>
                <summary>{t::columns()}</summary>
                <div class="campaign-columns">{fields}</div>
            </details>
        </section>
    }
    .into_any()
}

fn faults(faults: &BTreeMap<crate::model::RowFault, u64>) -> AnyView {
    let each = faults
        .iter()
        .map(|(fault, count)| {
            let words = format!("{}: {count}", fault.words());
            view! { <Tag tone=Tone::Warn>{words}</Tag> }
        })
        .collect_view();
    view! { <p class="line wrap">{each}</p> }.into_any()
}

fn bad_rows(found: &AudienceImport) -> Option<AnyView> {
    if found.bad.is_empty() {
        return None;
    }
    let rows = found
        .bad
        .iter()
        .take(8)
        .map(|bad| {
            let words = t::line_of(bad.line, bad.fault.words());
            let email = bad.email.clone();
            view! { <li class="small">{words}" "<code>{email}</code></li> }
        })
        .collect_view();
    Some(view! { <ul class="stack gap-4" role="list">{rows}</ul> }.into_any())
}

/// What became of the file.
fn told(id: AudienceId, report: &AudienceImport) -> Option<AnyView> {
    if report.number == 0 {
        return None;
    }
    let said = t::brought_in(report.added.to_string(), report.known.to_string(), report.rejected.to_string());
    let rest = (report.rejected > 0).then(|| {
        let href = paths::rejected_rows(id, report.number);
        let words = t::rejected_as_csv(report.rejected as i64);
        view! { <LinkButton href=href download=true size=kit::Size::Small icon=lucide::LuDownload>{words}</LinkButton> }
    });
    let tags = faults(&report.faults);
    Some(
        view! {
            <div class="stack gap-8" role="status">
                <p><Tag tone=Tone::Good>{said}</Tag></p>
                {tags}
                <div class="actions">{rest}</div>
            </div>
        }
        .into_any(),
    )
}

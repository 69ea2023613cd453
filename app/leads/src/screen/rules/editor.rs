//! The editor: rules in their order, what holds for all of them, keeping, publishing, trying.
use base::Problem;
use kit::{
    Button, Card, CheckField, Choice, Edited, FormState, Kind, SelectField, Size, Tag, TextArea, TextField,
    Toasts, Tone, lucide,
};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::{one, preview, sentence};
use crate::access::Do;
use crate::model::{AnswerWindow, Distribution, LeadRule, LeadRules, NamedPartner, WindowUnit};
use crate::screen::parts::in_words;
use crate::t;
use crate::verbs::{DiscardLeadRules, PublishLeadRules, SaveLeadRules};

/// What the parts of the editor share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) rules: RwSignal<Vec<LeadRule>>,
    /// The place of the rule that is open, or one past the last for a new one.
    pub(super) open: RwSignal<Option<usize>>,
    pub(super) partners: StoredValue<Vec<NamedPartner>>,
    pub(super) currency: Option<base::Currency>,
    window: RwSignal<String>,
    unit: RwSignal<String>,
    max_open: RwSignal<String>,
    automatic: RwSignal<bool>,
    reassign: RwSignal<bool>,
    is_final: RwSignal<bool>,
    pub(super) program: base::ProgramId,
    pub(super) may_edit: bool,
    /// Said when a rule was moved, for those who hear the page.
    said: RwSignal<String>,
    edited: Option<Edited>,
}

impl Desk {
    /// Everything as it stands in the editor. What is no number counts as its least, which the server names.
    pub(super) fn distribution(self) -> Distribution {
        let number = |text: RwSignal<String>| text.get_untracked().trim().parse().unwrap_or(0);
        let is_hours = self.unit.get_untracked() == "business_hours";
        Distribution {
            rules: self.rules.get_untracked(),
            window: AnswerWindow {
                length: number(self.window),
                unit: if is_hours { WindowUnit::BusinessHours } else { WindowUnit::BusinessDays },
            },
            automatic: self.automatic.get_untracked(),
            reassign: self.reassign.get_untracked(),
            timed_out_is_final: self.is_final.get_untracked(),
            max_open: number(self.max_open),
        }
    }

    /// Changes the rules or their order.
    pub(super) fn change(self, change: impl FnOnce(&mut Vec<LeadRule>)) {
        self.rules.update(change);
        if let Some(edited) = self.edited {
            edited.note();
        }
    }

    fn shift(self, from: usize, up: bool) {
        let count = self.rules.with_untracked(Vec::len);
        let to = if up { from.checked_sub(1) } else { Some(from + 1).filter(|to| *to < count) };
        let Some(to) = to else { return };
        self.change(|rules| rules.swap(from, to));
        let name = self.rules.with_untracked(|rules| rules[to].name.clone());
        self.said.set(t::moved_to(name, to + 1));
        // The focus follows the rule to its new place.
        request_animation_frame(move || {
            let id = format!("rule-{to}");
            if let Some(row) = document().get_element_by_id(&id) {
                use leptos::wasm_bindgen::JsCast;
                if let Ok(row) = row.dyn_into::<leptos::web_sys::HtmlElement>() {
                    let _ = row.focus();
                }
            }
        });
    }
}

/// The page for a program.
pub(super) fn view(kept: LeadRules) -> AnyView {
    let now = kept.draft.clone().unwrap_or_else(|| kept.distribution.clone());
    let unit = match now.window.unit {
        WindowUnit::BusinessHours => "business_hours",
        WindowUnit::BusinessDays => "business_days",
    };
    let me = access::me();
    let desk = Desk {
        rules: RwSignal::new(now.rules.clone()),
        open: RwSignal::new(None),
        partners: StoredValue::new(kept.partners.clone()),
        currency: Some(kept.currency),
        window: RwSignal::new(now.window.length.to_string()),
        unit: RwSignal::new(unit.to_owned()),
        max_open: RwSignal::new(now.max_open.to_string()),
        automatic: RwSignal::new(now.automatic),
        reassign: RwSignal::new(now.reassign),
        is_final: RwSignal::new(now.timed_out_is_final),
        program: kept.program,
        may_edit: Do::EditRules.by(&me.actor(), None).is_ok(),
        said: RwSignal::new(String::new()),
        edited: use_context(),
    };
    let rules = move || {
        let all = desk.rules.get();
        let count = all.len();
        all.into_iter().enumerate().map(|(place, rule)| row(desk, place, count, &rule)).collect_view()
    };
    let add = desk.may_edit.then(|| {
        let add = move |_| desk.open.set(Some(desk.rules.with_untracked(Vec::len)));
        view! { <span class="needs-script"><Button icon=lucide::LuPlus size=Size::Small on_click=add>{t::add_rule()}</Button></span> }.into_any()
    });
    let foot = desk.may_edit.then(|| foot(desk, &kept));
    let whole = if desk.may_edit {
        settings(desk)
    } else {
        view! { <p class="muted">{sentence::of_all(&now)}</p> }.into_any()
    };
    view! {
        {state(&kept)}
        <div class="grid g21">
            <div class="stack gap-16">
                <Card title=t::rules_in_order() end=add.unwrap_or_else(|| ().into_any())>
                    <div class="stack gap-12">
                        <p class="muted small">{t::rules_in_order_note()}{desk.may_edit.then(|| view! { " "{t::moving_note()} })}</p>
                        <ol class="lead-rules">{rules}</ol>
                        <p class="visually-hidden" role="status">{move || desk.said.get()}</p>
                    </div>
                </Card>
                <Card title=t::for_all_rules()>{whole}</Card>
                {foot}
            </div>
            {preview::card(desk)}
        </div>
        {move || desk.open.get().map(|place| one::dialog(desk, place))}
    }
    .into_any()
}

/// Which version is in force, and whether there is a draft.
fn state(kept: &LeadRules) -> AnyView {
    let in_force = if kept.number == 0 { t::none_published().to_owned() } else { t::in_force(kept.number) };
    let draft = kept.draft.is_some().then(|| {
        let by = kept.changed_by_name.clone().unwrap_or_default();
        view! { <Tag tone=Tone::Warn>{t::draft_by(by)}</Tag> }
    });
    view! { <p class="line wrap"><Tag tone=Tone::Good>{in_force}</Tag>{draft}</p> }.into_any()
}

fn row(desk: Desk, place: usize, count: usize, rule: &LeadRule) -> AnyView {
    let words = desk.partners.with_value(|partners| sentence::of_rule(rule, desk.currency, partners));
    let (name, enabled) = (rule.name.clone(), rule.enabled);
    let off = (!enabled).then(|| view! { <Tag tone=Tone::Neutral>{t::trial_off()}</Tag> });
    let tools = desk.may_edit.then(|| {
        let label = |words: fn(&str) -> String| words(&name);
        let up = (place == 0).then(|| t::first_already().to_owned());
        let down = (place + 1 == count).then(|| t::last_already().to_owned());
        view! {
            <span class="line needs-script">
                <Button size=Size::Small icon=lucide::LuArrowUp label=label(|name| t::move_up(name)) refused=up on_click=move |_| desk.shift(place, true)/>
                <Button size=Size::Small icon=lucide::LuArrowDown label=label(|name| t::move_down(name)) refused=down on_click=move |_| desk.shift(place, false)/>
                <Button size=Size::Small icon=lucide::LuPencil label=label(|name| t::edit_rule(name)) on_click=move |_| desk.open.set(Some(place))/>
            </span>
        }
    });
    let key = move |event: KeyboardEvent| {
        if desk.may_edit && event.alt_key() && matches!(event.key().as_str(), "ArrowUp" | "ArrowDown") {
            event.prevent_default();
            desk.shift(place, event.key() == "ArrowUp");
        }
    };
    view! {
        <li id=format!("rule-{place}") tabindex="-1" on:keydown=key>
            <span class="place num">{place + 1}</span>
            <span class="grow stack gap-4">
                <span class="line wrap"><strong>{name.clone()}</strong>{off}</span>
                <span class="muted small">{words}</span>
            </span>
            {tools}
        </li>
    }
    .into_any()
}

fn settings(desk: Desk) -> AnyView {
    let units =
        vec![Choice::new("business_hours", t::unit_hours()), Choice::new("business_days", t::unit_days())];
    view! {
        <div class="stack gap-16">
            <div class="form-row r3">
                <TextField name="distribution[window][length]" label=t::field_window() bind=desk.window kind="number" inputmode="numeric"/>
                <SelectField name="distribution[window][unit]" label=t::field_unit() choices=units bind=desk.unit/>
                <TextField name="distribution[max_open]" label=t::field_max_open() bind=desk.max_open kind="number" inputmode="numeric"/>
            </div>
            <CheckField name="automatic" label=t::field_automatic() bind=desk.automatic/>
            <CheckField name="reassign" label=t::field_reassign() bind=desk.reassign/>
            <CheckField name="timed_out_is_final" label=t::field_final() bind=desk.is_final/>
        </div>
    }
    .into_any()
}

/// Keep, publish, discard.
fn foot(desk: Desk, kept: &LeadRules) -> AnyView {
    let form = FormState::new();
    provide_context(form);
    let (id, version, has_draft) = (kept.program, kept.version, kept.draft.is_some());
    let toasts = use_context::<Toasts>();
    let note = RwSignal::new(String::new());
    let ended = move |result: Result<LeadRules, Problem>, words: &'static str| {
        let _ = form.pending.try_set(false);
        match result {
            Ok(_) => {
                let _ = form.problem.try_set(None);
                if let Some(edited) = desk.edited {
                    edited.settle();
                }
                if let Some(toasts) = toasts {
                    toasts.say(words);
                }
            }
            Err(problem) => {
                let _ = form.problem.try_set(Some(in_words(problem)));
            }
        }
    };
    let keep = move |_| {
        form.pending.set(true);
        let ask = SaveLeadRules { id, distribution: desk.distribution(), version: Some(version) };
        leptos::task::spawn_local(async move { ended(kit::ask(ask).await, t::draft_kept()) });
    };
    let publish = move |_| {
        form.pending.set(true);
        let note = note.get_untracked();
        let ask = SaveLeadRules { id, distribution: desk.distribution(), version: Some(version) };
        leptos::task::spawn_local(async move {
            let done = match kit::ask(ask).await {
                Ok(kept) => {
                    // Kept it is, whatever becomes of the publication.
                    if let Some(edited) = desk.edited {
                        edited.settle();
                    }
                    kit::ask(PublishLeadRules { id, note, version: Some(kept.version) }).await
                }
                Err(problem) => Err(problem),
            };
            ended(done, t::published());
        });
    };
    let discard = has_draft.then(|| {
        let discard = move |_| {
            form.pending.set(true);
            leptos::task::spawn_local(async move {
                ended(kit::ask(DiscardLeadRules { id }).await, t::draft_discarded());
            });
        };
        view! { <Button kind=Kind::Danger busy=form.pending on_click=discard>{t::discard_draft()}</Button> }
    });
    view! {
        <Card title=t::keep_or_publish() class="needs-script">
            <div class="stack gap-12">
                {kit::form_problem(form.problem)}
                <TextArea name="publish_note" label=t::field_publish_note() bind=note rows=2 optional=true maxlength=1000/>
                <div class="actions">
                    <Button kind=Kind::Primary busy=form.pending on_click=publish>{t::publish_rules()}</Button>
                    <Button busy=form.pending on_click=keep>{t::keep_draft()}</Button>
                    {discard}
                </div>
            </div>
        </Card>
    }
    .into_any()
}

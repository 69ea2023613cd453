//! One goal: how it stands, what was said to it, what can be done now, and its shares.
use base::{GoalId, Money, Problem};
use figures::kpi::Standing;
use kit::chart::{Gauge, Measure, Paint};
use kit::{
    Banner, Button, Card, Cell, CellKind, Column, DateField, Dialog, Fact, FactLayout, KeyValues, Kind,
    LinkButton, Screen, Shape, Skeleton, Table, TableRow, TextArea, TextField, Toasts, Tone, VerbForm, When,
    paths,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::parts::{exact, outlook, period, short, standing_tag, standing_tone, status_tag, typed, whose};
use crate::access::Do;
use crate::model::{Cascade, Goal, Status};
use crate::t;
use crate::verbs::{
    AgreeGoal, CascadeGoal, ChangeGoal, DeclineGoal, DropGoal, GetGoal, PreviewCascade, RestoreGoal,
    TakeCounter,
};
use crate::words::Worded;

/// `/goals/{id}`.
#[component]
pub fn GoalPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<GoalId>().ok())));
    let body = move || match id.get() {
        Some(id) => of_goal(id),
        None => kit::problem_view(Problem::NotFound),
    };
    let back = || view! { <LinkButton href=paths::GOALS>{t::all_goals()}</LinkButton> }.into_any();
    view! { <Screen title=t::goal() actions=back>{body}</Screen> }.into_any()
}

fn of_goal(id: GoalId) -> AnyView {
    // Only what happens to this goal: a page that is drawn anew with every sale would take away what is typed in a dialog.
    let keys = move || vec![id.to_string()];
    let goal = kit::resource(keys, move || GetGoal { id });
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| query.get("do")));
    let navigate = use_navigate();
    let done = Callback::new(move |_: Goal| {
        goal.refetch();
        if asked.get_untracked().is_some() {
            let still = leptos_router::NavigateOptions { scroll: false, replace: true, ..Default::default() };
            navigate(&paths::goal(id), still);
        }
    });
    let may_set = Do::Set.by(&access::me().actor(), None).is_ok();
    let shares = move || {
        let wanted = may_set && asked.get().as_deref() == Some("cascade");
        wanted.then(|| {
            let shares = kit::resource(keys, move || PreviewCascade { id });
            kit::shown(
                shares,
                || view! { <Skeleton shape=Shape::Table/> }.into_any(),
                move |of| cascade(id, of),
            )
        })
    };
    view! {
        <div class="stack gap-20">
            {kit::shown(
                goal,
                || view! { <Skeleton shape=Shape::Record/> }.into_any(),
                move |goal| record(&goal, asked, done),
            )}
            {shares}
        </div>
    }
    .into_any()
}

fn record(goal: &Goal, asked: Memo<Option<String>>, done: Callback<Goal>) -> AnyView {
    let kept = StoredValue::new(goal.clone());
    let dialog = move || kept.with_value(|goal| dialog(goal, asked.get().as_deref(), done));
    let answer = goal.answer.clone().map(|answer| {
        let words = match (goal.status, answer.counter) {
            (Status::Declined, Some(counter)) => t::declined_with(exact(goal, counter), &answer.by),
            (Status::Declined, None) => t::declined_by(&answer.by),
            _ => t::agreed_by(&answer.by),
        };
        let tone = if goal.status == Status::Declined { Tone::Warn } else { Tone::Good };
        let note = (!answer.note.is_empty()).then(|| view! { <p class="break">{answer.note}</p> });
        view! { <Banner tone=tone><span>{words}" "<When at=answer.at/></span>{note}</Banner> }
    });
    let (who, note) = (whose(goal), goal.note.clone());
    let (due, left) = (short(goal, goal.pace.due), t::days_counted(goal.pace.days_left));
    let (target, reached) = (exact(goal, goal.target), exact(goal, goal.actual));
    let (progress, outlook) = (gauge(goal), outlook(goal));
    let (by, at) = (goal.created_by_name.clone(), goal.created_at);
    let parent = goal.parent.map(|id| {
        view! { <Fact label=t::share_of()><a class="link" href=paths::goal(id)>{t::the_whole_goal()}</a></Fact> }
    });
    view! {
        <div class="head">
            <div>
                <h2 class="title">{t::metric_of(goal.metric.words(), &who)}</h2>
                <p class="muted">{goal.program_name.clone()}" · "{period(goal)}</p>
            </div>
            {standing_tag(goal)}
            {status_tag(goal)}
        </div>
        {answer}
        {moves(goal, done)}
        <Card>
            <div class="grid g12">
                {progress}
                <div class="stack gap-16">
                <KeyValues layout=FactLayout::Columns>
                    <Fact label=t::field_target()>{target}</Fact>
                    <Fact label=t::reached()>{reached}</Fact>
                    <Fact label=t::due_today()>{due}</Fact>
                    <Fact label=t::days_left()>{left}</Fact>
                    {parent}
                    <Fact label=t::set_by()>{by}" "<span class="muted small"><When at=at/></span></Fact>
                </KeyValues>
                <p class="muted">{outlook}</p>
                {(!note.is_empty()).then(|| view! { <p class="break pre">{note}</p> })}
                </div>
            </div>
        </Card>
        {dialog}
    }
    .into_any()
}

/// How far it is, with the goal and where it should be by now.
fn gauge(goal: &Goal) -> AnyView {
    let kept = goal.clone();
    let write = Callback::new(move |value: f64| short(&kept, value as i64));
    let paint = match standing_tone(goal.pace.standing) {
        Tone::Good => Paint::Good,
        Tone::Warn => Paint::Warn,
        Tone::Bad => Paint::Bad,
        Tone::Neutral | Tone::Accent => Paint::Accent,
    };
    let measure = if goal.metric.is_money() { Measure::Money(goal.currency) } else { Measure::Number };
    let runs = goal.pace.days_left > 0 && goal.pace.standing != Standing::NotBegun;
    let (target, actual) = (goal.target as f64, goal.actual as f64);
    let pace = runs.then_some(goal.pace.due as f64);
    view! { <Gauge id="goal-gauge" title=goal.metric.words() value=actual goal=target pace=pace write=write paint=paint measure=measure/> }
        .into_any()
}

/// A form that is one button.
fn one<V: kit::Ask>(
    verb: V,
    goal: &Goal,
    done: Callback<V::Answer>,
    kind: Kind,
    label: &'static str,
) -> AnyView {
    let (next, version) = (paths::goal(goal.id), goal.version);
    view! {
        <VerbForm verb=verb next=next done=done>
            <Worded/>
            <input type="hidden" name="version" value=version/>
            <Button submit=true kind=kind>{label}</Button>
        </VerbForm>
    }
    .into_any()
}

fn moves(goal: &Goal, done: Callback<Goal>) -> AnyView {
    let actor = access::me().actor();
    let (id, version) = (goal.id, None);
    let asks = matches!(goal.status, Status::Proposed | Status::Declined);
    let answers = (asks && Do::Answer.by(&actor, Some(goal)).is_ok()).then(|| {
        let decline = format!("{}?do=decline", paths::goal(id));
        view! {
            {one(AgreeGoal { id, version }, goal, done, Kind::Primary, t::agree())}
            <LinkButton href=decline kind=Kind::Danger>{t::decline()}</LinkButton>
        }
    });
    let sets = Do::Set.by(&actor, Some(goal)).is_ok().then(|| {
        if goal.status == Status::Dropped {
            return one(RestoreGoal { id, version }, goal, done, Kind::Primary, t::restore());
        }
        let to = |action: &str| format!("{}?do={action}", paths::goal(id));
        let counter = goal.status == Status::Declined
            && goal.answer.as_ref().is_some_and(|answer| answer.counter.is_some());
        let counter =
            counter.then(|| one(TakeCounter { id, version }, goal, done, Kind::Primary, t::take_counter()));
        let share = goal
            .partner
            .is_none()
            .then(|| view! { <LinkButton href=to("cascade")>{t::share_out()}</LinkButton> });
        view! {
            {counter}
            <LinkButton href=to("change")>{t::change()}</LinkButton>
            {share}
            {one(DropGoal { id, version }, goal, dropped(id, done), Kind::Danger, t::drop_goal())}
        }
        .into_any()
    });
    view! { <div class="deal-moves no-print">{answers}{sets}</div> }.into_any()
}

/// Says that a goal was taken back, and offers to bring it back.
fn dropped(id: GoalId, done: Callback<Goal>) -> Callback<Goal> {
    let toasts = use_context::<Toasts>();
    Callback::new(move |goal: Goal| {
        done.run(goal);
        let Some(toasts) = toasts else { return };
        let undo = Callback::new(move |()| {
            leptos::task::spawn_local(async move {
                match kit::ask(RestoreGoal { id, version: None }).await {
                    Ok(goal) => {
                        let _ = done.try_run(goal);
                    }
                    Err(problem) => toasts.fail(kit::sentence(&problem)),
                }
            });
        });
        toasts.say_with_undo(t::dropped_said(), undo);
    })
}

/// The dialog for what the address asks to be done (`?do=decline`); nothing when it cannot be done now.
fn dialog(goal: &Goal, action: Option<&str>, done: Callback<Goal>) -> AnyView {
    let actor = access::me().actor();
    let (id, version, next) = (goal.id, None, paths::goal(goal.id));
    let may_set = Do::Set.by(&actor, Some(goal)).is_ok() && goal.status != Status::Dropped;
    let may_answer = matches!(goal.status, Status::Proposed | Status::Declined)
        && Do::Answer.by(&actor, Some(goal)).is_ok();
    let back = move || view! { <LinkButton href=paths::goal(id) kind=Kind::Quiet>{t::cancel()}</LinkButton> };
    let (title, form) = match action {
        Some("decline") if may_answer => {
            let verb = DeclineGoal { id, note: String::new(), counter: String::new(), version };
            let form = view! {
                <VerbForm verb=verb next=next done=done>
                    <Worded/>
                    <p class="muted">{t::decline_note()}</p>
                    <TextField name="counter" label=t::field_counter() help=t::target_help() optional=true inputmode="decimal" autocomplete="off" maxlength=40/>
                    <TextArea name="note" label=t::field_why() maxlength=2000/>
                    <div class="actions"><Button submit=true kind=Kind::Fatal>{t::decline()}</Button>{back()}</div>
                </VerbForm>
            };
            (t::decline(), form.into_any())
        }
        Some("change") if may_set => {
            let verb = ChangeGoal { id, target: None, from: None, until: None, note: None, version };
            let (target, from, until, note) =
                (typed(goal, goal.target), goal.from, goal.until, goal.note.clone());
            let asked =
                goal.partner.is_some().then(|| view! { <p class="muted">{t::change_asks_again()}</p> });
            let form = view! {
                <VerbForm verb=verb next=next done=done>
                    <Worded/>
                    {asked}
                    <input type="hidden" name="_method" value="PATCH"/>
                    <TextField name="target" label=t::field_target() help=t::target_help() value=target required=true inputmode="decimal" autocomplete="off" maxlength=40/>
                    <div class="form-row r12">
                        <DateField name="from" label=t::field_from() value=from required=true/>
                        <DateField name="until" label=t::field_until() value=until required=true/>
                    </div>
                    <TextArea name="note" label=t::field_note() value=note optional=true maxlength=2000/>
                    <div class="actions"><Button submit=true kind=Kind::Primary>{t::save()}</Button>{back()}</div>
                </VerbForm>
            };
            (t::change(), form.into_any())
        }
        _ => return ().into_any(),
    };
    let navigate = use_navigate();
    let close = Callback::new(move |()| {
        let still = leptos_router::NavigateOptions { scroll: false, replace: true, ..Default::default() };
        navigate(&paths::goal(id), still);
    });
    view! { <Dialog id="goal-move" title=title open=Signal::stored(true) on_close=close>{form}</Dialog> }
        .into_any()
}

/// How the goal would be shared out, and the button that does it.
fn cascade(id: GoalId, of: Cascade) -> AnyView {
    let toasts = use_context::<Toasts>();
    let navigate = use_navigate();
    let done = Callback::new(move |cascade: Cascade| {
        if let Some(toasts) = toasts {
            toasts.say(t::goals_made(i64::from(cascade.created)));
        }
        navigate(paths::GOALS, Default::default());
    });
    let columns =
        vec![Column::new(t::col_partner()), Column::num(t::col_before()), Column::num(t::field_target())];
    let (metric, currency) = (of.metric, of.currency);
    let rows = of
        .shares
        .into_iter()
        .map(|share| {
            let number = |n: i64| {
                let locale = kit::catalogue::locale();
                if metric.is_money() {
                    kit::format::money_plain(Money::new(n, currency), locale)
                } else {
                    kit::format::number(n, locale)
                }
            };
            let (before, target) = (number(share.before), number(share.target));
            view! {
                <TableRow>
                    <Cell kind=CellKind::Lead>{share.partner_name}</Cell>
                    <Cell kind=CellKind::Num label=t::col_before()>{before}</Cell>
                    <Cell kind=CellKind::Num label=t::field_target()>{target}</Cell>
                </TableRow>
            }
        })
        .collect_view();
    view! {
        <Card title=t::share_out() flush=true>
            <p class="muted small pad">{t::share_out_note()}</p>
            <Table columns=columns label=t::share_out()>{rows}</Table>
            <div class="pad">
                <VerbForm verb=CascadeGoal { id } next=paths::GOALS done=done>
                    <Worded/>
                    <div class="actions"><Button submit=true kind=Kind::Primary>{t::propose_shares()}</Button><LinkButton href=paths::goal(id) kind=Kind::Quiet>{t::cancel()}</LinkButton></div>
                </VerbForm>
            </div>
        </Card>
    }
    .into_any()
}

//! The case that is open: claim against records, rules, the partner's record, and the decision.
use base::{DealId, OrganizationId, Problem};
use kit::catalogue::locale;
use kit::{Banner, Button, Card, Kind, LinkButton, Tell, Toasts, Tone, VerbForm, When, format, paths};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use serde::{Deserialize, Serialize};

use super::Desk;
use super::suggestion::{Suggestion, suggest};
use crate::access::Do;
use crate::model::{Conflict, Deal, Outcome, Status};
use crate::screen::deal::{compared, dialogs};
use crate::screen::parts::{DealBadge, Worded, facts, name_of, why};
use crate::t;
use crate::verbs::{ApproveDeal, GetDeal, ListConflicts, ListDeals};

/// Everything about a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Case {
    pub(super) deal: Deal,
    conflicts: Vec<Conflict>,
    record: Record,
}

/// How the partner did so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    won: u64,
    lost: u64,
    /// Waiting or protected now.
    open: u64,
}

impl Record {
    /// Share of the decided sales that were won; none before the first.
    fn win_rate(self) -> Option<f64> {
        let decided = self.won + self.lost;
        (decided > 0).then(|| self.won as f64 / decided as f64)
    }
}

pub(super) async fn read(id: DealId) -> Result<Case, Problem> {
    let deal = kit::ask(GetDeal { id }).await?;
    let conflicts = kit::ask(ListConflicts { id }).await?.items;
    let record = record(deal.partner).await?;
    Ok(Case { deal, conflicts, record })
}

async fn record(partner: OrganizationId) -> Result<Record, Problem> {
    let open: Vec<Status> = Status::ALL.iter().copied().filter(|status| status.is_open()).collect();
    let mut totals = [0; 3];
    for (total, statuses) in totals.iter_mut().zip([vec![Status::Won], vec![Status::Lost], open]) {
        let status = Some(crate::Statuses(statuses));
        *total =
            kit::ask(ListDeals { partner: Some(partner), status, limit: Some(1), ..ListDeals::default() })
                .await?
                .total;
    }
    let [won, lost, open] = totals;
    Ok(Record { won, lost, open })
}

/// The case that is open; that nothing waits when none is.
pub(super) fn view(case: Result<Option<Case>, Problem>, desk: Desk) -> AnyView {
    match case {
        Ok(Some(case)) => shown(&case, desk),
        Ok(None) => super::empty(),
        Err(problem) => kit::problem_view(problem),
    }
}

fn shown(case: &Case, desk: Desk) -> AnyView {
    let Case { deal, conflicts, record } = case;
    let priority =
        deal.priority_at.map(|at| view! { " · "{t::fact_priority()}" "<When at=at tell=Tell::Exact/> });
    let body = if conflicts.is_empty() {
        view! { <Banner tone=Tone::Good>{t::no_conflicts()}</Banner> }.into_any()
    } else {
        let table = compared(deal, conflicts);
        view! { <section class="card" aria-label=t::conflicts_title()>{table}</section> }.into_any()
    };
    let evidence = deal.evidence.iter().find(|one| one.says_something()).map(|one| {
        let (kind, note) = (one.kind.words(), one.note.clone());
        view! { <div class="stack gap-4"><p class="muted small">{t::fact_evidence()}" · "{kind}</p><p class="break">{note}</p></div> }
    });
    let known = facts(deal);
    view! {
        <article class="stack gap-16 case" aria-labelledby="case-title">
            <div class="head">
                <h2 class="title" id="case-title">{name_of(&deal.customer.name)}</h2>
                <DealBadge status=deal.status/>
                <span class="end muted small num"><span>{deal.number.clone()}{priority}</span></span>
            </div>
            {body}
            <Card><div class="stack gap-16">{known}{evidence}</div></Card>
            <div class="grid g3">{rule(deal)}{partner(deal, *record)}{suggested(deal, conflicts)}</div>
            {decision(deal, desk)}
        </article>
    }
    .into_any()
}

fn small(label: &'static str, strong: AnyView, rest: AnyView) -> AnyView {
    view! { <Card><div class="stack gap-2"><p class="muted small">{label}</p>{strong}{rest}</div></Card> }
        .into_any()
}

/// The rule that weighs most.
fn rule(deal: &Deal) -> AnyView {
    let worst = deal
        .rules
        .iter()
        .filter(|one| one.outcome != Outcome::Passed)
        .min_by_key(|one| one.outcome != Outcome::Failed);
    let strong = match worst {
        Some(verdict) => {
            let words = format!("{}: {}", verdict.rule.code(), verdict.rule.name());
            view! { <p class="strong">{words}</p><p class="muted small">{verdict.outcome.words()}</p> }
                .into_any()
        }
        None => view! { <p class="strong text-good">{t::rules_passed()}</p> }.into_any(),
    };
    small(t::rule_heading(), strong, why(&deal.rules, deal.rules_version))
}

fn partner(deal: &Deal, record: Record) -> AnyView {
    let rate = match record.win_rate() {
        Some(share) => t::win_rate(format::percent(share, locale())),
        None => t::no_sales_yet().to_owned(),
    };
    let open = t::open_registrations(i64::try_from(record.open).unwrap_or(i64::MAX));
    let (href, name) = (paths::partner(deal.partner), deal.partner_name.clone());
    let rest =
        view! { <p class="muted small">{open}</p><p class="small"><a class="link" href=href>{name}</a></p> }
            .into_any();
    small(t::partner_record(), view! { <p class="strong">{rate}</p> }.into_any(), rest)
}

fn suggested(deal: &Deal, conflicts: &[Conflict]) -> AnyView {
    let strong = match suggest(deal, conflicts) {
        Suggestion::Approve => view! { <p class="strong text-good">{t::suggest_approve()}</p> }.into_any(),
        Suggestion::Look => view! { <p class="strong text-warn">{t::suggest_look()}</p> }.into_any(),
        Suggestion::Reject(rule) => {
            let rule = rule.map(|rule| format!("{}: {}", rule.code(), rule.name()));
            view! { <p class="strong text-bad">{t::suggest_reject()}</p><p class="small">{rule}</p> }
                .into_any()
        }
    };
    let version =
        deal.rules_version.map(|number| view! { <p class="muted small">{t::rules_version(number)}</p> });
    small(t::suggested(), strong, version.into_any())
}

/// Approve, return, reject; or why it cannot be decided (any more).
fn decision(deal: &Deal, desk: Desk) -> AnyView {
    let (id, version) = (deal.id, deal.version);
    let done = decided(desk);
    let refused = |action: Do| match deal.may(action) {
        Some(step) => step.refused.as_ref().map(crate::Refused::words),
        None => Some(t::refusal_role().to_owned()),
    };
    let may = |action: Do| deal.may(action).is_some_and(|step| step.refused.is_none());
    if !deal.status.awaits_vendor() && !may(Do::GrantExtension) {
        let words = t::no_longer_waits(deal.status.words());
        return view! {
            <Banner tone=Tone::Warn announce=true end=view! { <LinkButton href=paths::deal(id)>{t::see_deal()}</LinkButton> }.into_any()>
                {words}
            </Banner>
        }
        .into_any();
    }
    let link = |action: Do, element: &'static str, words: &'static str, key: &'static str, kind: Kind| {
        match refused(action) {
            Some(reason) => view! { <Button kind=kind refused=reason key=key>{words}</Button> }.into_any(),
            None => {
                let class = if kind == Kind::Danger { "button danger big" } else { "button big" };
                let href = format!("{}&do={}", paths::case(id), action.as_str());
                view! { <a id=element class=class href=href>{words}<kbd aria-hidden="true">{key}</kbd></a> }
                    .into_any()
            }
        }
    };
    let others = [(Do::Rule, t::do_rule()), (Do::GrantExtension, t::do_grant_extension())].map(|(action, words)| {
        let href = format!("{}&do={}", paths::case(id), action.as_str());
        may(action).then(|| view! { <LinkButton href=href kind=Kind::Primary size=kit::Size::Big>{words}</LinkButton> })
    });
    if others.iter().any(Option::is_some) {
        let dialog = dialog_of(deal, done);
        return view! { <div class="deal-moves" id="decision" tabindex="-1" role="group" aria-label=t::decision()>{others.into_iter().collect_view()}</div>{dialog} }
            .into_any();
    }
    let approve = match refused(Do::Approve) {
        Some(reason) => view! { <Button id="approve-refused" kind=Kind::Primary size=kit::Size::Big refused=reason key="A">{t::do_approve()}</Button> }.into_any(),
        None => view! {
            <VerbForm verb=ApproveDeal { id, version: None } next=paths::QUEUE done=done>
                <Worded/>
                <input type="hidden" name="version" value=version/>
                <Button id="queue-approve" submit=true kind=Kind::Primary size=kit::Size::Big key="A">{t::do_approve()}</Button>
            </VerbForm>
        }
        .into_any(),
    };
    let dialog = dialog_of(deal, done);
    view! {
        <div class="deal-moves" id="decision" tabindex="-1" role="group" aria-label=t::decision()>
            {approve}
            {link(Do::Return, "queue-return", t::do_return(), "R", Kind::Plain)}
            {link(Do::Reject, "queue-reject", t::do_reject(), "X", Kind::Danger)}
        </div>
        {dialog}
    }
    .into_any()
}

/// The dialog that the address asks for.
fn dialog_of(deal: &Deal, done: Callback<Deal>) -> impl IntoView + use<> {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| query.get("do")));
    let kept = StoredValue::new(deal.clone());
    move || kept.with_value(|deal| dialogs::dialog(deal, asked.get().as_deref(), &paths::case(deal.id), done))
}

/// Says what was done and lets the next case slide in.
fn decided(desk: Desk) -> Callback<Deal> {
    let navigate = use_navigate();
    let toasts = use_context::<Toasts>();
    Callback::new(move |deal: Deal| {
        if let Some(toasts) = toasts {
            toasts.say(t::decided(name_of(&deal.customer.name), deal.status.words()));
        }
        let still = leptos_router::NavigateOptions { scroll: false, replace: true, ..Default::default() };
        match desk.decide(deal.id) {
            Some(next) => navigate(&paths::case(next), still),
            None => navigate(paths::QUEUE, still),
        }
    })
}

//! The card of goals that run, on a partner's home and on the vendor's overview.
use base::Page;
use kit::{Card, LinkButton, Shape, Skeleton, paths};
use leptos::prelude::*;

use super::parts::{bar, is_vendor, outlook, period, standing_tag, status_tag, whose};
use crate::model::{Goal, Status};
use crate::t;
use crate::verbs::ListGoals;

/// Goals that the card shows.
const SHOWN: u32 = 4;

/// Nothing where no goal runs.
pub fn goals_card() -> AnyView {
    let whole = is_vendor().then_some(true);
    let goals = kit::resource(
        || vec!["goals".to_owned(), "home".to_owned(), "overview".to_owned(), "deals".to_owned()],
        move || ListGoals { current: Some(true), whole, limit: Some(SHOWN), ..ListGoals::default() },
    );
    kit::shown(goals, || view! { <Skeleton shape=Shape::Text/> }.into_any(), card)
}

fn card(page: Page<Goal>) -> AnyView {
    if page.items.is_empty() {
        return ().into_any();
    }
    let all = view! { <a class="link small" href=paths::GOALS>{t::all_goals()}</a> }.into_any();
    let rows = page.items.into_iter().map(row).collect_view();
    view! { <Card title=t::goals() aside=all><ul class="stack gap-16">{rows}</ul></Card> }.into_any()
}

fn row(goal: Goal) -> AnyView {
    let who = if is_vendor() { whose(&goal) } else { goal.program_name.clone() };
    let label = t::metric_of(goal.metric.words(), &who);
    let asked = (goal.status == Status::Proposed && !is_vendor()).then(|| {
        view! { <LinkButton href=paths::goal(goal.id) size=kit::Size::Small>{t::answer()}</LinkButton> }
    });
    let state = if goal.status == Status::Proposed { status_tag(&goal) } else { standing_tag(&goal) };
    view! {
        <li class="stack gap-4">
            {bar(&goal, label)}
            <span class="line wrap small">
                {state}
                <a class="link" href=paths::goal(goal.id)>{period(&goal)}</a>
                <span class="muted">{outlook(&goal)}</span>
                {asked}
            </span>
        </li>
    }
    .into_any()
}

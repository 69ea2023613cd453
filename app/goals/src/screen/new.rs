//! Setting a goal.
use base::{Date, Datelike};
use kit::{
    Button, Card, Choice, DateField, Kind, LinkButton, Screen, SelectField, Shape, Skeleton, TextArea,
    TextField, VerbForm, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use partners::{ListPartners, Partner};

use crate::access::Do;
use crate::model::{Goal, Metric};
use crate::t;
use crate::verbs::SetGoal;
use crate::words::Worded;

/// Partners that the form offers.
const OFFERED: u32 = 200;

/// `/goals/new`.
#[component]
pub fn NewGoalPage() -> impl IntoView {
    let body = match Do::Set.by(&access::me().actor(), None) {
        Ok(()) => {
            let partners = kit::resource(
                || vec!["partners".to_owned()],
                || ListPartners { limit: Some(OFFERED), ..ListPartners::default() },
            );
            kit::shown(
                partners,
                || view! { <Skeleton shape=Shape::Form/> }.into_any(),
                |page| form(page.items),
            )
        }
        Err(problem) => kit::problem_view(problem),
    };
    view! { <Screen title=t::new_goal()>{body}</Screen> }.into_any()
}

/// First and last day of the quarter that a day lies in.
pub(super) fn quarter(today: Date) -> Option<(Date, Date)> {
    let month = today.month0() / 3 * 3 + 1;
    let first = Date::from_ymd_opt(today.year(), month, 1)?;
    let (year, next) = if month == 10 { (today.year() + 1, 1) } else { (today.year(), month + 3) };
    Some((first, Date::from_ymd_opt(year, next, 1)?.pred_opt()?))
}

fn form(partners: Vec<Partner>) -> AnyView {
    let me = access::me();
    let programs: Vec<Choice> =
        me.programs.iter().map(|program| Choice::new(program.id.to_string(), program.name.clone())).collect();
    let chosen =
        me.program.as_ref().map(|program| program.id).or(me.programs.first().map(|program| program.id));
    let Some(program) = chosen else { return kit::problem_view(base::Problem::NotFound) };
    let choices: Vec<Choice> =
        partners.into_iter().map(|one| Choice::new(one.id.to_string(), one.name)).collect();
    let metrics: Vec<Choice> = Metric::ALL.iter().map(|one| Choice::new(one.as_str(), one.words())).collect();
    let today = kit::format::local_date(kit::present(), kit::catalogue::offset_minutes());
    let (from, until) = quarter(today).unwrap_or((today, today));
    let navigate = use_navigate();
    let done = Callback::new(move |goal: Goal| navigate(&paths::goal(goal.id), Default::default()));
    let verb = SetGoal {
        program,
        partner: None,
        territory: None,
        metric: Metric::WonValue,
        target: String::new(),
        from,
        until,
        note: String::new(),
    };
    view! {
        <div class="register">
            <VerbForm verb=verb next=paths::goal("{id}") done=done>
                <Worded/>
                <Card>
                    <div class="stack gap-16">
                        <SelectField name="program" label=t::field_program() choices=programs value=program.to_string() required=true/>
                        <div class="form-row r12">
                            <SelectField name="partner" label=t::field_partner() choices=choices empty=t::whole_program() help=t::partner_help() optional=true/>
                            <TextField name="territory" label=t::field_territory() help=t::territory_help() optional=true maxlength=120/>
                        </div>
                        <div class="form-row r12">
                            <SelectField name="metric" label=t::field_metric() choices=metrics value=Metric::WonValue.as_str() required=true/>
                            <TextField name="target" label=t::field_target() help=t::target_help() required=true inputmode="decimal" autocomplete="off" maxlength=40/>
                        </div>
                        <div class="form-row r12">
                            <DateField name="from" label=t::field_from() value=from required=true/>
                            <DateField name="until" label=t::field_until() value=until required=true/>
                        </div>
                        <TextArea name="note" label=t::field_note() optional=true maxlength=2000/>
                        <div class="actions">
                            <Button submit=true kind=Kind::Primary>{t::set_goal()}</Button>
                            <LinkButton href=paths::GOALS kind=Kind::Quiet>{t::cancel()}</LinkButton>
                        </div>
                    </div>
                </Card>
            </VerbForm>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_three_months() {
        let of = |text: &str| quarter(text.parse().unwrap()).map(|(a, b)| format!("{a} {b}"));
        assert_eq!(of("2026-11-27").as_deref(), Some("2026-10-01 2026-12-31"));
        assert_eq!(of("2026-01-01").as_deref(), Some("2026-01-01 2026-03-31"));
        assert_eq!(of("2028-06-30").as_deref(), Some("2028-04-01 2028-06-30"));
    }
}

//! Bringing a lead in.
use kit::{Button, Card, CheckField, Choice, Kind, LinkButton, Screen, SelectField, VerbForm, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::form;
use super::parts::Worded;
use crate::access::Do;
use crate::model::Lead;
use crate::t;
use crate::verbs::CreateLead;

/// `/leads/new`.
#[component]
pub fn NewLeadPage() -> impl IntoView {
    let body = match Do::Create.by(&access::me().actor(), None) {
        Ok(()) => filled(),
        Err(problem) => kit::problem_view(problem),
    };
    view! { <Screen title=t::new_lead()>{body}</Screen> }.into_any()
}

fn filled() -> AnyView {
    let me = access::me();
    let programs: Vec<Choice> =
        me.programs.iter().map(|program| Choice::new(program.id.to_string(), program.name.clone())).collect();
    let chosen =
        me.program.as_ref().map(|program| program.id).or(me.programs.first().map(|program| program.id));
    let Some(program) = chosen else {
        return kit::problem_view(base::Problem::NotFound);
    };
    let may_assign = Do::Assign.by(&me.actor(), None).is_ok();
    let navigate = use_navigate();
    let done = Callback::new(move |lead: Lead| navigate(&paths::lead(lead.id), Default::default()));
    view! {
        <div class="register">
            <VerbForm verb=CreateLead::new(program, "") next=paths::lead("{id}") done=done>
                <Worded/>
                <Card>
                    <div class="stack gap-16">
                        <SelectField name="program" label=t::fact_program() choices=programs value=program.to_string() required=true/>
                        {form::fields(None)}
                        {may_assign.then(|| view! { <CheckField name="assign" label=t::assign_at_once() help=t::assign_at_once_help() checked=true/> })}
                        <div class="actions">
                            <Button submit=true kind=Kind::Primary>{t::create_lead()}</Button>
                            <LinkButton href=paths::LEADS kind=Kind::Quiet>{t::cancel()}</LinkButton>
                        </div>
                    </div>
                </Card>
            </VerbForm>
        </div>
    }
    .into_any()
}

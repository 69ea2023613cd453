//! The people of the organisation: who they are, what they may, and how others join.
use base::{Page, Role};
use kit::{
    Avatar, Button, Card, Cell, CellKind, Choice, Column, FormState, Kind, Menu, Pager, Screen, SelectField,
    Skeleton, Table, TableRow, Tag, TextField, VerbForm, When, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::parts::{NeedsScript, Secret, me, role_name, voice};
use crate::access::Do;
use crate::{ChangeRole, InviteUser, Invited, ListUsers, Member, RemoveMember, rules, t};

type Members = kit::Asked<Page<Member>>;

/// The people of the organisation acted for; owners manage them here.
#[component]
pub fn MembersPage() -> impl IntoView {
    let query = use_query_map();
    let cursor = move || query.with(|query| query.get("cursor"));
    let people = kit::resource(
        || vec!["members".to_owned()],
        move || ListUsers { cursor: cursor(), ..ListUsers::default() },
    );
    let may = Do::InviteMember.by(&me().actor());
    let invite = match may {
        Ok(()) => view! { <Card title=t::invite_title() id="invite">
            <NeedsScript/>
            <Invite people=people/>
        </Card> }
        .into_any(),
        Err(_) => view! { <p class="muted">{t::people_lead_member()}</p> }.into_any(),
    };
    view! {
        <Screen title=t::people()>
            {invite}
            {kit::shown(people, || view! { <Skeleton count=4/> }.into_any(), move |page| list(page, people))}
        </Screen>
    }
    .into_any()
}

fn roles() -> Vec<Choice> {
    let side = me().side();
    side.map(|side| rules::roles_of(side).map(|role| Choice::new(role.as_str(), role_name(role))).collect())
        .unwrap_or_default()
}

/// The form that adds a person. With script only: the link that is shown once must not travel in an address.
#[component]
fn Invite(people: Members) -> impl IntoView {
    let state = FormState::new();
    provide_context(state);
    let (email, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let choices = roles();
    let role = RwSignal::new(choices.get(1).map(|choice| choice.value.clone()).unwrap_or_default());
    let invited = RwSignal::new(None::<Invited>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(role) = Role::parse(&role.get_untracked()).filter(|_| !state.pending.get_untracked()) else {
            return;
        };
        state.pending.set(true);
        let verb = InviteUser { email: email.get_untracked(), name: name.get_untracked(), role };
        leptos::task::spawn_local(async move {
            let answer = kit::ask(verb).await;
            let _ = state.pending.try_set(false);
            let _ = state.problem.try_set(answer.as_ref().err().cloned());
            if let Ok(answer) = answer {
                let _ = email.try_set(String::new());
                let _ = name.try_set(String::new());
                let _ = invited.try_set(Some(answer));
                people.refetch();
            }
        });
    };
    view! {
        {move || invited.get().map(|invited| view! {
            <Secret name="link" label=t::invite_link() help=if invited.mailed { t::invite_mailed() } else { t::invite_link_help() } value=invited.url/>
        })}
        <form class="form" on:submit=submit novalidate>
            {kit::form_problem(state.problem)}
            <div class="form-row r3">
                <TextField name="name" id="invite-name" label=t::name() bind=name autocomplete="off" required=true/>
                <TextField name="email" id="invite-email" label=t::email() kind="email" bind=email autocomplete="off" required=true/>
                <SelectField name="role" id="invite-role" label=t::role() choices=choices bind=role/>
            </div>
            <div class="form-foot">
                <Button submit=true kind=Kind::Primary icon=lucide::LuUserPlus busy=state.pending>{t::invite()}</Button>
            </div>
        </form>
    }
    .into_any()
}

fn list(page: Page<Member>, people: Members) -> AnyView {
    let columns = vec![
        Column::new(t::name()),
        Column::new(t::email()),
        Column::new(t::role()),
        Column::new(t::joined()),
        Column::tight(""),
    ];
    let manages = Do::ChangeRole.by(&me().actor()).is_ok();
    let next =
        page.next_cursor.as_ref().map(|cursor| format!("{}?cursor={}", paths::PEOPLE, base::escape(cursor)));
    let shown = page.items.len();
    let rows = page.items.into_iter().map(|member| row(member, manages, people)).collect_view();
    let pager = next.map(|next| view! { <Pager shown=shown total=page.total next=next/> });
    view! {
        <Card flush=true>
            <Table columns=columns label=t::people()>{rows}</Table>
        </Card>
        {pager}
    }
    .into_any()
}

fn row(member: Member, manages: bool, people: Members) -> AnyView {
    let invited = member.invited.then(|| view! { " "<Tag plain=true>{t::invited()}</Tag> });
    let manage = manages.then(|| manage(&member, people));
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead>
                <span class="person"><Avatar name=member.name.clone()/><span class="name">{member.name.clone()}</span></span>{invited}
            </Cell>
            <Cell label=t::email()>{member.email.clone()}</Cell>
            <Cell label=t::role()>{role_name(member.role)}</Cell>
            <Cell label=t::joined()><When at=member.joined_at/></Cell>
            <Cell>{manage}</Cell>
        </TableRow>
    }
    .into_any()
}

/// Another role, or out; plain forms in a menu, so that it works without script.
fn manage(member: &Member, people: Members) -> AnyView {
    let id = member.id;
    let say = voice();
    let changed = Callback::new(move |()| {
        people.refetch();
        say(t::role_changed());
    });
    let removed = Callback::new(move |()| {
        people.refetch();
        say(t::member_removed());
    });
    let field = format!("role-{id}");
    let label = t::manage(&member.name);
    let role = member.role;
    view! {
        <Menu summary=t::change().into_any() label=label class="button small" ends=true roomy=true>
            <VerbForm verb=ChangeRole { id, role } next=paths::PEOPLE done=changed>
                <SelectField name="role" id=field label=t::role() choices=roles() value=role.as_str()/>
                <Button submit=true>{t::change_role()}</Button>
            </VerbForm>
            <hr/>
            <VerbForm verb=RemoveMember { id } next=paths::PEOPLE done=removed>
                <p class="small">{t::remove_consequence()}</p>
                <Button submit=true kind=Kind::Fatal>{t::remove_member()}</Button>
            </VerbForm>
        </Menu>
    }
    .into_any()
}

//! `/audiences`: the partner's lists of people.
use base::Page;
use kit::{
    Button, Card, Cell, CellKind, Column, Empty, Kind, LeadLink, LinkButton, Pager, Screen, Shape, Skeleton,
    Table, TableRow, TextField, VerbForm, When, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::super::parts::number;
use crate::access::Do;
use crate::model::Audience;
use crate::t;
use crate::verbs::{CreateAudience, ListAudiences};
use crate::words::Worded;

/// `/audiences`.
#[component]
pub fn AudiencesPage() -> impl IntoView {
    let body = match Do::People.partner(&access::me().actor()) {
        Ok(_) => page(),
        Err(problem) => kit::problem_view(problem),
    };
    let back = || view! { <LinkButton href=paths::CAMPAIGNS>{t::campaigns()}</LinkButton> }.into_any();
    view! { <Screen title=t::audiences() actions=back>{body}</Screen> }.into_any()
}

fn page() -> AnyView {
    let query = use_query_map();
    let cursor =
        Memo::new(move |_| query.with(|query| query.get("cursor").filter(|cursor| !cursor.is_empty())));
    let audiences = kit::resource(
        || vec!["audiences".to_owned()],
        move || ListAudiences { cursor: cursor.get(), limit: None },
    );
    view! {
        <div class="stack gap-16">
            <p class="muted">{t::audiences_note()}</p>
            {kit::shown(audiences, || view! { <Skeleton shape=Shape::Table/> }.into_any(), move |page| list(page, cursor.get_untracked().is_some()))}
            {new()}
        </div>
    }
    .into_any()
}

fn list(page: Page<Audience>, is_later: bool) -> AnyView {
    if page.items.is_empty() {
        return view! {
            <Card flush=true><Empty title=t::no_audiences() note=t::no_audiences_note() icon=lucide::LuContact/></Card>
        }
        .into_any();
    }
    let columns = vec![
        Column::new(t::audience()),
        Column::num(t::col_people()),
        Column::num(t::col_pending()),
        Column::num(t::col_campaigns()),
        Column::tight(t::col_changed()),
    ];
    let (shown, total) = (page.items.len(), page.total);
    let next =
        page.next_cursor.map(|cursor| format!("{}?cursor={}", paths::AUDIENCES, base::escape(&cursor)));
    let first = is_later.then(|| paths::AUDIENCES.to_owned());
    let rows = page.items.into_iter().map(row).collect_view();
    view! {
        <section class="card">
            <Table columns=columns label=t::audiences()>{rows}</Table>
            <Pager shown=shown total=total first=first next=next/>
        </section>
    }
    .into_any()
}

fn row(audience: Audience) -> AnyView {
    let (href, name) = (paths::audience(audience.id), audience.name);
    let [people, pending, campaigns] = [audience.people, audience.pending, audience.campaigns].map(number);
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead><LeadLink href=href title=name note=String::new()/></Cell>
            <Cell kind=CellKind::Num label=t::col_people()>{people}</Cell>
            <Cell kind=CellKind::Num label=t::col_pending()>{pending}</Cell>
            <Cell kind=CellKind::Num label=t::col_campaigns()>{campaigns}</Cell>
            <Cell label=t::col_changed()><span class="small"><When at=audience.changed_at/></span></Cell>
        </TableRow>
    }
    .into_any()
}

fn new() -> AnyView {
    let navigate = use_navigate();
    let done =
        Callback::new(move |audience: Audience| navigate(&paths::audience(audience.id), Default::default()));
    view! {
        <Card title=t::new_audience()>
            <VerbForm verb=CreateAudience { name: String::new() } next=paths::audience("{id}") done=done>
                <Worded/>
                <TextField name="name" label=t::audience_name() required=true maxlength=120/>
                <div class="actions"><Button submit=true kind=Kind::Primary icon=lucide::LuPlus>{t::make_audience()}</Button></div>
            </VerbForm>
        </Card>
    }
    .into_any()
}

//! `/audiences/{id}`: who is in an audience, where they come from, and who comes next.
use base::{AudienceId, Page, Problem};
use kit::{
    Button, Card, Fact, FactLayout, KeyValues, Kind, LinkButton, Screen, Shape, Skeleton, TextField, Toasts,
    VerbForm, When, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::super::parts::number;
use super::{add, import, people};
use crate::access::Do;
use crate::model::{Audience, AudienceImport};
use crate::t;
use crate::verbs::{DeleteAudience, GetAudience, ListAudienceImports, ListContacts, RenameAudience};
use crate::words::Worded;

/// `/audiences/{id}`.
#[component]
pub fn AudiencePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id").and_then(|id| id.parse::<AudienceId>().ok()))
    });
    let may = Do::People.partner(&access::me().actor());
    let body = move || match (may.clone(), id.get()) {
        (Err(problem), _) => kit::problem_view(problem),
        (Ok(_), None) => kit::problem_view(Problem::NotFound),
        (Ok(_), Some(id)) => of_audience(id),
    };
    let back = || view! { <LinkButton href=paths::AUDIENCES>{t::all_audiences()}</LinkButton> }.into_any();
    view! { <Screen title=t::audience() actions=back>{body}</Screen> }.into_any()
}

fn of_audience(id: AudienceId) -> AnyView {
    let keys = move || vec![id.to_string()];
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| ListContacts {
            id,
            q: query.get("q").filter(|q| !q.trim().is_empty()),
            cursor: query.get("cursor").filter(|cursor| !cursor.is_empty()),
            limit: None,
        })
    });
    let audience = kit::resource(keys, move || GetAudience { id });
    let contacts = kit::resource(keys, move || asked.get());
    let imports = kit::resource(keys, move || ListAudienceImports { id, cursor: None, limit: Some(20) });
    let waiting = || view! { <Skeleton shape=Shape::Table/> }.into_any();
    let brought = Callback::new(move |_: AudienceId| contacts.refetch());
    view! {
        <div class="stack gap-16">
            {kit::shown(audience, || view! { <Skeleton shape=Shape::Text/> }.into_any(), facts)}
            <Card title=t::people_from_file() id="import">{import::import_form(Some(id), brought)}</Card>
            {kit::shown(contacts, waiting, move |page| people::list(page, &asked.get_untracked()))}
            {add::add(id)}
            {kit::shown(imports, waiting, move |page| files(id, page))}
        </div>
    }
    .into_any()
}

fn facts(of: Audience) -> AnyView {
    let toasts = use_context::<Toasts>();
    let navigate = use_navigate();
    let renamed = Callback::new(move |_: Audience| {
        if let Some(toasts) = toasts {
            toasts.say(t::kept());
        }
    });
    let gone = Callback::new(move |_: Audience| navigate(paths::AUDIENCES, Default::default()));
    let (id, here) = (of.id, paths::audience(of.id));
    let rename = RenameAudience { id, name: String::new(), version: Some(of.version) };
    let name = of.name.clone();
    view! {
        <Card title=of.name>
            <div class="stack gap-16">
                <KeyValues layout=FactLayout::Columns>
                    <Fact label=t::col_people()>{number(of.people)}</Fact>
                    <Fact label=t::col_pending()>{number(of.pending)}</Fact>
                    <Fact label=t::col_campaigns()>{number(of.campaigns)}</Fact>
                    <Fact label=t::made_by()>{of.created_by_name}</Fact>
                </KeyValues>
                <VerbForm verb=rename next=here done=renamed>
                    <Worded/>
                    <input type="hidden" name="_method" value="PATCH"/>
                    <TextField name="name" label=t::audience_name() value=name required=true maxlength=120/>
                    <div class="actions"><Button submit=true>{t::rename()}</Button></div>
                </VerbForm>
                <VerbForm verb=DeleteAudience { id } next=paths::AUDIENCES done=gone>
                    <Worded/>
                    <input type="hidden" name="_method" value="DELETE"/>
                    <div class="actions"><Button submit=true kind=Kind::Danger icon=lucide::LuTrash2>{t::delete_audience()}</Button></div>
                </VerbForm>
            </div>
        </Card>
    }
    .into_any()
}

fn files(id: AudienceId, page: Page<AudienceImport>) -> AnyView {
    if page.items.is_empty() {
        return ().into_any();
    }
    let rows = page.items.into_iter().map(|one| file(id, one)).collect_view();
    view! { <Card title=t::files_brought()><ul class="stack gap-16" role="list">{rows}</ul></Card> }
        .into_any()
}

fn file(id: AudienceId, one: AudienceImport) -> AnyView {
    let rejected = (one.rejected > 0).then(|| {
        let href = paths::rejected_rows(id, one.number);
        let words = t::rejected_as_csv(one.rejected as i64);
        view! { <LinkButton href=href download=true size=kit::Size::Small icon=lucide::LuDownload>{words}</LinkButton> }
    });
    let said = t::brought_in(number(one.added), number(one.known), number(one.rejected));
    let consent = one.consent.map(|consent| {
        let words =
            t::consent_said(kit::format::date(consent.on, kit::catalogue::locale()), consent.source.words());
        view! { <span class="muted small">{words}" "<q>{consent.wording}</q></span> }
    });
    view! {
        <li class="stack gap-4">
            <span class="line wrap"><span class="strong">{one.file_name}</span><span class="muted small">{one.by_name}" · "<When at=one.at/></span>{rejected}</span>
            <span class="small">{said}</span>
            {consent}
        </li>
    }
    .into_any()
}

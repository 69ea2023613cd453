//! The vendor's partners as a list that its address limits and sorts.
use base::Page;
use kit::{
    Button, Card, Cell, CellKind, Chip, Choice, Column, Empty, LeadLink, LinkButton, Pager, Screen,
    SelectField, Shape, Skeleton, Table, TableRow, TextField, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::use_query_map;

use super::filters::Filters;
use super::words::{status_tag, tier_name, type_name, type_names};
use crate::{Partner, PartnerType, t};

/// `/partners`.
#[component]
pub fn PartnersPage() -> impl IntoView {
    let query = use_query_map();
    let filters = Memo::new(move |_| query.with(Filters::read));
    let partners = kit::resource(|| vec!["partners".to_owned()], move || filters.with(Filters::verb));
    view! {
        <Screen title=t::partners()>
            {move || tools(&filters.get())}
            {kit::shown(
                partners,
                || view! { <Skeleton shape=Shape::Table count=8 /> }.into_any(),
                move |page| list(page, &filters.get_untracked()),
            )}
        </Screen>
    }
    .into_any()
}

/// A form that only reads: it works before the page is alive, and the choice lives in the address.
fn tools(filters: &Filters) -> AnyView {
    let programs = access::me().programs;
    let of_programs =
        programs.iter().map(|program| Choice::new(program.id.to_string(), program.name.clone()));
    let of_programs: Vec<Choice> = of_programs.collect();
    let of_types: Vec<Choice> =
        PartnerType::ALL.iter().map(|one| Choice::new(one.as_str(), type_name(*one))).collect();
    let program = filters.program.map(|id| id.to_string()).unwrap_or_default();
    let kind = filters.partner_type.map_or("", PartnerType::as_str);
    let Filters { q, territory, sort, .. } = filters.clone();
    let chips = filters.limits().then(|| chips(filters));
    view! {
        <Form method="GET" action=paths::PARTNERS attr:role="search" attr:class="tools partner-tools">
            <TextField name="q" label=t::find_partners() kind="search" value=q maxlength=200 icon=lucide::LuSearch />
            <SelectField name="program" label=t::program() choices=of_programs value=program empty=t::any() />
            <SelectField name="type" label=t::partner_type() choices=of_types value=kind empty=t::any() />
            <TextField name="territory" label=t::territory() value=territory maxlength=120 />
            {(!sort.is_empty()).then(|| view! { <input type="hidden" name="sort" value=sort /> })}
            <Button submit=true icon=lucide::LuListFilter>{t::show()}</Button>
        </Form>
        {chips}
    }
    .into_any()
}

fn chips(filters: &Filters) -> AnyView {
    let mut all: Vec<(String, String)> = Vec::new();
    if !filters.q.is_empty() {
        all.push((format!("“{}”", filters.q), filters.with(|filters| filters.q.clear())));
    }
    if let Some(id) = filters.program {
        let known = access::me().programs.into_iter().find(|program| program.id == id);
        let name = known.map_or_else(|| t::program().to_owned(), |program| program.name);
        all.push((name, filters.with(|filters| filters.program = None)));
    }
    if let Some(one) = filters.partner_type {
        all.push((type_name(one).to_owned(), filters.with(|filters| filters.partner_type = None)));
    }
    if !filters.territory.is_empty() {
        all.push((filters.territory.clone(), filters.with(|filters| filters.territory.clear())));
    }
    let chips = all.into_iter().map(|(label, remove)| view! { <Chip label=label on=true remove=remove /> });
    let chips = chips.collect_view();
    view! { <div class="actions">{chips}</div> }.into_any()
}

fn list(page: Page<Partner>, filters: &Filters) -> AnyView {
    if page.items.is_empty() && filters.limits() {
        return view! {
            <Card flush=true>
                <Empty title=t::no_match() icon=lucide::LuSearch>
                    <LinkButton href=paths::PARTNERS>{t::show_all()}</LinkButton>
                </Empty>
            </Card>
        }
        .into_any();
    }
    if page.items.is_empty() {
        return view! {
            <Card flush=true>
                <Empty title=t::no_partners() note=t::no_partners_note() icon=lucide::LuHandshake>
                    <LinkButton href=paths::IMPORTS>{t::import_partners()}</LinkButton>
                </Empty>
            </Card>
        }
        .into_any();
    }
    let now = if filters.sort.is_empty() { "name" } else { &filters.sort };
    let by = |key: &str, label: &str| {
        Column::new(label).sorts(key, now, |sort| filters.with(|filters| sort.clone_into(&mut filters.sort)))
    };
    let columns = vec![
        by("name", t::partner()),
        Column::new(t::programs()),
        Column::new(t::tier()),
        Column::new(t::territory()),
        Column::new(t::channel_manager()),
        by("country", t::country()),
        Column::tight(t::status()),
    ];
    let (shown, total) = (page.items.len(), page.total);
    let next = page.next_cursor.map(|cursor| Filters { cursor, ..filters.clone() }.href());
    let first = (!filters.cursor.is_empty()).then(|| filters.with(|_| {}));
    let rows = page.items.into_iter().map(row).collect_view();
    let pager = view! { <Pager shown=shown total=total first=first next=next/> };
    view! {
        <Card flush=true>
            <Table columns=columns label=t::partners() opens=true>{rows}</Table>
            {pager}
        </Card>
    }
    .into_any()
}

fn row(partner: Partner) -> impl IntoView {
    let each = |told: &dyn Fn(&crate::Enrollment) -> Option<String>| -> String {
        let mut all: Vec<String> = partner.enrollments.iter().filter_map(told).collect();
        all.dedup();
        all.join(", ")
    };
    let mut types: Vec<PartnerType> =
        partner.enrollments.iter().flat_map(|enrollment| enrollment.partner_types.clone()).collect();
    types.sort_unstable();
    types.dedup();
    let programs = each(&|enrollment| Some(enrollment.program_name.clone()));
    let tiers = each(&|enrollment| Some(tier_name(enrollment.tier).to_owned()));
    let territories = each(&|enrollment| enrollment.territory.clone());
    let managers =
        each(&|enrollment| enrollment.channel_manager.as_ref().map(|manager| manager.name.clone()));
    let status = partner.enrollments.first().map(|enrollment| status_tag(enrollment.status));
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead>
                <LeadLink href=paths::partner(partner.id) title=partner.name note=type_names(&types) />
            </Cell>
            <Cell label=t::programs()>{programs}</Cell>
            <Cell label=t::tier()>{tiers}</Cell>
            <Cell label=t::territory()>{territories}</Cell>
            <Cell label=t::channel_manager()>{managers}</Cell>
            <Cell label=t::country()>{partner.country}</Cell>
            <Cell kind=CellKind::State>{status}</Cell>
        </TableRow>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use base::OrganizationId;
    use base::reexport::uuid::Uuid;

    fn html(page: Page<Partner>, filters: Filters) -> String {
        Owner::new().with(|| list(page, &filters).to_html())
    }

    #[test]
    fn an_empty_list_says_what_to_do_next() {
        assert!(html(Page::whole(vec![]), Filters::default()).contains("href=\"/imports\""));
        let none = html(Page::whole(vec![]), Filters { territory: "DACH".into(), ..Filters::default() });
        assert!(none.contains("No partner matches.") && none.contains("href=\"/partners\""));
    }

    #[test]
    fn a_row_leads_to_the_partner_and_columns_sort_by_address() {
        let partner = Partner {
            id: OrganizationId(Uuid::nil()),
            name: "Alpine <Systems>".into(),
            slug: "alpine-systems".into(),
            country: Some("CH".into()),
            website: None,
            people: 3,
            enrollments: vec![],
        };
        let page = html(Page::whole(vec![partner]), Filters { q: "al".into(), ..Filters::default() });
        assert!(page.contains("Alpine &lt;Systems&gt;") && page.contains("href=\"/partners/org_0"), "{page}");
        assert!(page.contains("href=\"/partners?q=al&amp;sort=-name\""), "{page}");
    }
}

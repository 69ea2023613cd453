//! Named accounts: which customer's leads go to which partner.
use base::Page;
use kit::{
    Button, Card, Cell, CellKind, Choice, Column, DateField, Day, Empty, Kind, LinkButton, Pager, Screen,
    SelectField, Shape, Skeleton, Table, TableRow, Tag, TextField, Toasts, Tone, VerbForm, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use partners::{ListPartners, Partner};

use super::parts::{Worded, nothing};
use crate::access::Do;
use crate::model::Pin;
use crate::t;
use crate::verbs::{CreateLeadPin, DropLeadPin, ListLeadPins};

/// Partners that the form offers.
const OFFERED: u32 = 200;

/// `/leads/pins`.
#[component]
pub fn PinsPage() -> impl IntoView {
    let body = match Do::ReadRules.by(&access::me().actor(), None) {
        Ok(()) => page(),
        Err(problem) => kit::problem_view(problem),
    };
    let actions = || {
        view! { <LinkButton href=paths::LEAD_RULES class="hide-s">{t::rules()}</LinkButton><LinkButton href=paths::LEADS>{t::all_leads()}</LinkButton> }
            .into_any()
    };
    view! { <Screen title=t::pins_title() actions=actions>{body}</Screen> }.into_any()
}

fn page() -> AnyView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| ListLeadPins {
            q: query.get("q").filter(|q| !q.is_empty()),
            cursor: query.get("cursor").filter(|cursor| !cursor.is_empty()),
            ..ListLeadPins::default()
        })
    });
    let pins = kit::resource(|| vec!["lead_pins".to_owned()], move || asked.get());
    let partners = kit::resource(
        || vec!["partners".to_owned()],
        || ListPartners { limit: Some(OFFERED), ..ListPartners::default() },
    );
    let may = Do::EditPins.by(&access::me().actor(), None).is_ok();
    view! {
        <div class="grid g21">
            {kit::shown(
                pins,
                || view! { <Skeleton shape=Shape::Table count=6/> }.into_any(),
                move |page| list(page, &asked.get_untracked(), may),
            )}
            {may.then(|| kit::shown(partners, || view! { <Skeleton shape=Shape::Form/> }.into_any(), |page| form(page.items)))}
        </div>
    }
    .into_any()
}

fn list(page: Page<Pin>, asked: &ListLeadPins, may: bool) -> AnyView {
    if page.items.is_empty() {
        return view! {
            <Card flush=true><Empty title=t::no_pins() note=t::no_pins_note() icon=lucide::LuTarget/></Card>
        }
        .into_any();
    }
    let mut columns = vec![
        Column::new(t::col_customer()),
        Column::new(t::fact_partner()),
        Column::tight(t::field_until()),
        Column::new(t::field_note()),
    ];
    if may {
        columns.push(Column::tight(""));
    }
    let (shown, total) = (page.items.len(), page.total);
    let next = page.next_cursor.map(|cursor| format!("{}?cursor={cursor}", paths::LEAD_PINS));
    let first = asked.cursor.is_some().then(|| paths::LEAD_PINS.to_owned());
    let rows = page.items.into_iter().map(|pin| row(pin, may)).collect_view();
    view! {
        <section class="card">
            <Table columns=columns label=t::pins_title()>{rows}</Table>
            <Pager shown=shown total=total first=first next=next/>
        </section>
    }
    .into_any()
}

fn row(pin: Pin, may: bool) -> AnyView {
    let toasts = use_context::<Toasts>();
    let domain = pin.domain.clone().unwrap_or_default();
    let (title, note) =
        if pin.name.is_empty() { (domain, String::new()) } else { (pin.name.clone(), domain) };
    let until = match (pin.until, pin.is_current) {
        (None, _) => nothing_ends(),
        (Some(until), true) => view! { <Day on=until/> }.into_any(),
        (Some(until), false) => {
            view! { <span class="line wrap"><Day on=until/><Tag tone=Tone::Neutral>{t::pin_over()}</Tag></span> }.into_any()
        }
    };
    let drop = may.then(|| {
        let again = pin.clone();
        let done = Callback::new(move |_: Pin| {
            let Some(toasts) = toasts else { return };
            let pin = again.clone();
            let undo = Callback::new(move |()| {
                let ask = CreateLeadPin {
                    program: pin.program,
                    partner: pin.partner,
                    name: pin.name.clone(),
                    website: pin.domain.clone().unwrap_or_default(),
                    until: pin.until,
                    note: pin.note.clone(),
                };
                leptos::task::spawn_local(async move {
                    if let Err(problem) = kit::ask(ask).await {
                        toasts.fail(kit::sentence(&problem));
                    }
                });
            });
            toasts.say_with_undo(t::pin_dropped(), undo);
        });
        let label = t::drop_pin_of(&title);
        view! {
            <Cell>
                <VerbForm verb=DropLeadPin { id: pin.id } next=paths::LEAD_PINS done=done>
                    <input type="hidden" name="_method" value="DELETE"/>
                    <Button submit=true size=kit::Size::Small icon=lucide::LuX label=label/>
                </VerbForm>
            </Cell>
        }
    });
    let partner = view! { <a class="link" href=paths::partner(pin.partner)>{pin.partner_name}</a> };
    let why = if pin.note.is_empty() { nothing() } else { pin.note.into_any() };
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead>
                <span class="stack gap-4"><strong>{title}</strong><span class="muted small">{note}</span></span>
            </Cell>
            <Cell label=t::fact_partner()>{partner}</Cell>
            <Cell label=t::field_until()>{until}</Cell>
            <Cell label=t::field_note()>{why}</Cell>
            {drop}
        </TableRow>
    }
    .into_any()
}

fn nothing_ends() -> AnyView {
    view! { <span class="muted">{t::without_end()}</span> }.into_any()
}

fn form(partners: Vec<Partner>) -> AnyView {
    let me = access::me();
    let programs: Vec<Choice> =
        me.programs.iter().map(|program| Choice::new(program.id.to_string(), program.name.clone())).collect();
    let chosen =
        me.program.as_ref().map(|program| program.id).or(me.programs.first().map(|program| program.id));
    let Some(program) = chosen else { return ().into_any() };
    let choices: Vec<Choice> =
        partners.into_iter().map(|one| Choice::new(one.id.to_string(), one.name)).collect();
    let [name, website, note, until] = [(); 4].map(|()| RwSignal::new(String::new()));
    let toasts = use_context::<Toasts>();
    let done = Callback::new(move |_: Pin| {
        for field in [name, website, note, until] {
            let _ = field.try_set(String::new());
        }
        if let Some(toasts) = toasts {
            toasts.say(t::pin_made());
        }
    });
    let verb = CreateLeadPin {
        program,
        partner: me.organization.map_or(base::OrganizationId(Default::default()), |own| own.organization),
        name: String::new(),
        website: String::new(),
        until: None,
        note: String::new(),
    };
    view! {
        <Card title=t::new_pin()>
            <VerbForm verb=verb next=paths::LEAD_PINS done=done>
                <Worded/>
                <p class="muted small">{t::new_pin_note()}</p>
                <TextField name="name" label=t::company() bind=name optional=true maxlength=200/>
                <TextField name="website" label=t::field_website() bind=website optional=true inputmode="url" maxlength=300/>
                <SelectField name="program" label=t::fact_program() choices=programs value=program.to_string() required=true/>
                <SelectField name="partner" label=t::fact_partner() choices=choices empty=t::choose_partner() required=true/>
                <DateField name="until" label=t::field_until() bind=until optional=true/>
                <TextField name="note" label=t::field_why() bind=note optional=true maxlength=1000/>
                <div class="actions"><Button submit=true kind=Kind::Primary>{t::make_pin()}</Button></div>
            </VerbForm>
        </Card>
    }
    .into_any()
}

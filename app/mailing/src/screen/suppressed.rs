//! `/audiences/suppressed`: addresses that are not written to.
use base::Page;
use kit::{
    Button, Card, Cell, CellKind, Choice, Column, Empty, Kind, LinkButton, Pager, Screen, SelectField, Shape,
    Size, Skeleton, Table, TableRow, TextField, Toasts, VerbForm, When, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::access::Do;
use crate::model::{Suppressed, SuppressionReason};
use crate::t;
use crate::verbs::{ListSuppressed, ReleaseAddress, SuppressAddress};

/// `/audiences/suppressed`.
#[component]
pub fn SuppressedPage() -> impl IntoView {
    let body = match Do::ReadSuppressed.by(&access::me().actor()) {
        Ok(()) => page(),
        Err(problem) => kit::problem_view(problem),
    };
    let keeps_senders = Do::KeepSenders.by(&access::me().actor()).is_ok();
    let actions = move || {
        let senders = keeps_senders.then(
            || view! { <LinkButton href=paths::SENDERS class="hide-s">{t::senders_title()}</LinkButton> },
        );
        view! {
            {senders}
            <LinkButton href=paths::SUPPRESSED_FILE icon=lucide::LuDownload download=true>{t::download()}</LinkButton>
        }
        .into_any()
    };
    view! { <Screen title=t::suppressed_title() actions=actions>{body}</Screen> }.into_any()
}

fn page() -> AnyView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| {
            let given = |name: &str| query.get(name).filter(|text| !text.is_empty());
            ListSuppressed {
                address: given("address"),
                reason: given("reason").and_then(|reason| SuppressionReason::parse(&reason)),
                cursor: given("cursor"),
                limit: None,
            }
        })
    });
    let lines = kit::resource(|| vec!["suppressed".to_owned(), "mailing".to_owned()], move || asked.get());
    let toasts = use_context::<Toasts>();
    view! {
        <p class="muted">{t::suppressed_lead()}</p>
        {search(&asked.get_untracked())}
        <div class="grid g21">
            {kit::shown(
                lines,
                || view! { <Skeleton shape=Shape::Table count=6/> }.into_any(),
                move |page| list(page, &asked.get_untracked(), Ways { lines, toasts }),
            )}
            {new(Ways { lines, toasts })}
        </div>
    }
    .into_any()
}

#[derive(Clone, Copy)]
struct Ways {
    lines: kit::Asked<Page<Suppressed>>,
    toasts: Option<Toasts>,
}

impl Ways {
    fn say(self, words: String) {
        self.lines.refetch();
        if let Some(toasts) = self.toasts {
            toasts.say(words);
        }
    }
}

/// A plain form: the address of the page says what is looked for.
fn search(asked: &ListSuppressed) -> AnyView {
    let choices: Vec<Choice> =
        SuppressionReason::ALL.iter().map(|reason| Choice::new(reason.as_str(), reason.word())).collect();
    let address = asked.address.clone().unwrap_or_default();
    let reason = asked.reason.map_or("", SuppressionReason::as_str);
    view! {
        <form method="get" action=paths::SUPPRESSED role="search" class="line wrap">
            <TextField name="address" label=t::field_find() value=address maxlength=254 inputmode="email" optional=true/>
            <SelectField name="reason" label=t::col_reason() choices=choices empty=t::any_reason() value=reason optional=true/>
            <Button submit=true icon=lucide::LuSearch>{t::find()}</Button>
        </form>
    }
    .into_any()
}

fn list(page: Page<Suppressed>, asked: &ListSuppressed, ways: Ways) -> AnyView {
    if page.items.is_empty() {
        let filtered = asked.address.is_some() || asked.reason.is_some();
        let (title, note) = if filtered { (t::none_found(), "") } else { (t::none(), t::none_note()) };
        return view! { <Card flush=true><Empty title=title note=note icon=lucide::LuMailX/></Card> }
            .into_any();
    }
    let columns = vec![
        Column::new(t::col_address()),
        Column::new(t::col_reason()),
        Column::new(t::col_scope()),
        Column::tight(t::col_at()),
        Column::tight(""),
    ];
    let (shown, total) = (page.items.len(), page.total);
    let address_of = |cursor: Option<&str>| {
        let pairs = [
            ("address", asked.address.as_deref()),
            ("reason", asked.reason.map(SuppressionReason::as_str)),
            ("cursor", cursor),
        ];
        let pairs =
            pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", base::escape(value?))));
        format!("{}?{}", paths::SUPPRESSED, pairs.collect::<Vec<_>>().join("&"))
    };
    let next = page.next_cursor.as_deref().map(|cursor| address_of(Some(cursor)));
    let first = asked.cursor.is_some().then(|| address_of(None));
    let rows = page.items.into_iter().map(|line| row(line, ways)).collect_view();
    view! {
        <section class="card">
            <Table columns=columns label=t::suppressed_title()>{rows}</Table>
            <Pager shown=shown total=total first=first next=next/>
        </section>
    }
    .into_any()
}

fn row(line: Suppressed, ways: Ways) -> AnyView {
    let by_hand = line.reason == SuppressionReason::Manual;
    let release = by_hand.then(|| {
        let label = t::release_what(&line.address);
        let said = t::released(&line.address);
        let done = Callback::new(move |_: Suppressed| ways.say(said.clone()));
        view! {
            <VerbForm verb=ReleaseAddress { id: line.id } next=paths::SUPPRESSED done=done>
                <input type="hidden" name="_method" value="DELETE"/>
                <Button submit=true size=Size::Small icon=lucide::LuX label=label/>
            </VerbForm>
        }
    });
    let by =
        (!line.by_name.is_empty()).then(|| view! { <span class="muted small">{line.by_name.clone()}</span> });
    let (reason, scope, at) = (line.reason.word(), line.scope.word(), line.at);
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead><span class="stack gap-4"><strong class="break">{line.address}</strong>{by}</span></Cell>
            <Cell label=t::col_reason()>{reason}</Cell>
            <Cell label=t::col_scope()>{scope}</Cell>
            <Cell label=t::col_at()><When at=at/></Cell>
            <Cell>{release}</Cell>
        </TableRow>
    }
    .into_any()
}

fn new(ways: Ways) -> AnyView {
    let address = RwSignal::new(String::new());
    let done = Callback::new(move |line: Suppressed| {
        let _ = address.try_set(String::new());
        ways.say(t::suppressed_now(line.address));
    });
    let note = match access::me().actor().side() {
        Some(base::Side::Vendor) => t::new_note_vendor(),
        _ => t::new_note_partner(),
    };
    view! {
        <Card title=t::new_suppressed() id="new-suppressed">
            <VerbForm verb=SuppressAddress { address: String::new() } next=paths::SUPPRESSED done=done>
                <p class="muted small">{note}</p>
                <TextField name="address" label=t::field_address() bind=address required=true maxlength=254 inputmode="email" autocomplete="off"/>
                <div class="form-foot"><Button submit=true kind=Kind::Primary icon=lucide::LuPlus>{t::add()}</Button></div>
            </VerbForm>
        </Card>
    }
    .into_any()
}

//! `/rates`: the vendor's exchange rates, and the form that sets one.
use base::{Currency, Date, Page};
use kit::catalogue::Locale;
use kit::{
    Button, Card, Cell, CellKind, Chip, Column, Empty, Kind, LinkButton, Pager, Screen, Shape, Size,
    Skeleton, Table, TableRow, TextField, Toasts, VerbForm, When, lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::access::Do;
use crate::model::Rate;
use crate::t;
use crate::verbs::{ListRates, RemoveRate, SetRate};

/// Currencies that most vendors need a rate of; others are found by what is set.
const USUAL: [&str; 4] = ["USD", "GBP", "CHF", "JPY"];

/// `/rates`.
#[component]
pub fn RatesPage() -> impl IntoView {
    let body = match Do::Read.by(&access::me().actor()) {
        Ok(()) => page(),
        Err(problem) => kit::problem_view(problem),
    };
    let may = Do::Set.by(&access::me().actor()).is_ok();
    let actions = move || {
        let href = format!("{}?kind=rates", paths::IMPORTS);
        may.then(|| view! { <LinkButton href=href icon=lucide::LuUpload>{t::from_a_file()}</LinkButton> })
            .into_any()
    };
    view! { <Screen title=t::title() actions=actions>{body}</Screen> }.into_any()
}

fn page() -> AnyView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| ListRates {
            currency: query.get("currency").filter(|code| Currency::from_code(code).is_some()),
            cursor: query.get("cursor").filter(|cursor| !cursor.is_empty()),
            limit: None,
        })
    });
    let rates = kit::resource(|| vec!["rates".to_owned()], move || asked.get());
    let may = Do::Set.by(&access::me().actor()).is_ok();
    view! {
        <p class="muted">{t::lead()}</p>
        <div class="grid g21">
            <div class="stack gap-16">
                {move || chips(&asked.get())}
                {kit::shown(
                    rates,
                    || view! { <Skeleton shape=Shape::Table count=6/> }.into_any(),
                    move |page| list(page, &asked.get_untracked(), may),
                )}
            </div>
            {may.then(form)}
        </div>
    }
    .into_any()
}

/// The address of the list with another currency or page.
fn address(currency: Option<&str>, cursor: Option<&str>) -> String {
    let parts = [
        currency.map(|code| format!("currency={code}")),
        cursor.map(|cursor| format!("cursor={}", cursor.replace(' ', "%20"))),
    ];
    let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
    if query.is_empty() { paths::RATES.to_owned() } else { format!("{}?{query}", paths::RATES) }
}

fn chips(asked: &ListRates) -> AnyView {
    let chosen = asked.currency.clone();
    let mut codes: Vec<String> = USUAL.map(str::to_owned).to_vec();
    if let Some(code) = chosen.clone().filter(|code| !codes.contains(code)) {
        codes.push(code);
    }
    let each = codes.into_iter().map(|code| {
        let (on, href) = (chosen.as_ref() == Some(&code), address(Some(&code), None));
        view! { <Chip label=code on=on href=href/> }
    });
    let (each, all) = (each.collect_view(), chosen.is_none());
    view! {
        <nav class="chips" aria-label=t::which()>
            <Chip label=t::all().to_owned() on=all href=address(None, None)/>
            {each}
        </nav>
    }
    .into_any()
}

fn list(page: Page<Rate>, asked: &ListRates, may: bool) -> AnyView {
    if page.items.is_empty() {
        return view! {
            <Card flush=true><Empty title=t::none() note=t::none_note() icon=lucide::LuCoins/></Card>
        }
        .into_any();
    }
    let mut columns = vec![
        Column::new(t::col_currency()),
        Column::tight(t::col_from()),
        Column::num(t::col_rate()),
        Column::new(t::col_changed()),
    ];
    if may {
        columns.push(Column::tight(""));
    }
    let (shown, total) = (page.items.len(), page.total);
    let currency = asked.currency.as_deref();
    let next = page.next_cursor.map(|cursor| address(currency, Some(&cursor)));
    let first = asked.cursor.is_some().then(|| address(currency, None));
    let rows = page.items.into_iter().map(|rate| row(rate, may)).collect_view();
    view! {
        <section class="card">
            <Table columns=columns label=t::title()>{rows}</Table>
            <Pager shown=shown total=total first=first next=next/>
        </section>
    }
    .into_any()
}

fn row(rate: Rate, may: bool) -> AnyView {
    let toasts = use_context::<Toasts>();
    let label = t::remove_of(rate.currency.code(), &rate.month);
    let verb = RemoveRate { currency: rate.currency.code().to_owned(), month: rate.month.clone() };
    let again = SetRate {
        currency: verb.currency.clone(),
        month: verb.month.clone(),
        per_euro: rate.per_euro.clone(),
    };
    let remove = may.then(|| {
        let done = Callback::new(move |_: Rate| {
            let (Some(toasts), ask) = (toasts, again.clone()) else { return };
            let undo = Callback::new(move |()| {
                let ask = ask.clone();
                leptos::task::spawn_local(async move {
                    if let Err(problem) = kit::ask(ask).await {
                        toasts.fail(kit::sentence(&problem));
                    }
                });
            });
            toasts.say_with_undo(t::removed(), undo);
        });
        view! {
            <Cell>
                <VerbForm verb=verb next=paths::RATES done=done>
                    <input type="hidden" name="_method" value="DELETE"/>
                    <Button submit=true size=Size::Small icon=lucide::LuX label=label/>
                </VerbForm>
            </Cell>
        }
    });
    let locale = kit::catalogue::locale();
    let day = format!("{}-01", rate.month).parse::<Date>();
    let month = day.map_or_else(|_| rate.month.clone(), |day| kit::format::month_year(day, locale));
    let (code, per_euro) = (rate.currency.code(), worth(&rate.per_euro, locale));
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead><span class="stack gap-4"><strong>{code}</strong><span class="muted small">{rate.currency.name()}</span></span></Cell>
            <Cell label=t::col_from()>{month}</Cell>
            <Cell label=t::col_rate() kind=CellKind::Num>{per_euro}</Cell>
            <Cell label=t::col_changed()><span class="small">{rate.changed_by_name}" · "<When at=rate.changed_at/></span></Cell>
            {remove}
        </TableRow>
    }
    .into_any()
}

/// The rate as the reader writes it, with all its decimals.
fn worth(per_euro: &str, locale: Locale) -> String {
    let places = per_euro.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    per_euro.parse().map_or_else(|_| per_euro.to_owned(), |n| kit::format::decimal(n, places as u32, locale))
}

fn form() -> AnyView {
    let toasts = use_context::<Toasts>();
    let done = Callback::new(move |rate: Rate| {
        if let Some(toasts) = toasts {
            toasts.say(t::saved(rate.currency.code(), &rate.month));
        }
    });
    let today = kit::format::local_date(kit::present(), kit::catalogue::offset_minutes());
    let month = today.to_string().chars().take(7).collect::<String>();
    view! {
        <Card title=t::set_title() id="set-rate">
            <VerbForm verb=SetRate { month: month.clone(), ..SetRate::default() } next=paths::RATES done=done>
                <div class="stack gap-16">
                    <TextField name="currency" label=t::field_currency() help=t::currency_help() required=true maxlength=3 autocomplete="off"/>
                    <TextField name="month" label=t::field_month() help=t::month_help() value=month required=true maxlength=10 autocomplete="off"/>
                    <TextField name="per_euro" label=t::field_rate() help=t::rate_help() required=true maxlength=20 inputmode="decimal" autocomplete="off"/>
                    <div class="actions"><Button submit=true kind=Kind::Primary>{t::set()}</Button></div>
                </div>
            </VerbForm>
        </Card>
    }
    .into_any()
}

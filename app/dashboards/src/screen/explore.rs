//! Any figure, told apart by anything: each row leads on to what is narrower, and to its records.
use base::Side;
use kit::chart::{BarChart, Heat, LineChart, Measure as Exact, Paint, coordinate};
use kit::{
    Button, Card, Cell, CellKind, Choice, Column, Empty, Place, Screen, Segmented, SelectField, Shape,
    Skeleton, Table, TableRow, paths,
};
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::{use_navigate, use_query_map};
use partners::{PartnerType, Tier, tier_name, type_name};

use super::chosen::{Chosen, What, at, chosen};
use super::{export, filters, parts, views};
use crate::model::{By, Exploration, Measure, Slice, Unit};
use crate::t;
use crate::view::Board;

/// `/explore`.
#[component]
pub fn ExplorePage() -> impl IntoView {
    let (chosen, query) = (chosen(), use_query_map());
    let what = move || query.with(|query| What::read(|name| query.get(name)));
    let explored = kit::resource(keys, move || what().ask(chosen()));
    let kept = move || what().fields();
    view! {
        <Screen title=t::explore()>
            <div class="head">
                {filters::bar(paths::EXPLORE, chosen, kept)}
                <span class="end">{views::menu(Board::Explore, move || kept().into_iter().chain(chosen().fields()).collect())}</span>
            </div>
            {kit::shown(
                explored,
                || view! { <Skeleton shape=Shape::Chart/><Skeleton shape=Shape::Table/> }.into_any(),
                move |of| page(of, &chosen()),
            )}
        </Screen>
    }
    .into_any()
}

/// What moves any figure.
pub(super) fn keys() -> Vec<String> {
    ["overview", "home", "deals", "opportunities"].map(str::to_owned).to_vec()
}

/// The address of a figure, told apart by something.
fn address(measure: Measure, by: Option<By>, chosen: &Chosen) -> String {
    address_of(What { measure: Some(measure), by, months: false }, chosen)
}

fn address_of(what: What, chosen: &Chosen) -> String {
    let mut fields = what.fields();
    fields.extend(chosen.fields());
    at(paths::EXPLORE, &fields)
}

fn page(of: Exploration, chosen: &Chosen) -> AnyView {
    let (measure, by) = (of.measure, of.by);
    let to = |chosen: &Chosen| address(measure, Some(by), chosen);
    let delta = parts::delta(of.total, of.previous, &of.against, measure.falling_is_good());
    let currency = parts::currency_of(&of.currency);
    let total = parts::written(of.total, of.unit, currency);
    let (converted, shapes) = (parts::conversion(&of.converted, currency), shapes(&of, chosen));
    let body = if of.rows.is_empty() {
        view! { <Card flush=true><Empty title=t::nothing_here() note=t::nothing_here_note()/></Card> }
            .into_any()
    } else {
        let shown = if of.months.is_empty() { table(&of, chosen) } else { heat(&of) };
        let chart = chart(&of);
        view! { {chart}{shown} }.into_any()
    };
    view! {
        <div class="head">
            {parts::periods(chosen, &of.period, to)}
            {parts::comparisons(chosen, &of.period, &of.against, to)}
            <span class="end muted small">{parts::as_of(of.as_of)}</span>
            {export::rows_button(&of)}
        </div>
        {choices(&of, chosen)}
        <Card>
            <div class="figures">
                <p class="figure num">{total}</p>
                <span class="muted small">{measure.words()}</span>
                {delta}
            </div>
            {converted}
        </Card>
        {shapes}
        {body}
    }
    .into_any()
}

/// The choice of a figure and of what tells it apart.
fn choices(of: &Exploration, chosen: &Chosen) -> AnyView {
    let is_vendor = access::me().side() == Some(Side::Vendor);
    let measures: Vec<Choice> =
        Measure::ALL.iter().map(|one| Choice::new(one.as_str(), one.words())).collect();
    let bys: Vec<Choice> = By::ALL
        .iter()
        .filter(|by| of.measure.fits(**by) && (is_vendor || !by.is_of_partners()))
        .map(|by| Choice::new(by.as_str(), by.words()))
        .collect();
    let hidden = chosen
        .fields()
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let (navigate, by, rest) = (use_navigate(), of.by, chosen.clone());
    let measured = Callback::new(move |text: String| {
        let measure = Measure::parse(&text).unwrap_or(Measure::WonValue);
        navigate(&address(measure, Some(by).filter(|by| measure.fits(*by)), &rest), Default::default());
    });
    let (navigate, measure, rest) = (use_navigate(), of.measure, chosen.clone());
    let (now_measure, now_by) = (of.measure.as_str(), of.by.as_str());
    let told = Callback::new(move |text: String| {
        navigate(&address(measure, By::parse(&text), &rest), Default::default());
    });
    view! {
        <Form method="GET" action=paths::EXPLORE attr:class="form-row r12">
            {hidden}
            <SelectField name="measure" label=t::figure() choices=measures value=now_measure on_input=measured/>
            <SelectField name="by" label=t::told_apart_by() choices=bys value=now_by on_input=told/>
            <noscript><Button submit=true>{t::apply()}</Button></noscript>
        </Form>
    }
    .into_any()
}

/// The choice between rows alone and rows month by month; none where a figure has no months.
fn shapes(of: &Exploration, chosen: &Chosen) -> AnyView {
    if of.by.is_time() || !of.measure.fits(By::Month) || of.rows.is_empty() {
        return ().into_any();
    }
    let is_monthly = !of.months.is_empty();
    let to = |months| address_of(What { measure: Some(of.measure), by: Some(of.by), months }, chosen);
    let places = vec![
        Place::new(t::as_list(), to(false), !is_monthly),
        Place::new(t::month_by_month(), to(true), is_monthly),
    ];
    view! { <div class="head"><Segmented label=t::shown_as() places=places/></div> }.into_any()
}

/// Rows by months, each cell as deep in colour as it is large.
fn heat(of: &Exploration) -> AnyView {
    let (unit, currency, by) = (of.unit, parts::currency_of(&of.currency), of.by);
    // A year of months stands side by side.
    let write = Callback::new(move |value: f64| match unit {
        Unit::Money => {
            kit::format::money_short(base::Money::new(value as i64, currency), kit::catalogue::locale())
        }
        _ => parts::written(Some(value as i64), unit, currency),
    });
    let rows: Vec<&Slice> = of.rows.iter().filter(|row| row.cells.iter().any(Option::is_some)).collect();
    let names = rows.iter().map(|row| name_of_row(by, row)).collect::<Vec<_>>();
    let columns = of.months.iter().map(|month| parts::at_label(month)).collect::<Vec<_>>();
    let values = rows.iter().map(|row| row.cells.iter().map(|cell| cell.map(|n| n as f64)).collect());
    let values = values.collect::<Vec<Vec<Option<f64>>>>();
    let title = t::figure_by(of.measure.words(), by.words());
    let exact = if unit == Unit::Money { Exact::Money(currency) } else { Exact::Number };
    view! { <Card><Heat title=title head=by.words() rows=names columns=columns values=values write=write measure=exact/></Card> }
        .into_any()
}

fn chart(of: &Exploration) -> AnyView {
    if !of.by.is_time() || of.rows.len() < 2 {
        return ().into_any();
    }
    let (unit, currency) = (of.unit, parts::currency_of(&of.currency));
    let write = Callback::new(move |value: f64| parts::written(Some(value as i64), unit, currency));
    let labels = of.rows.iter().map(|row| parts::at_label(&row.key)).collect::<Vec<_>>();
    let values = of.rows.iter().map(|row| row.value.unwrap_or_default() as f64).collect();
    let title = of.measure.words();
    let series = vec![kit::chart::Series::new(title, values, Paint::Accent)];
    let exact = if unit == Unit::Money { Exact::Money(currency) } else { Exact::Number };
    if of.measure.adds_up() && labels.len() <= 31 {
        view! { <Card><BarChart id="explored" title=title labels=labels series=series write=write measure=exact/></Card> }
            .into_any()
    } else {
        view! { <Card><LineChart id="explored" title=title labels=labels series=series write=write measure=exact/></Card> }
            .into_any()
    }
}

fn table(of: &Exploration, chosen: &Chosen) -> AnyView {
    let is_compared = !of.by.is_time() && of.rows.iter().any(|row| row.previous.is_some());
    let mut columns = vec![Column::new(of.by.words()), Column::num(of.measure.words())];
    let adds_up = of.measure.adds_up() && of.by != By::PartnerType;
    if adds_up {
        columns.push(Column::num(t::share()));
    }
    if is_compared {
        columns.push(Column::num(t::change()));
    }
    let most = of.rows.iter().filter_map(|row| row.value).max().unwrap_or_default().max(1);
    let rows =
        of.rows.iter().map(|row| row_view(of, row, chosen, (most, adds_up, is_compared))).collect_view();
    let title = t::figure_by(of.measure.words(), of.by.words());
    view! { <Card flush=true><Table columns=columns label=title>{rows}</Table></Card> }.into_any()
}

fn row_view(
    of: &Exploration,
    row: &Slice,
    chosen: &Chosen,
    (most, adds_up, is_compared): (i64, bool, bool),
) -> AnyView {
    let currency = parts::currency_of(&of.currency);
    let words = |value| parts::written(value, of.unit, currency);
    let name = name_of_row(of.by, row);
    let lead = match narrower(of, row, chosen) {
        Some(href) => view! { <a class="lead" href=href>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let exact = match (of.unit, row.value) {
        (Unit::Money, Some(minor)) => {
            kit::format::money(base::Money::new(minor, currency), kit::catalogue::locale())
        }
        _ => String::new(),
    };
    let value = match &row.records_url {
        Some(url) => view! { <a href=url.clone() title=exact>{words(row.value)}</a> }.into_any(),
        None => view! { <span title=exact>{words(row.value)}</span> }.into_any(),
    };
    let width = format!("{}%", coordinate(row.value.unwrap_or_default().max(0) as f64 / most as f64 * 100.0));
    let share = adds_up.then(|| {
        let share = figures::kpi::ratio(row.value.unwrap_or_default(), of.total.unwrap_or_default());
        view! { <Cell kind=CellKind::Num label=t::share()>{parts::written(share, Unit::BasisPoints, currency)}</Cell> }
    });
    let change = is_compared.then(|| {
        let delta = parts::delta(row.value, row.previous, &of.against, of.measure.falling_is_good());
        view! { <Cell kind=CellKind::Num label=t::change()>{delta}</Cell> }
    });
    let figure = of.measure.words();
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead>
                {lead}
                <svg class="part" width="100%" height="4" aria-hidden="true"><rect class="ca" width=width height="4" rx="2"></rect></svg>
            </Cell>
            <Cell kind=CellKind::Num label=figure>{value}</Cell>
            {share}
            {change}
        </TableRow>
    }
    .into_any()
}

/// A row in the reader's words.
pub(crate) fn name_of_row(by: By, row: &Slice) -> String {
    let known = match by {
        By::Month | By::Day => Some(parts::at_label(&row.key)),
        By::Tier => Tier::parse(&row.key).map(|tier| tier_name(tier).to_owned()),
        By::PartnerType => PartnerType::parse(&row.key).map(|kind| type_name(kind).to_owned()),
        By::State => deals::Status::ALL
            .iter()
            .find(|status| status.as_str() == row.key)
            .map(|status| status.words().to_owned()),
        By::Territory if !row.key.is_empty() => Some(row.key.clone()),
        _ => Some(row.name.clone()).filter(|name| !name.is_empty()),
    };
    known.unwrap_or_else(|| {
        match by {
            By::Territory | By::ChannelManager => t::not_given(),
            by if by.is_of_partners() => t::without_partner(),
            _ => t::unnamed_share(),
        }
        .to_owned()
    })
}

/// The same figure for this row alone, told apart by the next thing; none where there is none.
fn narrower(of: &Exploration, row: &Slice, chosen: &Chosen) -> Option<String> {
    let is_vendor = access::me().side() == Some(Side::Vendor);
    let mut to = chosen.clone();
    let key = || (!row.key.is_empty()).then(|| row.key.clone());
    let by = match of.by {
        By::Month => {
            to.period = key();
            By::Day
        }
        By::Program => {
            to.program = Some(row.key.parse().ok()?);
            if is_vendor { By::Partner } else { By::Month }
        }
        By::Brand => {
            to.segment.brand = Some(row.key.parse().ok()?);
            By::Program
        }
        By::Partner => {
            to.partner = Some(row.key.parse().ok()?);
            By::Month
        }
        By::Tier => {
            to.segment.tier = Some(Tier::parse(&row.key)?);
            By::Partner
        }
        By::PartnerType => {
            to.segment.partner_type = Some(PartnerType::parse(&row.key)?);
            By::Partner
        }
        By::Territory => {
            to.segment.territory = Some(key()?);
            By::Partner
        }
        By::ChannelManager => {
            to.segment.channel_manager = Some(row.key.parse().ok()?);
            By::Partner
        }
        By::Day | By::Product | By::State => return None,
    };
    let by = if of.measure.fits(by) { by } else { By::Product };
    of.measure.fits(by).then(|| address(of.measure, Some(by), &to))
}

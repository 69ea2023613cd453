//! Pieces that several pages of this slice show: badges, facts, rules, refusals in words.
use base::{Currency, Money, Problem};
use kit::catalogue::locale;
use kit::{
    Countdown, Day, Drawing, Fact, FactLayout, FormState, Icon, KeyValues, MenuButton, MoneyText, Rule, Tag,
    Tell, Tone, When, Why, format, paths,
};
use leptos::prelude::*;

use super::country_name;
use crate::model::{CheckVerdict, Deal, DealState, Outcome, Refused, RuleVerdict, Status};
use crate::t;

/// A status in the reader's language.
#[must_use]
pub fn status_words(status: Status) -> &'static str {
    status.words()
}

/// What the colour of a status says.
#[must_use]
pub const fn status_tone(status: Status) -> Tone {
    match status {
        Status::Draft | Status::Withdrawn | Status::Lapsed | Status::Expired | Status::Lost => Tone::Neutral,
        Status::Submitted | Status::InReview | Status::Converted => Tone::Accent,
        Status::Approved | Status::Won => Tone::Good,
        Status::Conflict | Status::Returned | Status::Disputed => Tone::Warn,
        Status::Rejected | Status::Cancelled => Tone::Bad,
    }
}

/// A deal's status as a tag.
#[component]
pub fn DealBadge(status: Status, #[prop(optional)] big: bool) -> impl IntoView {
    view! { <Tag tone=status_tone(status) big=big>{status_words(status)}</Tag> }
}

/// What the colour of a check says.
pub(super) const fn check_tone(verdict: CheckVerdict) -> Tone {
    match verdict {
        CheckVerdict::Clear => Tone::Good,
        CheckVerdict::PossibleConflict => Tone::Warn,
        CheckVerdict::Conflict => Tone::Bad,
    }
}

/// The customer's name, or that there is none yet.
pub(super) fn name_of(name: &str) -> String {
    if name.trim().is_empty() { t::deal_unnamed().to_owned() } else { name.to_owned() }
}

/// A field of a claim in words.
pub(super) fn field_words(field: &str) -> String {
    t::lookup(&format!("field_{field}")).map_or_else(|| field.to_owned(), str::to_owned)
}

/// Several fields in one line.
pub(super) fn fields_words(fields: &[String]) -> String {
    fields.iter().map(|field| field_words(field)).collect::<Vec<_>>().join(", ")
}

/// Products in one line: "Harbor Vault × 120".
pub(super) fn products_words(deal: &Deal) -> String {
    let one = |line: &crate::ProductLine| {
        if line.quantity > 1 {
            format!("{} × {}", line.name, format::number(i64::from(line.quantity), locale()))
        } else {
            line.name.clone()
        }
    };
    deal.products.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// A value with how it is meant.
pub(super) fn value_view(deal: &Deal) -> AnyView {
    match deal.value {
        Some(value) => {
            view! { <MoneyText of=value/>" "<span class="muted small">{deal.value_kind.words()}</span> }
                .into_any()
        }
        None => nothing(),
    }
}

/// What stands where nothing was given.
pub(super) fn nothing() -> AnyView {
    view! { <span class="muted">{t::not_given()}</span> }.into_any()
}

/// An amount in plain words.
pub(super) fn money_words(value: Option<Money>) -> String {
    value.map(|value| format::money_plain(value, locale())).unwrap_or_default()
}

/// What a deal is in a few facts; the same on its page and in the panel beside the list.
pub(super) fn facts(deal: &Deal) -> AnyView {
    let country = deal.customer.country.as_deref().map(country_name);
    let (value, products, close, clock, later) =
        (value_view(deal), products_words(deal), deal.expected_close, clock(deal), later(deal));
    let program = deal.program_name.clone();
    let partner_href = paths::partner(deal.partner);
    let is_vendor = access::me().side() == Some(base::Side::Vendor);
    let partner = if is_vendor {
        view! { <a class="link" href=partner_href>{deal.partner_name.clone()}</a> }.into_any()
    } else {
        deal.partner_name.clone().into_any()
    };
    view! {
        <KeyValues layout=FactLayout::Columns>
            <Fact label=t::fact_value()>{value}</Fact>
            <Fact label=t::fact_products()>{if products.is_empty() { nothing() } else { products.into_any() }}</Fact>
            <Fact label=t::fact_close()>{close.map_or_else(nothing, |on| view! { <Day on=on/> }.into_any())}</Fact>
            <Fact label=t::fact_country()>{country.map_or_else(nothing, IntoAny::into_any)}</Fact>
            <Fact label=t::fact_partner()>{partner}</Fact>
            <Fact label=t::fact_program()>{program}</Fact>
            {clock}
            {later}
        </KeyValues>
    }
    .into_any()
}

/// What there is to know of a deal that was approved: silence, share, the CRM's record.
fn later(deal: &Deal) -> AnyView {
    let lapses = deal.lapses_at.map(|at| {
        view! { <Fact label=t::fact_lapses()><Countdown until=at soon_ms=9 * 86_400_000/></Fact> }
    });
    let share = deal.state.share_percent().filter(|percent| *percent < 100).map(|percent| {
        let words = format::percent(f64::from(percent) / 100.0, locale());
        view! { <Fact label=t::fact_share()><span class="num">{words}</span></Fact> }
    });
    let opportunity = deal.opportunity.map(|_| {
        let name = deal.customer.name.clone();
        let href = format!("{}?q={}", paths::OPPORTUNITIES, base::escape(&name));
        view! { <Fact label=t::fact_opportunity()><a class="link" href=href>{name}</a></Fact> }
    });
    view! {{lapses}{share}{opportunity}}.into_any()
}

/// The moment that counts now: protection, promised answer, or the grace of a returned deal.
fn clock(deal: &Deal) -> AnyView {
    if let DealState::Returned { grace_until, .. } = deal.state {
        return view! { <Fact label=t::fact_grace()><Countdown until=grace_until soon_ms=86_400_000/></Fact> }.into_any();
    }
    if let Some(window) = deal.protection {
        return view! {
            <Fact label=t::fact_protected()>
                <Countdown until=window.expiry soon_ms=14 * 86_400_000/>" "
                <span class="muted small"><When at=window.expiry tell=Tell::Absolute/></span>
            </Fact>
        }
        .into_any();
    }
    match deal.answer_due {
        Some(due) => view! {
            <Fact label=t::fact_answer_due()>
                <Countdown until=due/>" "<span class="muted small"><When at=due tell=Tell::Soon/></span>
            </Fact>
        }
        .into_any(),
        None => ().into_any(),
    }
}

/// What each rule said, behind "Why?". Rules with nothing against it stand last.
pub(super) fn why(rules: &[RuleVerdict], version: Option<u32>) -> AnyView {
    if rules.is_empty() {
        return ().into_any();
    }
    let lines = rule_lines(rules, version);
    view! { <Why>{lines}</Why> }.into_any()
}

/// What each rule said, line by line.
pub(super) fn rule_lines(rules: &[RuleVerdict], version: Option<u32>) -> AnyView {
    let mut rules = rules.to_vec();
    rules.sort_by_key(|verdict| match verdict.outcome {
        Outcome::Failed => 0,
        Outcome::Review => 1,
        Outcome::Passed => 2,
    });
    let lines = rules
        .into_iter()
        .map(|verdict| {
            let facts = verdict
                .facts
                .iter()
                .map(|(name, value)| fact_words(name, value))
                .collect::<Vec<_>>()
                .join(", ");
            let facts = if facts.is_empty() { String::new() } else { format!(" ({facts})") };
            let words = format!("{}: {}{facts}", verdict.rule.name(), verdict.outcome.words());
            view! { <Rule id=verdict.rule.code() words=words/> }
        })
        .collect_view();
    let version = version.map(|number| view! { <p class="muted small">{t::rules_version(number)}</p> });
    view! { <div class="stack gap-4">{lines}{version}</div> }.into_any()
}

fn fact_words(name: &str, value: &str) -> String {
    let label = t::lookup(&format!("rule_fact_{name}")).unwrap_or(name);
    let value = match value {
        "true" => t::yes().to_owned(),
        "false" => t::no().to_owned(),
        "" => t::not_given().to_owned(),
        other => amount_words(other).unwrap_or_else(|| other.to_owned()),
    };
    format!("{label}: {value}")
}

/// An amount as facts write it, `8000.00 EUR`, as the reader writes it.
pub(super) fn amount_words(text: &str) -> Option<String> {
    let (amount, code) = text.split_once(' ')?;
    let money = Money::parse(amount, Currency::from_code(code)?)?;
    Some(format::money_plain(money, locale()))
}

/// An item of a menu; one that is refused says why.
pub(super) fn item(
    label: &'static str,
    icon: Option<Drawing>,
    refused: Option<String>,
    act: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    let act = Callback::new(move |()| act());
    let icon = icon.map(|icon| view! { <Icon of=icon/> });
    match refused {
        Some(why) => view! { <MenuButton label=label refused=why/> }.into_any(),
        None => view! {
            <button type="button" class="item" on:click=move |_| act.run(())>{icon}<span class="what"><span>{label}</span></span></button>
        }
        .into_any(),
    }
}

/// A refusal of the rules in the reader's language instead of the API's.
pub(super) fn in_words(problem: Problem) -> Problem {
    match problem {
        Problem::Refused { code, detail } => {
            let refused = Refused { code: code.to_string(), message: detail };
            Problem::Refused { code, detail: refused.words() }
        }
        other => other,
    }
}

/// Put into a form of this slice: what the rules refuse is said in the reader's language.
#[component]
pub(super) fn Worded() -> impl IntoView {
    if let Some(form) = use_context::<FormState>() {
        let say = move || {
            let said = form.problem.get();
            let worded = said.clone().map(in_words);
            if worded != said {
                form.problem.set(worded);
            }
        };
        untrack(say);
        Effect::new(move |_| say());
    }
}

//! A vendor's partners beside each other: how many have begun, who leads, who may be lost.
use base::Page;
use figures::kpi::Sign;
use kit::catalogue::locale;
use kit::chart::{Funnel, Paint, Part};
use kit::{Card, Empty, Fact, FactLayout, KeyValues, LinkButton, Row, Size, Tag, Tone, format, paths};
use leptos::prelude::*;

use super::parts;
use crate::model::{Activation, AtRisk, Share};
use crate::t;

/// How many of the recruited partners have come how far.
pub(super) fn activation_card(of: Activation) -> AnyView {
    if of.recruited == 0 {
        return view! {
            <Card title=t::activation()>
                <Empty title=t::no_partners() note=t::no_partners_note() tight=true>
                    <LinkButton href=paths::PARTNERS>{t::to_partners()}</LinkButton>
                </Empty>
            </Card>
        }
        .into_any();
    }
    let step = |label: &str, count: i64, paint| Part::new(label, count as f64, paint);
    let steps = vec![
        step(t::step_recruited(), of.recruited, Paint::AccentLight).href(paths::PARTNERS),
        step(t::step_registered(), of.registered, Paint::AccentMiddle),
        step(t::step_approved(), of.approved, Paint::Accent),
        step(t::step_won(), of.won, Paint::Good),
    ];
    let write = Callback::new(move |value: f64| format::number(value as i64, locale()));
    let share =
        of.share.map_or_else(|| "–".to_owned(), |share| format::percent(share as f64 / 10_000.0, locale()));
    let median = of.median_days.map_or_else(|| t::not_yet_half().to_owned(), t::days_counted);
    view! {
        <Card title=t::activation()>
            <div class="stack gap-16">
                <Funnel title=t::activation() steps=steps write=write/>
                <KeyValues layout=FactLayout::Stacked>
                    <Fact label=t::activated_share()>{share}</Fact>
                    <Fact label=t::median_to_first()>{median}</Fact>
                </KeyValues>
            </div>
        </Card>
    }
    .into_any()
}

/// The partners that brought most in the period.
pub(super) fn leaders_card(of: Page<Share>) -> AnyView {
    parts::shares_card(t::best_partners(), t::partner(), of.items)
}

/// Partners that may be lost, and what shows it.
pub(super) fn risks_card(of: Page<AtRisk>) -> AnyView {
    if of.items.is_empty() {
        return view! {
            <Card title=t::at_risk()><Empty title=t::nobody_at_risk() note=t::nobody_at_risk_note() tight=true/></Card>
        }
        .into_any();
    }
    let total = of.total;
    let rows = of.items.into_iter().map(risk).collect_view();
    view! {
        <Card title=t::at_risk() aside=view! { <kit::Count of=total/> }.into_any() flush=true>
            <ul class="rows">{rows}</ul>
        </Card>
    }
    .into_any()
}

fn risk(of: AtRisk) -> AnyView {
    let all: Vec<String> = of.signs.iter().map(|sign| sentence(*sign)).collect();
    let tone = if of.signs.len() > 1 { Tone::Bad } else { Tone::Warn };
    let lead = view! { <Tag tone=tone>{short(of.signs[0])}</Tag> }.into_any();
    let end = view! { <LinkButton href=paths::partner(of.partner) size=Size::Small>{t::look()}</LinkButton> }
        .into_any();
    view! { <Row title=of.name note=kit::beside(all) lead=lead end=end/> }.into_any()
}

fn short(sign: Sign) -> &'static str {
    match sign {
        Sign::NeverBegan { .. } => t::sign_never_began(),
        Sign::Silent { .. } => t::sign_silent(),
        Sign::Fewer { .. } => t::sign_fewer(),
        Sign::LosesMore { .. } => t::sign_loses_more(),
    }
}

fn sentence(sign: Sign) -> String {
    let change = |change: i64| format::change(change as f64 / 10_000.0, locale());
    match sign {
        Sign::NeverBegan { days } => t::says_never_began(days),
        Sign::Silent { days } => t::says_silent(days),
        Sign::Fewer { change: by } => t::says_fewer(change(by)),
        Sign::LosesMore { change: by } => t::says_loses_more(change(by)),
    }
}

//! Why a partner has a lead: the rule, the facts, and for the vendor all candidates, exclusions and the draw.
use deals::country_name;
use kit::{Card, Empty, Fact, FactLayout, Fold, KeyValues, Rule, Tag, Tone, When};
use leptos::prelude::*;

use super::parts::{is_vendor, money_words};
use crate::model::{Candidate, Draw, How, LeadFacts, Trial, TrialOutcome};
use crate::t;

/// The latest draw open, those before it folded.
pub(super) fn cards(draws: Vec<Draw>) -> AnyView {
    if draws.is_empty() {
        return view! {
            <Card title=t::why_title()><Empty title=t::no_draw() note=t::no_draw_note() tight=true/></Card>
        }
        .into_any();
    }
    let mut draws = draws.into_iter();
    let latest = draws.next().map(|draw| view(&draw));
    let earlier: Vec<Draw> = draws.collect();
    let has_earlier = !earlier.is_empty();
    let earlier = earlier
        .iter()
        .map(|draw| {
            let (label, whole) = (sentence(draw), view(draw));
            view! { <li><Fold label=label>{whole}</Fold></li> }
        })
        .collect_view();
    let title = if is_vendor() { t::why_title() } else { t::why_me() };
    view! {
        <Card title=title id="why">
            <div class="stack gap-16">
                {latest}
                {has_earlier.then(|| view! { <div class="stack gap-8"><h3>{t::earlier_draws()}</h3><ul class="stack gap-8">{earlier}</ul></div> })}
            </div>
        </Card>
    }
    .into_any()
}

/// What a draw came to, in a sentence.
fn sentence(draw: &Draw) -> String {
    let who = draw.partner_name.clone().unwrap_or_default();
    let rule = draw.rule_name.clone().unwrap_or_default();
    match draw.how {
        How::Pin if is_vendor() => t::why_pin(who),
        How::Pin => t::why_pin_you().to_owned(),
        How::Rule if is_vendor() => t::why_rule(rule, who),
        How::Rule => t::why_rule_you(rule),
        How::Hand if is_vendor() => t::why_hand(&draw.by_name, who),
        How::Hand => t::why_hand_you().to_owned(),
        How::Campaign if is_vendor() => t::why_campaign(who),
        How::Campaign => t::why_campaign_you().to_owned(),
        How::Nobody => t::why_nobody().to_owned(),
    }
}

/// One draw with everything that was looked at.
pub(super) fn view(draw: &Draw) -> AnyView {
    let trials = draw.trials.iter().map(trial).collect_view();
    let choice = draw.choice.map(|choice| view! { <Fact label=t::fact_choice()>{choice.words()}</Fact> });
    let seed = draw.seed.clone().map(|seed| view! { <Fact label=t::fact_seed()><code>{seed}</code></Fact> });
    let ticket = draw.ticket.zip(draw.tickets).map(|(ticket, of)| {
        view! { <Fact label=t::fact_ticket()><span class="num">{t::ticket_of(ticket, of)}</span></Fact> }
    });
    let number = draw.rules_number;
    let version = (!matches!(draw.how, How::Hand | How::Campaign) && is_vendor()).then(|| {
        view! { <Fact label=t::fact_rules_version()><span class="num">{number}</span></Fact> }
    });
    let at = draw.at;
    view! {
        <div class="stack gap-12">
            <p>{sentence(draw)}</p>
            <p class="muted small">{facts_words(&draw.facts)}</p>
            <KeyValues layout=FactLayout::Stacked>
                {choice}
                {version}
                {seed}
                {ticket}
                <Fact label=t::fact_when()><When at=at/></Fact>
            </KeyValues>
            <div class="stack gap-8">{trials}</div>
        </div>
    }
    .into_any()
}

/// What was known of the lead, in a line.
fn facts_words(facts: &LeadFacts) -> String {
    let parts = [
        facts.country.as_deref().map(|code| country_name(code).clone()),
        facts.region.clone(),
        facts.family.clone(),
        facts.value.map(money_words),
        Some(facts.source.words().to_owned()),
    ];
    t::known_of_lead(kit::beside(parts.into_iter().flatten()))
}

fn trial(trial: &Trial) -> AnyView {
    let words = format!("{}: {}", trial.name, trial.outcome.words());
    let candidates = trial.candidates.iter().map(candidate).collect_view();
    let count = trial.candidates.len() as i64;
    let is_open = trial.outcome == TrialOutcome::Decided && count <= 6;
    let shown = (count > 0).then(|| {
        let label = if is_vendor() { t::candidates(count) } else { t::your_facts().to_owned() };
        view! { <Fold label=label open=is_open><ul class="stack gap-8 small">{candidates}</ul></Fold> }
    });
    view! { <div class="stack gap-4"><Rule id=trial.rule.clone() words=words/>{shown}</div> }.into_any()
}

fn candidate(one: &Candidate) -> AnyView {
    let (tone, word) = match one.excluded {
        Some(why) => (Tone::Neutral, why.words().to_owned()),
        None if one.weight > 0 => (Tone::Good, t::tickets(one.weight as i64)),
        None => (Tone::Good, t::in_question().to_owned()),
    };
    let closed = one.won + one.lost;
    let parts = [
        one.territory.clone(),
        one.country.as_deref().map(|code| country_name(code).clone()),
        Some(partners::tier_name(one.tier).to_owned()),
        Some(one.partner_types.iter().map(|kind| partners::type_name(*kind)).collect::<Vec<_>>().join(", ")),
        Some(t::open_of(one.max_open, one.open)),
        (closed > 0).then(|| t::won_of(closed, one.won)),
    ];
    let facts = kit::beside(parts.into_iter().flatten());
    let name = one.partner_name.clone();
    view! {
        <li class="stack gap-4">
            <span class="line wrap"><strong>{name}</strong><Tag tone=tone>{word}</Tag></span>
            <span class="muted">{facts}</span>
        </li>
    }
    .into_any()
}

//! What the check found, what to do about it, and the way there.
use creative::check::{Finding, Found, Weight};
use kit::{Tag, Tone};
use leptos::prelude::*;

use super::state::Desk;
use super::words::{is_open, place_of};
use crate::model::CampaignDesk;
use crate::rules::changes::flat;
use crate::t;
use crate::words::{finding_words, mend_words, weight_words};

pub(super) const fn tone(weight: Weight) -> Tone {
    match weight {
        Weight::Stops => Tone::Bad,
        Weight::Asks => Tone::Warn,
        Weight::Tells => Tone::Accent,
    }
}

/// Where something can be done about a finding.
fn place(of: &CampaignDesk, found: &Found) -> String {
    if matches!(found.finding, Finding::LogoMissing | Finding::LogoSmall | Finding::AddressMissing) {
        return "#card".to_owned();
    }
    let content = of
        .assets
        .iter()
        .find(|asset| asset.key == found.spot.asset)
        .and_then(|asset| asset.languages.get(&found.spot.language));
    let open = content.is_some_and(|content| {
        flat(content).iter().any(|block| block.id == found.spot.block && is_open(block))
    });
    if open { format!("#{}", place_of(&found.spot.asset, &found.spot.block)) } else { "#preview".to_owned() }
}

pub(super) fn step(desk: Desk) -> AnyView {
    let all = move || {
        desk.of.with(|of| {
            if of.found.is_empty() {
                return view! { <p role="status"><Tag tone=Tone::Good>{t::check_fine()}</Tag></p> }
                    .into_any();
            }
            let mut found = of.found.clone();
            found.sort_by_key(|one| one.weight);
            let rows = found.iter().map(|one| row(one, place(of, one))).collect_view();
            view! { <ul class="stack gap-8" role="list">{rows}</ul> }.into_any()
        })
    };
    let approval = move || {
        let asks = desk.of.with(|of| crate::rules::needs_approval(&of.found, of.rules.approval_needed));
        asks.then(|| view! { <p class="muted small">{t::vendor_looks()}</p> })
    };
    view! { <div class="stack gap-16" aria-live="polite">{all}{approval}</div> }.into_any()
}

/// A list of findings without links, for whoever decides.
pub(super) fn list(found: &[Found]) -> AnyView {
    let rows = found.iter().map(|one| row(one, String::new())).collect_view();
    view! { <ul class="stack gap-8" role="list">{rows}</ul> }.into_any()
}

fn row(found: &Found, href: String) -> AnyView {
    let (words, mend, weight) =
        (finding_words(found.finding), mend_words(found.finding), weight_words(found.weight));
    let (about, tone) = (found.about.clone(), tone(found.weight));
    let about = (!about.is_empty()).then(|| view! { <q class="small">{about}</q> });
    let there = (!href.is_empty()).then(|| view! { <a class="link small" href=href>{t::to_the_place()}</a> });
    view! {
        <li class="stack gap-4">
            <span class="line wrap"><Tag tone=tone>{weight}</Tag><span class="strong">{words}</span>{about}</span>
            <span class="line wrap small"><span class="muted">{mend}</span>{there}</span>
        </li>
    }
    .into_any()
}

//! What looks like the same customer: side by side for the vendor, without the rival for a partner.
use base::{Page, Side};
use kit::catalogue::locale;
use kit::{Banner, Card, Compare, Compared, Shape, Skeleton, Tag, Tone, format, offset_minutes};
use leptos::prelude::*;
use matching::{Feature, Verdict};

use crate::model::{Agreement, Conflict, Deal, RecordKind, Rival, Status};
use crate::screen::country_name;
use crate::screen::parts::money_words;
use crate::t;

/// How many records stand beside the claim; more would not fit.
const SHOWN: usize = 3;

/// The card of a deal's page.
pub(super) fn card(deal: &Deal, conflicts: kit::Asked<Page<Conflict>>) -> AnyView {
    let kept = deal.clone();
    kit::shown(
        conflicts,
        || view! { <Skeleton shape=Shape::Table count=3/> }.into_any(),
        move |conflicts: Page<Conflict>| {
            if conflicts.items.is_empty() {
                return view! { <Banner tone=Tone::Good>{t::no_conflicts()}</Banner> }.into_any();
            }
            let body = compared(&kept, &conflicts.items);
            view! { <Card title=t::conflicts_title() flush=true>{body}</Card> }.into_any()
        },
    )
}

/// The comparison: a table for the vendor, what agrees for a partner.
pub(in crate::screen) fn compared(deal: &Deal, conflicts: &[Conflict]) -> AnyView {
    if access::me().side() == Some(Side::Vendor) {
        let rivals: Vec<(&Conflict, &Rival)> =
            conflicts.iter().filter_map(|one| Some((one, one.rival.as_ref()?))).take(SHOWN).collect();
        if !rivals.is_empty() {
            return table(deal, &rivals);
        }
    }
    let items = conflicts.iter().map(redacted).collect_view();
    view! { <ul>{items}</ul> }.into_any()
}

fn redacted(conflict: &Conflict) -> AnyView {
    let (tone, words) = match conflict.verdict {
        Verdict::Match => (Tone::Bad, t::same_company()),
        Verdict::Review => (Tone::Warn, t::maybe_same_company()),
        Verdict::Clear => (Tone::Neutral, t::other_company()),
    };
    let reasons =
        conflict.reasons.iter().map(|reason| view! { <li>{reason.code.words()}</li> }).collect_view();
    let agrees = conflict
        .features
        .iter()
        .filter(|one| one.agrees)
        .map(|one| feature_words(one.feature))
        .collect::<Vec<_>>();
    let mut agrees = agrees;
    agrees.dedup();
    let line = (!agrees.is_empty())
        .then(|| view! { <p class="muted small">{t::what_agrees(agrees.join(", "))}</p> });
    view! {
        <li class="row">
            <Tag tone=tone>{words}</Tag>
            <div class="what wraps"><ul>{reasons}</ul>{line}</div>
        </li>
    }
    .into_any()
}

fn table(deal: &Deal, rivals: &[(&Conflict, &Rival)]) -> AnyView {
    let mut heads = vec![t::head_claim(&deal.number, &deal.partner_name)];
    heads.extend(rivals.iter().map(|(conflict, rival)| head(conflict, rival)));
    let customer = &deal.customer;
    let country = customer.country.as_deref().map(country_name).unwrap_or_default();
    let mut rows = Vec::new();
    rows.push(line(t::field_name(), customer.name.clone(), rivals, |conflict, rival| {
        (rival.customer_name.clone(), conflict.features.iter().any(|one| one.feature.is_name() && one.agrees))
    }));
    let by_feature = [
        (Feature::Domain, t::field_website(), customer.website.clone().unwrap_or_default()),
        (Feature::Country, t::fact_country(), country),
        (
            Feature::RegistrationNumber,
            t::field_registration_number(),
            customer.registration_number.clone().unwrap_or_default(),
        ),
        (Feature::Phone, t::field_phone(), customer.phone.clone().unwrap_or_default()),
        (Feature::Address, t::field_address(), customer.city.clone().unwrap_or_default()),
    ];
    for (feature, label, claimed) in by_feature {
        let row = line(label, claimed, rivals, |conflict, _| of_feature(conflict, feature));
        if row.values.iter().any(|(value, _)| !value.is_empty()) {
            rows.push(row);
        }
    }
    let families = families(deal);
    rows.push(line(t::fact_products(), families.join(", "), rivals, |conflict, rival| {
        (rival.families.join(", "), conflict.family_overlap)
    }));
    rows.push(line(t::col_value(), money_words(deal.value), rivals, |_, rival| {
        (money_words(rival.value), false)
    }));
    rows.push(line(t::came_first(), String::new(), rivals, |conflict, _| {
        (if conflict.came_first { t::yes() } else { t::no() }.to_owned(), false)
    }));
    view! { <Compare label=t::conflicts_title() heads=heads rows=rows/> }.into_any()
}

fn families(deal: &Deal) -> Vec<String> {
    deal.claim().families()
}

fn head(conflict: &Conflict, rival: &Rival) -> String {
    let who = match (&rival.partner_name, conflict.kind) {
        (Some(name), _) => name.clone(),
        (None, RecordKind::Deal) => t::deal().to_owned(),
        (None, RecordKind::Opportunity) => t::kind_opportunity().to_owned(),
        (None, RecordKind::Customer) => t::kind_customer().to_owned(),
    };
    let since = rival.since.map(|at| format::date(format::local_date(at, offset_minutes(at)), locale()));
    let status = rival
        .status
        .as_deref()
        .map(|text| Status::parse(text).map_or_else(|| text.to_owned(), |status| status.words().to_owned()));
    [Some(who), rival.number.clone(), since, status].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// One line; the claim's own value is lit where any record agrees with it.
fn line(
    label: &str,
    claimed: String,
    rivals: &[(&Conflict, &Rival)],
    of: impl Fn(&Conflict, &Rival) -> (String, bool),
) -> Compared {
    let others: Vec<(String, bool)> = rivals.iter().map(|(conflict, rival)| of(conflict, rival)).collect();
    let lit = others.iter().any(|(_, agrees)| *agrees);
    let mut values = vec![(claimed, lit)];
    values.extend(others);
    Compared::new(label, values)
}

fn of_feature(conflict: &Conflict, feature: Feature) -> (String, bool) {
    let found: Option<&Agreement> = conflict.features.iter().find(|one| one.feature == feature);
    found.map_or((String::new(), false), |one| {
        let recorded = one.recorded.clone().unwrap_or_default();
        let recorded = if feature == Feature::Country { country_name(&recorded) } else { recorded };
        (recorded, one.agrees)
    })
}

fn feature_words(feature: Feature) -> &'static str {
    match feature {
        Feature::Domain => t::field_website(),
        Feature::RegistrationNumber => t::field_registration_number(),
        Feature::Phone => t::field_phone(),
        Feature::NameSpelling | Feature::NameTrigrams | Feature::NameWords => t::field_name(),
        Feature::Address => t::field_address(),
        Feature::Country => t::fact_country(),
    }
}

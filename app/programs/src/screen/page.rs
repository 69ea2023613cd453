//! The program's page: its facts, the rules in force in plain words, its products.
use base::{Page, ProgramId};
use kit::{
    Card, Cell, CellKind, Column, Empty, Fact, FactLayout, KeyValues, Kind, LinkButton, Screen, Shape,
    Skeleton, Table, TableRow, Tag, Tell, Tone, When, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::parts::chosen_program;
use super::products::ProductList;
use crate::{
    Do, GetProgram, ListProducts, ListProgramVersions, ProgramVersion, ProgramWithRules, RuleId,
    VersionState, rule_sentence, t,
};

/// `/program`: of the program the screens are set to, or of `?program=`; `?q=` finds products.
#[component]
pub fn ProgramPage() -> impl IntoView {
    let program = chosen_program();
    view! {
        <Screen title=t::program() actions=actions>
            {move || match program.get() {
                Some(id) => of_program(id),
                None => view! { <Card flush=true><Empty title=t::no_program() note=t::no_program_note() /></Card> }.into_any(),
            }}
        </Screen>
    }
    .into_any()
}

/// The way to the editor, for those who write rules.
fn actions() -> AnyView {
    let program = access::me().program.map(|program| program.id);
    let may = Do::DraftRules.by(&access::me().actor()).is_ok();
    let answers = match program {
        Some(id) => format!("{}?program={id}", paths::SCORECARD),
        None => paths::SCORECARD.to_owned(),
    };
    view! {
        <LinkButton href=answers>{t::vendor_answers()}</LinkButton>
        {may.then(|| view! { <LinkButton href=paths::RULES kind=Kind::Primary>{t::edit_rules()}</LinkButton> })}
    }
    .into_any()
}

fn of_program(id: ProgramId) -> AnyView {
    let query = use_query_map();
    let is_vendor = access::me().side() == Some(base::Side::Vendor);
    let keys = move || vec!["programs".to_owned(), id.to_string()];
    let found = kit::resource(keys, move || GetProgram { id });
    let versions = kit::resource(keys, move || ListProgramVersions { id, cursor: None, limit: Some(20) });
    let products = kit::resource(
        || vec!["products".to_owned()],
        move || {
            let given = |name| query.with(|query| query.get(name)).filter(|text| !text.is_empty());
            ListProducts {
                program: Some(id),
                q: given("q"),
                sort: given("sort"),
                cursor: given("cursor"),
                ..ListProducts::default()
            }
        },
    );
    let now = move |name| query.with_untracked(|query| query.get(name)).unwrap_or_default();
    view! {
        {kit::shown(found, || view! { <Skeleton shape=Shape::Record /> }.into_any(), move |found| program_view(found, is_vendor))}
        {kit::shown(
            products,
            || view! { <Skeleton shape=Shape::Table /> }.into_any(),
            move |page| view! { <ProductList page=page program=id q=now("q") sort=now("sort") /> }.into_any(),
        )}
        {kit::shown(versions, || view! { <Skeleton shape=Shape::Table count=2 /> }.into_any(), versions_view)}
    }
    .into_any()
}

fn program_view(found: ProgramWithRules, is_vendor: bool) -> AnyView {
    let ProgramWithRules { program, rules } = found;
    let version = t::version_number(rules.number);
    let rates = is_vendor.then(|| view! { <a class="link" href=paths::RATES>{t::exchange_rates()}</a> });
    let lines = RuleId::ALL.iter().map(|rule| {
        let sentence = rule_sentence(*rule, &rules.engagement, program.currency);
        view! {
            <li class="row rule-line" id=rule.code()>
                <code class="fixed muted">{rule.code()}</code>
                <span class="what wraps"><span class="strong">{rule.name()}</span><span class="muted">{sentence}</span></span>
            </li>
        }
    });
    let lines = lines.collect_view();
    view! {
        <Card title=program.name id="program">
            <KeyValues layout=FactLayout::Columns>
                <Fact label=t::brand()>{program.brand_name}</Fact>
                <Fact label=t::currency()><span class="line wrap">{program.currency.code()}{rates}</span></Fact>
                <Fact label=t::time_zone()>{program.time_zone}</Fact>
                <Fact label=t::rules_version()>{version}</Fact>
                <Fact label=t::published()><When at=rules.published_at tell=Tell::Absolute /></Fact>
                {rules.published_by_name.map(|name| view! { <Fact label=t::published_by()>{name}</Fact> })}
            </KeyValues>
        </Card>
        <Card title=t::rules_of_engagement() id="rules" flush=true>
            <p class="muted rules-note">{t::rules_note()}</p>
            <ul class="rows">{lines}</ul>
        </Card>
    }
    .into_any()
}

fn versions_view(page: Page<ProgramVersion>) -> AnyView {
    let current = page.items.iter().find(|version| version.state == VersionState::InForce);
    let current = current.map(|version| version.number);
    let rows = page.items.into_iter().map(|version| version_row(version, current)).collect_view();
    let columns = vec![
        Column::new(t::rules_version()),
        Column::new(t::in_force_from()),
        Column::new(t::published_by()),
        Column::new(t::state()),
        Column::tight(""),
    ];
    view! {
        <Card title=t::earlier_versions() id="versions" flush=true>
            <Table columns=columns label=t::earlier_versions()>{rows}</Table>
        </Card>
    }
    .into_any()
}

fn version_row(version: ProgramVersion, current: Option<u32>) -> AnyView {
    let (tone, state) = match version.state {
        VersionState::Scheduled => (Tone::Accent, t::scheduled()),
        VersionState::InForce => (Tone::Good, t::in_force()),
        VersionState::Past => (Tone::Neutral, t::past()),
        VersionState::Withdrawn => (Tone::Neutral, t::withdrawn()),
    };
    let note = match (version.same_as, version.note.is_empty()) {
        (Some(number), true) => t::same_as(number),
        _ => version.note,
    };
    let compared = current.filter(|current| *current != version.number).map(|current| {
        format!("{}?program={}&from={current}&to={}", paths::COMPARE_RULES, version.program, version.number)
    });
    view! {
        <TableRow>
            <Cell kind=CellKind::Lead>{t::version_number(version.number)}<small>{note}</small></Cell>
            <Cell label=t::in_force_from()><When at=version.in_force_at tell=Tell::Absolute /></Cell>
            <Cell label=t::published_by()>{version.published_by_name}</Cell>
            <Cell kind=CellKind::State><Tag tone=tone>{state}</Tag></Cell>
            <Cell>{compared.map(|href| view! { <LinkButton href=href>{t::compare()}</LinkButton> })}</Cell>
        </TableRow>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::{Engagement, Program};
    use base::reexport::uuid::Uuid;
    use base::{BrandId, Currency, OrganizationId, ProgramVersionId, Timestamp};

    #[test]
    fn every_rule_stands_on_the_page_with_its_code() {
        let id = ProgramId(Uuid::nil());
        let program = Program {
            id,
            vendor: OrganizationId(Uuid::nil()),
            vendor_name: "Northwind".into(),
            brand: BrandId(Uuid::nil()),
            brand_name: "Northwind".into(),
            name: "Partner Network".into(),
            slug: "partner-network".into(),
            currency: Currency::EUR,
            time_zone: "UTC".into(),
            rules_number: 3,
            created_at: Timestamp(0),
            version: 4,
        };
        let rules = ProgramVersion {
            id: ProgramVersionId(Uuid::nil()),
            program: id,
            number: 3,
            engagement: Engagement::default(),
            state: VersionState::InForce,
            published_at: Timestamp(0),
            in_force_at: Timestamp(0),
            note: String::new(),
            same_as: None,
            published_by: None,
            published_by_name: None,
        };
        let html = Owner::new().with(|| program_view(ProgramWithRules { program, rules }, true).to_html());
        for rule in RuleId::ALL {
            assert!(html.contains(&format!("id=\"{}\"", rule.code())), "{rule}");
        }
        assert!(html.contains("Version 3") && !html.contains("Published by"), "{html}");
    }
}

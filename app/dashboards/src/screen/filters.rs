//! Whose figures are meant: the filters of a dashboard, and those that are on with their way off. A plain form, so that it
//! works without scripts.
use base::{ProgramId, Side};
use kit::{Button, Chip, Choice, Icon, Kind, Menu, SelectField, lucide};
use leptos::prelude::*;
use leptos_router::components::Form;
use partners::{ListSegments, Segment, Segments, tier_name, type_name};

use super::chosen::{Chosen, Field, at};
use crate::t;

/// The filters of the page at `path`; `kept` is what its address says besides.
pub(super) fn bar(
    path: &'static str,
    chosen: impl Fn() -> Chosen + Copy + Send + Sync + 'static,
    kept: impl Fn() -> Vec<Field> + Copy + Send + Sync + 'static,
) -> AnyView {
    if access::me().side() != Some(Side::Vendor) {
        // A partner's own figures are narrowed by nothing but the program.
        return view! { {move || programs(path, &chosen(), &kept())} }.into_any();
    }
    let segments = kit::resource(|| vec!["partners".to_owned()], ListSegments::default);
    kit::shown(
        segments,
        || ().into_any(),
        move |of| {
            let (chosen, kept) = (chosen(), kept());
            view! { <div class="line wrap">{menu(path, &chosen, &kept, &of)}{on(path, &chosen, &kept, &of)}</div> }
                .into_any()
        },
    )
}

/// One chip a program, and one for all; nothing when there is only one.
fn programs(path: &'static str, chosen: &Chosen, kept: &[Field]) -> AnyView {
    let programs = access::me().programs;
    if programs.len() < 2 {
        return ().into_any();
    }
    let chip = |name: String, program: Option<ProgramId>| {
        let on = chosen.program == program;
        let href = address(path, &Chosen { program, every: program.is_none(), ..chosen.clone() }, kept);
        view! { <Chip label=name on=on href=href/> }
    };
    let all = chip(t::all_programs().to_owned(), None);
    let chips = programs.into_iter().map(|program| chip(program.name, Some(program.id))).collect_view();
    view! { <nav class="chips" aria-label=t::program()>{all}{chips}</nav> }.into_any()
}

fn address(path: &str, chosen: &Chosen, kept: &[Field]) -> String {
    let fields: Vec<_> = kept.iter().cloned().chain(chosen.fields()).collect();
    at(path, &fields)
}

fn brands() -> Vec<Choice> {
    let mut all: Vec<(String, String)> = access::me()
        .programs
        .into_iter()
        .map(|program| (program.brand_id.to_string(), program.brand_name))
        .collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all.dedup();
    all.into_iter().map(|(id, name)| Choice::new(id, name)).collect()
}

fn menu(path: &'static str, chosen: &Chosen, kept: &[Field], of: &Segments) -> AnyView {
    let programs: Vec<Choice> = access::me()
        .programs
        .iter()
        .map(|program| Choice::new(program.id.to_string(), program.name.clone()))
        .collect();
    let tiers = of.tiers.iter().map(|tier| Choice::new(tier.as_str(), tier_name(*tier))).collect();
    let types = of.partner_types.iter().map(|kind| Choice::new(kind.as_str(), type_name(*kind))).collect();
    let territories = of.territories.iter().map(|name| Choice::new(name.clone(), name.clone())).collect();
    let managers =
        of.channel_managers.iter().map(|one| Choice::new(one.id.to_string(), one.name.clone())).collect();
    let said = chosen.fields();
    let value = |name: &str| said.iter().find(|(known, _)| *known == name).map(|(_, text)| text.clone());
    let field = |name: &'static str, label: &'static str, choices: Vec<Choice>| {
        let value = value(name).unwrap_or_default();
        // One choice is none, unless it is made.
        (choices.len() > 1 || !value.is_empty()).then(|| {
            view! { <SelectField name=name id=format!("filter-{name}") label=label choices=choices value=value empty=t::any()/> }
        })
    };
    let fields = [
        field("brand", t::brand(), brands()),
        field("program", t::program(), programs),
        field("tier", t::tier(), tiers),
        field("partner_type", t::partner_type(), types),
        field("territory", t::territory(), territories),
        field("channel_manager", t::channel_manager(), managers),
    ];
    let rest = Chosen { segment: Segment::default(), program: None, ..chosen.clone() };
    let hidden = kept
        .iter()
        .cloned()
        .chain(rest.fields())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let summary = view! { <Icon of=lucide::LuListFilter/>{t::filters()} }.into_any();
    view! {
        <Menu summary=summary class="button small" roomy=true>
            <Form method="GET" action=path attr:class="stack">
                {hidden}
                {fields.into_iter().collect_view()}
                <Button submit=true kind=Kind::Primary class="item">{t::apply()}</Button>
            </Form>
        </Menu>
    }
    .into_any()
}

/// The filters that are on.
fn on(path: &'static str, chosen: &Chosen, kept: &[Field], of: &Segments) -> AnyView {
    let (me, segment) = (access::me(), &chosen.segment);
    let program = |id| me.programs.iter().find(|one| one.id == id).map(|one| one.name.clone());
    let brand = |id| me.programs.iter().find(|one| one.brand_id == id).map(|one| one.brand_name.clone());
    let manager = |id| of.channel_managers.iter().find(|one| one.id == id).map(|one| one.name.clone());
    let unknown = || t::unnamed_share().to_owned();
    let with = |segment: Segment| Chosen { segment, ..chosen.clone() };
    let one = |label: Option<String>, rest: Chosen| {
        label.map(|label| view! { <Chip label=label on=true remove=address(path, &rest, kept)/> })
    };
    let chips = [
        one(
            segment.brand.map(|id| brand(id).unwrap_or_else(unknown)),
            with(Segment { brand: None, ..segment.clone() }),
        ),
        one(
            chosen.program.map(|id| program(id).unwrap_or_else(unknown)),
            Chosen { program: None, ..chosen.clone() },
        ),
        one(
            segment.tier.map(|tier| tier_name(tier).to_owned()),
            with(Segment { tier: None, ..segment.clone() }),
        ),
        one(
            segment.partner_type.map(|kind| type_name(kind).to_owned()),
            with(Segment { partner_type: None, ..segment.clone() }),
        ),
        one(segment.territory.clone(), with(Segment { territory: None, ..segment.clone() })),
        one(
            segment.channel_manager.map(|id| manager(id).unwrap_or_else(unknown)),
            with(Segment { channel_manager: None, ..segment.clone() }),
        ),
        one(chosen.partner.map(|_| t::one_partner().to_owned()), Chosen { partner: None, ..chosen.clone() }),
    ];
    chips.into_iter().collect_view().into_any()
}

//! The partner's own words: only what the kit leaves open, each beside what the kit says.
use creative::{Asset, Block, Override, Part, Spot, Target, Zone};
use kit::{Button, Choice, Kind, RadioField, SelectField, Size, TextArea, TextField, lucide};
use leptos::prelude::*;

use super::super::parts::{kind_icon, kind_words, language_name};
use super::state::Desk;
use crate::rules::changes::{flat, words};
use crate::t;

/// The id of a block's field, for links of the check.
pub(super) fn place_of(asset: &str, block: &str) -> String {
    format!("w-{asset}-{block}")
}

/// Whether a partner can do anything about a block.
pub(super) fn is_open(block: &Block) -> bool {
    match (&block.zone, &block.part) {
        (Zone::Choice { .. } | Zone::Text { .. }, _)
        | (Zone::Partner, Part::Button { target: Target::Partner, .. }) => true,
        (Zone::Locked | Zone::Partner, _) => false,
    }
}

pub(super) fn step(desk: Desk) -> AnyView {
    let named = Callback::new(move |name: String| {
        desk.name.set(name);
        desk.note();
    });
    let name = desk.name.get_untracked();
    let languages: Vec<Choice> = desk.of.with_untracked(|of| {
        of.languages.iter().map(|tag| Choice::new(tag.clone(), language_name(tag))).collect()
    });
    let chosen = desk.language.get_untracked();
    let spoken = Callback::new(move |tag: String| {
        desk.language.set(tag);
        desk.note();
    });
    let several = languages.len() > 1;
    let language = several.then(|| {
        view! { <SelectField name="language" label=t::language() choices=languages value=chosen on_input=spoken/> }
    });
    let pieces = move || {
        let language = desk.language.get();
        untrack(|| pieces(desk, &language))
    };
    view! {
        <div class="stack gap-16">
            <div class="form-row r12">
                <TextField name="name" label=t::campaign_name() value=name maxlength=120 on_input=named/>
                {language}
            </div>
            {pieces}
        </div>
    }
    .into_any()
}

fn pieces(desk: Desk, language: &str) -> AnyView {
    let assets = desk.of.with_untracked(|of| of.assets.clone());
    let all: Vec<AnyView> = assets.into_iter().filter_map(|asset| piece(desk, &asset, language)).collect();
    if all.is_empty() {
        return view! { <p class="muted small">{t::nothing_open()}</p> }.into_any();
    }
    all.collect_view().into_any()
}

fn piece(desk: Desk, asset: &Asset, language: &str) -> Option<AnyView> {
    let tag =
        if asset.languages.contains_key(language) { language } else { asset.languages.keys().next()? };
    let content = asset.languages.get(tag)?;
    let fields: Vec<AnyView> = flat(content)
        .into_iter()
        .filter(|block| is_open(block))
        .map(|block| {
            let spot = Spot { asset: asset.key.clone(), language: tag.to_owned(), block: block.id.clone() };
            field(desk, spot, block)
        })
        .collect();
    if fields.is_empty() {
        return None;
    }
    let title = format!("{} · {}", kind_words(asset.kind), asset.name);
    let icon = kind_icon(asset.kind);
    Some(
        view! {
            <fieldset class="stack gap-16 campaign-piece">
                <legend class="strong"><kit::Icon of=icon/>" "{title}</legend>
                {fields.collect_view()}
            </fieldset>
        }
        .into_any(),
    )
}

fn field(desk: Desk, spot: Spot, block: &Block) -> AnyView {
    match &block.zone {
        Zone::Choice { variants } => choice(desk, spot, &words(&block.part), variants),
        Zone::Text { max } => text(desk, spot, words(&block.part), *max),
        Zone::Partner => leads(desk, spot, &block.part),
        Zone::Locked => ().into_any(),
    }
}

fn choice(desk: Desk, spot: Spot, own: &str, variants: &[String]) -> AnyView {
    let mut choices = vec![Choice::new("own", own)];
    choices.extend(
        variants.iter().enumerate().map(|(place, words)| Choice::new(place.to_string(), words.clone())),
    );
    let value = match untrack(|| desk.override_of(&spot)) {
        Some(Override::Chosen { variant }) => variant.to_string(),
        _ => "own".to_owned(),
    };
    let name = place_of(&spot.asset, &spot.block);
    let chosen = Callback::new(move |value: String| {
        let one = value.parse().ok().map(|variant| Override::Chosen { variant });
        desk.write(&spot, one);
    });
    view! { <RadioField name=name label=t::choose_words() choices=choices value=value on_input=chosen/> }
        .into_any()
}

fn text(desk: Desk, spot: Spot, own: String, max: u16) -> AnyView {
    let value = match untrack(|| desk.override_of(&spot)) {
        Some(Override::Written { text }) => text,
        _ => own.clone(),
    };
    let written = RwSignal::new(value);
    let name = place_of(&spot.asset, &spot.block);
    let (typed_spot, typed_own) = (spot.clone(), own.clone());
    let typed = Callback::new(move |text: String| {
        let one = (text != typed_own).then_some(Override::Written { text });
        desk.write(&typed_spot, one);
    });
    let count = move || written.with(|text| text.chars().count());
    let over = move || (count() > usize::from(max)).then_some("true");
    let counter = move || t::letters_of(count(), max);
    let differs = {
        let own = own.clone();
        Memo::new(move |_| written.with(|text| *text != own))
    };
    let back = move || {
        let (spot, own) = (spot.clone(), own.clone());
        differs.get().then(|| {
            let again = move |_| {
                written.set(own.clone());
                desk.write(&spot, None);
            };
            view! { <Button size=Size::Small kind=Kind::Quiet icon=lucide::LuUndo2 on_click=again>{t::as_kit_says()}</Button> }
        })
    };
    view! {
        <div class="stack gap-4">
            <TextArea name=name label=t::own_words() rows=3 bind=written on_input=typed/>
            <span class="line wrap small"><span class="muted num" data-over=over>{counter}</span>{back}</span>
        </div>
    }
    .into_any()
}

fn leads(desk: Desk, spot: Spot, part: &Part) -> AnyView {
    let value = match untrack(|| desk.override_of(&spot)) {
        Some(Override::Leads { url }) => url,
        _ => String::new(),
    };
    let name = place_of(&spot.asset, &spot.block);
    let label = t::button_leads(words(part));
    let typed = Callback::new(move |url: String| {
        let url = url.trim().to_owned();
        desk.write(&spot, (!url.is_empty()).then_some(Override::Leads { url }));
    });
    view! {
        <TextField name=name label=label value=value help=t::button_leads_help() kind="url" optional=true maxlength=300 placeholder="https://" on_input=typed/>
    }
    .into_any()
}

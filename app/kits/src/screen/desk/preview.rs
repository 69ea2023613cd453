//! How the open piece looks as a partner would send it, and what the brand check finds in it.
use creative::AssetKind;
use creative::check::{Found, Weight};
use kit::{Card, Choice, Empty, Kind, LinkButton, SelectField, Size, Tag, Tone, lucide, paths};
use leptos::prelude::*;
use partners::Partner;
use themes::{ListBrandPictures, PictureUse};

use super::state::{Desk, Kept};
use crate::access::Do;
use crate::sample;
use crate::t;
use crate::words::{finding_words, weight_words};

/// Wide pictures of the kit's brand, by their hashes.
#[derive(Clone, Copy)]
pub(super) struct Heroes(pub(super) RwSignal<Vec<String>>);

impl Heroes {
    /// Asks for them, and makes them known to the fields of pictures.
    pub(super) fn provide(desk: Desk) {
        let heroes = RwSignal::new(Vec::new());
        provide_context(Self(heroes));
        if Do::Edit.by(&access::me().actor()).is_err() {
            return;
        }
        Effect::new(move |_| {
            let id = desk.kit.with_untracked(|kit| kit.brand);
            leptos::task::spawn_local(async move {
                // Without them there are the drawn ones.
                if let Ok(pictures) = kit::ask(ListBrandPictures { id }).await {
                    let wide = pictures.items.into_iter().filter(|one| one.purpose == PictureUse::Hero);
                    let _ = heroes.try_set(wide.map(|one| one.hash.to_string()).collect());
                }
            });
        });
    }
}

/// As whom the preview is drawn: an id, or nothing for the sample.
#[derive(Clone, Copy)]
struct AsWhom(RwSignal<String>);

/// A field for it; to be put into [`preview`].
pub(super) fn choose_partner(_: Desk, partners: Vec<Partner>) -> AnyView {
    let Some(AsWhom(chosen)) = use_context::<AsWhom>() else { return ().into_any() };
    let choices: Vec<Choice> =
        partners.into_iter().map(|one| Choice::new(one.id.to_string(), one.name)).collect();
    view! { <SelectField name="partner" id="preview-partner" label=t::as_partner() choices=choices empty=t::sample_partner() bind=chosen/> }
        .into_any()
}

/// Makes known as whom previews are drawn; before anything that reads it.
pub(super) fn provide() {
    provide_context(AsWhom(RwSignal::new(String::new())));
}

pub(super) fn preview(desk: Desk, above: Vec<AnyView>) -> AnyView {
    let whom = use_context::<AsWhom>().map_or_else(|| RwSignal::new(String::new()), |AsWhom(whom)| whom);
    let (phone, dark) = (RwSignal::new(false), RwSignal::new(false));
    let open = Memo::new(move |_| desk.asset().map(|asset| (asset.key, asset.kind)));
    // The kit as the server keeps it: drawn anew when it was kept.
    let address = move |file: bool| {
        let (key, _) = open.get()?;
        let (id, language, whom, round) = (desk.id, desk.language.get(), whom.get(), desk.round.get());
        let mut address = paths::kit_preview(id, &key, &language);
        if !whom.is_empty() {
            address.extend(["&partner=", &whom]);
        }
        if file {
            address.push_str("&file=true");
        } else {
            if dark.get() {
                address.push_str("&dark=true");
            }
            address.extend(["&round=", &round.to_string()]);
        }
        Some(address)
    };
    // What is not kept yet is not known to the server, which could only say that there is no such thing.
    let source = Memo::new(move |before: Option<&Option<String>>| {
        let now = address(false);
        match before {
            Some(before) if desk.kept.get() != Kept::Yes => before.clone(),
            _ => now,
        }
    });
    // A frame that is led elsewhere would be a step in the browser's history: each is a new one.
    let sources = move || source.get().into_iter().collect::<Vec<_>>();
    let title = move || desk.asset().map(|asset| t::preview_of(&asset.name)).unwrap_or_default();
    let file = move || {
        let (_, kind) = open.get()?;
        let words = match kind {
            AssetKind::OnePager => t::open_pdf(),
            AssetKind::Invitation => t::open_calendar_file(),
            _ => return None,
        };
        let address = address(true)?;
        Some(
            view! { <LinkButton href=address size=Size::Small kind=Kind::Plain icon=lucide::LuDownload download=true>{words}</LinkButton> },
        )
    };
    let narrow = move |event| phone.set(event_target_checked(&event));
    let darken = move |event| dark.set(event_target_checked(&event));
    let none = move || {
        source
            .with(Option::is_none)
            .then(|| view! { <Empty tight=true title=t::nothing_to_show() icon=lucide::LuEye/> })
    };
    view! {
        <Card title=t::preview() id="preview">
            <div class="stack gap-12">
                {above}
                <div class="line">
                    <label class="check"><input type="checkbox" id="preview-phone" prop:checked=move || phone.get() on:change=narrow/><span>{t::as_phone()}</span></label>
                    <label class="check"><input type="checkbox" id="preview-dark" prop:checked=move || dark.get() on:change=darken/><span>{t::as_dark()}</span></label>
                    <span class="end">{file}</span>
                </div>
                <div class="kit-stage" data-phone=move || phone.get().then_some("true")>
                    <For each=sources key=|source| source.clone() let:source>
                        <iframe class="kit-frame" id="kit-frame" src=source title=title sandbox="allow-same-origin"></iframe>
                    </For>
                    {none}
                </div>
            </div>
        </Card>
    }
    .into_any()
}

/// What the check finds in the open piece, with a partner on whose card nothing is missing.
pub(super) fn findings(desk: Desk) -> AnyView {
    let found = Memo::new(move |_| {
        let (key, language) = (desk.piece.get(), desk.language.get());
        let found = desk.content.with(sample::found);
        found
            .into_iter()
            .filter(|one| one.spot.asset == key && one.spot.language == language)
            .collect::<Vec<_>>()
    });
    let list = move || {
        let found = found.get();
        if found.is_empty() {
            return view! { <p class="muted">{t::nothing_found()}</p> }.into_any();
        }
        let rows = found.into_iter().map(row).collect_view();
        view! { <ul class="kit-findings" role="list">{rows}</ul> }.into_any()
    };
    view! { <Card title=t::findings() id="findings"><div role="status">{list}</div></Card> }.into_any()
}

fn row(found: Found) -> AnyView {
    let tone = match found.weight {
        Weight::Stops => Tone::Bad,
        Weight::Asks => Tone::Warn,
        Weight::Tells => Tone::Neutral,
    };
    let about = (!found.about.is_empty()).then(|| view! { " "<q>{found.about}</q> });
    let href = if found.spot.block.is_empty() {
        "#piece-subject".to_owned()
    } else {
        format!("#block-{}", found.spot.block)
    };
    view! {
        <li>
            <Tag tone=tone>{weight_words(found.weight)}</Tag>
            <a class="link" href=href rel="external">{finding_words(found.finding)}</a>{about}
        </li>
    }
    .into_any()
}

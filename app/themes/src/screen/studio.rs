//! `/brands/{id}`: the studio: left what is moved, right how it looks.
use base::{BrandId, Page, Problem};
use kit::{
    Banner, Button, Card, Kind, LinkButton, Screen, Shape, Size, Skeleton, TextField, Toasts, Tone, VerbForm,
    lucide, paths,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use programs::{Brand, ChangeBrand, Do, ListBrands};

use super::state::{Kept, Studio};
use super::{
    compare, controls, files, glance, links, own_words, pictures, presets, preview, publish, readable,
    waiting, website, words,
};
use crate::model::BrandTheme;
use crate::t;
use crate::verbs::{DiscardThemeDraft, GetTheme, KeepThemeDraft, ListThemeVersions};

/// `/brands/{id}`.
#[component]
pub fn StudioPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<BrandId>().ok())));
    let body = move || match (Do::EditBrand.by(&access::me().actor()), id.get()) {
        (Err(problem), _) => kit::problem_view(problem),
        (Ok(()), None) => kit::problem_view(Problem::NotFound),
        (Ok(()), Some(id)) => of_brand(id),
    };
    let back = move || {
        let hosts = move || {
            id.get().map(|id| view! { <LinkButton href=paths::hosts(id)>{t::host_names()}</LinkButton> })
        };
        view! { {hosts}<LinkButton href=paths::BRANDS>{t::all_brands()}</LinkButton> }.into_any()
    };
    view! { <Screen title=t::studio() actions=back>{body}</Screen> }.into_any()
}

fn of_brand(id: BrandId) -> AnyView {
    // The theme is read once: what is being made is not taken off the page by what happens elsewhere.
    let theme = kit::resource(Vec::new, move || GetTheme { id });
    let brands = kit::resource(
        || vec!["brands".to_owned()],
        || ListBrands { q: None, cursor: None, limit: Some(200) },
    );
    let versions = kit::resource(
        move || vec![id.to_string()],
        move || ListThemeVersions { id, cursor: None, limit: Some(20) },
    );
    // And once more as it is by now: what waits, and what has come of it.
    let now = kit::resource(move || vec![id.to_string()], move || GetTheme { id });
    kit::shown(
        theme,
        || view! { <Skeleton shape=Shape::Form/> }.into_any(),
        move |of| {
            let studio = Studio::new(&of);
            let name = of.brand_name.clone();
            let rest = move |page: Page<Brand>| {
                let own = page.items.iter().find(|brand| brand.id == id).cloned();
                let name = own.as_ref().map(|brand| brand.name.clone()).unwrap_or_default();
                view! {
                    <Card title=t::elsewhere()><div class="stack gap-16">{files::exchange(studio, name, page.items)}</div></Card>
                    {own.map(details)}
                }
                .into_any()
            };
            view! {
                <noscript><p class="muted">{t::needs_script()}</p></noscript>
                {bar(studio, &of)}
                {glance::glance(studio)}
                <div class="studio">
                    <div class="stack gap-16 studio-left" id=glance::CONTROLS>
                        <Card title=t::presets()>{presets::presets(studio)}</Card>
                        <Card title=t::look()><div class="stack gap-16">{controls::controls(studio)}</div></Card>
                        <Card title=t::words_and_links() id="words"><div class="stack gap-16">{words::words(studio)}</div></Card>
                        <Card title=t::pictures() id="pictures"><div class="stack gap-16">{pictures::fields(studio)}</div></Card>
                        <Card title=t::own_words() id="own-words"><div class="stack gap-16">{own_words::own_words(studio)}</div></Card>
                        <Card title=t::proposals()><div class="stack gap-16">{website::website(studio)}{files::proposals(studio)}</div></Card>
                        {kit::shown(brands, || view! { <Skeleton shape=Shape::Form/> }.into_any(), rest)}
                    </div>
                    <div class="stack gap-16 studio-right" id=glance::PREVIEWS>
                        {readable::corrections(studio)}
                        {preview::previews(studio, name)}
                        {compare::while_compared(studio)}
                        {readable::contrast_table(studio)}
                        {links::links(studio)}
                        {kit::shown(now, || ().into_any(), move |of| waiting::card(of, studio))}
                        {kit::shown(versions, || view! { <Skeleton shape=Shape::Table/> }.into_any(), move |page| publish::versions(page, studio))}
                    </div>
                </div>
            }
            .into_any()
        },
    )
}

/// What is done with the whole: back, again, throw away, publish; and whether it is kept.
fn bar(studio: Studio, of: &BrandTheme) -> AnyView {
    let toasts = use_context::<Toasts>();
    let open = RwSignal::new(false);
    let same = Memo::new(move |_| studio.theme.get() == studio.worn.get());
    let state = move || match studio.kept.get() {
        Kept::Waiting => view! { <span class="muted small">{t::keeping()}</span> }.into_any(),
        Kept::Unfinished => view! { <span class="small strong">{t::unfinished()}</span> }.into_any(),
        Kept::Yes if same.get() => view! { <span class="muted small">{t::as_worn()}</span> }.into_any(),
        Kept::Yes => view! { <span class="muted small">{t::kept()}</span> }.into_any(),
        Kept::No(_) => ().into_any(),
    };
    let refused = move || match studio.kept.get() {
        Kept::No(Problem::Stale) => Some(view! { <Banner tone=Tone::Warn>{t::kept_elsewhere()}</Banner> }),
        Kept::No(problem) => {
            let words = kit::sentence(&problem);
            Some(view! { <Banner tone=Tone::Bad>{words}</Banner> })
        }
        _ => None,
    };
    let discard = move |_| {
        let before = studio.theme.get_untracked();
        leptos::task::spawn_local(async move {
            match kit::ask(DiscardThemeDraft { id: studio.id }).await {
                Ok(of) => {
                    studio.settle(&of);
                    let again = Callback::new(move |()| {
                        if !studio.is_gone() {
                            return studio.take(before.clone());
                        }
                        let (id, theme) = (of.brand, before.clone());
                        leptos::task::spawn_local(async move {
                            let kept = kit::ask(KeepThemeDraft { id, theme, version: None }).await;
                            if let (Err(problem), Some(toasts)) = (kept, toasts) {
                                toasts.fail(kit::sentence(&problem));
                            }
                        });
                    });
                    if let Some(toasts) = toasts {
                        toasts.say_with_undo(t::discarded(), again);
                    }
                }
                Err(problem) => {
                    if let Some(toasts) = toasts {
                        toasts.fail(kit::sentence(&problem));
                    }
                }
            }
        });
    };
    let name = of.brand_name.clone();
    let dialog = publish::dialog(studio, open, of.brand_name.clone());
    view! {
        <div class="head studio-bar needs-script">
            <h2 class="title">{name}</h2>
            <span role="status">{state}</span>
            <span class="end actions">
                <Button size=Size::Small icon=lucide::LuUndo2 label=t::undo() refused=refusal(move || studio.can_undo()) on_click=move |_| studio.undo()/>
                <Button size=Size::Small icon=lucide::LuRedo2 label=t::redo() refused=refusal(move || studio.can_redo()) on_click=move |_| studio.redo()/>
                <Button size=Size::Small refused=refusal(move || !same.get()) on_click=discard>{t::discard()}</Button>
                <Button kind=Kind::Primary size=Size::Small refused=refusal(move || !same.get() && studio.is_sound()) on_click=move |_| open.set(true) id="publish-theme">{t::publish()}</Button>
            </span>
        </div>
        {refused}
        {dialog}
    }
    .into_any()
}

/// Why a button does nothing now.
fn refusal(can: impl Fn() -> bool + Send + Sync + 'static) -> MaybeProp<String> {
    MaybeProp::derive(move || (!can()).then(|| t::nothing_to_do().to_owned()))
}

/// The name, and the sender that was given by itself before themes had one.
fn details(brand: Brand) -> AnyView {
    let toasts = use_context::<Toasts>();
    let done = Callback::new(move |_: Brand| {
        if let Some(toasts) = toasts {
            toasts.say(t::details_saved());
        }
    });
    let verb = ChangeBrand {
        id: brand.id,
        version: None,
        name: None,
        slug: None,
        hue: None,
        chroma: None,
        sender_name: None,
        sender_email: None,
    };
    let (name, from) = (brand.name.clone(), brand.sender_name.clone().unwrap_or_default());
    let email = brand.sender_email.clone().unwrap_or_default();
    let sender = (!from.is_empty() || !email.is_empty()).then(|| {
        view! {
            <input type="hidden" name="_empty" value="sender_name sender_email"/>
            <TextField name="sender_name" label=t::sender_name() help=t::sender_name_help() value=from optional=true maxlength=120/>
            <TextField name="sender_email" kind="email" label=t::sender_email() help=t::sender_email_help() value=email optional=true maxlength=200/>
        }
    });
    view! {
        <Card title=t::details() id="details">
            <VerbForm verb=verb next=paths::brand(brand.id) done=done>
                <input type="hidden" name="_method" value="PATCH"/>
                <div class="stack gap-16">
                    <TextField name="name" label=t::brand_name() value=name required=true maxlength=120/>
                    {sender}
                    <div class="actions"><Button submit=true>{t::save()}</Button></div>
                </div>
            </VerbForm>
        </Card>
    }
    .into_any()
}

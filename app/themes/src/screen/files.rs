//! Themes from elsewhere and to elsewhere: colours of a logo or of a style sheet, another brand's theme, files.
use kit::{Button, Choice, SelectField, Size, TextArea, Toasts, lucide};
use leptos::prelude::*;
use organizations::rules::slug_of;
use palette::{Proposal, Rgb, colours_of_css};
use programs::Brand;

use super::state::Studio;
use crate::model::Theme;
use crate::t;
use crate::verbs::GetTheme;

/// The colours that a logo or a style sheet proposes.
pub(super) fn proposals(studio: Studio) -> AnyView {
    let found = RwSignal::new(None::<Vec<Proposal>>);
    let take = move |colour: Rgb| studio.change("", |theme| theme.colour = colour);
    let shown = move || {
        let all = found.get()?;
        if all.is_empty() {
            return Some(view! { <p class="muted small" role="status">{t::no_colours()}</p> }.into_any());
        }
        let each = all.into_iter().map(|one| {
            let text = one.colour.to_string();
            let label = t::take_colour(&text);
            view! {
                <li>
                    <button type="button" class="swatch" aria-label=label.clone() title=label on:click=move |_| take(one.colour)>
                        <svg width="40" height="32" aria-hidden="true"><rect width="40" height="32" rx="6" fill=text.clone()></rect></svg>
                        <code>{text}</code>
                    </button>
                </li>
            }
        });
        Some(view! { <ul class="swatches" role="status">{each.collect_view()}</ul> }.into_any())
    };
    let pasted = Callback::new(move |text: String| {
        found.set((!text.trim().is_empty()).then(|| colours_of_css(&text, None)));
    });
    let chosen = move |event: leptos::ev::Event| colours_of_file(&event, found);
    view! {
        <div class="field">
            <label for="theme-logo">{t::from_logo()}</label>
            <input type="file" id="theme-logo" accept="image/png,image/jpeg,image/webp" aria-describedby="theme-logo-help" on:change=chosen/>
            <p class="help" id="theme-logo-help">{t::from_logo_help()}</p>
        </div>
        <TextArea name="css" label=t::from_css() help=t::from_css_help() rows=3 on_input=pasted/>
        {shown}
    }
    .into_any()
}

/// Reads the chosen picture in the browser; it is not sent anywhere.
fn colours_of_file(event: &leptos::ev::Event, found: RwSignal<Option<Vec<Proposal>>>) {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    {
        let Some(file) = file_of(event) else { return };
        leptos::task::spawn_local(async move {
            let all = pixels(&file).await.map(|pixels| palette::colours_of_pixels(&pixels));
            let _ = found.try_set(Some(all.unwrap_or_default()));
        });
    }
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    let _ = (event, found);
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn file_of(event: &leptos::ev::Event) -> Option<web_sys::File> {
    use wasm_bindgen::JsCast as _;
    let input = event.target()?.dyn_into::<web_sys::HtmlInputElement>().ok()?;
    input.files()?.get(0)
}

/// The picture, drawn small: colours need no detail, and a huge one costs nothing.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
async fn pixels(file: &web_sys::File) -> Option<Vec<[u8; 4]>> {
    use wasm_bindgen::JsCast as _;
    use wasm_bindgen_futures::JsFuture;
    const SIDE: u32 = 160;
    let made = window().create_image_bitmap_with_blob(file).ok()?;
    let picture: web_sys::ImageBitmap = JsFuture::from(made).await.ok()?.dyn_into().ok()?;
    let canvas: web_sys::HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(SIDE);
    canvas.set_height(SIDE);
    let context: web_sys::CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let side = f64::from(SIDE);
    context.draw_image_with_image_bitmap_and_dw_and_dh(&picture, 0.0, 0.0, side, side).ok()?;
    let data = context.get_image_data(0.0, 0.0, side, side).ok()?.data();
    Some(data.0.chunks_exact(4).map(|of| [of[0], of[1], of[2], of[3]]).collect())
}

/// Another brand's theme, and themes as files.
pub(super) fn exchange(studio: Studio, name: String, others: Vec<Brand>) -> AnyView {
    let toasts = use_context::<Toasts>();
    let fail = move |words: String| {
        if let Some(toasts) = toasts {
            toasts.fail(words);
        }
    };
    let choices: Vec<Choice> = others
        .into_iter()
        .filter(|brand| brand.id != studio.id)
        .map(|brand| Choice::new(brand.id.to_string(), brand.name))
        .collect();
    let copy = Callback::new(move |id: String| {
        let Ok(id) = id.parse() else { return };
        leptos::task::spawn_local(async move {
            match kit::ask(GetTheme { id }).await {
                Ok(other) => studio.take(other.worn),
                Err(problem) => fail(kit::sentence(&problem)),
            }
        });
    });
    let from_brand = (!choices.is_empty()).then(|| {
        view! { <SelectField name="copy" label=t::copy_from() choices=choices empty=t::choose_brand() on_input=copy/> }
    });
    let file_name = format!("{}-theme.json", slug_of(&name));
    let save = move |_| {
        let theme = studio.theme.get_untracked();
        if let Ok(text) = serde_json::to_string_pretty(&theme) {
            kit::save_file(&file_name, "application/json", &text);
        }
    };
    let chosen = move |event: leptos::ev::Event| {
        read_text(&event, move |text| match read(&text) {
            Some(theme) => super::pictures::take_read(studio, theme, toasts),
            None => fail(t::not_a_theme().to_owned()),
        });
    };
    view! {
        {from_brand}
        <div class="field">
            <label for="theme-file">{t::from_file()}</label>
            <input type="file" id="theme-file" accept="application/json,.json" on:change=chosen/>
        </div>
        <div class="actions"><Button size=Size::Small icon=lucide::LuDownload on_click=save>{t::to_file()}</Button></div>
    }
    .into_any()
}

/// A theme from a file; none for what is none, or of a later format.
fn read(text: &str) -> Option<Theme> {
    let theme: Theme = serde_json::from_str(text).ok()?;
    base::check_fields(&theme).ok().map(|()| theme)
}

fn read_text(event: &leptos::ev::Event, done: impl Fn(String) + 'static) {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    {
        let Some(file) = file_of(event) else { return };
        leptos::task::spawn_local(async move {
            let text = wasm_bindgen_futures::JsFuture::from(file.text())
                .await
                .ok()
                .and_then(|text| text.as_string());
            done(text.unwrap_or_default());
        });
    }
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    let _ = (event, done);
}

//! What is moved in the studio: colours, corners, density, type.
use kit::{Choice, SelectField};
use leptos::prelude::*;
use palette::Rgb;

use super::state::Studio;
use crate::model::{Density, Font, Theme};
use crate::t;

pub(super) fn controls(studio: Studio) -> AnyView {
    let densities = Density::ALL.iter().map(|one| Choice::new(one.as_str(), one.words())).collect::<Vec<_>>();
    let fonts = Font::ALL.iter().map(|one| Choice::new(one.as_str(), one.words())).collect::<Vec<_>>();
    let density = bound(studio, |theme| theme.density.as_str().to_owned());
    let font = bound(studio, |theme| theme.font.as_str().to_owned());
    let dense = Callback::new(move |text: String| {
        if let Some(density) = Density::parse(&text) {
            studio.change("density", |theme| theme.density = density);
        }
    });
    let lettered = Callback::new(move |text: String| {
        if let Some(font) = Font::parse(&text) {
            studio.change("font", |theme| theme.font = font);
        }
    });
    view! {
        {colour(studio, "colour", t::colour(), |theme| theme.colour, |theme, colour| theme.colour = colour)}
        {second(studio)}
        {slider(studio, ("tint", t::tint(), t::tint_help()), 0..=100, |theme| theme.tint, |theme, tint| theme.tint = tint)}
        {slider(studio, ("radius", t::radius(), t::radius_help()), 0..=16, |theme| theme.radius, |theme, radius| theme.radius = radius)}
        {slider(studio, ("scale", t::scale(), t::scale_help()), 80..=120, |theme| theme.scale, |theme, scale| theme.scale = scale)}
        <SelectField name="density" label=t::density() choices=densities bind=density on_input=dense/>
        <SelectField name="font" label=t::font() help=t::font_help() choices=fonts bind=font on_input=lettered/>
    }
    .into_any()
}

/// A text of the theme that follows it.
pub(super) fn bound(
    studio: Studio,
    of: impl Fn(&Theme) -> String + Send + Sync + 'static,
) -> RwSignal<String> {
    let text = RwSignal::new(studio.theme.with_untracked(&of));
    Effect::new(move |_| {
        let now = studio.theme.with(&of);
        if text.get_untracked() != now {
            text.set(now);
        }
    });
    text
}

/// The second colour: found by the first until one is given.
fn second(studio: Studio) -> AnyView {
    let given = Memo::new(move |_| studio.theme.with(|theme| theme.accent.is_some()));
    let toggled = move |event: leptos::ev::Event| {
        let accent = event_target_checked(&event)
            .then(|| studio.palette.with_untracked(|palette| palette.light[palette::Token::Chart2]));
        studio.change("second", |theme| theme.accent = accent);
    };
    let field = move || {
        given.get().then(|| {
            let read = |theme: &Theme| theme.accent.unwrap_or(theme.colour);
            colour(studio, "accent", t::second_colour(), read, |theme, colour| theme.accent = Some(colour))
        })
    };
    view! {
        <label class="check">
            <input type="checkbox" id="own-accent" prop:checked=move || given.get() on:change=toggled/>
            <span>{t::own_second()}</span>
        </label>
        {field}
    }
    .into_any()
}

fn colour(
    studio: Studio,
    name: &'static str,
    label: &'static str,
    read: fn(&Theme) -> Rgb,
    write: fn(&mut Theme, Rgb),
) -> AnyView {
    let now = Memo::new(move |_| studio.theme.with(read).to_string());
    let wrong = RwSignal::new(false);
    let heard = move |text: String| match text.trim().parse::<Rgb>() {
        Ok(colour) => {
            wrong.set(false);
            studio.change(name, |theme| write(theme, colour));
        }
        Err(_) => wrong.set(true),
    };
    let (id, fault) = (format!("theme-{name}"), format!("theme-{name}-fault"));
    let described = fault.clone();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <div class="colour-field">
                <input type="color" aria-label=t::pick(label) prop:value=move || now.get()
                    on:input=move |event| heard(event_target_value(&event))/>
                <input class="input code" type="text" id=id maxlength="7" autocomplete="off" spellcheck="false"
                    prop:value=move || now.get()
                    aria-invalid=move || wrong.get().then_some("true")
                    aria-describedby=move || wrong.get().then(|| described.clone())
                    on:change=move |event| heard(event_target_value(&event))/>
            </div>
            {move || wrong.get().then(|| view! { <p class="error" id=fault.clone()>{t::not_a_colour()}</p> })}
        </div>
    }
    .into_any()
}

fn slider(
    studio: Studio,
    (name, label, help): (&'static str, &'static str, &'static str),
    range: std::ops::RangeInclusive<u8>,
    read: fn(&Theme) -> u8,
    write: fn(&mut Theme, u8),
) -> AnyView {
    let (least, most) = (*range.start(), *range.end());
    let now = Memo::new(move |_| studio.theme.with(read));
    let heard = move |event: leptos::ev::Event| {
        if let Ok(value) = event_target_value(&event).parse::<u8>() {
            studio.change(name, |theme| write(theme, value.clamp(least, most)));
        }
    };
    let (id, note) = (format!("theme-{name}"), format!("theme-{name}-help"));
    view! {
        <div class="field">
            <label for=id.clone()>{label}<span class="num muted">{move || now.get()}</span></label>
            <input class="range" type="range" id=id min=least max=most step="1" aria-describedby=note.clone()
                prop:value=move || now.get().to_string() on:input=heard/>
            <p class="help" id=note>{help}</p>
        </div>
    }
    .into_any()
}

//! Themes that are ready to be worn, as tiles that show their colours, light and dark.
use leptos::prelude::*;
use palette::{Palette, Token, Tokens};

use super::state::Studio;
use crate::model::ThemePreset;
use crate::rules;
use crate::t;

pub(super) fn presets(studio: Studio) -> AnyView {
    let all = rules::presets().into_iter().map(|preset| tile(studio, preset)).collect_view();
    view! { <ul class="presets">{all}</ul> }.into_any()
}

fn tile(studio: Studio, preset: ThemePreset) -> AnyView {
    let ThemePreset { preset, theme } = preset;
    let palette = Palette::of(&theme.seed());
    let (light, dark) = (swatch(&palette.light, theme.radius), swatch(&palette.dark, theme.radius));
    let (look, taken) = (theme.clone(), theme);
    let is_worn = Memo::new(move |_| studio.theme.with(|now| now.looking_like(&look) == *now));
    let take = move |_| studio.take(studio.theme.with_untracked(|now| now.looking_like(&taken)));
    view! {
        <li>
            <button type="button" class="preset" aria-pressed=move || is_worn.get().to_string() on:click=take>
                <span class="preset-sides" aria-hidden="true">{light}{dark}</span>
                <span class="strong"><span class="visually-hidden">{t::take_over()}" "</span>{preset.words()}</span>
                <span class="muted small">{preset.line()}</span>
            </button>
        </li>
    }
    .into_any()
}

/// A page in very small: a card with words, a button and a highlight.
fn swatch(tokens: &Tokens, radius: u8) -> AnyView {
    let fill = |token: Token| tokens[token].to_string();
    let (radius, small) = (u32::from(radius) / 2, u32::from(radius) / 3);
    view! {
        <svg viewBox="0 0 96 56" width="96" height="56">
            <rect width="96" height="56" fill=fill(Token::Page)></rect>
            <rect x="8" y="8" width="80" height="40" rx=radius fill=fill(Token::Surface) stroke=fill(Token::LineStrong)></rect>
            <rect x="16" y="15" width="36" height="4" rx="1" fill=fill(Token::Text)></rect>
            <rect x="16" y="22" width="52" height="3" rx="1" fill=fill(Token::Muted)></rect>
            <rect x="16" y="32" width="26" height="10" rx=small fill=fill(Token::Accent)></rect>
            <rect x="21" y="36" width="16" height="2" rx="1" fill=fill(Token::OnAccent)></rect>
            <rect x="48" y="32" width="18" height="10" rx=small fill=fill(Token::AccentSoft)></rect>
            <rect x="72" y="32" width="8" height="10" rx=small fill=fill(Token::Chart2)></rect>
        </svg>
    }
    .into_any()
}

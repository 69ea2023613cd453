//! Who and what: the brand's mark, people, organisations, and the small signs around them.
use leptos::prelude::*;

use crate::button::Size;
use crate::live::{Freshness, Live};

/// A person's or company's letters on a ground that is always the same for a name.
#[component]
pub fn Avatar(
    #[prop(into)] name: String,
    /// Organisations and customers have corners, people are round.
    #[prop(optional)]
    square: bool,
    #[prop(optional)] size: Size,
) -> impl IntoView {
    let size = match size {
        Size::Small => " small",
        Size::Normal => "",
        Size::Big => " big",
    };
    let letters = if square { first_letter(&name) } else { initials(&name) };
    let class = format!("avatar t{}{size}{}", tint(&name), if square { " square" } else { "" });
    view! { <span class=class aria-hidden="true">{letters}</span> }
}

/// A person or organisation by picture and name.
#[component]
pub fn Person(#[prop(into)] name: String, #[prop(optional)] square: bool) -> impl IntoView {
    view! { <span class="person"><Avatar name=name.clone() square=square size=Size::Small /><span class="name">{name}</span></span> }
}

/// The brand's logo, or its first letter until it has one.
#[component]
pub fn BrandMark(
    #[prop(into)] name: String,
    /// Address of the logo.
    #[prop(optional, into)]
    logo: Option<String>,
    #[prop(optional)] big: bool,
) -> impl IntoView {
    let pictured = if logo.is_some() { " pictured" } else { "" };
    let class = format!("mark{}{pictured}", if big { " big" } else { "" });
    let inside = match logo {
        Some(logo) => view! { <img src=logo alt="" width="28" height="28" /> }.into_any(),
        None => first_letter(&name).into_any(),
    };
    view! { <span class=class aria-hidden="true">{inside}</span> }
}

/// The mark of a brand that the page does not wear: its first letter on its own colour, beside those of other brands. Who
/// does not see it is told the name where `spoken` says so.
#[component]
pub fn BrandSign(
    #[prop(into)] name: String,
    /// In degrees of OKLCH.
    hue: u16,
    /// In thousandths of OKLCH.
    chroma: u16,
    /// Whether its name stands nowhere beside it.
    #[prop(optional)]
    spoken: bool,
) -> impl IntoView {
    // Attributes of a drawing: a style attribute would not pass the page's policy.
    let ground = crate::colour::accent(f64::from(hue), f64::from(chroma) / 1000.0);
    let letter = first_letter(&name);
    let title = spoken.then(|| name.clone());
    view! {
        <span class="sign" title=title>
            <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
                <rect width="20" height="20" rx="6" fill=ground></rect>
                <text x="10" y="14" text-anchor="middle">{letter}</text>
            </svg>
            {spoken.then(|| view! { <span class="visually-hidden">{name}": "</span> })}
        </span>
    }
    .into_any()
}

fn first_letter(name: &str) -> String {
    name.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().collect()).unwrap_or_default()
}

/// First letters of the first and last word: "Sam van Peters" is `SP`.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
    let first = words.next().map(first_letter).unwrap_or_default();
    let last = words.next_back().map(first_letter).unwrap_or_default();
    first + &last
}

/// One of six grounds; the same name always gets the same (FNV-1a).
fn tint(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)) % 6
}

/// A key of the keyboard.
#[component]
pub fn Kbd(#[prop(into)] keys: String) -> impl IntoView {
    view! { <kbd>{keys}</kbd> }
}

/// Says whether the page is live. Without a `state` it is that of the page's own connection.
#[component]
pub fn LiveDot(#[prop(optional, into)] state: Option<Signal<Freshness>>) -> impl IntoView {
    let state = state.or_else(|| use_context::<Live>().map(|live| live.freshness.into()));
    let now = move || state.map_or(Freshness::Starting, |state| state.get());
    let (word, name) = (move || now().words(), move || now().name());
    view! {
        <span class="live needs-script" data-state=name role="status">
            <span class="dot" aria-hidden="true"></span>
            <span class="word">{word}</span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_the_first_and_the_last_word() {
        assert_eq!(initials("Sam Peters"), "SP");
        assert_eq!(initials("Sam van der Peters"), "SP");
        assert_eq!(initials("özlem"), "Ö");
        assert_eq!(initials(" – "), "");
    }
}

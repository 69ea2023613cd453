//! Buttons and links that look like them; one that is not possible stays in reach and says why.
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::FormState;
use crate::icon::{Drawing, Icon};

/// How much a button weighs on its screen: one primary at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Kind {
    /// The thing this screen is for.
    Primary,
    #[default]
    Plain,
    /// Beside the work: close, cancel, more.
    Quiet,
    /// Takes something away.
    Danger,
    /// Takes something away for good; the last word of a dialog.
    Fatal,
}

impl Kind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Plain => "",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
            Self::Fatal => "danger primary",
        }
    }
}

/// How large a button is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Size {
    Small,
    #[default]
    Normal,
    Big,
}

impl Size {
    const fn class(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Normal => "",
            Self::Big => "big",
        }
    }
}

fn classes(kind: Kind, size: Size, class: &str) -> String {
    let parts = ["button", kind.class(), size.class(), class];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A button. With a reason in `refused` it can be reached and read, but does nothing.
#[component]
pub fn Button(
    #[prop(optional)] kind: Kind,
    #[prop(optional)] size: Size,
    /// `submit` sends its form; `button` (what is taken otherwise) only calls `on_click`.
    #[prop(optional)]
    submit: bool,
    /// Names the element; needed when the reason is to be shown under the button.
    #[prop(optional, into)]
    id: Option<String>,
    /// Why it cannot be done now, in words; nothing when it can.
    #[prop(optional, into)]
    refused: MaybeProp<String>,
    /// Whether it is being done right now; a button that submits knows it from its form, too.
    #[prop(optional, into)]
    busy: Signal<bool>,
    #[prop(optional)] icon: Option<Drawing>,
    /// The key that does the same, shown at the end.
    #[prop(optional, into)]
    key: Option<String>,
    /// The accessible name of a button that shows only an icon.
    #[prop(optional, into)]
    label: Option<String>,
    /// Name and value that the form sends when this button submitted it.
    #[prop(optional, into)]
    name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional)] class: &'static str,
    #[prop(optional, into)] on_click: Option<Callback<MouseEvent>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let bare = children.is_none();
    let class = classes(kind, size, if bare && class.is_empty() { "icon" } else { class });
    let reason_id = id.as_ref().map(|id| format!("{id}-reason"));
    let described = reason_id.clone();
    let form = submit.then(use_context::<FormState>).flatten();
    let busy = move || busy.try_get().unwrap_or(false) || form.is_some_and(|form| form.is_pending());
    let is_refused = move || refused.try_with(Option::is_some).unwrap_or(false);
    let stopped = move || is_refused() || busy();
    let click = move |event: MouseEvent| {
        if stopped() {
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            on_click.run(event);
        }
    };
    let button = view! {
        <button
            type=move || if submit && !is_refused() { "submit" } else { "button" }
            class=class
            id=id
            name=name
            value=value
            aria-label=label
            aria-disabled=move || stopped().then_some("true")
            aria-busy=move || busy().then_some("true")
            aria-describedby=move || is_refused().then(|| described.clone()).flatten()
            on:click=click
        >
            {move || match icon {
                _ if busy() => Some(view! { <span class="spinner" aria-hidden="true"></span> }.into_any()),
                Some(icon) => Some(view! { <Icon of=icon /> }.into_any()),
                None => None,
            }}
            {children.map(|children| children())}
            {key.map(|key| view! { <kbd aria-hidden="true">{key}</kbd> })}
            {reason_id.is_none().then_some(move || {
                refused.try_get().flatten().map(|reason| view! { <span class="visually-hidden">" · "{reason}</span> })
            })}
        </button>
    };
    match reason_id {
        None => button.into_any(),
        Some(reason_id) => view! {
            <span class="with-reason">
                {button}
                {move || {
                    let id = reason_id.clone();
                    refused.try_get().flatten().map(|reason| view! { <span class="reason" id=id>{reason}</span> })
                }}
            </span>
        }
        .into_any(),
    }
}

/// A link that looks like a button: it goes somewhere, it changes nothing.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] kind: Kind,
    #[prop(optional)] size: Size,
    #[prop(optional)] icon: Option<Drawing>,
    /// The accessible name of a link that shows only an icon.
    #[prop(optional, into)]
    label: Option<String>,
    /// Whether the address is a file to keep; such a link is left to the browser.
    #[prop(optional)]
    download: bool,
    #[prop(optional)] class: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let bare = children.is_none();
    let class = classes(kind, size, if bare && class.is_empty() { "icon" } else { class });
    view! {
        <a
            class=class
            href=href
            aria-label=label
            download=download.then_some("")
            rel=download.then_some("external")
        >
            {icon.map(|icon| view! { <Icon of=icon /> })}
            {children.map(|children| children())}
        </a>
    }
}

/// A few buttons in a row that wraps.
#[component]
pub fn Actions(children: Children) -> impl IntoView {
    view! { <div class="actions">{children()}</div> }
}

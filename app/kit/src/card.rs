//! Cards: one matter each, with a heading and what can be done about it.
use leptos::prelude::*;

/// A card with a heading.
#[component]
pub fn Card(
    /// The heading; without one the card holds only its body.
    #[prop(optional, into)]
    title: Option<String>,
    /// Names the heading, so that the card becomes a named region.
    #[prop(optional, into)]
    id: Option<String>,
    /// Beside the heading.
    #[prop(optional)]
    aside: Option<AnyView>,
    /// At the end of the heading's line.
    #[prop(optional)]
    end: Option<AnyView>,
    /// Below the body.
    #[prop(optional)]
    footer: Option<AnyView>,
    /// Body without padding, for rows and tables.
    #[prop(optional)]
    flush: bool,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    let heading = id.as_ref().map(|id| format!("{id}-title"));
    let labelled = title.is_some().then(|| heading.clone()).flatten();
    let class = if class.is_empty() { "card".to_owned() } else { format!("card {class}") };
    let headed = title.is_some() || aside.is_some() || end.is_some();
    let header = headed.then(move || {
        view! {
            <header>
                {title.map(|title| view! { <h2 id=heading>{title}</h2> })}
                {aside}
                {end.map(|end| view! { <div class="end">{end}</div> })}
            </header>
        }
    });
    let body = match (flush, headed) {
        (false, _) => view! { <div class="body">{children()}</div> }.into_any(),
        (true, true) => view! { <div class="body flush">{children()}</div> }.into_any(),
        (true, false) => children(),
    };
    view! {
        <section class=class id=id aria-labelledby=labelled>
            {header}
            {body}
            {footer.map(|footer| view! { <footer>{footer}</footer> })}
        </section>
    }
}

/// One line of a list in a card: a tag or picture, two lines of words, its one button at the end.
#[component]
pub fn Row(
    /// The first line.
    #[prop(into)]
    title: String,
    /// The second line.
    #[prop(optional, into)]
    note: Option<String>,
    /// Where a click on the row goes.
    #[prop(optional, into)]
    href: Option<String>,
    /// Whether it is the one that is shown beside the list.
    #[prop(optional)]
    current: bool,
    #[prop(optional)] lead: Option<AnyView>,
    #[prop(optional)] end: Option<AnyView>,
) -> impl IntoView {
    let class = if href.is_some() { "row link-row" } else { "row" };
    let title = match href {
        Some(href) => {
            view! { <a class="strong cover" href=href aria-current=current.then_some("true")>{title}</a> }
                .into_any()
        }
        None => view! { <span class="strong">{title}</span> }.into_any(),
    };
    view! {
        <li class=class aria-current=current.then_some("true")>
            {lead}
            <span class="what">{title}{note.map(|note| view! { <span class="muted small">{note}</span> })}</span>
            {end.map(|end| view! { <span class="end over">{end}</span> })}
        </li>
    }
}

//! Waiting, empty, failed, denied, told.
use base::Problem;
use leptos::prelude::*;

use crate::icon::lucide;
use crate::*;

pub(super) fn waiting(_: &'static str) -> AnyView {
    view! {
        <Skeleton shape=Shape::Rows count=2 />
        <Skeleton shape=Shape::Table count=3 />
        <Skeleton shape=Shape::Tiles count=2 />
        <Skeleton shape=Shape::Chart />
        <Skeleton shape=Shape::Form count=2 />
        <Skeleton shape=Shape::Record count=2 />
        <Skeleton shape=Shape::Text count=3 />
    }
    .into_any()
}

pub(super) fn troubles(_: &'static str) -> AnyView {
    view! {
        <Card>
            <Empty title="No deals yet" note="Register the first one: it takes about a minute, and you know at once whether the customer is free.">
                <LinkButton href="#empty" kind=Kind::Primary>"Register deal"</LinkButton>
            </Empty>
        </Card>
        <Card><Empty tight=true icon=lucide::LuSearch title="Nothing matches “Helvtia”" note="Look for fewer letters, or clear the filters." /></Card>
        <ErrorPanel problem=Problem::Internal { request_id: "01j9z3k6w2v8t4".into() } on_retry=|()| () />
        <ErrorPanel problem=Problem::Unavailable retry_href="#empty" />
        <ErrorPanel problem=Problem::NotFound />
        <ErrorPanel problem=Problem::refused("rival_protected", "Another registration for this customer is protected until 20 Feb 2027.") />
        <Denied detail="Only owners may see the API keys of Alpine Systems." help_from="Paula Peters, owner," />
    }
    .into_any()
}

pub(super) fn notices(_: &'static str) -> AnyView {
    let banners = Tone::ALL
        .into_iter()
        .map(|tone| view! { <Banner tone=tone>"You see the portal as Alpine Systems does. Nothing you do here is saved."</Banner> })
        .collect_view();
    view! {
        <Banner end=view! { <Button size=Size::Small>"Load it"</Button> }.into_any()>"A new version is ready."</Banner>
        {banners}
        <div class="toasts">
            <ToastLook words="Deal withdrawn" tone=Tone::Good end=view! { <button type="button" class="button small">"Undo"</button> }.into_any() />
            <ToastLook words="No answer from the server. Nothing was lost." tone=Tone::Bad />
        </div>
    }
    .into_any()
}

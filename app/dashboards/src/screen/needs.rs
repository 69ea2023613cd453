//! What waits for the person, each with its one next step.
use base::Page;
use deals::{DealRow, ListDeals, Status};
use kit::catalogue::locale;
use kit::{Card, Count, Empty, LinkButton, Row, Shape, Size, Skeleton, Tag, Tone, format, paths};
use leptos::prelude::*;

use crate::t;

/// How many items the card shows.
const SHOWN: u32 = 5;

/// The card on top of the home page.
pub(super) fn needs_card() -> AnyView {
    let deals = kit::resource(
        || vec!["deals".to_owned()],
        || ListDeals { needs_action: Some(true), limit: Some(SHOWN), ..ListDeals::default() },
    );
    kit::shown(deals, || view! { <Skeleton shape=Shape::Rows/> }.into_any(), card)
}

fn card(deals: Page<DealRow>) -> AnyView {
    if deals.items.is_empty() {
        return view! {
            <Card title=t::needs_you()>
                <Empty title=t::nothing_waits() note=t::nothing_waits_note() tight=true>
                    <LinkButton href=paths::REGISTER>{t::register()}</LinkButton>
                </Empty>
            </Card>
        }
        .into_any();
    }
    let total = deals.total;
    let rows = deals.items.into_iter().map(row).collect_view();
    view! {
        <Card title=t::needs_you() aside=view! { <Count of=total/> }.into_any() flush=true>
            <ul class="rows">{rows}</ul>
        </Card>
    }
    .into_any()
}

fn row(deal: DealRow) -> AnyView {
    let (tone, button, href) = match deal.status {
        Status::Draft => (Tone::Neutral, t::go_on(), paths::edit_deal(deal.id)),
        Status::Returned => (Tone::Warn, t::answer(), paths::edit_deal(deal.id)),
        _ => (Tone::Bad, t::look(), paths::deal(deal.id)),
    };
    let value = deal.value.map(|value| format::money_plain(value, locale()));
    let note = [Some(deal.number), value, Some(deal.products).filter(|products| !products.is_empty())];
    let note = note.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let name = if deal.customer_name.is_empty() { t::unnamed().to_owned() } else { deal.customer_name };
    let lead = view! { <Tag tone=tone>{deal.status.words()}</Tag> }.into_any();
    let end = view! { <LinkButton href=href size=Size::Small>{button}</LinkButton> }.into_any();
    view! { <Row title=name note=note lead=lead end=end/> }.into_any()
}

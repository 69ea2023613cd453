//! What waits for the person, each with its one next step.
use base::Page;
use deals::{DealRow, ListDeals, Status};
use kit::catalogue::locale;
use kit::{Card, Count, Countdown, Empty, LinkButton, Row, Shape, Size, Skeleton, Tag, Tone, format, paths};
use leads::{LeadRow, ListLeads};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::t;

/// How many items the card shows.
const SHOWN: u32 = 5;

/// What waits, asked at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Waiting {
    deals: Page<DealRow>,
    leads: Page<LeadRow>,
}

/// The card on top of the home page.
pub(super) fn needs_card() -> AnyView {
    let moved = kit::live::moved(|| vec!["deals".to_owned(), "leads".to_owned()]);
    let waiting = kit::gathered(
        move || moved.get(),
        |_| async {
            let limit = Some(SHOWN);
            let leads =
                kit::ask(ListLeads { needs_action: Some(true), limit, ..ListLeads::default() }).await?;
            let deals =
                kit::ask(ListDeals { needs_action: Some(true), limit, ..ListDeals::default() }).await?;
            Ok(Waiting { deals, leads })
        },
    );
    kit::shown(waiting, || view! { <Skeleton shape=Shape::Rows/> }.into_any(), card)
}

fn card(waiting: Waiting) -> AnyView {
    let Waiting { deals, leads } = waiting;
    if deals.items.is_empty() && leads.items.is_empty() {
        return view! {
            <Card title=t::needs_you()>
                <Empty title=t::nothing_waits() note=t::nothing_waits_note() tight=true>
                    <LinkButton href=paths::REGISTER>{t::register()}</LinkButton>
                </Empty>
            </Card>
        }
        .into_any();
    }
    let total = deals.total + leads.total;
    // An offer runs out; what else waits does not.
    let offers = leads.items.into_iter().map(offer);
    let rows = offers.chain(deals.items.into_iter().map(row)).take(SHOWN as usize).collect_view();
    view! {
        <Card title=t::needs_you() aside=view! { <Count of=total/> }.into_any() flush=true>
            <ul class="rows">{rows}</ul>
        </Card>
    }
    .into_any()
}

fn offer(lead: LeadRow) -> AnyView {
    let value = lead.value.map(|value| format::money_plain(value, locale()));
    let note = [Some(lead.number), value, Some(lead.product)];
    let note = kit::beside(note.into_iter().flatten());
    let clock = lead.answer_by.map(|until| view! { <Countdown until=until soon_ms=4 * 3_600_000/> });
    let head = view! { <Tag tone=Tone::Accent>{t::lead()}</Tag> }.into_any();
    let end =
        view! { {clock}<LinkButton href=paths::lead(lead.id) size=Size::Small>{t::answer()}</LinkButton> };
    view! { <Row title=lead.customer_name note=note lead=head end=end.into_any()/> }.into_any()
}

fn row(deal: DealRow) -> AnyView {
    let (tone, button, href) = match deal.status {
        Status::Draft => (Tone::Neutral, t::go_on(), paths::edit_deal(deal.id)),
        Status::Returned => (Tone::Warn, t::answer(), paths::edit_deal(deal.id)),
        _ => (Tone::Bad, t::look(), paths::deal(deal.id)),
    };
    let value = deal.value.map(|value| format::money_plain(value, locale()));
    let note = [Some(deal.number), value, Some(deal.products)];
    let note = kit::beside(note.into_iter().flatten());
    let name = if deal.customer_name.is_empty() { t::unnamed().to_owned() } else { deal.customer_name };
    let lead = view! { <Tag tone=tone>{deal.status.words()}</Tag> }.into_any();
    let end = view! { <LinkButton href=href size=Size::Small>{button}</LinkButton> }.into_any();
    view! { <Row title=name note=note lead=lead end=end/> }.into_any()
}

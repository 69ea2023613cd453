//! Lists: filters, order, pages, totals, counts.
use base::Span;
use base::db::Engine;
use rstest::rstest;

use super::{claim, company, draft, market, submitted};
use crate::{CountDeals, Counts, ListDeals, RegisterDeal, Sort, SortBy, Status, Statuses};

#[rstest]
#[tokio::test]
async fn every_deal_is_on_exactly_one_page_in_every_order(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    for n in 0..11i64 {
        let name = format!("Company {}", n % 4);
        let ask = claim(&market, company(&name, &format!("c{n}.example")), 8_000 + n % 3 * 4_000);
        if n % 4 == 0 {
            draft(&world, &market.alpine.sales, ask).await;
        } else {
            submitted(&world, &market.alpine.sales, ask).await;
        }
        world.advance(Span::minutes(n % 2));
    }
    for by in SortBy::ALL {
        for sort in [Sort::up(by), Sort::down(by)] {
            let mut ask = ListDeals { sort: Some(sort), limit: Some(3), ..ListDeals::default() };
            let mut seen = Vec::new();
            loop {
                let page = world.ask(&market.manager, ask.clone()).await.unwrap();
                assert_eq!(page.total, 11, "{sort}");
                seen.extend(page.items.into_iter().map(|row| row.number));
                ask.cursor = page.next_cursor;
                if ask.cursor.is_none() {
                    break;
                }
            }
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), 11, "{sort}");
        }
    }
}

#[rstest]
#[tokio::test]
async fn filters_narrow_a_list_and_its_total(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    submitted(&world, &market.alpine.sales, claim(&market, company("Acme", "acme.example"), 900)).await;
    submitted(&world, &market.alpine.owner, claim(&market, company("Zoomit", "zoomit.example"), 48_000))
        .await;
    submitted(&world, &market.bluepeak.sales, claim(&market, company("Kan-code", "kancode.example"), 48_000))
        .await;
    draft(&world, &market.alpine.sales, RegisterDeal::new(market.program)).await;
    let total = async |actor: &base::Actor, ask: ListDeals| world.ask(actor, ask).await.unwrap().total;
    let all = ListDeals::default();
    assert_eq!(total(&market.manager, all.clone()).await, 4);
    assert_eq!(total(&market.alpine.sales, all.clone()).await, 3);
    let status = |text: &str| ListDeals { status: Some(text.parse().unwrap()), ..ListDeals::default() };
    assert_eq!(total(&market.manager, status("in_review")).await, 2);
    assert_eq!(total(&market.manager, status("approved,draft")).await, 2);
    assert_eq!(
        total(&market.manager, ListDeals { partner: Some(market.bluepeak.id), ..all.clone() }).await,
        1
    );
    assert_eq!(total(&market.manager, ListDeals { q: Some("ZOOM".into()), ..all.clone() }).await, 1);
    assert_eq!(total(&market.manager, ListDeals { q: Some("kancode.ex".into()), ..all.clone() }).await, 1);
    assert_eq!(total(&market.manager, ListDeals { q: Some("dr-1002".into()), ..all.clone() }).await, 1);
    assert_eq!(total(&market.manager, ListDeals { q: Some("%".into()), ..all.clone() }).await, 0);
    assert_eq!(total(&market.alpine.owner, ListDeals { mine: Some(true), ..all.clone() }).await, 1);
    assert_eq!(total(&market.manager, ListDeals { queue: Some(true), ..all.clone() }).await, 2);
    assert_eq!(total(&market.alpine.sales, ListDeals { needs_action: Some(true), ..all.clone() }).await, 1);
    let both = ListDeals { status: Some(Statuses(vec![Status::InReview])), limit: Some(1), ..all };
    let page = world.ask(&market.manager, both).await.unwrap();
    assert_eq!((page.items.len(), page.total), (1, 2));
    assert_eq!(page.items[0].partner_name, "Bluepeak Consulting", "newest first");
    assert!(page.items[0].needs_action);
}

#[rstest]
#[tokio::test]
async fn the_numbers_beside_the_navigation_are_those_of_the_lists(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    submitted(&world, &market.alpine.sales, claim(&market, company("Acme", "acme.example"), 900)).await;
    submitted(&world, &market.alpine.sales, claim(&market, company("Zoomit", "zoomit.example"), 48_000))
        .await;
    draft(&world, &market.alpine.sales, RegisterDeal::new(market.program)).await;
    let counts = |actor: base::Actor| {
        let world = &world;
        async move { world.ask(&actor, CountDeals::default()).await.unwrap() }
    };
    let vendor = Counts { needs_action: 1, queue: 1, overdue: 0, expiring: 0 };
    assert_eq!(counts(market.manager.clone()).await, vendor);
    assert_eq!(counts(market.alpine.sales.clone()).await, vendor, "a partner's draft waits for the partner");
    world.advance(Span::days(61));
    let vendor = Counts { overdue: 1, expiring: 1, ..vendor };
    assert_eq!(counts(market.manager.clone()).await, vendor);
    let expiring = ListDeals { expiring: Some(true), ..ListDeals::default() };
    assert_eq!(world.ask(&market.alpine.sales, expiring).await.unwrap().items[0].customer_name, "Acme");
}

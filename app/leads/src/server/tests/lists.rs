//! Lists: scoped, sorted, filtered, paged.
use base::Span;
use base::db::Engine;
use rstest::rstest;

use super::{created, lead, market, offered};
use crate::{AcceptLead, CountLeads, Counts, CreateLead, ListLeads, Source};

#[rstest]
#[tokio::test]
async fn what_waits_stands_first_and_pages_hold_together(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let mut mine = Vec::new();
    for n in 0..5 {
        world.advance(Span::minutes(10));
        mine.push(offered(&world, &market, market.alpine.id, &format!("Mine {n}")).await);
    }
    world.ask(&market.alpine.sales, AcceptLead { id: mine[0].id, version: None }).await.unwrap();
    world.ask(&market.alpine.sales, AcceptLead { id: mine[3].id, version: None }).await.unwrap();
    offered(&world, &market, market.bluepeak.id, "Theirs").await;
    let fresh = created(&world, &market.manager, lead(&market, "Fresh")).await;
    let names = async |actor: &base::Actor, ask: ListLeads| {
        let mut names = Vec::new();
        let mut ask = ListLeads { limit: Some(2), ..ask };
        loop {
            let page = world.ask(actor, ask.clone()).await.unwrap();
            assert!(page.items.len() <= 2);
            names.extend(page.items.into_iter().map(|row| row.customer_name));
            ask.cursor = page.next_cursor;
            if ask.cursor.is_none() {
                return (names, page.total);
            }
        }
    };
    let (partners, total) = names(&market.alpine.sales, ListLeads::default()).await;
    assert_eq!(partners, ["Mine 1", "Mine 2", "Mine 4", "Mine 3", "Mine 0"]);
    assert_eq!(total, 5);
    let (vendors, total) = names(&market.analyst, ListLeads::default()).await;
    assert_eq!((vendors[0].as_str(), total), ("Fresh", 7));
    for sort in ["created_at", "-created_at", "updated_at", "-value", "customer", "-customer", "-attention"] {
        let (all, _) =
            names(&market.analyst, ListLeads { sort: sort.parse().ok(), ..ListLeads::default() }).await;
        let mut once = all.clone();
        once.sort();
        once.dedup();
        assert_eq!((all.len(), once.len()), (7, 7), "{sort}");
    }
    let only = |ask| names(&market.analyst, ask);
    let q = ListLeads { q: Some("theirs.EXAMPLE".into()), ..ListLeads::default() };
    assert_eq!(only(q).await.0, ["Theirs"]);
    let number = ListLeads { q: Some(fresh.number.to_lowercase()), ..ListLeads::default() };
    assert_eq!(only(number).await.0, ["Fresh"]);
    let working = ListLeads { status: "accepted,working".parse().ok(), ..ListLeads::default() };
    assert_eq!(only(working).await.1, 2);
    assert_eq!(only(ListLeads { partner: Some(market.bluepeak.id), ..ListLeads::default() }).await.1, 1);
    assert_eq!(only(ListLeads { country: Some("fr".into()), ..ListLeads::default() }).await.1, 0);
    let referred = CreateLead { source: Some(Source::Referral), ..lead(&market, "Known") };
    created(&world, &market.manager, referred).await;
    assert_eq!(only(ListLeads { source: Some(Source::Referral), ..ListLeads::default() }).await.0, ["Known"]);
    assert_eq!(names(&market.foreign.manager, ListLeads::default()).await.1, 0);
    assert_eq!(world.ask(&market.alpine.learner, ListLeads::default()).await.unwrap_err().code(), "role");
    let counts = world.ask(&market.alpine.sales, CountLeads::default()).await.unwrap();
    assert_eq!(counts, Counts { needs_action: 3, offered: 3, working: 2 });
    let counts = world.ask(&market.manager, CountLeads::default()).await.unwrap();
    assert_eq!(counts, Counts { needs_action: 2, offered: 4, working: 2 });
}

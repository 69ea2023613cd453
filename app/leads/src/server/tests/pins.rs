//! Named accounts.
use base::Span;
use base::db::Engine;
use rstest::rstest;

use super::{created, lead, market};
use crate::{ChangeLeadPin, CreateLead, CreateLeadPin, DropLeadPin, How, ListLeadDraws, ListLeadPins};

#[rstest]
#[tokio::test]
async fn a_pinned_customer_goes_to_its_partner_until_its_last_day(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let pin = |name: &str, website: &str| CreateLeadPin {
        program: market.program,
        partner: market.bluepeak.id,
        name: name.into(),
        website: website.into(),
        until: Some("2026-11-05".parse().unwrap()),
        note: "They built it".into(),
    };
    let made = world.ask(&market.manager, pin("", "https://shop.acme.example/de")).await.unwrap();
    assert_eq!((made.domain.as_deref(), made.is_current), (Some("acme.example"), true));
    let named = world.ask(&market.manager, pin("Zeta Gruppe GmbH", "")).await.unwrap();
    let twice = world.ask(&market.manager, pin("", "acme.example")).await.unwrap_err();
    assert_eq!(twice.of_field("website").unwrap().code, "taken");
    let twice = world.ask(&market.manager, pin("zeta gruppe gmbh", "")).await.unwrap_err();
    assert_eq!(twice.of_field("name").unwrap().code, "taken");
    assert_eq!(
        world.ask(&market.manager, pin(" ", "")).await.unwrap_err().of_field("name").unwrap().code,
        "required"
    );
    let shared = world.ask(&market.manager, pin("", "gmail.com")).await.unwrap_err();
    assert_eq!(shared.of_field("website").unwrap().code, "shared");
    let foreign = CreateLeadPin { partner: market.foreign.partner.id, ..pin("Far", "") };
    assert!(world.ask(&market.manager, foreign).await.unwrap_err().of_field("partner").is_some());

    let ask = |name: &str| CreateLead { assign: Some(true), ..lead(&market, name) };
    for _ in 0..4 {
        let acme = created(&world, &market.manager, ask("Acme")).await;
        assert_eq!(acme.partner, Some(market.bluepeak.id));
        let draws = world.ask(&market.bluepeak.sales, ListLeadDraws { id: acme.id }).await.unwrap().items;
        assert_eq!(draws[0].how, How::Pin);
    }
    assert_eq!(
        created(&world, &market.manager, ask("ZETA Gruppe GmbH")).await.partner,
        Some(market.bluepeak.id)
    );
    // The last day counts to its end in the program's time zone.
    world.advance(Span::hours(85));
    assert_eq!(world.parts.clock().now().to_string(), "2026-11-05T22:00:00.000Z");
    assert_eq!(created(&world, &market.manager, ask("Acme")).await.partner, Some(market.bluepeak.id));
    world.advance(Span::hours(1));
    let list = || ListLeadPins { q: Some("acme".into()), ..ListLeadPins::default() };
    assert!(!world.ask(&market.analyst, list()).await.unwrap().items[0].is_current);
    let pinned = async || {
        let acme = created(&world, &market.manager, ask("Acme")).await;
        let draws = world.ask(&market.analyst, ListLeadDraws { id: acme.id }).await.unwrap().items;
        draws[0].how == How::Pin
    };
    assert!(!pinned().await);
    let change = ChangeLeadPin {
        id: made.id,
        partner: Some(market.alpine.id),
        until: None,
        endless: Some(true),
        note: None,
        version: Some(1),
    };
    let changed = world.ask(&market.manager, change.clone()).await.unwrap();
    assert_eq!((changed.partner, changed.until, changed.version), (market.alpine.id, None, 2));
    assert_eq!(world.ask(&market.manager, change).await, Err(base::Problem::Stale));
    assert!(pinned().await);
    assert_eq!(world.ask(&market.analyst, ListLeadPins::default()).await.unwrap().total, 2);
    world.ask(&market.manager, DropLeadPin { id: named.id }).await.unwrap();
    assert_eq!(world.ask(&market.manager, DropLeadPin { id: named.id }).await, Err(base::Problem::NotFound));
    assert_eq!(
        world.ask(&market.foreign.manager, DropLeadPin { id: made.id }).await,
        Err(base::Problem::NotFound)
    );
    assert_eq!(world.ask(&market.alpine.owner, ListLeadPins::default()).await.unwrap_err().code(), "role");
}

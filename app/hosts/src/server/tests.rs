//! Host names through the verbs, on both engines, with a real server of the DNS beside them.
use base::db::{Engine, Tx};
use base::events;
use base::testing::World;
use base::{Actor, BrandId, Problem, Scope, Span, Timestamp};
use outbound::testing::Dns;
use partners::fixtures::{Market, market};
use rstest::rstest;

use super::{Book, address_of};
use crate::model::{CheckAnswer, Host, HostCheck, HostState};
use crate::{AddHost, CheckHost, ChoosePrimaryHost, ListHosts, RemoveHost};

struct Stage {
    world: World,
    market: Market,
    dns: Dns,
    foreign_brand: BrandId,
}

impl Stage {
    async fn set(engine: Engine) -> Option<Self> {
        let mut tables = deals::server::tables();
        tables.push(crate::MIGRATIONS());
        let world = World::try_new(engine, &tables).await?.with_jobs(crate::JOBS);
        let market = market(&world).await;
        let dns = Dns::start().await;
        world.parts.reach_by(dns.outbound());
        let mut tx = world.parts.db().read().await.unwrap();
        let foreign = programs::server::program(&mut tx, market.foreign.program).await.unwrap().unwrap();
        drop(tx);
        Some(Self { world, market, dns, foreign_brand: foreign.brand })
    }

    async fn add(&self, host: &str) -> Result<Host, Problem> {
        let ask = AddHost { id: self.market.brand, host: host.to_owned() };
        self.world.ask(&self.market.owner, ask).await
    }

    async fn check(&self, actor: &Actor, host: &Host) -> HostCheck {
        self.world.ask(actor, CheckHost { id: host.id }).await.unwrap()
    }

    async fn all(&self) -> Vec<Host> {
        self.world.ask(&self.market.owner, ListHosts { id: self.market.brand }).await.unwrap().items
    }

    /// The events of host names, oldest first.
    async fn told(&self) -> Vec<String> {
        let mut tx = self.world.parts.db().read().await.unwrap();
        let scope = Scope::Vendor(self.market.vendor);
        let all = events::after(&mut tx, scope, 0, Timestamp(0), 500).await.unwrap();
        all.into_iter().map(|event| event.kind).filter(|kind| kind.starts_with("host.")).collect()
    }

    /// A day later, after the jobs.
    async fn next_day(&self) {
        self.world.advance(Span::days(1));
        self.world.run_jobs().await;
    }

    fn show(&self, host: &Host) {
        self.dns.set_texts(&host.record.name, &["v=spf1 -all", &host.record.value]);
    }

    fn hide(&self, host: &Host) {
        self.dns.set_texts(&host.record.name, &[]);
    }
}

macro_rules! stage {
    ($engine:expr) => {
        match Stage::set($engine).await {
            Some(stage) => stage,
            None => return,
        }
    };
}

#[rstest]
#[tokio::test]
async fn a_name_is_added_shown_chosen_and_removed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let (world, owner, brand) = (&stage.world, &stage.market.owner, stage.market.brand);
    let book = Book::new(&world.parts);
    let host = stage.add("https://Portal.Acme.test/").await.unwrap();
    assert_eq!(
        (host.name.as_str(), host.state, host.is_primary),
        ("portal.acme.test", HostState::Pending, false)
    );
    assert_eq!(host.record.name, "_rialto.portal.acme.test");
    assert_eq!(host.record.value.len(), "rialto-host=".len() + 32);
    let again = stage.add("portal.acme.test").await.unwrap_err();
    assert_eq!(again.of_field("host").unwrap().code, "added_already");
    assert_eq!(stage.add("localhost:3000").await.unwrap_err().of_field("host").unwrap().code, "not_a_host");
    assert_eq!(book.brand_at("portal.acme.test").await.unwrap(), None);

    assert_eq!(stage.check(owner, &host).await.answer, CheckAnswer::Missing);
    stage.dns.set_texts(&host.record.name, &["rialto-host=somebody-else"]);
    assert_eq!(stage.check(owner, &host).await.answer, CheckAnswer::Other);
    let early = ChoosePrimaryHost { id: brand, host: Some(host.id) };
    assert_eq!(world.ask(owner, early.clone()).await.unwrap_err().code(), "not_verified");
    stage.dns.set_silent(true);
    assert_eq!(stage.check(owner, &host).await.answer, CheckAnswer::Unanswered);
    stage.dns.set_silent(false);
    assert_eq!(stage.all().await, std::slice::from_ref(&host), "nothing changed");

    stage.show(&host);
    let checked = stage.check(owner, &host).await;
    assert_eq!((checked.answer, checked.host.state), (CheckAnswer::Found, HostState::Verified));
    assert_eq!(book.brand_at("portal.acme.test").await.unwrap(), Some(brand), "an event opens the book anew");
    assert_eq!(stage.check(owner, &host).await.host, checked.host, "a second look changes nothing");

    let address = async || {
        let mut tx = world.parts.db().read().await.unwrap();
        address_of(&mut tx, &world.parts, Some(brand)).await.unwrap()
    };
    assert_eq!(address().await, "http://localhost:3000");
    let all = world.ask(owner, early).await.unwrap().items;
    assert!(all[0].is_primary);
    assert_eq!(address().await, "http://portal.acme.test:3000");
    let second = stage.add("deals.acme.test").await.unwrap();
    stage.show(&second);
    stage.check(owner, &second).await;
    let choose = ChoosePrimaryHost { id: brand, host: Some(second.id) };
    let all = world.ask(owner, choose.clone()).await.unwrap().items;
    let primary: Vec<(&str, bool)> = all.iter().map(|host| (host.name.as_str(), host.is_primary)).collect();
    assert_eq!(primary, [("deals.acme.test", true), ("portal.acme.test", false)]);
    world.ask(owner, choose).await.unwrap();
    world.ask(owner, ChoosePrimaryHost { id: brand, host: None }).await.unwrap();
    assert_eq!(address().await, "http://localhost:3000");

    let gone = world.ask(owner, RemoveHost { id: host.id }).await.unwrap();
    assert_eq!(gone.name, "portal.acme.test");
    assert_eq!(book.brand_at("portal.acme.test").await.unwrap(), None);
    assert_eq!(world.ask(owner, RemoveHost { id: host.id }).await.unwrap_err(), Problem::NotFound);
    let told = stage.told().await;
    let expected = [
        "host.added",
        "host.verified",
        "host.primary_chosen",
        "host.added",
        "host.verified",
        "host.primary_chosen",
        "host.primary_chosen",
        "host.removed",
    ];
    assert_eq!(told, expected);
}

#[rstest]
#[tokio::test]
async fn the_first_that_shows_a_name_has_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let (world, owner, rival) = (&stage.world, &stage.market.owner, &stage.market.foreign.owner);
    let ours = stage.add("portal.acme.test").await.unwrap();
    let ask = AddHost { id: stage.foreign_brand, host: "portal.acme.test".into() };
    let theirs = world.ask(rival, ask).await.unwrap();
    assert_ne!(ours.record.value, theirs.record.value);
    // Both records stand there: whoever looks first has it.
    stage.dns.set_texts(&ours.record.name, &[&ours.record.value, &theirs.record.value]);
    assert_eq!(stage.check(owner, &ours).await.answer, CheckAnswer::Found);
    let told = stage.check(rival, &theirs).await;
    assert_eq!((told.answer, told.host.clone()), (CheckAnswer::Taken, theirs.clone()));
    let words = serde_json::to_string(&told).unwrap();
    assert!(!words.contains("Northwind") && !words.contains(&stage.market.brand.to_string()), "{words}");
    // The name changes hands: the first loses it after days without its record.
    stage.dns.set_texts(&ours.record.name, &[&theirs.record.value]);
    for _ in 0..5 {
        stage.next_day().await;
    }
    assert_eq!(stage.all().await[0].state, HostState::Lost);
    assert_eq!(stage.check(rival, &theirs).await.answer, CheckAnswer::Found);
    stage.show(&ours);
    assert_eq!(stage.check(owner, &ours).await.answer, CheckAnswer::Taken);
    let book = Book::new(&world.parts);
    assert_eq!(book.brand_at("portal.acme.test").await.unwrap(), Some(stage.foreign_brand));
}

#[rstest]
#[tokio::test]
async fn a_name_is_looked_at_every_day(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let stage = stage!(engine);
    let (world, owner, brand) = (&stage.world, &stage.market.owner, stage.market.brand);
    let book = Book::new(&world.parts);
    let host = stage.add("portal.acme.test").await.unwrap();
    stage.show(&host);
    stage.check(owner, &host).await;
    world.ask(owner, ChoosePrimaryHost { id: brand, host: Some(host.id) }).await.unwrap();
    stage.next_day().await;
    stage.hide(&host);
    stage.next_day().await;
    let missed = &stage.all().await[0];
    assert_eq!((missed.state, missed.failing_since), (HostState::Verified, Some(world.parts.clock().now())));
    assert_eq!(book.brand_at("portal.acme.test").await.unwrap(), Some(brand), "a slip takes nothing away");
    stage.show(&host);
    stage.next_day().await;
    assert_eq!(stage.all().await[0].failing_since, None);
    // Nobody loses a name because the DNS is down.
    stage.dns.set_silent(true);
    stage.next_day().await;
    assert_eq!(stage.all().await[0].failing_since, None);
    stage.dns.set_silent(false);
    stage.hide(&host);
    for _ in 0..4 {
        stage.next_day().await;
    }
    let lost = &stage.all().await[0];
    assert_eq!((lost.state, lost.is_primary), (HostState::Lost, false));
    assert_eq!(book.brand_at("portal.acme.test").await.unwrap(), None);
    let told = stage.told().await;
    assert_eq!(
        told[2..],
        ["host.primary_chosen", "host.missed", "host.found_again", "host.missed", "host.lost"]
    );
    // It can be had again.
    stage.show(&host);
    assert_eq!(stage.check(owner, &host).await.host.state, HostState::Verified);
}

#[rstest]
#[tokio::test]
async fn names_are_kept_by_the_vendor_s_own_people(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let (world, market) = (&stage.world, &stage.market);
    let host = stage.add("portal.acme.test").await.unwrap();
    let (id, brand) = (host.id, market.brand);
    for actor in [&market.manager, &market.analyst, &market.alpine.owner] {
        assert_eq!(world.ask(actor, ListHosts { id: brand }).await.unwrap_err().code(), "role");
        assert_eq!(world.ask(actor, CheckHost { id }).await.unwrap_err().code(), "role");
    }
    let foreign = &market.foreign.owner;
    let ask = AddHost { id: brand, host: "x.acme.test".into() };
    assert_eq!(world.ask(foreign, ask).await.unwrap_err(), Problem::NotFound);
    assert_eq!(world.ask(foreign, ListHosts { id: brand }).await.unwrap_err(), Problem::NotFound);
    assert_eq!(world.ask(foreign, CheckHost { id }).await.unwrap_err(), Problem::NotFound);
    assert_eq!(world.ask(foreign, RemoveHost { id }).await.unwrap_err(), Problem::NotFound);
    let choose = ChoosePrimaryHost { id: stage.foreign_brand, host: Some(id) };
    assert_eq!(world.ask(foreign, choose).await.unwrap_err(), Problem::NotFound);
}

#[rstest]
#[tokio::test]
async fn of_two_that_show_a_name_at_once_one_has_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stage = stage!(engine);
    let ours = stage.add("portal.acme.test").await.unwrap();
    let ask = AddHost { id: stage.foreign_brand, host: "portal.acme.test".into() };
    let theirs = stage.world.ask(&stage.market.foreign.owner, ask).await.unwrap();
    let own = async |host: &Host| {
        let (name, id) = (host.name.clone(), host.id);
        let write = async move |tx: &mut Tx| super::store::own(tx, &name, id).await;
        stage.world.parts.db().write(write).await.unwrap()
    };
    assert!(own(&ours).await);
    assert!(!own(&theirs).await);
}

//! Kits through the verbs, on both engines.
use base::db::{Engine, Tx};
use base::http::{IdempotencyKey, in_request};
use base::testing::World;
use base::{Actor, EnrollmentId, Problem, Scope, Span};
use creative::{Asset, AssetKind, Block, BrandRules, Content, Part, Topic, Zone};
use partners::fixtures::{Market, market};
use partners::{ChangeEnrollment, EnrollmentStatus, ListEnrollments};
use rstest::rstest;

use crate::{
    CreateKit, DeleteKit, DiscardKitDraft, GetKit, GetKitVersion, KeepKitDraft, KitContent, KitState,
    KitVersionState, ListKitVersions, ListKits, ListReadyKits, PreviewKit, PublishKit, RecallKit, RetireKit,
    WholeKit,
};

macro_rules! market {
    ($engine:expr) => {{
        let mut tables = deals::server::tables();
        tables.extend([themes::MIGRATIONS(), crate::MIGRATIONS()]);
        let Some(world) = World::try_new($engine, &tables).await else { return };
        let market = market(&world).await;
        (world, market)
    }};
}

mod scope;

fn create(market: &Market) -> CreateKit {
    CreateKit {
        program: market.program,
        name: Some(" Spring ".into()),
        topic: Some(Topic::Webinar),
        ready: None,
        copy_of: None,
        language: None,
    }
}

/// A post, which the check has least to say about.
fn content(name: &str, heading: &str) -> KitContent {
    let block = |id: &str, part| Block { id: id.into(), zone: Zone::Locked, part };
    let words = Content {
        subject: heading.into(),
        summary: heading.into(),
        blocks: vec![
            block("heading", Part::Heading { text: heading.into() }),
            Block { id: "card".into(), zone: Zone::Partner, part: Part::PartnerCard },
        ],
        ..Content::default()
    };
    let asset = Asset {
        key: "post-1".into(),
        kind: AssetKind::Social,
        name: "Post".into(),
        day: 0,
        languages: [("en".to_owned(), words)].into(),
    };
    KitContent {
        name: name.into(),
        about: "For everybody".into(),
        topic: Topic::Webinar,
        assets: vec![asset],
        rules: BrandRules::default(),
    }
}

async fn made(world: &World, market: &Market, name: &str) -> WholeKit {
    let kit = world.ask(&market.owner, create(market)).await.unwrap().kit;
    let keep = KeepKitDraft { id: kit.id, content: content(name, "Come and see"), version: None };
    world.ask(&market.owner, keep).await.unwrap()
}

async fn published(world: &World, market: &Market, name: &str) -> WholeKit {
    let kit = made(world, market, name).await.kit;
    publish(world, market, &kit).await.unwrap()
}

async fn publish(world: &World, market: &Market, kit: &crate::Kit) -> Result<WholeKit, Problem> {
    let publish = PublishKit { id: kit.id, note: " First ".into(), version: Some(kit.version) };
    world.ask(&market.owner, publish).await
}

async fn told(world: &World, kind: &'static str) -> i64 {
    const SQL: &str = "select count(*) from event where kind = $1";
    let mut tx = world.parts.db().read().await.unwrap();
    let tx: &mut Tx = &mut tx;
    let count: sqlx::Result<i64> =
        base::on!(tx, |conn| sqlx::query_scalar(SQL).bind(kind).fetch_one(conn).await);
    count.unwrap()
}

async fn names(world: &World, actor: &Actor) -> Vec<String> {
    let page = world.ask(actor, ListKits::default()).await.unwrap();
    assert_eq!(page.total, page.items.len() as u64);
    page.items.into_iter().map(|kit| kit.name).collect()
}

#[rstest]
#[tokio::test]
async fn a_kit_is_made_published_changed_and_published_again(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let owner = &market.owner;
    let kit = world.ask(owner, create(&market)).await.unwrap();
    assert_eq!((kit.kit.name.as_str(), kit.kit.state, kit.kit.number), ("Spring", KitState::Draft, 0));
    assert_eq!((kit.kit.version, kit.kit.is_drafted, kit.content.assets.len()), (1, true, 0));
    let id = kit.kit.id;
    let empty = publish(&world, &market, &kit.kit).await.unwrap_err();
    assert_eq!(empty.of_field("content.assets").unwrap().code, "required");

    let keep = |content, version| KeepKitDraft { id, content, version };
    let kept = world.ask(owner, keep(content("Summer", "Hello"), Some(1))).await.unwrap();
    assert_eq!((kept.kit.name.as_str(), kept.kit.version), ("Summer", 2));
    assert_eq!(
        (kept.kit.kinds.clone(), kept.kit.languages.clone()),
        (vec![AssetKind::Social], vec!["en".to_owned()])
    );
    // A second window that saw nothing of it is told.
    let stale = world.ask(owner, keep(content("Mine", "Hello"), Some(1))).await.unwrap_err();
    assert_eq!(stale, Problem::Stale);
    let mut torn = content("Torn", "Hello");
    let twice = torn.assets[0].clone();
    torn.assets.push(twice);
    let torn = world.ask(owner, keep(torn, Some(2))).await.unwrap_err();
    assert_eq!(torn.of_field("content.assets[1].key").unwrap().code, "taken");

    let first = publish(&world, &market, &kept.kit).await.unwrap();
    assert_eq!((first.kit.state, first.kit.number, first.kit.is_drafted), (KitState::Published, 1, false));
    assert_eq!(first.content, kept.content);
    assert_eq!(publish(&world, &market, &first.kit).await.unwrap_err().code(), "nothing_new");

    let next = world.ask(owner, keep(content("Autumn", "Bye"), None)).await.unwrap();
    assert_eq!((next.kit.name.as_str(), next.kit.is_drafted, next.based_on), ("Summer", true, 1));
    assert_eq!(next.content.name, "Autumn");
    let gone = world.ask(owner, DiscardKitDraft { id }).await.unwrap();
    assert_eq!((gone.content.name.as_str(), gone.kit.is_drafted), ("Summer", false));
    let again = world.ask(owner, DiscardKitDraft { id }).await.unwrap();
    assert_eq!(again.kit.version, gone.kit.version, "nothing was there to discard");
    let next = world.ask(owner, keep(content("Autumn", "Bye"), Some(gone.kit.version))).await.unwrap();
    let second = publish(&world, &market, &next.kit).await.unwrap();
    assert_eq!((second.kit.number, second.kit.name.as_str()), (2, "Autumn"));

    let all = world.ask(owner, ListKitVersions { id, cursor: None, limit: Some(1) }).await.unwrap();
    assert_eq!((all.total, all.items[0].number, all.items[0].note.as_str()), (2, 2, "First"));
    let rest =
        world.ask(owner, ListKitVersions { id, cursor: all.next_cursor, limit: Some(1) }).await.unwrap();
    assert_eq!((rest.items[0].state, rest.next_cursor), (KitVersionState::Superseded, None));
    let old = world.ask(owner, GetKitVersion { id, number: 1 }).await.unwrap();
    assert_eq!((old.name.as_str(), old.assets), ("Summer", kept.content.assets));
    for (kind, times) in [
        ("kit.created", 1),
        ("kit.drafted", 3),
        ("kit.discarded", 1),
        ("kit.published", 2),
        ("kit.recalled", 0),
    ] {
        assert_eq!(told(&world, kind).await, times, "{kind}");
    }
}

#[rstest]
#[tokio::test]
async fn asked_again_under_its_key_a_kit_is_published_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let id = made(&world, &market, "Spring").await.kit.id;
    let ask = PublishKit { id, note: String::new(), version: None };
    let mut answers = Vec::new();
    for _ in 0..2 {
        let now = world.parts.clock().now();
        let key = IdempotencyKey::new(&market.owner, "once", "PublishKit", b"the same", now);
        let asked = world.ask(&market.owner, ask.clone());
        answers.push(in_request("r".into(), Some(key), asked).await.0.unwrap());
        world.advance(Span::seconds(1));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[1].kit.number, 1);
    assert_eq!(told(&world, "kit.published").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_recall_ends_what_is_offered(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let (owner, partner) = (&market.owner, &market.alpine.owner);
    let kit = published(&world, &market, "Spring").await.kit;
    let id = kit.id;
    let keep = KeepKitDraft { id, content: content("Spring 2", "More"), version: None };
    let kept = world.ask(owner, keep).await.unwrap();
    publish(&world, &market, &kept.kit).await.unwrap();

    let recall = |number| RecallKit { id, number, reason: " Wrong price ".into() };
    let earlier = world.ask(owner, recall(Some(1))).await.unwrap();
    assert_eq!(earlier.kit.state, KitState::Published, "the later one goes on");
    assert_eq!(world.ask(owner, recall(Some(1))).await.unwrap_err().code(), "already_recalled");
    let unknown = world.ask(owner, recall(Some(7))).await.unwrap_err();
    assert_eq!(unknown.of_field("number").unwrap().code, "unknown");
    let empty = RecallKit { id, number: None, reason: " ".into() };
    assert_eq!(world.ask(owner, empty).await.unwrap_err().of_field("reason").unwrap().code, "required");
    assert_eq!(names(&world, partner).await, ["Spring 2"]);

    let recalled = world.ask(owner, recall(None)).await.unwrap();
    assert_eq!((recalled.kit.state, recalled.kit.number), (KitState::Recalled, 2));
    assert_eq!(names(&world, partner).await, Vec::<String>::new());
    assert_eq!(world.ask(partner, GetKit { id }).await.unwrap_err(), Problem::NotFound);
    let mut tx = world.parts.db().read().await.unwrap();
    let version = super::version(&mut tx, id, 2).await.unwrap().unwrap();
    assert_eq!(version.state, KitVersionState::Recalled);
    assert!(super::open_to(&mut tx, id, Scope::Vendor(market.vendor)).await.unwrap().is_none());
    drop(tx);
    let versions = world.ask(owner, ListKitVersions { id, cursor: None, limit: None }).await.unwrap();
    let recall = versions.items[0].recall.clone().unwrap();
    assert_eq!((recall.reason.as_str(), recall.by_name.as_str()), ("Wrong price", owner.name.as_str()));
    assert_eq!(told(&world, "kit.recalled").await, 2);
    assert_eq!(world.ask(owner, RetireKit { id }).await.unwrap_err().code(), "already_recalled");

    // What is better is offered again.
    let current = world.ask(owner, GetKit { id }).await.unwrap();
    let third = publish(&world, &market, &current.kit).await.unwrap();
    assert_eq!((third.kit.state, third.kit.number), (KitState::Published, 3));
    assert_eq!(names(&world, partner).await, ["Spring 2"]);
    let retired = world.ask(owner, RetireKit { id }).await.unwrap();
    assert_eq!(retired.kit.state, KitState::Retired);
    assert_eq!(names(&world, partner).await, Vec::<String>::new());
    assert_eq!(world.ask(owner, DeleteKit { id }).await.unwrap_err().code(), "was_published");
}

#[rstest]
#[tokio::test]
async fn a_kit_begins_from_a_ready_one_or_as_a_copy(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let owner = &market.owner;
    let ready = world.ask(owner, ListReadyKits { language: Some("de".into()) }).await.unwrap();
    assert!(ready.items.len() >= 12, "{}", ready.items.len());
    for card in &ready.items {
        let ask = CreateKit { name: None, topic: None, ready: Some(card.key.clone()), ..create(&market) };
        let kit = world.ask(owner, ask).await.unwrap();
        assert_eq!((kit.kit.topic, &kit.kit.kinds), (card.topic, &card.kinds), "{}", card.key);
        // Each can be published as it is.
        let done = publish(&world, &market, &kit.kit).await;
        assert!(done.is_ok(), "{}: {done:?}", card.key);
    }
    let made = made(&world, &market, "Own").await;
    let copy = CreateKit { name: None, topic: None, copy_of: Some(made.kit.id), ..create(&market) };
    let copy = world.ask(owner, copy).await.unwrap();
    assert_eq!((copy.content.clone(), copy.kit.state), (made.content, KitState::Draft));
    assert_ne!(copy.kit.id, made.kit.id);
    let both = CreateKit { ready: Some("webinar".into()), copy_of: Some(copy.kit.id), ..create(&market) };
    assert_eq!(world.ask(owner, both).await.unwrap_err().of_field("copy_of").unwrap().code, "twice");
    let none = CreateKit { ready: Some("no-such-kit".into()), ..create(&market) };
    assert_eq!(world.ask(owner, none).await.unwrap_err().of_field("ready").unwrap().code, "unknown");
    let nameless = CreateKit { name: None, ..create(&market) };
    assert_eq!(world.ask(owner, nameless).await.unwrap_err().of_field("name").unwrap().code, "required");
    let gone = world.ask(owner, DeleteKit { id: copy.kit.id }).await.unwrap();
    assert_eq!(world.ask(owner, GetKit { id: gone.id }).await.unwrap_err(), Problem::NotFound);
}

#[rstest]
#[tokio::test]
async fn what_the_check_stops_is_not_published(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let kit = made(&world, &market, "Spring").await.kit;
    let broken = content("Spring", "Hello {{nobody_knows_this}}");
    let keep = KeepKitDraft { id: kit.id, content: broken, version: None };
    let kept = world.ask(&market.owner, keep).await.unwrap();
    assert_eq!(publish(&world, &market, &kept.kit).await.unwrap_err().code(), "check_stops");
    let preview = PreviewKit {
        id: kit.id,
        asset: "post-1".into(),
        language: "en".into(),
        partner: Some(market.alpine.id),
        number: None,
    };
    let shown = world.ask(&market.owner, preview.clone()).await.unwrap();
    assert!(!shown.found.is_empty());
    assert!(shown.html.contains("data:image/png;base64,"), "{}", shown.html);
    let missing = PreviewKit { asset: "post-9".into(), ..preview };
    assert_eq!(
        world.ask(&market.owner, missing).await.unwrap_err().of_field("asset").unwrap().code,
        "unknown"
    );
}

async fn enrollment(world: &World, market: &Market) -> EnrollmentId {
    let ask = ListEnrollments { partner: Some(market.alpine.id), ..ListEnrollments::default() };
    world.ask(&market.owner, ask).await.unwrap().items[0].id
}

async fn stand(world: &World, market: &Market, status: EnrollmentStatus) {
    let id = enrollment(world, market).await;
    let change = ChangeEnrollment {
        id,
        version: None,
        status: Some(status),
        tier: None,
        partner_types: None,
        territory: None,
        channel_manager: None,
    };
    world.ask(&market.owner, change).await.unwrap();
}

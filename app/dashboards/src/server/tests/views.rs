//! Saved views: whose they are, who may change them, and how they are sent.
use base::db::Engine;
use base::mail::{Mail, Undelivered};
use base::testing::World;
use base::{Actor, Problem, Span};
use partners::fixtures::market;
use rstest::rstest;

use super::explore::sold;
use crate::view::{Board, BoardView, Rhythm, Sending};
use crate::{
    ChangeBoardView, ChooseBoardView, DeleteBoardView, ListBoardViews, RestoreBoardView, SaveBoardView,
};

fn view(name: &str, query: &str, shared: bool) -> SaveBoardView {
    SaveBoardView { name: name.into(), board: Board::Explore, query: query.into(), shared }
}

async fn names(world: &World, actor: &Actor) -> Vec<String> {
    let all = world.ask(actor, ListBoardViews::default()).await.unwrap();
    all.items.into_iter().map(|view| view.name).collect()
}

fn choose(view: &BoardView, rhythm: Rhythm, format: Sending) -> ChooseBoardView {
    let (rhythm, format) = (Some(rhythm), Some(format));
    ChooseBoardView { id: view.id, pinned: None, rhythm, format, hour: None }
}

#[rstest]
#[tokio::test]
async fn a_view_is_one_s_own_until_it_is_shared(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = installed!(engine);
    let market = market(&world).await;
    let query = "tier=gold&measure=won_value&by=partner&period=90d";
    let own = world.ask(&market.analyst, view(" Gold ", query, false)).await.unwrap();
    assert_eq!(
        (own.name.as_str(), own.query.as_str()),
        ("Gold", "measure=won_value&by=partner&period=90d&tier=gold")
    );
    assert_eq!(names(&world, &market.manager).await, [""; 0]);
    let denied = world.ask(&market.analyst, view("For all", query, true)).await.unwrap_err();
    assert_eq!(denied.code(), "role");
    let odd = world.ask(&market.analyst, view("Odd", "colour=red", false)).await.unwrap_err();
    assert!(matches!(odd, Problem::Invalid { .. }), "{odd:?}");
    let not_mine = SaveBoardView { board: Board::Home, ..view("Home", "", false) };
    assert!(world.ask(&market.analyst, not_mine).await.is_err());
    let shared = world.ask(&market.manager, view("For all", query, true)).await.unwrap();
    assert_eq!(names(&world, &market.analyst).await, ["For all", "Gold"]);
    assert_eq!(names(&world, &market.alpine.owner).await, [""; 0]);
    assert_eq!(names(&world, &market.foreign.owner).await, [""; 0]);
    let rename =
        |id, version| ChangeBoardView { id, name: Some("Mine".into()), query: None, shared: None, version };
    assert_eq!(world.ask(&market.analyst, rename(shared.id, None)).await.unwrap_err().code(), "role");
    assert!(matches!(
        world.ask(&market.foreign.owner, rename(shared.id, None)).await,
        Err(Problem::NotFound)
    ));
    assert_eq!(world.ask(&market.owner, rename(shared.id, Some(1))).await.unwrap().version, 2);
    assert!(matches!(
        world
            .ask(&market.owner, ChangeBoardView { name: Some("Late".into()), ..rename(shared.id, Some(1)) })
            .await,
        Err(Problem::Stale)
    ));
    world.ask(&market.owner, DeleteBoardView { id: shared.id }).await.unwrap();
    assert_eq!(names(&world, &market.analyst).await, ["Gold"]);
    world.ask(&market.owner, RestoreBoardView { id: shared.id }).await.unwrap();
    let pin = ChooseBoardView { pinned: Some(true), ..choose(&shared, Rhythm::Never, Sending::Digest) };
    world.ask(&market.analyst, pin).await.unwrap();
    let pinned =
        async |actor| world.ask(actor, ListBoardViews { pinned: Some(true) }).await.unwrap().items.len();
    assert_eq!((pinned(&market.analyst).await, pinned(&market.owner).await), (1, 0), "each pins for oneself");
}

/// What is sent within some days.
async fn sent(world: &World, days: i64) -> Vec<Mail> {
    for _ in 0..days * 4 {
        world.advance(Span::hours(6));
        world.run_jobs().await;
    }
    world.mailbox.take()
}

#[rstest]
#[tokio::test]
async fn a_view_is_sent_each_week_until_it_is_wanted_no_more(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = installed!(engine).with_jobs(crate::JOBS);
    let market = sold(&world).await;
    let query = "measure=won_value&by=partner&period=12m";
    let kept = world.ask(&market.manager, view("Won by partner", query, true)).await.unwrap();
    world.ask(&market.manager, choose(&kept, Rhythm::Weekly, Sending::Csv)).await.unwrap();
    let mails = sent(&world, 15).await;
    assert_eq!(mails.len(), 2, "two Mondays");
    let mail = &mails[0];
    assert_eq!(
        (mail.to.email.as_str(), mail.subject.as_str()),
        ("carlos@northwind.example", "Won by partner")
    );
    assert!(
        mail.text.contains("Alpine Systems") && mail.text.contains("/opportunities?stage=won"),
        "{}",
        mail.text
    );
    assert!(mail.html.contains("Northwind"));
    assert_ne!(mails[0].id, mails[1].id);
    let file = &mail.files[0];
    assert_eq!(file.name, "Won-by-partner.csv");
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    assert!(text.contains("Alpine Systems,150.00,EUR"), "{text}");
    world.ask(&market.manager, choose(&kept, Rhythm::Daily, Sending::Xlsx)).await.unwrap();
    let daily = sent(&world, 3).await;
    assert_eq!(daily.len(), 3);
    assert!(daily[0].files[0].bytes.starts_with(b"PK"));
    world.ask(&market.manager, choose(&kept, Rhythm::Never, Sending::Digest)).await.unwrap();
    assert_eq!(sent(&world, 3).await, []);
    world.ask(&market.manager, choose(&kept, Rhythm::Daily, Sending::Digest)).await.unwrap();
    world.mailbox.refuse(Some(Undelivered::Later("nobody".into())));
    assert_eq!(sent(&world, 1).await, []);
    world.mailbox.refuse(None);
    assert!(!sent(&world, 1).await.is_empty(), "what waited is tried again");
    world.ask(&market.owner, DeleteBoardView { id: kept.id }).await.unwrap();
    assert_eq!(sent(&world, 2).await, [], "nothing of what has gone");
}

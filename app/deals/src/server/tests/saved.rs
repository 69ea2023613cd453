//! Saved views and the board.
use base::Problem;
use base::db::Engine;
use rstest::rstest;

use super::{claim, company, draft, market, submitted};
use crate::{
    ApproveDeal, BoardGroup, ChangeDealView, DeleteDealView, Layout, ListDealViews, RegisterDeal,
    RestoreDealView, SaveDealView, ShowBoard, Status,
};

fn view(name: &str, query: &str) -> SaveDealView {
    SaveDealView {
        name: name.into(),
        query: query.into(),
        columns: "value,status".parse().unwrap(),
        layout: Layout::List,
        shared: false,
    }
}

#[rstest]
#[tokio::test]
async fn a_view_is_one_s_own_until_it_is_shared(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    let names = async |actor: &base::Actor| {
        let all = world.ask(actor, ListDealViews {}).await.unwrap().items;
        all.into_iter().map(|view| view.name).collect::<Vec<_>>()
    };
    let saved = world.ask(&market.manager, view(" Big ones ", "sort=-value&status=in_review")).await.unwrap();
    assert_eq!((saved.name.as_str(), saved.columns.to_string().as_str()), ("Big ones", "status,value"));
    assert_eq!(saved.query, "sort=-value&status=in_review");
    assert_eq!(names(&market.manager).await, ["Big ones"]);
    assert_eq!(names(&market.owner).await, Vec::<String>::new());
    let share = ChangeDealView { shared: Some(true), ..ChangeDealView::new(saved.id) };
    world.ask(&market.manager, share).await.unwrap();
    assert_eq!(names(&market.analyst).await, ["Big ones"]);
    for stranger in [&market.alpine.owner, &market.foreign.owner] {
        assert_eq!(names(stranger).await, Vec::<String>::new());
        let rename = ChangeDealView { name: Some("Mine".into()), ..ChangeDealView::new(saved.id) };
        assert_eq!(world.ask(stranger, rename).await, Err(Problem::NotFound));
    }
    let rename = ChangeDealView { name: Some("Mine".into()), ..ChangeDealView::new(saved.id) };
    assert_eq!(world.ask(&market.analyst, rename.clone()).await.unwrap_err().code(), "role");
    assert_eq!(world.ask(&market.owner, rename).await.unwrap().name, "Mine");
    let shared = SaveDealView { shared: true, ..view("Ours", "") };
    assert_eq!(world.ask(&market.analyst, shared).await.unwrap_err().code(), "role");
    let odd = world.ask(&market.manager, view("Odd", "colour=red")).await.unwrap_err();
    assert!(odd.of_field("query").is_some());
}

#[rstest]
#[tokio::test]
async fn a_deleted_view_comes_back_and_a_default_is_each_person_s_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let shared = SaveDealView { shared: true, ..view("Expiring", "expiring=true") };
    let saved = world.ask(&market.manager, shared).await.unwrap();
    let choose = |on| ChangeDealView { is_default: Some(on), ..ChangeDealView::new(saved.id) };
    assert!(
        world.ask(&market.analyst, choose(true)).await.unwrap().is_default,
        "who only reads it may choose it"
    );
    let seen = async |actor: &base::Actor| {
        let all = world.ask(actor, ListDealViews {}).await.unwrap().items;
        all.first().map(|view| view.is_default)
    };
    assert_eq!((seen(&market.analyst).await, seen(&market.manager).await), (Some(true), Some(false)));
    world.ask(&market.manager, DeleteDealView { id: saved.id }).await.unwrap();
    assert_eq!(seen(&market.analyst).await, None);
    assert_eq!(world.ask(&market.manager, choose(true)).await, Err(Problem::NotFound));
    world.ask(&market.manager, RestoreDealView { id: saved.id }).await.unwrap();
    assert_eq!(seen(&market.analyst).await, Some(true), "and is what it was");
    world.ask(&market.analyst, choose(false)).await.unwrap();
    assert_eq!(seen(&market.analyst).await, Some(false));
}

#[rstest]
#[tokio::test]
async fn the_board_shows_each_deal_once_where_it_stands(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let deal =
        submitted(&world, &market.alpine.sales, claim(&market, company("Acme", "a.example"), 48_000)).await;
    world.ask(&market.manager, ApproveDeal { id: deal.id, version: None }).await.unwrap();
    submitted(&world, &market.bluepeak.sales, claim(&market, company("Xylo", "x.example"), 48_000)).await;
    for _ in 0..3 {
        draft(&world, &market.alpine.sales, RegisterDeal::new(market.program)).await;
    }
    let totals = async |actor: &base::Actor, ask: ShowBoard| {
        let board = world.ask(actor, ask).await.unwrap();
        let column = |column: crate::BoardColumn| (column.group, column.page.items.len(), column.page.total);
        board.columns.into_iter().map(column).filter(|(_, _, total)| *total > 0).collect::<Vec<_>>()
    };
    let few = ShowBoard { limit: Some(2), ..ShowBoard::default() };
    assert_eq!(
        totals(&market.manager, few).await,
        [(BoardGroup::Drafts, 2, 3), (BoardGroup::Review, 1, 1), (BoardGroup::Approved, 1, 1)]
    );
    assert_eq!(totals(&market.bluepeak.sales, ShowBoard::default()).await, [(BoardGroup::Review, 1, 1)]);
    let one = ShowBoard { status: Some(Status::Approved.into()), ..ShowBoard::default() };
    let board = world.ask(&market.manager, one).await.unwrap();
    assert_eq!(board.columns.len(), 1);
}

//! Lists as files: what the list finds, all of it, and nothing that a spreadsheet would run.
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use base::Actor;
use base::db::Engine;
use base::testing::World;
use rstest::rstest;
use sheets::{Format, Sheet};
use tower::ServiceExt;

use super::{claim, company, draft, market, submitted};
use crate::RegisterDeal;

async fn get(world: &World, actor: &Actor, query: &str) -> (u16, String, Vec<u8>) {
    let app = crate::routes().layer(axum::Extension(actor.clone())).with_state(world.parts.clone());
    let request = Request::get(format!("/api/v1/deals/export?{query}")).body(Body::empty()).unwrap();
    let response = app.oneshot(request).await.unwrap();
    let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
    let status = response.status().as_u16();
    (status, kind, to_bytes(response.into_body(), 16 << 20).await.unwrap().to_vec())
}

async fn sheet(world: &World, actor: &Actor, query: &str) -> Sheet {
    let (status, _, bytes) = get(world, actor, query).await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
    sheets::read(&bytes).unwrap()
}

fn column(sheet: &Sheet, name: &str) -> Vec<String> {
    let at = sheet.headers.iter().position(|header| header == name).unwrap();
    sheet.rows.iter().map(|(_, row)| row.get(at).unwrap_or_default().to_owned()).collect()
}

#[rstest]
#[tokio::test]
async fn a_file_holds_what_the_list_finds_page_after_page(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    for n in 0..230 {
        let ask = RegisterDeal {
            customer: Some(company(&format!("Company {n:03}"), &format!("c{n}.example"))),
            ..RegisterDeal::new(market.program)
        };
        draft(&world, &market.alpine.sales, ask).await;
    }
    submitted(&world, &market.bluepeak.sales, claim(&market, company("=cmd()", "evil.example"), 48_000))
        .await;
    for format in Format::ALL {
        let format = format.as_str();
        let all = sheet(&world, &market.manager, &format!("format={format}&sort=customer")).await;
        assert_eq!(all.rows.len(), 231);
        let own = sheet(&world, &market.alpine.sales, &format!("format={format}")).await;
        assert_eq!(own.rows.len(), 230, "a partner's file holds its own");
        let few = sheet(&world, &market.manager, &format!("format={format}&q=company+00")).await;
        assert_eq!(column(&few, "Customer").len(), 10);
        let few =
            sheet(&world, &market.manager, &format!("format={format}&status=in_review&needs_action=true"))
                .await;
        let name = if format == "csv" { "'=cmd()" } else { "=cmd()" };
        assert_eq!(column(&few, "Customer"), [name]);
        assert_eq!(column(&few, "Currency"), ["EUR"]);
    }
    let (_, kind, text) = get(&world, &market.manager, "status=in_review").await;
    assert_eq!(kind, "text/csv; charset=utf-8");
    assert!(String::from_utf8(text).unwrap().contains(",48000.00,EUR,"));
}

#[rstest]
#[tokio::test]
async fn whoever_may_not_list_may_not_export(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, market) = market!(engine);
    assert_eq!(get(&world, &Actor::nobody(), "").await.0, 401);
    assert_eq!(get(&world, &market.alpine.learner, "").await.0, 403);
    assert_eq!(get(&world, &market.manager, "format=pdf").await.0, 422);
    assert_eq!(get(&world, &market.manager, "status=lucky").await.0, 400);
    let (status, kind, _) = get(&world, &market.manager, "format=csv&format=csv").await;
    assert_eq!((status, kind.as_str()), (400, "application/problem+json"));
    let deal = draft(&world, &market.alpine.sales, RegisterDeal::new(market.program)).await;
    draft(&world, &market.alpine.sales, RegisterDeal::new(market.program)).await;
    let picked = sheet(&world, &market.manager, &format!("ids={}", deal.id)).await;
    assert_eq!(column(&picked, "Number"), [deal.number]);
    let strangers = sheet(&world, &market.foreign.manager, &format!("ids={}", deal.id)).await;
    assert_eq!(strangers.rows.len(), 0);
}

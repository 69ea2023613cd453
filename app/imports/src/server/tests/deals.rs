//! Registrations and workbooks.
use ::deals::{Deal, GetDeal, ListDeals, Status};
use base::db::Engine;
use base::testing::World;
use base::{Actor, Problem, Span};
use partners::fixtures::Market;
use rstest::rstest;
use sheets::{Format, Value};

use super::super::*;
use super::{app, counts, get};

macro_rules! market {
    ($engine:expr) => {{
        let mut tables = ::deals::server::tables();
        tables.push(MIGRATIONS());
        match World::try_new($engine, &tables).await {
            Some(world) => {
                let world = world.with_jobs(JOBS).with_jobs(::deals::JOBS);
                let market = partners::fixtures::market(&world).await;
                (world, market)
            }
            None => return,
        }
    }};
}

const HEADS: &str = "reference,company,website,country,product,quantity,value,currency,close_date,evidence";

fn new(market: &Market, text: impl Into<Vec<u8>>, submits: bool) -> run::NewImport {
    run::NewImport {
        kind: Kind::Deals,
        program: Some(market.program),
        file_name: "deals.csv".into(),
        mapping: BTreeMap::new(),
        submits,
        bytes: text.into(),
    }
}

async fn import(world: &World, actor: &Actor, new: run::NewImport) -> Import {
    let begun = run::begin(&world.parts, actor, new, true).await.unwrap();
    world.advance(Span::seconds(1));
    world.run_jobs().await;
    world.ask(actor, GetImport { id: begun.id }).await.unwrap()
}

async fn all(world: &World, actor: &Actor) -> Vec<Deal> {
    let sort = "created_at".parse().ok();
    let mut deals = Vec::new();
    for row in world.ask(actor, ListDeals { sort, ..ListDeals::default() }).await.unwrap().items {
        deals.push(world.ask(actor, GetDeal { id: row.id }).await.unwrap());
    }
    deals
}

fn said(import: &Import) -> Vec<String> {
    let one = |remark: &crate::Remark| {
        format!("{} {} {}>{} {}", remark.code, remark.field, remark.found, remark.used, remark.rows)
    };
    let mut all: Vec<_> = import.remarks.iter().map(one).collect();
    all.sort();
    all
}

#[rstest]
#[tokio::test]
async fn a_partner_brings_in_its_registrations_and_the_same_file_again_changes_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let sales = &market.alpine.sales;
    let file = format!(
        "{HEADS}\n\
         A-1,Quarzwerke GmbH,quarz.example,Deutschland,GTXPro,2,\"48.000,00\",EUR,31.3.2027,Met their IT\n\
         A-2,Zaunkoenig AG,zaun.example,Germny,GTX; MG Special,,9500.50,,2027-03-31,\n\
         A-3,,x.example,DE,GTX Pro,1,1,EUR,2027-03-31,Met\n\
         A-4,Bad Ltd,bad.example,Narnia,GTX Ultra,many,lots,EURO,soon,Met\n\
         A-1,Twice,twice.example,DE,GTX Pro,1,1,EUR,2027-03-31,Met\n"
    );
    let first = import(&world, sales, new(&market, file.clone(), false)).await;
    assert_eq!((first.state, counts(&first), first.submitted), (State::Done, [5, 2, 0, 0, 3], 0));
    assert_eq!(first.partner, Some(market.alpine.id));
    assert_eq!(said(&first), ["respelt country Germny>DE 1", "respelt product GTXPro>GTX Pro 1"]);
    let deals = all(&world, sales).await;
    assert_eq!(deals.len(), 2);
    assert!(deals.iter().all(|deal| deal.status == Status::Draft));
    let one = &deals[0];
    assert_eq!(
        (one.customer.name.as_str(), one.customer.country.as_deref()),
        ("Quarzwerke GmbH", Some("DE"))
    );
    assert_eq!(one.value.unwrap().to_string(), "48000.00 EUR");
    assert_eq!((one.products[0].name.as_str(), one.products[0].quantity), ("GTX Pro", 2));
    assert_eq!(
        (one.expected_close, one.evidence[0].note.as_str()),
        ("2027-03-31".parse().ok(), "Met their IT")
    );
    let names: Vec<_> = deals[1].products.iter().map(|line| line.name.as_str()).collect();
    assert_eq!((names, deals[1].value.unwrap().amount_minor), (vec!["GTX", "MG Special"], 950_050));
    let (_, report) = get(app(&world, sales), &first.report_url).await;
    let bad = "rejected,5,currency: unknown_currency; country: unknown_country; ";
    assert!(report.contains("rejected,4,customer: required,") && report.contains(bad), "{report}");
    assert!(report.contains("value: not_an_amount"), "{report}");
    let again = import(&world, sales, new(&market, file, false)).await;
    assert_eq!(counts(&again), [5, 0, 0, 2, 3]);
    assert_eq!(all(&world, sales).await, deals);
    for other in [&market.manager, &market.bluepeak.sales, &market.foreign.owner] {
        assert_eq!(world.ask(other, GetImport { id: first.id }).await, Err(Problem::NotFound));
        assert_eq!(world.ask(other, ListImports::default()).await.unwrap().total, 0);
    }
}

#[rstest]
#[tokio::test]
async fn complete_rows_are_submitted_where_that_is_asked_and_the_others_stay_drafts(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let sales = &market.alpine.sales;
    let file = format!(
        "{HEADS},submit\n\
         B-1,Quarzwerke,quarz.example,DE,GTX Pro,2,48000,EUR,2027-03-31,Met,\n\
         B-2,Zaunkoenig,zaun.example,DE,GTX Pro,1,48000,EUR,2027-03-31,,ja\n\
         B-3,Ypsilon,yps.example,DE,GTX Pro,1,900,EUR,2027-03-31,Met,no\n\
         B-4,Xylo,xylo.example,DE,GTX Pro,1,900,EUR,2027-03-31,Met,perhaps\n"
    );
    let drafts = import(&world, sales, new(&market, file.clone(), false)).await;
    assert_eq!((counts(&drafts), drafts.submitted), ([4, 3, 0, 0, 1], 0));
    assert_eq!(said(&drafts), ["kept_as_draft submit required>evidence 1"]);
    let done = import(&world, sales, new(&market, file.clone(), true)).await;
    assert_eq!((counts(&done), done.submitted), ([4, 0, 0, 3, 1], 1));
    let statuses: Vec<_> = all(&world, sales).await.iter().map(|deal| deal.status).collect();
    assert_eq!(statuses, [Status::InReview, Status::Draft, Status::Draft]);
    let changed = file
        .replace("B-1,Quarzwerke,quarz.example,DE,GTX Pro,2", "B-1,Quarzwerke,quarz.example,DE,GTX Pro,3");
    let late = import(&world, sales, new(&market, changed, true)).await;
    assert_eq!(counts(&late), [4, 0, 0, 2, 2]);
    let (_, report) = get(app(&world, sales), &late.report_url).await;
    assert!(report.contains("line: already_submitted"), "{report}");
}

#[rstest]
#[tokio::test]
async fn a_vendor_s_file_names_the_partner_and_a_partner_s_names_no_other(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let file = "partner,company,website,product\n\
                alpine systems,Quarzwerke,quarz.example,GTX Pro\n\
                Bluepeak Consulting,Zaunkoenig,zaun.example,GTX Pro\n\
                Delta Dealers,Ypsilon,yps.example,GTX Pro\n\
                ,Xylo,xylo.example,GTX Pro\n";
    let vendor = import(&world, &market.manager, new(&market, file, false)).await;
    assert_eq!((counts(&vendor), vendor.partner), ([4, 2, 0, 0, 2], None));
    assert_eq!(all(&world, &market.alpine.sales).await[0].customer.name, "Quarzwerke");
    let partner = import(&world, &market.alpine.sales, new(&market, file, false)).await;
    assert_eq!(counts(&partner), [4, 1, 0, 1, 2], "the vendor's draft is known; others' names are not");
    let (_, report) = get(app(&world, &market.alpine.sales), &partner.report_url).await;
    assert!(
        report.contains("rejected,3,partner: not_yours") && report.contains("rejected,4,partner: not_yours"),
        "{report}"
    );
}

#[rstest]
#[tokio::test]
async fn a_workbook_comes_in_like_csv_and_its_report_is_a_workbook(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, market) = market!(engine);
    let heads = ["company", "website", "country", "product", "value", "close_date"].map(str::to_owned);
    let row = |name: &str, value: Value| -> Vec<Value> {
        let day: base::Date = "2027-03-31".parse().unwrap();
        vec![name.into(), "quarz.example".into(), "DE".into(), "GTX Pro".into(), value, day.into()]
    };
    let rows = [
        row("Quarzwerke", base::Money::new(4_800_050, base::Currency::EUR).into()),
        row("=Bad()", "a lot".into()),
    ];
    let bytes = sheets::write(Format::Xlsx, "Deals", &heads, &rows).unwrap();
    let done = import(&world, &market.alpine.sales, new(&market, bytes, false)).await;
    assert_eq!((done.state, counts(&done)), (State::Done, [2, 1, 0, 0, 1]));
    let deal = &all(&world, &market.alpine.sales).await[0];
    assert_eq!(
        (deal.value.unwrap().amount_minor, deal.expected_close),
        (4_800_050, "2027-03-31".parse().ok())
    );
    let request = axum::http::Request::get(&done.report_url).body(axum::body::Body::empty()).unwrap();
    let response = tower::ServiceExt::oneshot(app(&world, &market.alpine.sales), request).await.unwrap();
    assert_eq!(response.headers()["content-type"], Format::Xlsx.media_type());
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let report = sheets::read(&bytes).unwrap();
    assert_eq!(report.rows[0].1.iter().nth(4), Some("=Bad()"));
    let (status, _) = get(app(&world, &market.alpine.sales), "/api/v1/imports/templates/customers").await;
    assert_eq!(status, 403);
    let request =
        axum::http::Request::get("/api/v1/imports/templates/deals").body(axum::body::Body::empty()).unwrap();
    let response = tower::ServiceExt::oneshot(app(&world, &market.alpine.sales), request).await.unwrap();
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    assert_eq!(sheets::read(&bytes).unwrap().headers[0], "customer");
}

//! Through files, verbs and routes, on both engines. The fixtures are written by hand, with the dirt of a real export.
mod deals;
mod plans;

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base::db::{Engine, Tx};
use base::testing::World;
use base::{
    Actor, Currency, Means, OrganizationId, Page, Problem, ProgramId, Role, Side, Span, Standing, UserId,
    world,
};
use customers::{ListCustomers, ListOpportunities, Opportunity, Stage};
use organizations::Organization;
use rstest::rstest;
use tower::ServiceExt;

use super::*;

const ACCOUNTS: &str = include_str!("../../../fixtures/accounts.csv");
const PRODUCTS: &str = include_str!("../../../fixtures/products.csv");
const TEAMS: &str = include_str!("../../../fixtures/sales_teams.csv");
const PIPELINE: &str = include_str!("../../../fixtures/sales_pipeline.csv");

struct Place {
    manager: Actor,
    analyst: Actor,
    stranger: Actor,
    partner: Actor,
    program: ProgramId,
    other_program: ProgramId,
}

fn member(organization: OrganizationId, role: Role) -> Actor {
    let standing = Standing { organization, role, program: None };
    Actor { means: Means::Session, user: None::<UserId>, name: "Carlos".into(), standing: Some(standing) }
}

async fn place(world: &World) -> Place {
    let parts = world.parts.clone();
    let ids: Vec<_> = (0..3).map(|_| OrganizationId(parts.id(parts.clock().now()))).collect();
    let (vendor, other, partner) = (ids[0], ids[1], ids[2]);
    let work = async move |tx: &mut Tx| {
        for (id, side, name) in [
            (vendor, Side::Vendor, "Northwind"),
            (other, Side::Vendor, "Other"),
            (partner, Side::Partner, "Alpine"),
        ] {
            organizations::server::insert(tx, &Organization::new(id, side, name)).await?;
        }
        let system = Actor::system();
        let brand = programs::CreateBrand { name: "Northwind".into(), slug: None, hue: 250, chroma: 0.1 };
        let brand = programs::server::add_brand(tx, &parts, &system, vendor, brand).await?.id;
        let mut made = Vec::new();
        for name in ["Core", "Edge"] {
            let asked = programs::CreateProgram {
                brand,
                name: name.into(),
                slug: None,
                currency: Some(Currency::USD),
                time_zone: None,
                engagement: None,
            };
            made.push(programs::server::add_program(tx, &parts, &system, vendor, asked).await?.program.id);
        }
        Ok(made)
    };
    let programs = world.parts.db().write(work).await.unwrap();
    Place {
        manager: member(vendor, Role::ChannelManager),
        analyst: member(vendor, Role::Analyst),
        stranger: member(other, Role::VendorOwner),
        partner: member(partner, Role::PartnerOwner),
        program: programs[0],
        other_program: programs[1],
    }
}

macro_rules! market {
    ($engine:expr) => {
        world!(
            $engine,
            [
                organizations::MIGRATIONS(),
                ::access::MIGRATIONS(),
                programs::MIGRATIONS(),
                partners::MIGRATIONS(),
                customers::MIGRATIONS(),
                log::MIGRATIONS(),
                ::deals::MIGRATIONS(),
                MIGRATIONS()
            ]
        )
        .with_jobs(JOBS)
    };
}

async fn import(world: &World, place: &Place, kind: Kind, file: &str) -> Import {
    let bytes = file.as_bytes().to_vec();
    import_file(&world.parts, &place.manager, kind, place.program, "export.csv", bytes).await.unwrap()
}

async fn import_all(world: &World, place: &Place) -> [Import; 4] {
    [
        import(world, place, Kind::Customers, ACCOUNTS).await,
        import(world, place, Kind::Products, PRODUCTS).await,
        import(world, place, Kind::Partners, TEAMS).await,
        import(world, place, Kind::Opportunities, PIPELINE).await,
    ]
}

fn counts(import: &Import) -> [u64; 5] {
    assert_eq!(import.imported, import.created + import.updated + import.unchanged);
    [import.total, import.created, import.updated, import.unchanged, import.rejected]
}

async fn opportunities(world: &World, place: &Place) -> Vec<Opportunity> {
    let ask = ListOpportunities { sort: Some("opened_on".into()), ..ListOpportunities::default() };
    world.ask(&place.manager, ask).await.unwrap().items
}

#[rstest]
#[tokio::test]
async fn a_crm_export_comes_in_and_the_same_again_changes_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    let first = import_all(&world, &place).await;
    let expected = [[7, 6, 0, 0, 1], [4, 4, 0, 0, 0], [4, 4, 0, 0, 0], [8, 5, 0, 0, 3]];
    assert_eq!(first.each_ref().map(counts), expected);
    assert!(first.iter().all(|import| import.state == State::Done && import.processed == import.total));
    let before = opportunities(&world, &place).await;
    let again = import_all(&world, &place).await;
    let expected = [[7, 0, 0, 6, 1], [4, 0, 0, 4, 0], [4, 0, 0, 4, 0], [8, 0, 0, 5, 3]];
    assert_eq!(again.each_ref().map(counts), expected);
    assert_eq!(opportunities(&world, &place).await, before);
}

#[rstest]
#[tokio::test]
async fn each_partner_whose_opportunities_moved_is_told_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    import_all(&world, &place).await;
    import_all(&world, &place).await;
    let vendor = place.manager.organization().unwrap();
    let mut tx = world.parts.db().read().await.unwrap();
    let all = base::events::after(&mut tx, base::Scope::Vendor(vendor), 0, base::Timestamp(0), 1000).await;
    let told = all.unwrap().into_iter().filter(|event| event.kind == "opportunities.moved");
    let mut told: Vec<_> =
        told.map(|event| (event.data["changed"].as_u64(), event.partner, event.keys)).collect();
    told.sort();
    assert_eq!(told.iter().map(|told| told.0.unwrap()).collect::<Vec<_>>(), [1, 1, 1, 2]);
    assert!(told.iter().all(|(_, partner, keys)| partner.is_some() && keys == &["opportunities", "home"]));
}

#[rstest]
#[tokio::test]
async fn dirt_is_mended_where_that_is_safe_and_said(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    let [accounts, .., pipeline] = import_all(&world, &place).await;
    let said = |import: &Import| -> Vec<String> {
        let mut all: Vec<_> = import
            .remarks
            .iter()
            .map(|remark| {
                format!("{} {} {}>{} {}", remark.code, remark.field, remark.found, remark.used, remark.rows)
            })
            .collect();
        all.sort();
        all
    };
    assert_eq!(
        said(&accounts),
        [
            "respelt country Philipines>PH 1",
            "respelt sector technolgy>technology 1",
            "unknown_country country Narnia> 1"
        ]
    );
    assert_eq!(
        said(&pipeline),
        [
            "no_customer customer > 1",
            "respelt customer acme corporation>Acme Corporation 1",
            "respelt product GTXPro>GTX Pro 2"
        ]
    );
    let all = opportunities(&world, &place).await;
    let of = |id: &str| all.iter().find(|one| one.external_id.as_deref() == Some(id)).unwrap();
    let won = of("Z063OYW0");
    assert_eq!(won.product.as_ref().unwrap().name, "GTX Pro");
    assert_eq!((won.value.amount_minor, won.value.currency), (451_400, Currency::USD));
    assert_eq!((won.opened_on, won.closed_on), ("2016-10-25".parse().ok(), "2017-03-11".parse().ok()));
    assert_eq!(won.partner.as_ref().unwrap().name, "Darcel Schlecht");
    let open = of("HAXMC4IX");
    assert_eq!((open.stage, &open.customer, open.value.amount_minor), (Stage::Engaging, &None, 0));
    assert_eq!(of("QX0T1P5N").customer.as_ref().unwrap().name, "Acme Corporation");
    let acme = ListCustomers { q: Some("acme".into()), ..ListCustomers::default() };
    let acme = world.ask(&place.manager, acme).await.unwrap().items.remove(0);
    assert_eq!((acme.sector.as_deref(), acme.country.as_deref()), (Some("technology"), Some("US")));
    assert_eq!(acme.revenue.unwrap().amount_minor, 110_004_000_000);
}

fn app(world: &World, actor: &Actor) -> axum::Router {
    let all = base::http::mount(VERBS.iter().copied()).merge(routes());
    all.layer(axum::Extension(actor.clone())).with_state(world.parts.clone())
}

async fn get(app: axum::Router, path: &str) -> (StatusCode, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = app.oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

async fn post(
    app: axum::Router,
    accept: &str,
    fields: &[(&str, &str)],
    file: &str,
) -> axum::http::Response<Body> {
    let mut body = String::new();
    for (name, value) in fields {
        let _ = write!(body, "--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    body.push_str("--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a b.csv\"\r\n\r\n");
    let _ = write!(body, "{file}\r\n--x--\r\n");
    let request = Request::post("/api/v1/imports")
        .header(header::ACCEPT, accept)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    app.oneshot(request.body(Body::from(body)).unwrap()).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn a_file_is_posted_runs_in_the_background_and_gives_its_bad_rows_back(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    let sent =
        post(app(&world, &place.manager), "application/json", &[("kind", "customers")], ACCOUNTS).await;
    assert_eq!(sent.status(), StatusCode::CREATED);
    let bytes = axum::body::to_bytes(sent.into_body(), 1 << 20).await.unwrap();
    let begun: Import = serde_json::from_slice(&bytes).unwrap();
    assert_eq!((begun.state, begun.total, begun.program), (State::Queued, 7, place.program));
    world.run_jobs().await;
    let done = world.ask(&place.analyst, GetImport { id: begun.id }).await.unwrap();
    assert_eq!((done.state, done.imported, done.rejected), (State::Done, 6, 1));
    let (status, report) = get(app(&world, &place.manager), &done.report_url).await;
    assert_eq!(status, StatusCode::OK);
    let bad = "rejected,7,founded_year: out_of_range,\"founded_year is out of range: \"\"19x8\"\".\",Lüdtke; Söhne,services,19x8,";
    assert!(report.contains(bad), "{report}");
    assert!(report.contains("\ncorrected,2,sector: respelt,"), "{report}");
    let mended = report.replace("19x8", "1998");
    let again = import(&world, &place, Kind::Customers, &mended).await;
    assert_eq!(counts(&again), [1, 1, 0, 0, 0]);
    let strangers = get(app(&world, &place.stranger), &done.report_url).await;
    assert_eq!(strangers.0, StatusCode::NOT_FOUND);
    assert_eq!(get(app(&world, &place.partner), &done.report_url).await.0, StatusCode::NOT_FOUND);
    assert_eq!(world.ask(&place.stranger, GetImport { id: begun.id }).await, Err(Problem::NotFound));
    let page: Page<Import> = world.ask(&place.stranger, ListImports::default()).await.unwrap();
    assert_eq!(page.total, 0);
}

#[rstest]
#[tokio::test]
async fn a_file_that_cannot_be_meant_is_turned_back_as_a_whole(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    let fields = [("kind", "opportunities")];
    let status = async |actor: &Actor, fields: &[(&str, &str)], file: &str| {
        post(app(&world, actor), "application/json", fields, file).await.status().as_u16()
    };
    assert_eq!(status(&place.manager, &fields, ACCOUNTS).await, 422);
    assert_eq!(status(&place.manager, &[("kind", "poems")], ACCOUNTS).await, 422);
    assert_eq!(status(&place.manager, &[], "").await, 422);
    assert_eq!(status(&place.analyst, &fields, PIPELINE).await, 403);
    assert_eq!(status(&Actor::nobody(), &fields, PIPELINE).await, 401);
    let foreign = place.program.to_string();
    assert_eq!(status(&place.stranger, &[("kind", "products"), ("program", &foreign)], PRODUCTS).await, 422);
    let plain = post(app(&world, &place.manager), "text/html", &fields, ACCOUNTS).await;
    assert_eq!(
        (plain.status().as_u16(), &plain.headers()[header::LOCATION]),
        (303, &"/imports".parse().unwrap())
    );
    assert!(base::http::take_flash(&cookies(&plain)).unwrap().problem.unwrap().of_field("file").is_some());
}

fn cookies(response: &axum::http::Response<Body>) -> axum::http::HeaderMap {
    let set = response.headers()[header::SET_COOKIE].to_str().unwrap();
    let pair = set.split(';').next().unwrap();
    axum::http::HeaderMap::from_iter([(header::COOKIE, pair.parse().unwrap())])
}

#[rstest]
#[tokio::test]
async fn an_import_goes_on_where_it_stopped_and_can_be_cancelled(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    import(&world, &place, Kind::Products, PRODUCTS).await;
    let mut file = String::from("id,stage,product,close_date,value\n");
    for n in 0..1200 {
        let product = if n % 100 == 7 { "Nothing" } else { "gtx pro" };
        let _ = writeln!(file, "N{n},won,{product},2026-01-01,{n}");
    }
    let new = || run::NewImport {
        kind: Kind::Opportunities,
        program: None,
        file_name: "n.csv".into(),
        mapping: BTreeMap::new(),
        submits: false,
        bytes: file.clone().into_bytes(),
    };
    let begun = run::begin(&world.parts, &place.manager, new(), true).await.unwrap();
    run::run_batches(&world.parts, begun.id, 1).await.unwrap();
    let half = world.ask(&place.manager, GetImport { id: begun.id }).await.unwrap();
    assert_eq!((half.state, half.processed, half.rejected), (State::Running, 500, 5));
    world.advance(Span::seconds(2));
    world.run_jobs().await;
    let done = world.ask(&place.manager, GetImport { id: begun.id }).await.unwrap();
    assert_eq!((done.state, counts(&done)), (State::Done, [1200, 1188, 0, 0, 12]));
    assert_eq!(done.rate, Some(600.0));
    assert_eq!(done.remarks[0].rows, 1188);
    let next = run::begin(&world.parts, &place.manager, new(), true).await.unwrap();
    run::run_batches(&world.parts, next.id, 1).await.unwrap();
    let stopped = world.ask(&place.manager, CancelImport { id: next.id }).await.unwrap();
    assert_eq!((stopped.state, stopped.processed), (State::Cancelled, 500));
    world.run_jobs().await;
    let still = world.ask(&place.manager, GetImport { id: next.id }).await.unwrap();
    assert_eq!(still.processed, 500);
    assert_eq!(world.ask(&place.analyst, CancelImport { id: next.id }).await.unwrap_err().status(), 403);
}

#[rstest]
#[tokio::test]
async fn a_changed_row_updates_its_record_and_leaves_what_the_file_does_not_say(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    import_all(&world, &place).await;
    let stages = "opportunity_id,deal_stage,close_date,close_value\nHAXMC4IX,Won,2026-02-01,900\n";
    assert_eq!(counts(&import(&world, &place, Kind::Opportunities, stages).await), [1, 0, 1, 0, 0]);
    let all = opportunities(&world, &place).await;
    let one = all.iter().find(|one| one.external_id.as_deref() == Some("HAXMC4IX")).unwrap();
    assert_eq!((one.stage, one.value.amount_minor, one.version), (Stage::Won, 90_000, 2));
    assert_eq!(one.partner.as_ref().unwrap().name, "James Ascencio");
    let bytes = stages.replace("900", "800").into_bytes();
    let manager = &place.manager;
    let elsewhere =
        import_file(&world.parts, manager, Kind::Opportunities, place.other_program, "x.csv", bytes).await;
    assert_eq!(counts(&elsewhere.unwrap()), [1, 0, 0, 0, 1]);
    let site = "name,website\nACME CORPORATION,acme-industries.com\n";
    assert_eq!(counts(&import(&world, &place, Kind::Customers, site).await), [1, 0, 1, 0, 0]);
    let acme = ListCustomers { q: Some("acme".into()), ..ListCustomers::default() };
    let acme = world.ask(&place.manager, acme).await.unwrap().items.remove(0);
    assert_eq!(
        (acme.name.as_str(), acme.domain.as_deref()),
        ("Acme Corporation", Some("acme-industries.com"))
    );
    assert_eq!(acme.sector.as_deref(), Some("technology"));
}

#[rstest]
#[tokio::test]
async fn two_rows_that_could_be_one_record_never_stop_an_import(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = market!(engine);
    let place = place(&world).await;
    import(&world, &place, Kind::Customers, "name\nAcme\n").await;
    let file = "id,name\nA,Acme\nB,ACME\n,acme\nC,Nova\n,nova\n";
    assert_eq!(counts(&import(&world, &place, Kind::Customers, file).await), [5, 2, 1, 0, 2]);
    let products = "sku,product,series\nX,One,L\n,X,L\n";
    assert_eq!(counts(&import(&world, &place, Kind::Products, products).await), [2, 1, 0, 0, 1]);
}

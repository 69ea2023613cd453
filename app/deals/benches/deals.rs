//! What deals cost: a step of the state machine, screening against candidates, a page of a long list.
use base::db::{Engine, Tx};
use base::testing::World;
use base::{Currency, Money, OrganizationId, Timestamp};
use deals::rules::{Circumstances, Other, Past, Screened, Stand, Step, Terms, apply, screen};
use deals::{
    Claim, CustomerClaim, DealState, ListDeals, Person, Priority, ProductLine, RecordKind, RegisterDeal,
};
use divan::Bencher;
use matching::Matcher;
use partners::fixtures::{Market, market};
use programs::Engagement;
use sqlx::types::Uuid;

fn main() {
    divan::main();
}

fn terms() -> Terms {
    deals::rules::terms(&Engagement::default(), Timestamp(0), Person { name: "Carlos".into(), user: None })
}

#[divan::bench]
fn terms_of_a_step(bencher: Bencher) {
    bencher.bench(terms);
}

#[divan::bench]
fn a_life_of_six_steps(bencher: Bencher) {
    let terms = terms();
    let steps = [
        Step::Submit,
        Step::Screened(Screened::Clear { automatic: false }),
        Step::Return { fields: vec!["value".into()], note: String::new() },
        Step::Resubmit,
        Step::Approve,
        Step::Convert { opportunity: None },
    ];
    bencher.bench(|| {
        steps.iter().fold(DealState::Draft, |state, step| {
            apply(divan::black_box(&state), step, Past::default(), &terms).map_or(state, |next| next.state)
        })
    });
}

fn claim(name: &str) -> Claim {
    let family = "GTX".to_owned();
    Claim {
        customer: CustomerClaim {
            name: name.to_owned(),
            website: Some("blueridge.com".to_owned()),
            country: Some("US".to_owned()),
            ..CustomerClaim::default()
        },
        products: vec![ProductLine {
            product: family.clone(),
            name: family.clone(),
            family,
            quantity: 1,
            amount: None,
        }],
        value: Some(Money::new(900_000, Currency::EUR)),
        ..Claim::default()
    }
}

#[divan::bench(args = [0, 5, 20, 60])]
fn screening_against_candidates(bencher: Bencher, candidates: u128) {
    let (claimed, rules, matcher) =
        (claim("Blue Ridge Logistics Inc"), Engagement::default(), Matcher::default());
    let about = Circumstances {
        claim: &claimed,
        rules: &rules,
        matcher: &matcher,
        currency: Currency::EUR,
        now: Timestamp(0),
        partner: OrganizationId(Uuid::from_u128(1)),
        is_enrolled: true,
        open_registrations: 3,
        is_named_account: false,
        qualified_at: None,
    };
    let others: Vec<Other> = (0..candidates)
        .map(|n| Other {
            kind: RecordKind::Deal,
            id: Uuid::from_u128(n),
            company: deals::rules::company(&claim(&format!("Blue Ridge Logistic {n}")).customer),
            families: vec!["GTX".to_owned()],
            partner: Some(OrganizationId(Uuid::from_u128(2))),
            stand: Stand::Waiting,
            priority: Some(Priority { at: Timestamp(0), seq: n as i64 }),
        })
        .collect();
    bencher.with_inputs(|| others.clone()).bench_values(|others| screen(&about, others, None));
}

/// A vendor with so many deals: one is registered, the others are copies of it with ids of their own.
async fn filled(deals: i64) -> (World, Market) {
    const COPY: &str = "
        insert into deal
        select randomblob(16), vendor_id, brand_id, program_id, partner_id, 'X' || n, status, state, claim,
               customer_name || ' ' || n, country, products, n * 100, currency, value_kind, expected_close,
               search || ' ' || n, priority_at, priority_seq, answer_due, expires_at, needs_partner, needs_vendor,
               rounds, extensions, rules_version, rules, created_by, created_by_name, created_at, updated_at, version
        from deal, (with recursive counted (n) as (select 1 union all select n + 1 from counted where n < $1)
                    select n from counted)";
    let world = World::try_new(Engine::Sqlite, &deals::server::tables()).await.expect("SQLite needs nothing");
    let market = market(&world).await;
    let ask =
        RegisterDeal { customer: Some(claim("Blue Ridge").customer), ..RegisterDeal::new(market.program) };
    world.ask(&market.alpine.sales, ask).await.expect("a draft may hold anything");
    let fill = async move |tx: &mut Tx| {
        base::execute!(tx, sqlx::query(COPY).bind(deals))?;
        base::execute!(tx, sqlx::query("update deal_tally set total = total + $1").bind(deals))?;
        Ok(())
    };
    world.parts.db().write(fill).await.expect("copies differ in id and number");
    (world, market)
}

#[divan::bench(args = [10_000, 100_000], sample_count = 50)]
fn fifty_rows_of_a_list(bencher: Bencher, deals: i64) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime starts");
    let (world, market) = runtime.block_on(filled(deals));
    bencher.bench_local(|| {
        let page =
            runtime.block_on(world.ask(&market.manager, ListDeals::default())).expect("the manager may list");
        assert_eq!((page.items.len(), page.total), (50, deals as u64 + 1));
        page
    });
}

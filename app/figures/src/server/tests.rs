//! Random histories on both engines: the sums that were kept along the way are those of a full recomputation, to the cent.
//!
//! `RIALTO_HISTORIES=0..10000` runs so many on SQLite; without it a few run.
mod board;
mod peers;

use std::collections::BTreeMap;
use std::ops::Range;

use base::db::{Engine, Tx};
use base::events::{self, Happened};
use base::testing::{BEGINNING, World};
use base::{
    Actor, Currency, Date, DealId, Money, OpportunityId, OrganizationId, Problem, Span, Timestamp, execute,
};
use customers::Stage;
use customers::server::{StoredOpportunity, save_opportunities};
use partners::fixtures::{Market, market};
use rstest::rstest;
use serde_json::json;
use sqlx::types::Uuid;

use super::{day, rebuild, store};
use crate::kpi::answer_bucket;

/// A small generator of choices (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> i64 {
        (self.next() % n) as i64
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}

const DEALS: usize = 5;
const STATUSES: [&str; 6] = ["draft", "submitted", "approved", "returned", "won", "lapsed"];
const KINDS: [&str; 8] = [
    "deal.registered",
    "deal.edited",
    "deal.submitted",
    "deal.conflict_found",
    "deal.approved",
    "deal.rejected",
    "deal.returned",
    "deal.won",
];
const ZONES: [&str; 4] = ["Europe/Berlin", "UTC", "America/Los_Angeles", "Asia/Tokyo"];
const CURRENCIES: [Currency; 3] = [Currency::EUR, Currency::USD, Currency::JPY];

/// What the sums should be, by whose, metric, time, dimension and currency.
type Sums = BTreeMap<(Uuid, String, String, String, String), (i64, i64)>;

struct Course<'a> {
    world: &'a World,
    market: &'a Market,
    deals: &'a [DealId],
    dice: Dice,
    zone: &'static str,
    sums: Sums,
    /// What each deal adds now.
    counted: Vec<Option<(String, i64, String, Uuid)>>,
    submitted: Vec<Option<Timestamp>>,
    opportunities: Vec<StoredOpportunity>,
}

impl Course<'_> {
    fn add(
        &mut self,
        partner: Option<Uuid>,
        metric: &str,
        at: &str,
        dim: &str,
        currency: &str,
        (count, minor): (i64, i64),
    ) {
        let times = if at.is_empty() { vec![at] } else { vec![at, &at[..7]] };
        for whose in [Some(self.market.vendor.0), partner].into_iter().flatten() {
            for at in &times {
                let key = (whose, metric.to_owned(), (*at).to_owned(), dim.to_owned(), currency.to_owned());
                let sum = self.sums.entry(key).or_default();
                sum.0 += count;
                sum.1 += minor;
            }
        }
    }

    async fn write<F>(&self, work: F)
    where
        F: AsyncFnOnce(&mut Tx) -> Result<(), Problem> + Send + 'static,
    {
        self.world.parts.db().write(work).await.expect("the store takes it");
    }

    async fn append(
        &self,
        kind: &'static str,
        subject: String,
        partner: Option<Uuid>,
        data: serde_json::Value,
    ) {
        let happened = Happened {
            vendor: self.market.vendor,
            kind,
            subject,
            program: Some(self.market.program),
            partner: partner.map(OrganizationId),
            keys: Vec::new(),
            data,
        };
        let parts = self.world.parts.clone();
        self.write(async move |tx: &mut Tx| {
            events::append(tx, &parts, &Actor::system(), happened).await.map(drop)
        })
        .await;
    }

    async fn deal_moves(&mut self) {
        let place = self.dice.below(DEALS as u64) as usize;
        let id = self.deals[place];
        let partner = self.dice.pick(&[self.market.alpine.id, self.market.bluepeak.id]).0;
        let kind = self.dice.pick(&KINDS);
        // What is more than a draft when it is registered is told by the events that follow.
        let status = if kind == "deal.registered" { "draft" } else { self.dice.pick(&STATUSES) };
        let (value, currency) = (self.dice.below(10_000_000), self.dice.pick(&CURRENCIES).code());
        self.write(async move |tx: &mut Tx| {
            const SQL: &str =
                "update deal set status = $2, value_minor = $3, currency = $4, partner_id = $5 where id = $1";
            execute!(tx, sqlx::query(SQL).bind(id.0).bind(status).bind(value).bind(currency).bind(partner))?;
            Ok(())
        })
        .await;
        let now = self.world.parts.clock().now();
        let due = (self.dice.below(2) == 0).then(|| now + Span::hours(self.dice.below(3) - 1));
        let from = self.dice.pick(&["submitted", "in_review"]);
        let due_text = due.map(|due| due.to_string());
        self.append(kind, id.to_string(), Some(partner), json!({ "answer_due": due_text, "from": from }))
            .await;
        let next = (status.to_owned(), value, currency.to_owned(), partner);
        if let Some((status, value, currency, partner)) = self.counted[place].replace(next.clone()) {
            self.add(Some(partner), "deal.state", "", &status, &currency, (-1, -value));
        }
        self.add(Some(next.3), "deal.state", "", &next.0, &next.2, (1, next.1));
        let day = day(self.zone, now).to_string();
        match kind {
            "deal.submitted" => {
                self.submitted[place] = Some(now);
                self.add(Some(partner), "deal.submitted", &day, "", "", (1, 0));
            }
            "deal.conflict_found" => self.add(Some(partner), "deal.conflict", &day, "", "", (1, 0)),
            "deal.approved" | "deal.rejected" | "deal.returned" => {
                let metric = if kind == "deal.approved" { "deal.approved" } else { "deal.refused" };
                self.add(Some(partner), metric, &day, &kind[5..], "", (1, 0));
                let waited = self.submitted[place].map_or(0, |submitted| (now - submitted).0);
                self.add(
                    Some(partner),
                    "deal.answered",
                    &day,
                    &answer_bucket(waited).to_string(),
                    "",
                    (1, 0),
                );
                if let Some(kept) = due.map(|due| now <= due).or((from == "submitted").then_some(true)) {
                    self.add(Some(partner), "deal.sla", &day, if kept { "kept" } else { "late" }, "", (1, 0));
                }
            }
            _ => {}
        }
    }

    /// Some opportunities come in and some change: late ones, corrected ones, ones that change hands.
    async fn opportunities_move(&mut self) {
        let today = self.world.parts.clock().now().date();
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        for _ in 0..=self.dice.below(4) {
            let known = self.opportunities.len();
            let again = known > 0 && self.dice.below(2) == 0;
            let place = if again { self.dice.below(known as u64) as usize } else { known };
            let stage = self.dice.pick(&[Stage::Engaging, Stage::Won, Stage::Won, Stage::Lost]);
            let back = |days: i64| {
                Date::from_num_days_from_ce_opt(base::Datelike::num_days_from_ce(&today) - days as i32)
            };
            let closed =
                (!stage.is_open() && self.dice.below(5) > 0).then(|| back(self.dice.below(500))).flatten();
            let made = StoredOpportunity {
                id: OpportunityId(self.world.parts.id(self.world.parts.clock().now())),
                program: self.market.program,
                external_id: Some(format!("X{known}")),
                customer: None,
                customer_name: Some("Somebody".into()),
                partner: self.dice.pick(&[Some(self.market.alpine.id), Some(self.market.bluepeak.id), None]),
                product: self.dice.pick(&[
                    Some(self.market.products[0]),
                    Some(self.market.products[2]),
                    None,
                ]),
                stage,
                value: Money::new(self.dice.below(9_000_000) - 500_000, self.dice.pick(&CURRENCIES)),
                opened_on: (self.dice.below(5) > 0).then(|| back(self.dice.below(700))).flatten(),
                closed_on: closed,
                created_at: BEGINNING,
                version: 1,
            };
            if !again {
                self.opportunities.push(made.clone());
                new.push(made);
            } else if new
                .iter()
                .chain(&changed)
                .all(|one: &StoredOpportunity| one.id != self.opportunities[place].id)
            {
                let old = &self.opportunities[place];
                let next = StoredOpportunity {
                    id: old.id,
                    external_id: old.external_id.clone(),
                    version: old.version,
                    ..made
                };
                changed.push(next.clone());
                self.opportunities[place] = StoredOpportunity { version: next.version + 1, ..next };
            }
        }
        let vendor = self.market.vendor;
        self.write(async move |tx: &mut Tx| save_opportunities(tx, vendor, &new, &changed).await).await;
    }

    fn count_opportunities(&mut self) {
        for one in self.opportunities.clone() {
            let (metric, at) = match one.stage {
                Stage::Won => ("opp.won", one.closed_on.or(one.opened_on)),
                Stage::Lost => ("opp.lost", one.closed_on.or(one.opened_on)),
                Stage::Prospecting | Stage::Engaging => ("opp.open", None),
            };
            let at = at.map(|day| day.to_string());
            let at =
                if one.stage.is_open() { String::new() } else { at.unwrap_or_else(|| "0001-01-01".into()) };
            let dim = one.product.map(|id| id.0.simple().to_string()).unwrap_or_default();
            let partner = one.partner.map(|id| id.0);
            self.add(partner, metric, &at, &dim, one.value.currency.code(), (1, one.value.amount_minor));
            if let (Stage::Won, Some(opened), Some(closed)) = (one.stage, one.opened_on, one.closed_on)
                && closed >= opened
            {
                self.add(partner, "opp.cycle", &at, "", "", (1, (closed - opened).num_days()));
            }
        }
    }

    async fn step(&mut self) {
        match self.dice.below(10) {
            0..=4 => self.deal_moves().await,
            5..=6 => {
                self.opportunities_move().await;
                if self.dice.below(3) > 0 {
                    self.append("opportunities.imported", "import".into(), None, json!({})).await;
                }
            }
            7..=8 => self.world.advance(Span::hours(self.dice.below(24 * 20))),
            _ => {
                self.zone = self.dice.pick(&ZONES);
                let (zone, program) = (self.zone, self.market.program);
                self.write(async move |tx: &mut Tx| {
                    const SQL: &str = "update program set time_zone = $2 where id = $1";
                    execute!(tx, sqlx::query(SQL).bind(program.0).bind(zone))?;
                    Ok(())
                })
                .await;
            }
        }
    }
}

/// So many histories go on one after another in one installation, each from where the one before ended.
const IN_ONE: u64 = 40;

/// One history, and what the sums are after it: in the store, and counted by this test.
async fn history(stage: &mut Course<'_>, seed: u64) {
    stage.dice = Dice(seed);
    for _ in 0..8 + stage.dice.below(16) {
        stage.step().await;
    }
    stage.append("opportunities.imported", "import".into(), None, json!({})).await;
    let (world, vendor, program) = (stage.world, stage.market.vendor, stage.market.program.0);
    // Opportunities are counted as they are now, on top of what happened to deals.
    let deals_alone = stage.sums.clone();
    stage.count_opportunities();
    stage.sums.retain(|_, sum| *sum != (0, 0));
    let should: BTreeMap<String, (i64, i64)> = stage
        .sums
        .iter()
        .map(|((whose, metric, at, dim, currency), sum)| {
            (format!("{whose} {metric} {at} {dim} {currency} {program}"), *sum)
        })
        .collect();
    stage.sums = deals_alone;
    let are = {
        let mut tx = world.parts.db().read().await.expect("a reader");
        store::snapshot(&mut tx, vendor.0).await.expect("sums")
    };
    let are: BTreeMap<String, (i64, i64)> =
        are.into_iter().map(|(place, count, sum)| (place, (count, sum))).collect();
    assert_eq!(are, should, "history {seed}");
    assert_eq!(rebuild(&world.parts).await.expect("rebuilt"), [], "history {seed}");
}

/// An installation of its own, and histories in it; none where there is no PostgreSQL.
async fn histories(engine: Engine, seeds: Range<u64>) {
    let mut tables = deals::server::tables();
    tables.extend([rates::MIGRATIONS(), crate::MIGRATIONS()]);
    let Some(world) = World::try_new(engine, &tables).await else { return };
    let market = market(&world).await;
    let mut deals = Vec::new();
    for _ in 0..DEALS {
        let ask = deals::RegisterDeal::new(market.program);
        deals.push(world.ask(&market.alpine.sales, ask).await.expect("a draft").id);
    }
    world.parts.observe(vec![crate::OBSERVER]);
    // The drafts were registered before anybody counted.
    rebuild(&world.parts).await.expect("sums");
    let drafts = vec![Some(("draft".to_owned(), 0, String::new(), market.alpine.id.0)); DEALS];
    let mut stage = Course {
        world: &world,
        market: &market,
        deals: &deals,
        dice: Dice(0),
        zone: "Europe/Berlin",
        sums: Sums::new(),
        counted: drafts,
        submitted: vec![None; DEALS],
        opportunities: Vec::new(),
    };
    stage.add(Some(market.alpine.id.0), "deal.state", "", "draft", "", (DEALS as i64, 0));
    for seed in seeds {
        history(&mut stage, seed).await;
    }
}

fn wanted(engine: Engine) -> Range<u64> {
    let asked = std::env::var("RIALTO_HISTORIES").ok().and_then(|text| {
        let (from, until) = text.split_once("..")?;
        Some(from.parse().ok()?..until.parse().ok()?)
    });
    match (engine, asked) {
        (Engine::Sqlite, Some(range)) => range,
        (Engine::Sqlite, None) => 0..60,
        (Engine::Postgres, _) => 0..12,
    }
}

#[rstest]
#[tokio::test]
async fn sums_kept_along_the_way_are_those_of_a_recomputation(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let seeds = wanted(engine);
    for first in seeds.clone().step_by(IN_ONE as usize) {
        histories(engine, first..(first + IN_ONE).min(seeds.end)).await;
    }
}

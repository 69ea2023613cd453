//! The vendor's overview shows exactly what an imported CRM export adds up to, and every figure opens its records.
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use base::Timestamp;
use base::db::Engine;
use imports::Kind;
use rstest::rstest;
use serde_json::Value;

use crate::stage::{Stage, stage};

/// The day before 2018, when the real export ends.
const TODAY: &str = "2017-12-31T12:00:00Z";
/// Name, days, and the days before, as a calendar shows them.
const PERIODS: [(&str, [&str; 2], Option<[&str; 2]>); 5] = [
    ("30d", ["2017-12-02", "2018-01-01"], Some(["2017-11-02", "2017-12-02"])),
    ("90d", ["2017-10-03", "2018-01-01"], Some(["2017-07-05", "2017-10-03"])),
    ("12m", ["2017-01-01", "2018-01-01"], Some(["2016-01-01", "2017-01-01"])),
    ("year", ["2017-01-01", "2018-01-01"], Some(["2016-01-01", "2017-01-01"])),
    ("all", ["0001-01-01", "9999-12-31"], None),
];

/// The four files of an export, in the order in which they build on each other.
struct Export([(Kind, &'static str, String); 4]);

impl Export {
    /// The real one, where `RIALTO_CRM_EXPORT` names its folder.
    fn real() -> Option<Self> {
        let folder = PathBuf::from(std::env::var_os("RIALTO_CRM_EXPORT")?);
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("the export has its files");
        Some(Self::of(["accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv"].map(read)))
    }

    fn of([accounts, products, teams, pipeline]: [String; 4]) -> Self {
        Self([
            (Kind::Customers, "accounts.csv", accounts),
            (Kind::Products, "products.csv", products),
            (Kind::Partners, "sales_teams.csv", teams),
            (Kind::Opportunities, "sales_pipeline.csv", pipeline),
        ])
    }

    /// One of the same shape and dirt: another spelling of a product, US dates, open ones without an account.
    fn made() -> Self {
        let mut teams = "sales_agent,manager,regional_office\n".to_owned();
        let mut accounts =
            "account,sector,year_established,revenue,employees,office_location,subsidiary_of\n".to_owned();
        for n in 0..13 {
            let _ = writeln!(teams, "{},Lena Manager,Central", crate::stage::company(900 + n));
            let _ = writeln!(accounts, "{},retail,1999,10.5,20,Germany,", crate::stage::company(n));
        }
        let products = "product,series,sales_price\nGTX Basic,GTX,550\nGTX Pro,GTX,4821\nLM One,LM,99\n";
        let mut rows =
            "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
                .to_owned();
        for n in 0..700_u64 {
            let (agent, account) =
                (crate::stage::company(900 + n * 7 % 13), crate::stage::company(n * 5 % 13));
            let product = ["GTX Basic", "GTXPro", "LM One"][(n % 3) as usize];
            let closed = format!("{}/{}/2017", 3 + n % 10, 1 + n * 11 % 28);
            let line = match n % 8 {
                0..=3 => format!("{account},Won,1/{}/2017,{closed},{}", 1 + n % 28, 40 + n * 37 % 5000),
                4 | 5 => format!("{account},Lost,1/{}/2017,{closed},0", 1 + n % 28),
                6 => format!(",Engaging,11/{}/2017,,", 1 + n % 28),
                _ => ",Prospecting,,,".to_owned(),
            };
            let _ = writeln!(rows, "OPP{n},{agent},{product},{line}");
        }
        Self::of([accounts, products.to_owned(), teams, rows])
    }

    fn opportunities(&self) -> Vec<Row> {
        let text = &self.0[3].2;
        assert!(!text.contains('"'), "no cell of this file is quoted");
        text.lines().skip(1).filter(|line| !line.is_empty()).map(Row::read).collect()
    }
}

/// An opportunity as the file has it.
struct Row {
    partner: String,
    product: String,
    stage: String,
    closed_on: String,
    minor: i64,
}

impl Row {
    fn read(line: &str) -> Self {
        let cells: Vec<_> = line.trim_end().split(',').collect();
        let product = if cells[2] == "GTXPro" { "GTX Pro" } else { cells[2] };
        let closed_on = match cells[6].split('/').collect::<Vec<_>>()[..] {
            [month, day, year] => format!("{year}-{month:0>2}-{day:0>2}"),
            _ => String::new(),
        };
        let minor = cells[7].parse::<i64>().map_or(0, |whole| whole * 100);
        Self {
            partner: cells[1].to_owned(),
            product: product.to_owned(),
            stage: cells[4].to_owned(),
            closed_on,
            minor,
        }
    }

    fn within(&self, days: [&str; 2]) -> bool {
        self.closed_on.as_str() >= days[0] && self.closed_on.as_str() < days[1]
    }
}

/// What rows add up to within some days: how many, and minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    won: (i64, i64),
    lost: (i64, i64),
    open: (i64, i64),
}

impl Sums {
    fn of<'a>(rows: impl IntoIterator<Item = &'a Row>, days: [&str; 2]) -> Self {
        let mut sums = Self::default();
        for row in rows {
            let sum = match row.stage.as_str() {
                "Won" if row.within(days) => &mut sums.won,
                "Lost" if row.within(days) => &mut sums.lost,
                "Prospecting" | "Engaging" => &mut sums.open,
                "Won" | "Lost" => continue,
                other => panic!("a stage of its own: {other}"),
            };
            sum.0 += 1;
            sum.1 += row.minor;
        }
        sums
    }

    fn win_rate(self) -> Option<i64> {
        let decided = self.won.0 + self.lost.0;
        (decided > 0).then(|| (self.won.0 as f64 * 10_000.0 / decided as f64).round() as i64)
    }
}

/// A way to ask the overview.
struct Asker<'a> {
    stage: &'a Stage,
    key: String,
}

impl Asker<'_> {
    async fn get(&self, path: &str) -> Value {
        self.stage.get(&self.key, path).await.done()
    }

    /// How many records a link of the overview lists.
    async fn total(&self, url: &Value) -> i64 {
        let url = url.as_str().expect("the figure has a link");
        self.get(&format!("{url}{}limit=1", if url.contains('?') { '&' } else { '?' })).await["total"]
            .as_i64()
            .expect("a list has its total")
    }

    /// The sum of all records behind a link, read page by page.
    async fn sum(&self, url: &Value) -> i64 {
        let (mut sum, mut cursor) = (0, String::new());
        loop {
            let page = self.get(&format!("{}&limit=200{cursor}", url.as_str().expect("a link"))).await;
            let items = page["items"].as_array().expect("a page has items");
            sum += items.iter().map(|item| item["value"]["amount_minor"].as_i64().unwrap_or(0)).sum::<i64>();
            let Some(next) = page["next_cursor"].as_str() else { return sum };
            cursor = format!("&cursor={}", base::escape(next));
        }
    }

    async fn tiles_are(&self, board: &Value, now: Sums, before: Option<Sums>) {
        let tile = |key: &str| {
            let tiles = board["tiles"].as_array().expect("tiles");
            tiles.iter().find(|tile| tile["key"] == key).expect("the tile").clone()
        };
        let money = [
            ("won_value", now.won, before.map(|before| before.won.1)),
            ("lost_value", now.lost, before.map(|before| before.lost.1)),
            ("open_value", now.open, None),
        ];
        for (key, (count, minor), previous) in money {
            let tile = tile(key);
            assert_eq!(tile["value"], minor, "{key} {tile}");
            assert_eq!(tile["count"], count, "{key} {tile}");
            assert_eq!(tile["previous"].as_i64(), previous, "{key} {tile}");
            assert_eq!(self.total(&tile["records_url"]).await, count, "the link of {key}");
            assert_eq!(self.sum(&tile["records_url"]).await, minor, "the records behind {key}");
        }
        assert_eq!(tile("win_rate")["value"].as_i64(), now.win_rate());
        assert_eq!(tile("win_rate")["previous"].as_i64(), before.and_then(Sums::win_rate));
        for key in ["registrations", "pending", "protected", "returned"] {
            let tile = tile(key);
            assert_eq!(tile["value"], 0, "{key}: the export has no registrations");
            assert_eq!(self.total(&tile["records_url"]).await, 0, "the link of {key}");
        }
        for key in ["answer_p50", "answer_p90", "sla_kept", "conflict_rate"] {
            assert_eq!(tile(key)["value"], Value::Null, "{key}: there is nothing to compute it from");
        }
    }

    /// A table of the overview: every row, and its link.
    async fn table_is(&self, shares: &Value, expected: &BTreeMap<&str, Sums>, is_bounded: bool) {
        for share in shares.as_array().expect("rows") {
            let name = share["name"].as_str().expect("a name");
            let sums = expected.get(name).unwrap_or_else(|| panic!("{name} is in the export"));
            let seen = ["won", "lost", "open", "won_minor", "open_minor"].map(|field| share[field].as_i64());
            let right = [sums.won.0, sums.lost.0, sums.open.0, sums.won.1, sums.open.1].map(Some);
            assert_eq!(seen, right, "{name}: {share}");
            assert_eq!(share["win_rate"].as_i64(), sums.win_rate(), "{name}");
            // Days bound what was closed; open ones have none.
            let listed = sums.won.0 + sums.lost.0 + if is_bounded { 0 } else { sums.open.0 };
            assert_eq!(self.total(&share["records_url"]).await, listed, "the link of {name}");
        }
    }
}

fn by<'a>(rows: &'a [Row], of: fn(&Row) -> &str, days: [&str; 2]) -> BTreeMap<&'a str, Sums> {
    let mut groups: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        groups.entry(of(row)).or_default().push(row);
    }
    groups.into_iter().map(|(name, rows)| (name, Sums::of(rows, days))).collect()
}

/// Months from the first one with a value to the last one, and what was won in each.
fn won_by_month(rows: &[Row], days: [&str; 2]) -> BTreeMap<String, i64> {
    let mut months: BTreeMap<String, i64> = BTreeMap::new();
    for row in rows.iter().filter(|row| ["Won", "Lost"].contains(&row.stage.as_str()) && row.within(days)) {
        *months.entry(row.closed_on[..7].to_owned()).or_default() +=
            if row.stage == "Won" { row.minor } else { 0 };
    }
    months
}

async fn overview_is_the_export(stage: &Stage, export: &Export) {
    stage.world.clock.set(Timestamp::parse(TODAY).expect("a time"));
    let market = &stage.market;
    for (kind, name, text) in &export.0 {
        let bytes = text.clone().into_bytes();
        let program = market.program;
        let import =
            imports::server::import_file(&stage.world.parts, &market.owner, *kind, program, name, bytes);
        let import = import.await.expect("the file is taken");
        assert_eq!((import.rejected, import.imported), (0, import.total), "{name}: every row is taken");
    }
    let rows = export.opportunities();
    let asker = Asker { stage, key: stage.key(&market.manager).await };
    for (period, days, before) in PERIODS {
        let board = asker.get(&format!("/dashboards/vendor?period={period}")).await;
        let first =
            rows.iter().filter(|row| !row.closed_on.is_empty()).map(|row| row.closed_on.as_str()).min();
        let before = before.filter(|before| first.is_some_and(|first| first <= before[0]));
        asker.tiles_are(&board, Sums::of(&rows, days), before.map(|days| Sums::of(&rows, days))).await;
        let (products, partners) = (by(&rows, |row| &row.product, days), by(&rows, |row| &row.partner, days));
        let is_bounded = period != "all";
        let shown = |table: &Value| table.as_array().map_or(0, Vec::len);
        asker.table_is(&board["products"], &products, is_bounded).await;
        let sold = products.values().filter(|sums| **sums != Sums::default()).count();
        assert_eq!(shown(&board["products"]), sold, "every product that was sold or is offered");
        let leaders = asker.get(&format!("/dashboards/leaders?period={period}&limit=10")).await;
        asker.table_is(&leaders["items"], &partners, is_bounded).await;
        let mut best: Vec<i64> = partners.values().map(|sums| sums.won.1).collect();
        best.sort_unstable_by(|a, b| b.cmp(a));
        let seen: Vec<i64> = leaders["items"]
            .as_array()
            .expect("partners")
            .iter()
            .map(|share| share["won_minor"].as_i64().unwrap_or(-1))
            .collect();
        assert_eq!(seen, best[..best.len().min(10)], "the ten best partners, best first");
        let series = board["series"].as_array().expect("series");
        let won = series.iter().find(|series| series["key"] == "won_value").expect("won by month");
        let seen: BTreeMap<String, i64> = won["points"]
            .as_array()
            .expect("points")
            .iter()
            .map(|point| {
                (point["at"].as_str().unwrap_or_default().to_owned(), point["value"].as_i64().unwrap_or(-1))
            })
            .collect();
        assert_eq!(seen, won_by_month(&rows, days), "won by month in {period}");
    }
    let partners = asker.get("/partners?limit=200").await;
    let partners = partners["items"].as_array().expect("partners").iter();
    let mut partners = partners.map(|one| (one["id"].as_str(), one["name"].as_str()));
    let sells =
        |(_, name): &(Option<&str>, Option<&str>)| rows.iter().any(|row| *name == Some(row.partner.as_str()));
    let (id, name) = partners.find(sells).expect("a partner of the export");
    let (id, name) = (id.expect("an id"), name.expect("a name"));
    let board = asker.get(&format!("/dashboards/vendor?period=all&partner={id}")).await;
    asker
        .tiles_are(&board, Sums::of(rows.iter().filter(|row| row.partner == name), PERIODS[4].1), None)
        .await;
    assert!(figures::server::rebuild(&stage.world.parts).await.expect("figures").is_empty());
}

#[rstest]
#[tokio::test]
async fn the_overview_is_what_a_made_export_adds_up_to(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    overview_is_the_export(&stage!(engine), &Export::made()).await;
}

/// Passes at once where no real export is named.
#[rstest]
#[tokio::test]
async fn the_overview_is_what_the_real_export_adds_up_to(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some(export) = Export::real() else { return };
    overview_is_the_export(&stage!(engine), &export).await;
}

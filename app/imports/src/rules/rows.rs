//! From a row of text to what it says, or to the reasons why it cannot be taken in.
use base::{Currency, Date, Money};
use customers::Stage;
use customers::rules::name_key;
use serde::{Deserialize, Serialize};

use super::columns::Cells;
use super::countries::{Country, country};
use super::known::nearest;
use super::values;
use crate::model::Kind;

/// Sectors that are written the same everywhere; another one is kept as it is.
const SECTORS: &[&str] = &[
    "agriculture",
    "automotive",
    "banking",
    "chemicals",
    "construction",
    "consulting",
    "education",
    "employment",
    "energy",
    "engineering",
    "entertainment",
    "finance",
    "food",
    "government",
    "healthcare",
    "hospitality",
    "insurance",
    "logistics",
    "manufacturing",
    "marketing",
    "media",
    "medical",
    "mining",
    "non-profit",
    "pharmaceuticals",
    "real estate",
    "retail",
    "services",
    "software",
    "technology",
    "telecommunications",
    "transportation",
    "travel",
    "utilities",
    "wholesale",
];

/// Why a row was turned back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reason {
    /// Stable and `snake_case`.
    pub(crate) code: String,
    pub(crate) field: String,
    /// What the file says there.
    pub(crate) value: String,
}

/// What was taken for something else, or is worth knowing; `used` is empty for a mere notice.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Correction {
    pub(crate) code: &'static str,
    pub(crate) field: &'static str,
    pub(crate) found: String,
    pub(crate) used: String,
}

/// A row that can be taken in with what was corrected, or all the reasons why not.
pub(crate) type Verdict<T> = Result<(T, Vec<Correction>), Vec<Reason>>;

/// A row of customers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct CustomerLine {
    pub(crate) name: String,
    pub(crate) external_id: Option<String>,
    pub(crate) website: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) registration_number: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) postal_code: Option<String>,
    pub(crate) street: Option<String>,
    pub(crate) sector: Option<String>,
    pub(crate) founded_year: Option<i64>,
    pub(crate) employees: Option<i64>,
    pub(crate) revenue: Option<Money>,
    pub(crate) parent_name: Option<String>,
}

/// A row of products.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ProductLine {
    pub(crate) name: String,
    pub(crate) sku: Option<String>,
    pub(crate) family: String,
    pub(crate) list_price: Option<Money>,
}

/// A row of partners.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PartnerLine {
    pub(crate) name: String,
    pub(crate) territory: Option<String>,
    pub(crate) channel_manager: Option<String>,
}

/// A row of opportunities; partner, product and customer are still names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OpportunityLine {
    pub(crate) external_id: String,
    pub(crate) stage: Stage,
    pub(crate) partner: Option<String>,
    pub(crate) product: Option<String>,
    pub(crate) customer: Option<String>,
    pub(crate) opened_on: Option<Date>,
    pub(crate) closed_on: Option<Date>,
    pub(crate) value: Option<Money>,
}

/// What makes a row the same record as another row of its file; nothing for a row without a name.
pub(crate) fn row_key(kind: Kind, cells: Cells<'_>) -> Option<String> {
    match kind {
        Kind::Opportunities => cells.get("external_id").map(str::to_owned),
        Kind::Customers => {
            cells.get("external_id").map(|id| format!("id {id}")).or_else(|| named(cells, "name"))
        }
        Kind::Products => named(cells, "sku").or_else(|| named(cells, "name")),
        Kind::Partners => named(cells, "name"),
        Kind::Deals => super::deals::row_key(cells),
        Kind::Goals => super::plans::goal_key(cells),
        Kind::Rates => super::plans::rate_key(cells),
    }
}

fn named(cells: Cells<'_>, field: &str) -> Option<String> {
    cells.get(field).map(name_key).filter(|key| !key.is_empty())
}

/// Reads a row of customers.
pub(crate) fn customer(cells: Cells<'_>, currency: Currency) -> Verdict<CustomerLine> {
    let mut row = Row::new(cells);
    let millions = row.read("revenue_millions", "not_an_amount", |text| values::millions(text, currency));
    let whole = row.read("annual_revenue", "not_an_amount", |text| values::amount(text, currency));
    let line = CustomerLine {
        name: row.name("name", 200),
        external_id: row.text("external_id", 100),
        website: row.text("website", 300),
        country: row.country(),
        registration_number: row.text("registration_number", 60),
        phone: row.text("phone", 40),
        city: row.text("city", 100),
        postal_code: row.text("postal_code", 20),
        street: row.text("street", 200),
        sector: row.sector(),
        founded_year: row.read("founded_year", "out_of_range", |text| {
            values::whole(text).filter(|year| (1000..=2200).contains(year))
        }),
        employees: row
            .read("employees", "not_a_number", |text| values::whole(text).filter(|n| *n <= 100_000_000)),
        revenue: whole.or(millions),
        parent_name: row.text("parent_name", 200),
    };
    row.verdict(line)
}

/// Reads a row of products.
pub(crate) fn product(cells: Cells<'_>, currency: Currency) -> Verdict<ProductLine> {
    let mut row = Row::new(cells);
    let line = ProductLine {
        name: row.name("name", 200),
        sku: row.text("sku", 80),
        family: row.name("family", 120),
        list_price: row.amount("list_price", currency),
    };
    row.verdict(line)
}

/// Reads a row of partners.
pub(crate) fn partner(cells: Cells<'_>) -> Verdict<PartnerLine> {
    let mut row = Row::new(cells);
    let line = PartnerLine {
        name: row.name("name", 200),
        territory: row.text("territory", 100),
        channel_manager: row.text("channel_manager", 120),
    };
    row.verdict(line)
}

/// Reads a row of opportunities. A closed one needs the day it closed, a won one also its value.
pub(crate) fn opportunity(cells: Cells<'_>, currency: Currency) -> Verdict<OpportunityLine> {
    let mut row = Row::new(cells);
    let stage = row.read("stage", "unknown_stage", stage);
    if cells.get("stage").is_none() {
        row.refuse("required", "stage");
    }
    let line = OpportunityLine {
        external_id: row.name("external_id", 100),
        stage: stage.unwrap_or(Stage::Prospecting),
        partner: row.text("partner", 200),
        product: row.text("product", 200),
        customer: row.text("customer", 200),
        opened_on: row.read("opened_on", "not_a_date", values::date),
        closed_on: row.read("closed_on", "not_a_date", values::date),
        value: row.amount("value", currency),
    };
    let closed = stage.is_some_and(|stage| !stage.is_open());
    if closed && cells.columns.has("closed_on") && cells.get("closed_on").is_none() {
        row.refuse("required_when_closed", "closed_on");
    }
    if stage == Some(Stage::Won) && cells.columns.has("value") && cells.get("value").is_none() {
        row.refuse("required_when_closed", "value");
    }
    if line.opened_on.zip(line.closed_on).is_some_and(|(opened, closed)| closed < opened) {
        row.refuse("closed_before_opened", "closed_on");
    }
    if cells.columns.has("customer") && line.customer.is_none() {
        row.correct("no_customer", "customer", "", "");
    }
    row.verdict(line)
}

/// A stage in our words, or closed as CRMs write it ("Closed Won").
fn stage(text: &str) -> Option<Stage> {
    match name_key(text).as_str() {
        "closedwon" => Some(Stage::Won),
        "closedlost" => Some(Stage::Lost),
        _ => Stage::parse(text),
    }
}

/// A row while it is read: every cell is looked at, so that a person mends it once.
pub(super) struct Row<'a> {
    pub(super) cells: Cells<'a>,
    reasons: Vec<Reason>,
    corrections: Vec<Correction>,
}

impl<'a> Row<'a> {
    pub(super) fn new(cells: Cells<'a>) -> Self {
        Self { cells, reasons: Vec::new(), corrections: Vec::new() }
    }

    pub(super) fn refuse(&mut self, code: &'static str, field: &'static str) {
        let value = self.cells.get(field).unwrap_or_default().chars().take(200).collect();
        self.reasons.push(Reason { code: code.to_owned(), field: field.to_owned(), value });
    }

    /// A cell that something is read from; one that cannot be read is a reason.
    pub(super) fn read<T>(
        &mut self,
        field: &'static str,
        code: &'static str,
        read: impl Fn(&'a str) -> Option<T>,
    ) -> Option<T> {
        let text = self.cells.get(field)?;
        let value = read(text);
        if value.is_none() {
            self.refuse(code, field);
        }
        value
    }

    pub(super) fn text(&mut self, field: &'static str, most: usize) -> Option<String> {
        let text = self.cells.get(field)?;
        if text.chars().count() > most {
            self.refuse("too_long", field);
        } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            self.refuse("not_readable", field);
        }
        Some(text.to_owned())
    }

    /// A text that must be there.
    pub(super) fn name(&mut self, field: &'static str, most: usize) -> String {
        let text = self.text(field, most);
        if text.is_none() {
            self.refuse("required", field);
        }
        text.unwrap_or_default()
    }

    pub(super) fn amount(&mut self, field: &'static str, currency: Currency) -> Option<Money> {
        self.read(field, "not_an_amount", |text| {
            values::amount(text, currency)
                .filter(|money| (0..=1_000_000_000_000_000).contains(&money.amount_minor))
        })
    }

    pub(super) fn correct(&mut self, code: &'static str, field: &'static str, found: &str, used: &str) {
        self.corrections.push(Correction { code, field, found: found.to_owned(), used: used.to_owned() });
    }

    /// Takes back what was noted about a field.
    pub(super) fn corrections_of(&mut self, field: &str) {
        self.corrections.retain(|correction| correction.field != field);
    }

    pub(super) fn country(&mut self) -> Option<String> {
        let text = self.text("country", 100)?;
        match country(&text) {
            Country::Sure(code) => Some(code.to_owned()),
            Country::Likely(code) => {
                self.correct("respelt", "country", &text, code);
                Some(code.to_owned())
            }
            Country::Unknown => {
                self.correct("unknown_country", "country", &text, "");
                None
            }
        }
    }

    fn sector(&mut self) -> Option<String> {
        let text = self.text("sector", 100)?.to_lowercase();
        match nearest(&text, SECTORS.iter().copied()) {
            Some(sector) if sector != text => {
                self.correct("respelt", "sector", &text, sector);
                Some(sector.to_owned())
            }
            _ => Some(text),
        }
    }

    pub(super) fn verdict<T>(self, line: T) -> Verdict<T> {
        if self.reasons.is_empty() { Ok((line, self.corrections)) } else { Err(self.reasons) }
    }
}

//! A row of registrations.
use base::{Currency, Date, Money};
use customers::rules::name_key;
use deals::{CustomerClaim, EVIDENCE_KINDS, EvidenceKind, PartnerRole, ValueKind};

use super::columns::Cells;
use super::rows::{Row, Verdict};
use super::values;

/// A row of registrations; partner and products are still names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct DealLine {
    /// What makes it the same registration when it comes again.
    pub(crate) reference: String,
    pub(crate) partner: Option<String>,
    pub(crate) customer: CustomerClaim,
    pub(crate) products: Vec<String>,
    pub(crate) quantity: Option<u32>,
    pub(crate) value: Option<Money>,
    pub(crate) value_kind: Option<ValueKind>,
    pub(crate) expected_close: Option<Date>,
    pub(crate) partner_role: Option<PartnerRole>,
    pub(crate) evidence: Option<(EvidenceKind, Option<Date>, String)>,
    pub(crate) sales_stage: Option<String>,
    pub(crate) use_case: Option<String>,
    pub(crate) competitor: Option<String>,
    pub(crate) incumbent: Option<String>,
    pub(crate) tender_reference: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) notes: Option<String>,
    /// What the row itself says about submitting.
    pub(crate) submit: Option<bool>,
}

/// What makes a row the same registration: its id in the other system, else the partner, the customer by name and
/// website or register, and the products.
pub(super) fn row_key(cells: Cells<'_>) -> Option<String> {
    let partner = name_key(cells.get("partner").unwrap_or_default());
    if let Some(id) = cells.get("external_id") {
        return Some(format!("{partner} id {id}"));
    }
    content_key(cells).map(|key| format!("{partner} {key}"))
}

fn content_key(cells: Cells<'_>) -> Option<String> {
    let customer = name_key(cells.get("customer")?);
    let of = |field: &str| name_key(cells.get(field).unwrap_or_default());
    let mut products: Vec<String> = named(cells.get("product")).iter().map(|name| name_key(name)).collect();
    products.sort_unstable();
    let who = [of("website"), of("registration_number")].into_iter().find(|key| !key.is_empty());
    let key = format!("is {customer} {} {}", who.unwrap_or_default(), products.join("+"));
    (!customer.is_empty()).then(|| key.chars().take(500).collect())
}

/// Several products in one cell.
fn named(cell: Option<&str>) -> Vec<String> {
    let names = cell.unwrap_or_default().split([';', '|', '\n']).map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Reads a row of registrations. Only the customer's name is needed: the rest may still be missing in a draft.
pub(crate) fn deal(cells: Cells<'_>, usual: Currency) -> Verdict<DealLine> {
    let mut row = Row::new(cells);
    let currency = row.read("currency", "unknown_currency", |text| Currency::from_code(&text.to_uppercase()));
    let country = row.country();
    if country.is_none() && cells.get("country").is_some() {
        // A registration is compared by its country: a wrong one is for a person to mend.
        row.corrections_of("country");
        row.refuse("unknown_country", "country");
    }
    let external_id = row.text("external_id", 100);
    let line = DealLine {
        reference: external_id
            .map(|id| format!("id {id}"))
            .or_else(|| content_key(cells))
            .unwrap_or_default(),
        partner: row.text("partner", 200),
        customer: CustomerClaim {
            name: row.name("customer", 200),
            website: row.text("website", 300),
            country,
            registration_number: row.text("registration_number", 60),
            phone: row.text("phone", 40),
            city: row.text("city", 120),
            postal_code: row.text("postal_code", 20),
            street: row.text("street", 200),
        },
        products: named(cells.get("product")),
        quantity: row.read("quantity", "not_a_number", |text| {
            values::whole(text).and_then(|n| u32::try_from(n).ok()).filter(|n| (1..=10_000_000).contains(n))
        }),
        value: row.amount("value", currency.unwrap_or(usual)),
        value_kind: row.read("value_kind", "unknown", value_kind),
        expected_close: row.read("expected_close", "not_a_date", values::date),
        partner_role: row.read("partner_role", "unknown", |text| {
            PartnerRole::ALL.into_iter().find(|role| name_key(role.as_str()) == name_key(text))
        }),
        evidence: evidence(&mut row),
        sales_stage: row.text("sales_stage", 100),
        use_case: row.text("use_case", 2000),
        competitor: row.text("competitor", 200),
        incumbent: row.text("incumbent", 200),
        tender_reference: row.text("tender_reference", 200),
        source: row.text("source", 200),
        notes: row.text("notes", 5000),
        submit: row.read("submit", "not_yes_or_no", yes_or_no),
    };
    row.verdict(line)
}

fn evidence(row: &mut Row<'_>) -> Option<(EvidenceKind, Option<Date>, String)> {
    let note = row.text("evidence", 2000);
    let kind = row.read("evidence_kind", "unknown", |text| {
        EVIDENCE_KINDS.into_iter().find(|kind| name_key(kind.as_str()) == name_key(text))
    });
    let on = row.read("evidence_on", "not_a_date", values::date);
    (note.is_some() || on.is_some()).then(|| (kind.unwrap_or_default(), on, note.unwrap_or_default()))
}

fn value_kind(text: &str) -> Option<ValueKind> {
    match name_key(text).as_str() {
        "oneoff" | "onetime" | "einmalig" => Some(ValueKind::OneOff),
        "arr" | "annual" | "yearly" | "perannum" => Some(ValueKind::Arr),
        "tcv" | "total" => Some(ValueKind::Tcv),
        _ => None,
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match name_key(text).as_str() {
        "yes" | "y" | "true" | "1" | "x" | "ja" | "j" | "wahr" => Some(true),
        "no" | "n" | "false" | "0" | "nein" | "falsch" => Some(false),
        _ => None,
    }
}

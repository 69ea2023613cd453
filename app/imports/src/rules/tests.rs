//! Real dirt, by hand: what the columns of a CRM export look like when nobody has cleaned them.
use std::collections::BTreeMap;

use base::Currency;
use csv::StringRecord;
use customers::Stage;

use super::{Cells, Columns, Verdict, customer, opportunity};
use crate::model::Kind;

fn read<T>(kind: Kind, headers: &str, row: &str, with: impl Fn(Cells<'_>) -> Verdict<T>) -> Verdict<T> {
    let headers: Vec<String> = headers.split(',').map(str::to_owned).collect();
    let columns = Columns::find(kind, &headers, &BTreeMap::new()).unwrap();
    let record = StringRecord::from(row.split(',').collect::<Vec<_>>());
    with(Cells { columns: &columns, record: &record })
}

const PIPELINE: &str =
    "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value";
const ACCOUNTS: &str = "account,sector,year_established,revenue,employees,office_location,subsidiary_of";

fn codes<T>(verdict: Verdict<T>) -> Vec<String> {
    let reasons = verdict.err().unwrap_or_default();
    reasons.into_iter().map(|reason| format!("{} {}", reason.field, reason.code)).collect()
}

fn pipeline(row: &str) -> Verdict<super::OpportunityLine> {
    read(Kind::Opportunities, PIPELINE, row, |cells| opportunity(cells, Currency::USD))
}

#[test]
fn a_misspelt_sector_is_mended_and_said() {
    let row = "Acme Corporation,technolgy,1996,1100.04,2822,United States,";
    let (line, corrections) =
        read(Kind::Customers, ACCOUNTS, row, |cells| customer(cells, Currency::USD)).unwrap();
    assert_eq!(line.sector.as_deref(), Some("technology"));
    assert_eq!(line.country.as_deref(), Some("US"));
    assert_eq!(line.revenue.unwrap().amount_minor, 110_004_000_000);
    assert_eq!((line.founded_year, line.employees, line.parent_name), (Some(1996), Some(2822), None));
    assert_eq!((corrections[0].found.as_str(), corrections[0].used.as_str()), ("technolgy", "technology"));
}

#[test]
fn an_open_opportunity_without_a_customer_is_no_fault() {
    let (line, notices) = pipeline("HAXMC4IX,James Ascencio,MG Advanced,,Engaging,11/3/2016,,").unwrap();
    assert_eq!((line.stage, line.customer, line.closed_on, line.value), (Stage::Engaging, None, None, None));
    assert_eq!(line.opened_on, "2016-11-03".parse().ok());
    assert_eq!(notices[0].code, "no_customer");
}

#[test]
fn a_row_is_turned_back_with_all_its_reasons_at_once() {
    let faults = codes(pipeline(",Moses Frase,GTX Basic,Cancity,Vunderbar,13/40/2016,3/1/2017,many"));
    assert_eq!(
        faults,
        ["stage unknown_stage", "external_id required", "opened_on not_a_date", "value not_an_amount"]
    );
    assert_eq!(codes(pipeline("A1,,,Cancity,Won,3/2/2017,3/1/2017,10")), ["closed_on closed_before_opened"]);
    assert_eq!(
        codes(pipeline("A1,,,Cancity,Won,3/2/2017,,")),
        ["closed_on required_when_closed", "value required_when_closed"]
    );
    let long = "x".repeat(300);
    assert_eq!(codes(pipeline(&format!("A1,,,{long},Lost,,3/1/2017,0"))), ["customer too_long"]);
}

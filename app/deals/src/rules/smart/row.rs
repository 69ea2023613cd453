//! A row of a table, with or without the row of its headings: comma, semicolon or tab between the cells.
use base::Money;

use super::words::{folded, squashed, tidy};
use super::{Field, Guess, Known, amounts, articles, companies, days, hosts, people, places};

/// A cell with its place.
#[derive(Clone, Debug)]
struct Cell {
    text: String,
    start: usize,
    end: usize,
}

/// A row, and what its columns are called.
pub(super) struct Table {
    heads: Option<Vec<Option<Column>>>,
    cells: Vec<Cell>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Is(Field),
    Currency,
    /// Known, and of no use here.
    Other,
}

/// Headings, squashed.
const HEADS: [(&str, Column); 78] = [
    ("company", Column::Is(Field::Name)),
    ("companyname", Column::Is(Field::Name)),
    ("customer", Column::Is(Field::Name)),
    ("customername", Column::Is(Field::Name)),
    ("endcustomer", Column::Is(Field::Name)),
    ("account", Column::Is(Field::Name)),
    ("accountname", Column::Is(Field::Name)),
    ("organization", Column::Is(Field::Name)),
    ("organisation", Column::Is(Field::Name)),
    ("client", Column::Is(Field::Name)),
    ("firma", Column::Is(Field::Name)),
    ("firmenname", Column::Is(Field::Name)),
    ("kunde", Column::Is(Field::Name)),
    ("endkunde", Column::Is(Field::Name)),
    ("unternehmen", Column::Is(Field::Name)),
    ("website", Column::Is(Field::Website)),
    ("webseite", Column::Is(Field::Website)),
    ("web", Column::Is(Field::Website)),
    ("url", Column::Is(Field::Website)),
    ("domain", Column::Is(Field::Website)),
    ("homepage", Column::Is(Field::Website)),
    ("country", Column::Is(Field::Country)),
    ("countrycode", Column::Is(Field::Country)),
    ("land", Column::Is(Field::Country)),
    ("contact", Column::Is(Field::ContactName)),
    ("contactname", Column::Is(Field::ContactName)),
    ("contactperson", Column::Is(Field::ContactName)),
    ("ansprechpartner", Column::Is(Field::ContactName)),
    ("kontakt", Column::Is(Field::ContactName)),
    ("fullname", Column::Is(Field::ContactName)),
    ("title", Column::Is(Field::ContactTitle)),
    ("jobtitle", Column::Is(Field::ContactTitle)),
    ("position", Column::Is(Field::ContactTitle)),
    ("funktion", Column::Is(Field::ContactTitle)),
    ("role", Column::Is(Field::ContactTitle)),
    ("email", Column::Is(Field::ContactEmail)),
    ("emailaddress", Column::Is(Field::ContactEmail)),
    ("mail", Column::Is(Field::ContactEmail)),
    ("contactemail", Column::Is(Field::ContactEmail)),
    ("phone", Column::Is(Field::ContactPhone)),
    ("phonenumber", Column::Is(Field::ContactPhone)),
    ("telephone", Column::Is(Field::ContactPhone)),
    ("telefon", Column::Is(Field::ContactPhone)),
    ("tel", Column::Is(Field::ContactPhone)),
    ("mobile", Column::Is(Field::ContactPhone)),
    ("product", Column::Is(Field::Product)),
    ("produkt", Column::Is(Field::Product)),
    ("sku", Column::Is(Field::Product)),
    ("artikel", Column::Is(Field::Product)),
    ("item", Column::Is(Field::Product)),
    ("quantity", Column::Is(Field::Quantity)),
    ("qty", Column::Is(Field::Quantity)),
    ("menge", Column::Is(Field::Quantity)),
    ("anzahl", Column::Is(Field::Quantity)),
    ("stueck", Column::Is(Field::Quantity)),
    ("seats", Column::Is(Field::Quantity)),
    ("value", Column::Is(Field::Value)),
    ("dealvalue", Column::Is(Field::Value)),
    ("amount", Column::Is(Field::Value)),
    ("dealsize", Column::Is(Field::Value)),
    ("wert", Column::Is(Field::Value)),
    ("betrag", Column::Is(Field::Value)),
    ("volumen", Column::Is(Field::Value)),
    ("auftragswert", Column::Is(Field::Value)),
    ("budget", Column::Is(Field::Value)),
    ("currency", Column::Currency),
    ("waehrung", Column::Currency),
    ("close", Column::Is(Field::Close)),
    ("closedate", Column::Is(Field::Close)),
    ("expectedclose", Column::Is(Field::Close)),
    ("expectedclosedate", Column::Is(Field::Close)),
    ("abschluss", Column::Is(Field::Close)),
    ("abschlussdatum", Column::Is(Field::Close)),
    ("tender", Column::Is(Field::Tender)),
    ("tenderreference", Column::Is(Field::Tender)),
    ("ausschreibung", Column::Is(Field::Tender)),
    ("stage", Column::Other),
    ("notes", Column::Other),
];

fn column(head: &str) -> Option<Column> {
    let squash = squashed(head);
    HEADS.iter().find(|(name, _)| *name == squash).map(|(_, column)| *column)
}

/// The table that a text is, if it is one: at most a few lines, all cut alike.
pub(super) fn table(text: &str) -> Option<Table> {
    let mut rows: Vec<(&str, usize)> = Vec::new();
    let mut at = 0;
    for raw in text.split('\n') {
        let line = tidy_row(raw, at);
        at += raw.len() + 1;
        if !line.0.trim().is_empty() {
            rows.push(line);
        }
    }
    if rows.is_empty() || rows.len() > 50 {
        return None;
    }
    for mark in ['\t', ';', ','] {
        let first = cells(rows[0].0, rows[0].1, mark);
        let heads: Vec<Option<Column>> = first.iter().map(|cell| column(&cell.text)).collect();
        let known = heads.iter().flatten().count();
        if known >= 2 && known * 2 >= heads.len() && rows.len() > 1 {
            let cells = cells(rows[1].0, rows[1].1, mark);
            return Some(Table { heads: Some(heads), cells });
        }
        let bare = rows.len() == 1 && first.len() >= if mark == ',' { 4 } else { 3 };
        if bare && is_row(&first, mark) {
            return Some(Table { heads: None, cells: first });
        }
    }
    None
}

fn tidy_row(raw: &str, at: usize) -> (&str, usize) {
    let text = raw.trim_end_matches(['\r', '\n']);
    let rest = text.trim_start_matches(' ');
    (rest, at + text.len() - rest.len())
}

/// Cells that are short and of different kinds; a sentence has commas, too.
fn is_row(cells: &[Cell], mark: char) -> bool {
    let short =
        cells.iter().all(|cell| cell.text.split_whitespace().count() <= if mark == ',' { 5 } else { 12 });
    let sharp = cells
        .iter()
        .filter(|cell| {
            let text = cell.text.as_str();
            text.contains('@') && hosts::host_of(text.rsplit('@').next().unwrap_or_default()).is_some()
                || !text.contains(' ') && hosts::host_of(text).is_some()
                || text.len() > 3
                    && text.chars().all(|c| c.is_ascii_digit() || " .,'-+/".contains(c))
                    && text.contains(|c: char| c.is_ascii_digit())
                || places::by_name(text).is_some()
                || places::is_code(text)
        })
        .count();
    short && sharp >= 2
}

/// Cells, with quotes taken off (RFC 4180).
fn cells(row: &str, start: usize, mark: char) -> Vec<Cell> {
    let mut all = Vec::new();
    let (mut from, mut quoted) = (0, false);
    let mut push = |from: usize, to: usize| {
        let cell = tidy(&row[from..to], start + from);
        let inner = cell
            .text
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'))
            .filter(|_| cell.text.len() > 1);
        let (text, start) = inner.map_or((cell.text, cell.start), |inner| (inner, cell.start + 1));
        all.push(Cell { text: text.replace("\"\"", "\""), start, end: start + text.len() });
    };
    for (at, letter) in row.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            _ if letter == mark && !quoted => {
                push(from, at);
                from = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    push(from, row.len());
    all
}

/// Reads a row.
pub(super) fn read(table: &Table, known: &Known<'_>) -> Vec<Guess> {
    let columns: Vec<Option<Column>> = match &table.heads {
        Some(heads) => heads.clone(),
        None => sorted_out(&table.cells, known),
    };
    let of = |wanted: Column| {
        columns
            .iter()
            .zip(&table.cells)
            .find(|(column, cell)| **column == Some(wanted) && !cell.text.is_empty())
    };
    let currency =
        of(Column::Currency).and_then(|(_, cell)| amounts::currency(&cell.text)).unwrap_or(known.currency);
    let american = of(Column::Is(Field::Country))
        .is_some_and(|(_, cell)| country(&cell.text).as_deref() == Some("US"))
        || currency == base::Currency::USD;
    let mut all = Vec::new();
    for field in Field::ALL {
        let Some((_, cell)) = of(Column::Is(field)) else { continue };
        let text = cell.text.as_str();
        let value = match field {
            Field::Website => hosts::host_of(text),
            Field::Country => country(text),
            Field::ContactEmail => text.contains('@').then(|| text.to_lowercase()),
            Field::Product => articles::of_cell(text, known.articles),
            Field::Quantity => {
                text.parse::<u32>().ok().filter(|count| *count > 0).map(|count| count.to_string())
            }
            Field::Value => amounts::of_cell(text, currency).as_ref().map(Money::to_string),
            Field::Close => days::of_cell(text, known.today, american)
                .filter(|day| *day > known.today)
                .map(|day| day.to_string()),
            _ => Some(companies::tidied(text)),
        };
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            all.push(Guess { field, value, span: cell.start..cell.end, said: true });
        }
    }
    inferred(&mut all, known);
    all
}

fn country(text: &str) -> Option<String> {
    let code = text.trim().to_uppercase();
    if places::is_code(&code) {
        return Some(code);
    }
    places::by_name(text)
}

/// Website from the address, country from the website, name from the website.
fn inferred(all: &mut Vec<Guess>, known: &Known<'_>) {
    let find = |all: &[Guess], field: Field| all.iter().find(|guess| guess.field == field).cloned();
    if find(all, Field::Website).is_none()
        && let Some(email) = find(all, Field::ContactEmail)
        && let Some(host) = email.value.rsplit('@').next().and_then(hosts::host_of)
        && !hosts::is_shared(&host)
        && !hosts::is_of(&host, known.own)
    {
        let value = hosts::site_of(&host).to_owned();
        all.push(Guess { field: Field::Website, value, span: email.span, said: false });
    }
    if let Some(site) = find(all, Field::Website) {
        if find(all, Field::Country).is_none()
            && let Some(value) = hosts::country_of(&site.value)
        {
            all.push(Guess { field: Field::Country, value, span: site.span.clone(), said: false });
        }
        if find(all, Field::Name).is_none()
            && let Some(value) = hosts::name_of(&site.value)
        {
            all.push(Guess { field: Field::Name, value, span: site.span, said: false });
        }
    }
}

/// What cells without headings are, by how they look; each field once.
fn sorted_out(cells: &[Cell], known: &Known<'_>) -> Vec<Option<Column>> {
    let mut taken: Vec<Field> = Vec::new();
    let mut columns = vec![None; cells.len()];
    let mut give = |at: usize, field: Field, columns: &mut Vec<Option<Column>>| {
        if columns[at].is_none() && !taken.contains(&field) {
            taken.push(field);
            columns[at] = Some(Column::Is(field));
        }
    };
    for (at, cell) in cells.iter().enumerate() {
        let text = cell.text.as_str();
        if text.is_empty() {
            continue;
        }
        if text.contains('@') {
            give(at, Field::ContactEmail, &mut columns);
        } else if !text.contains(' ') && hosts::host_of(text).is_some() {
            give(at, Field::Website, &mut columns);
        } else if amounts::currency(text).is_some() && text.len() == 3 {
            columns[at] = Some(Column::Currency);
        } else if country(text).is_some() {
            give(at, Field::Country, &mut columns);
        } else if articles::of_cell(text, known.articles).is_some() {
            give(at, Field::Product, &mut columns);
        } else if days::of_cell(text, known.today, false)
            .or_else(|| days::of_cell(text, known.today, true))
            .is_some()
        {
            give(at, Field::Close, &mut columns);
        } else if is_phone(text) {
            give(at, Field::ContactPhone, &mut columns);
        } else if amounts::of_cell(text, known.currency).is_some_and(|money| {
            text.contains(|c: char| !c.is_ascii_digit())
                || money.amount_minor >= 1000 * 10i64.pow(money.places())
        }) {
            give(at, Field::Value, &mut columns);
        } else if text.bytes().all(|b| b.is_ascii_digit()) {
            give(at, Field::Quantity, &mut columns);
        } else if text.split_whitespace().any(companies::is_form) {
            give(at, Field::Name, &mut columns);
        }
    }
    for (at, cell) in cells.iter().enumerate() {
        let text = cell.text.as_str();
        if columns[at].is_some() || text.is_empty() {
            continue;
        }
        let named = columns.contains(&Some(Column::Is(Field::Name)));
        if people::is_title(text) {
            give(at, Field::ContactTitle, &mut columns);
        } else if people::is_person_cell(text) && (named || at > 0) {
            give(at, Field::ContactName, &mut columns);
        } else if folded(text).contains(|c: char| c.is_alphabetic()) {
            give(at, Field::Name, &mut columns);
        }
    }
    columns
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text.chars().all(|c| c.is_ascii_digit() || " +()/-.".contains(c));
    plain
        && (8..=15).contains(&digits)
        && (text.starts_with('+') || text.starts_with('0') || text.starts_with('('))
}

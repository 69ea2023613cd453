//! Which column holds which field: by the names of the headings, or as the person said.
use std::collections::{BTreeMap, HashMap};

use base::{FieldError, Problem};
use csv::StringRecord;
use customers::rules::name_key;

use crate::model::Kind;

/// Columns by field name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Columns(HashMap<&'static str, usize>);

impl Columns {
    /// Finds the columns. `mapping` names the heading for a field and goes before what is recognised; an empty
    /// heading leaves the field out.
    ///
    /// # Errors
    /// `Invalid` for a field that does not exist, a heading that the file does not have, or a needed field without one.
    pub(crate) fn find(
        kind: Kind,
        headers: &[String],
        mapping: &BTreeMap<String, String>,
    ) -> Result<Self, Problem> {
        let keys: Vec<String> = headers.iter().map(|header| name_key(header)).collect();
        let at = |name: &str| keys.iter().position(|key| *key == name_key(name));
        let mut errors = Vec::new();
        for field in
            mapping.keys().filter(|field| kind.known().iter().all(|known| known.name != field.as_str()))
        {
            errors.push(FieldError::new(
                format!("mapping.{field}"),
                "unknown",
                format!("There is no field {field}."),
            ));
        }
        let mut columns = HashMap::new();
        for known in kind.known() {
            let column = match mapping.get(known.name).map(|header| header.trim()) {
                Some("") => None,
                Some(header) => {
                    let column = at(header);
                    if column.is_none() {
                        let message = format!("The file has no column {header}.");
                        errors.push(FieldError::new(format!("mapping.{}", known.name), "unknown", message));
                        continue;
                    }
                    column
                }
                None => std::iter::once(&known.name).chain(known.headers).find_map(|header| at(header)),
            };
            match column {
                Some(column) => drop(columns.insert(known.name, column)),
                None if known.required => {
                    let headers = known.headers.join(", ");
                    let message = format!(
                        "A column for {} is missing: name it {} or one of {headers}.",
                        known.name, known.name
                    );
                    errors.push(FieldError::new("file", "missing_column", message));
                }
                None => {}
            }
        }
        if errors.is_empty() { Ok(Self(columns)) } else { Err(Problem::Invalid { errors }) }
    }

    /// Whether the file has a column for a field.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }
}

/// One row, read by field.
#[derive(Clone, Copy)]
pub(crate) struct Cells<'a> {
    pub(crate) columns: &'a Columns,
    pub(crate) record: &'a StringRecord,
}

impl<'a> Cells<'a> {
    /// A cell without white space around it; none when it is empty. The apostrophe that our own reports put before a
    /// formula's sign is taken away again.
    pub(crate) fn get(&self, field: &str) -> Option<&'a str> {
        let cell = self.record.get(*self.columns.0.get(field)?)?.trim();
        let cell = match cell.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            _ => cell,
        };
        (!cell.is_empty()).then_some(cell)
    }

    /// Whether no field has a value: such a line is no row.
    pub(crate) fn is_blank(&self) -> bool {
        self.columns.0.keys().all(|field| self.get(field).is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn the_headings_of_a_crm_export_are_recognised() {
        let file = headers(
            "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
        );
        let columns = Columns::find(Kind::Opportunities, &file, &BTreeMap::new()).unwrap();
        assert_eq!((columns.0["external_id"], columns.0["partner"], columns.0["value"]), (0, 1, 7));
        let file = headers("Account Name,INDUSTRY");
        assert_eq!(Columns::find(Kind::Customers, &file, &BTreeMap::new()).unwrap().0["sector"], 1);
    }

    #[test]
    fn a_mapping_goes_before_what_is_recognised_and_must_be_true() {
        let file = headers("name,firma");
        let mapping = |header: &str| BTreeMap::from([("name".to_owned(), header.to_owned())]);
        assert_eq!(Columns::find(Kind::Customers, &file, &mapping("Firma")).unwrap().0["name"], 1);
        let problem = Columns::find(Kind::Customers, &file, &mapping("company")).unwrap_err();
        assert!(problem.of_field("mapping.name").is_some());
    }

    #[test]
    fn a_file_without_a_needed_column_is_turned_back_as_a_whole() {
        let problem = Columns::find(Kind::Opportunities, &headers("account"), &BTreeMap::new()).unwrap_err();
        assert_eq!(problem.of_field("file").unwrap().code, "missing_column");
    }
}

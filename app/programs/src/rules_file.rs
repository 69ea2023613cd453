//! Rules of engagement as a TOML file: written with each rule's sentence as a comment, read back without guessing.
use std::fmt::Write as _;

use base::{Currency, FieldError, Problem};
use serde_json::Value;

use crate::{Engagement, RuleId, rule_sentence};

/// What stands for "none" in a file: TOML has no word for it.
const NONE: &str = "none";

/// The rules as TOML 1.0.
pub(crate) fn write(title: &str, rules: &Engagement, currency: Currency) -> Result<String, Problem> {
    let Value::Object(all) = serde_json::to_value(rules).map_err(Problem::internal)? else {
        return Err(Problem::internal("rules are no object"));
    };
    let mut file = format!("# {}\n", title.replace('\n', " "));
    let _ = writeln!(file, "# Amounts are minor units of {}.\n", currency.code());
    for rule in RuleId::ALL {
        let _ = writeln!(file, "# {rule}: {}", rule_sentence(*rule, rules, currency));
    }
    file.push('\n');
    let (tables, plain): (Vec<_>, Vec<_>) = all.iter().partition(|(_, value)| value.is_object());
    for (name, value) in plain {
        let _ = writeln!(file, "{name} = {}", inline(value));
    }
    for (name, table) in tables {
        let _ = writeln!(file, "\n[{name}]");
        for (field, value) in table.as_object().into_iter().flatten() {
            let _ = writeln!(file, "{field} = {}", inline(value));
        }
    }
    Ok(file)
}

/// A value on one line; entries of lists on lines of their own. Strings of JSON are strings of TOML but for the sign
/// DEL, which TOML wants escaped.
fn inline(value: &Value) -> String {
    match value {
        Value::Null => format!("\"{NONE}\""),
        Value::String(_) => value.to_string().replace('\u{7f}', "\\u007f"),
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Array(items) => {
            let lines: Vec<_> = items.iter().map(|item| format!("    {},\n", inline(item))).collect();
            format!("[\n{}]", lines.concat())
        }
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            let pairs: Vec<_> = fields.map(|(name, value)| format!("{name} = {}", inline(value))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// The rules of a file. What it leaves out takes its default.
///
/// # Errors
/// `Invalid` on `toml`: not TOML, names that are no rule, values of another kind, with the place.
pub(crate) fn read(text: &str) -> Result<Engagement, Problem> {
    let wrong =
        |message: String| Problem::Invalid { errors: vec![FieldError::new("toml", "not_readable", message)] };
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| wrong(error.to_string()))?;
    let mut asked = serde_json::to_value(table).map_err(|error| wrong(error.to_string()))?;
    if asked.get("protection_days").and_then(Value::as_str) == Some(NONE) {
        asked["protection_days"] = Value::Null;
    }
    let rules: Engagement =
        serde_json::from_value(asked.clone()).map_err(|error| wrong(format!("{error}.")))?;
    let known = serde_json::to_value(&rules).map_err(Problem::internal)?;
    let mut strange = Vec::new();
    compare("", &asked, &known, &mut strange);
    if strange.is_empty() {
        return Ok(rules);
    }
    let message = format!("There is no rule named {}.", strange.join(", "));
    Err(Problem::Invalid { errors: vec![FieldError::new("toml", "unknown_rule", message)] })
}

/// Names in what was asked that what was understood does not have.
fn compare(path: &str, asked: &Value, known: &Value, strange: &mut Vec<String>) {
    match (asked, known) {
        (Value::Object(asked), Value::Object(known)) => {
            for (name, value) in asked {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                match known.get(name) {
                    Some(known) => compare(&path, value, known, strange),
                    None => strange.push(path),
                }
            }
        }
        (Value::Array(asked), Value::Array(known)) => {
            for (place, (asked, known)) in asked.iter().zip(known).enumerate() {
                compare(&format!("{path}[{place}]"), asked, known, strange);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Exclusions, NamedAccount};

    #[test]
    fn a_file_gives_back_the_rules_that_were_written() {
        let mut rules = Engagement { protection_days: None, max_returns: 7, ..Engagement::default() };
        rules.excluded = Exclusions {
            named_accounts: vec![
                NamedAccount { name: "Quote \" and \\ and\nline \u{7f}".into(), website: None },
                NamedAccount { name: "Acme".into(), website: Some("acme.example".into()) },
            ],
            ..Exclusions::default()
        };
        rules.calendar.holidays = vec!["2026-12-25".parse().unwrap()];
        let file = write("Rules of a program", &rules, Currency::EUR).unwrap();
        assert_eq!(read(&file).unwrap(), rules, "{file}");
        assert!(file.contains("# ROE-3: An approved deal is not protected."), "{file}");
    }

    #[test]
    fn what_a_file_leaves_out_takes_its_default() {
        assert_eq!(read("").unwrap(), Engagement::default());
        assert_eq!(read("protection_days = 30").unwrap().protection_days, Some(30));
    }

    #[test]
    fn a_name_that_is_no_rule_is_refused_rather_than_ignored() {
        let problem = read("protection_day = 30\n[heartbeat]\nwarn = 3").unwrap_err();
        let error = problem.of_field("toml").unwrap();
        assert_eq!(error.code, "unknown_rule");
        assert!(error.message.contains("protection_day, ") || error.message.contains(", protection_day"));
        assert!(error.message.contains("heartbeat.warn"));
    }

    #[test]
    fn a_value_of_another_kind_is_told() {
        assert_eq!(read("max_returns = \"x\"").unwrap_err().of_field("toml").unwrap().code, "not_readable");
        assert_eq!(read("max_returns = ").unwrap_err().of_field("toml").unwrap().code, "not_readable");
    }
}

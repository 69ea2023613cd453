//! From what was typed into the form of the rules to rules of engagement, with what is wrong at the field it is in.
use std::collections::HashMap;

use base::{Currency, Date, FieldError, Money, OrganizationId, Problem, check_fields};

use crate::{
    AutoApprove, Calendar, ClockTime, Engagement, EscalateTo, Exclusions, ExclusiveTerritory, Heartbeat,
    NamedAccount, PriorityMode, RulesForm, TypedAmount, Workday,
};

/// Partners by their id, and by their name in lower case.
pub(crate) type Partners = HashMap<String, OrganizationId>;

impl RulesForm {
    /// The partners that the form names, as typed: to be looked up before it is read.
    pub(crate) fn partner_names(&self) -> Vec<String> {
        lines(self.excluded.exclusive_territories.as_ref())
            .filter_map(|(_, line)| line.split('|').nth(1).map(|name| name.trim().to_owned()))
            .collect()
    }

    /// The rules that were typed.
    ///
    /// # Errors
    /// `Invalid` with every field that cannot be read, or that is out of its range.
    pub(crate) fn read(&self, currency: Currency, partners: &Partners) -> Result<Engagement, Problem> {
        let mut reader = Reader { errors: Vec::new(), currency };
        let rules = self.typed(&mut reader, partners);
        let Reader { mut errors, .. } = reader;
        if let Err(Problem::Invalid { errors: more }) = check_fields(&rules) {
            let told = more.into_iter().map(|error| FieldError { field: of_form(&error.field), ..error });
            // A field that could not be read stands at a default: what is wrong is only that it cannot be read.
            let new: Vec<_> =
                told.filter(|error| errors.iter().all(|known| known.field != error.field)).collect();
            errors.extend(new);
        }
        if errors.is_empty() { Ok(rules) } else { Err(Problem::Invalid { errors }) }
    }

    fn typed(&self, read: &mut Reader, partners: &Partners) -> Engagement {
        let usual = Engagement::default();
        let protection = self.protection_days.as_ref().filter(|text| !text.trim().is_empty());
        let mut number =
            |field: &str, text: &Option<String>, usual: u32| read.number(field, text.as_ref(), usual);
        let protection_days = protection.map(|text| number("protection_days", &Some(text.clone()), 90));
        let max_extensions = number("max_extensions", &self.max_extensions, usual.max_extensions);
        let extension_days = number("extension_days", &self.extension_days, usual.extension_days);
        let review_business_days =
            number("review_business_days", &self.review_business_days, usual.review_business_days);
        let grace_business_days =
            number("grace_business_days", &self.grace_business_days, usual.grace_business_days);
        let max_returns = number("max_returns", &self.max_returns, usual.max_returns);
        let max_open_registrations =
            number("max_open_registrations", &self.max_open_registrations, usual.max_open_registrations);
        let warn_days = number("heartbeat.warn_days", &self.heartbeat.warn_days, usual.heartbeat.warn_days);
        let lapse_days =
            number("heartbeat.lapse_days", &self.heartbeat.lapse_days, usual.heartbeat.lapse_days);
        let secondary_share_percent =
            number("secondary_share_percent", &self.secondary_share_percent, usual.secondary_share_percent);
        let material_change_percent =
            number("material_change_percent", &self.material_change_percent, usual.material_change_percent);
        let appeal_business_days =
            number("appeal_business_days", &self.appeal_business_days, usual.appeal_business_days);
        Engagement {
            priority_mode: read.choice("priority_mode", self.priority_mode.as_ref(), |text| {
                PriorityMode::ALL.into_iter().find(|mode| mode.as_str() == text)
            }),
            protection_days,
            max_extensions,
            extension_days,
            review_business_days,
            escalate_to: read.choice("escalate_to", self.escalate_to.as_ref(), |text| {
                EscalateTo::ALL.into_iter().find(|role| role.as_str() == text)
            }),
            grace_business_days,
            max_returns,
            auto_approve: AutoApprove {
                enabled: ticked(self.auto_approve.enabled.as_ref()),
                limit_minor: read.amount("auto_approve.limit", &self.auto_approve.limit),
            },
            minimum_value_minor: read.amount("minimum_value", &self.minimum_value),
            excluded: self.exclusions(read, partners),
            evidence_required: ticked(self.evidence_required.as_ref()),
            max_open_registrations,
            heartbeat: Heartbeat { warn_days, lapse_days },
            secondary_share_percent,
            material_change_percent,
            appeal_business_days,
            calendar: self.business_time(read, usual.calendar),
        }
    }

    fn exclusions(&self, read: &mut Reader, partners: &Partners) -> Exclusions {
        let form = &self.excluded;
        let account = |(_, line): (usize, &str)| {
            let (name, website) = line.split_once('|').unwrap_or((line, ""));
            let website = Some(website.trim().to_owned()).filter(|website| !website.is_empty());
            NamedAccount { name: name.trim().to_owned(), website }
        };
        let territories = lines(form.exclusive_territories.as_ref())
            .filter_map(|line| read.territory(line, partners))
            .collect();
        Exclusions {
            public_tenders: ticked(form.public_tenders.as_ref()),
            named_accounts: lines(form.named_accounts.as_ref()).map(account).collect(),
            open_opportunities: ticked(form.open_opportunities.as_ref()),
            existing_customers: ticked(form.existing_customers.as_ref()),
            exclusive_territories: territories,
        }
    }

    fn business_time(&self, read: &mut Reader, usual: Calendar) -> Calendar {
        let form = &self.calendar;
        let Some(time_zone) = &form.time_zone else { return usual };
        let workday = |text: &String| Workday::ALL.into_iter().find(|day| day.as_str() == text);
        let holidays = lines(form.holidays.as_ref())
            .filter_map(|(number, line)| match line.parse::<Date>() {
                Ok(day) => Some(day),
                Err(_) => {
                    read.wrong("calendar.holidays", "not_a_date", number, "Write a day like 2026-12-25.")
                }
            })
            .collect();
        Calendar {
            time_zone: time_zone.trim().to_owned(),
            workdays: form.workdays.iter().filter_map(workday).collect(),
            opens: read.time("calendar.opens", form.opens.as_ref(), usual.opens),
            closes: read.time("calendar.closes", form.closes.as_ref(), usual.closes),
            holidays,
        }
    }
}

/// Reads typed values; what cannot be read is remembered and stands at a default meanwhile.
struct Reader {
    errors: Vec<FieldError>,
    currency: Currency,
}

impl Reader {
    /// Left empty it is what it usually is.
    fn number(&mut self, field: &str, text: Option<&String>, usual: u32) -> u32 {
        let text = text.map(|text| text.trim()).unwrap_or_default();
        if text.is_empty() {
            return usual;
        }
        text.parse().unwrap_or_else(|_| {
            self.errors.push(FieldError::new(field, "not_a_number", "Give a whole number."));
            usual
        })
    }

    fn amount(&mut self, field: &str, typed: &TypedAmount) -> i64 {
        let text = typed.amount.as_deref().unwrap_or_default().trim();
        if text.is_empty() {
            return 0;
        }
        if let Some(money) = Money::parse(text, self.currency) {
            return money.amount_minor;
        }
        let message = "This is not an amount. Write it like 48,000.00.";
        self.errors.push(FieldError::new(field, "not_an_amount", message));
        0
    }

    fn choice<T: Default>(
        &mut self,
        field: &str,
        text: Option<&String>,
        find: impl Fn(&str) -> Option<T>,
    ) -> T {
        let Some(text) = text else { return T::default() };
        find(text).unwrap_or_else(|| {
            self.errors.push(FieldError::new(field, "unknown", "Choose one of the list."));
            T::default()
        })
    }

    fn time(&mut self, field: &str, text: Option<&String>, otherwise: ClockTime) -> ClockTime {
        text.and_then(|text| ClockTime::parse(text.trim())).unwrap_or_else(|| {
            self.errors.push(FieldError::new(field, "not_a_time", "Write a time like 09:00."));
            otherwise
        })
    }

    fn territory(
        &mut self,
        (number, line): (usize, &str),
        partners: &Partners,
    ) -> Option<ExclusiveTerritory> {
        const FIELD: &str = "excluded.exclusive_territories";
        let mut parts = line.split('|').map(str::trim);
        let (country, partner) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let (from, until) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let Some(partner) = partners.get(&partner.to_lowercase()).copied() else {
            return self.wrong(FIELD, "unknown", number, "This is no partner of yours.");
        };
        let day = "Write days like 2026-12-25.";
        let Ok(from) = from.parse::<Date>() else { return self.wrong(FIELD, "not_a_date", number, day) };
        let until = match until {
            "" => None,
            text => match text.parse::<Date>() {
                Ok(day) => Some(day),
                Err(_) => return self.wrong(FIELD, "not_a_date", number, day),
            },
        };
        Some(ExclusiveTerritory { country: country.to_ascii_uppercase(), partner, from, until })
    }

    /// Notes what is wrong with a line of a list.
    fn wrong<T>(&mut self, field: &str, code: &'static str, line: usize, message: &str) -> Option<T> {
        self.errors.push(FieldError::new(field, code, format!("Line {line}: {message}")));
        None
    }
}

fn ticked(text: Option<&String>) -> bool {
    text.is_some_and(|text| text == "true")
}

/// The lines of a text that say something, with their numbers.
fn lines(text: Option<&String>) -> impl Iterator<Item = (usize, &str)> {
    let all = text.map(String::as_str).unwrap_or_default().lines();
    all.enumerate().map(|(place, line)| (place + 1, line.trim())).filter(|(_, line)| !line.is_empty())
}

/// The field of the form that a field of the rules was typed in.
fn of_form(path: &str) -> String {
    let path = path.split('[').next().unwrap_or(path);
    path.strip_suffix("_minor").unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CalendarForm, ExclusionsForm, HeartbeatForm};

    #[expect(clippy::unnecessary_wraps, reason = "a field of the form may be missing")]
    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn form() -> RulesForm {
        RulesForm {
            priority_mode: text("first_to_register"),
            protection_days: text("60"),
            max_extensions: text("1"),
            extension_days: text("30"),
            review_business_days: text("2"),
            escalate_to: text("vendor_owner"),
            grace_business_days: text("5"),
            max_returns: text("3"),
            max_open_registrations: text("50"),
            heartbeat: HeartbeatForm { warn_days: text("21"), lapse_days: text("30") },
            secondary_share_percent: text("0"),
            material_change_percent: text("20"),
            appeal_business_days: text("10"),
            calendar: CalendarForm {
                time_zone: text("Europe/Berlin"),
                workdays: vec!["monday".into(), "friday".into()],
                opens: text("8:30"),
                closes: text("17:00"),
                holidays: text("2026-12-25\n\n2026-12-26\n"),
            },
            ..RulesForm::default()
        }
    }

    #[test]
    fn what_is_not_sent_is_off_or_empty() {
        let rules = form().read(Currency::EUR, &Partners::new()).unwrap();
        assert_eq!(rules.protection_days, Some(60));
        assert!(!rules.auto_approve.enabled && !rules.evidence_required && !rules.excluded.public_tenders);
        assert_eq!((rules.minimum_value_minor, rules.calendar.holidays.len()), (0, 2));
        let none = RulesForm { protection_days: None, ..form() };
        assert_eq!(none.read(Currency::EUR, &Partners::new()).unwrap().protection_days, None);
    }

    #[test]
    fn every_wrong_field_is_told_once_under_its_name_in_the_form() {
        let wrong = RulesForm {
            max_returns: text("many"),
            review_business_days: text("99"),
            minimum_value: TypedAmount { amount: text("much"), currency: None },
            excluded: ExclusionsForm {
                exclusive_territories: text("DE | Nobody | 2026-01-01"),
                named_accounts: Some("x".repeat(300)),
                ..ExclusionsForm::default()
            },
            ..form()
        };
        let Err(Problem::Invalid { errors }) = wrong.read(Currency::EUR, &Partners::new()) else {
            panic!("was read")
        };
        let mut fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        fields.sort_unstable();
        assert_eq!(
            fields,
            [
                "excluded.exclusive_territories",
                "excluded.named_accounts",
                "max_returns",
                "minimum_value",
                "review_business_days"
            ]
        );
    }

    #[test]
    fn a_territory_is_a_line_with_a_partner_by_name() {
        let alpine = OrganizationId(base::reexport::uuid::Uuid::nil());
        let mut typed = form();
        typed.excluded.exclusive_territories = text("de | Alpine Systems | 2026-01-01 | 2027-01-01");
        assert_eq!(typed.partner_names(), ["Alpine Systems"]);
        let partners = Partners::from([("alpine systems".to_owned(), alpine)]);
        let held = &typed.read(Currency::EUR, &partners).unwrap().excluded.exclusive_territories[0];
        assert_eq!((held.country.as_str(), held.partner), ("DE", alpine));
    }
}

//! Rows of a file of people, judged: who may be written to, and why not.
use std::collections::HashSet;

use base::Date;

use crate::model::{Consent, ConsentSource, ContactField, Mapping, OptIn, RowFault};

/// The longest name or company, in characters.
const LONGEST: usize = 120;

/// A person of a file, as a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub company: String,
    pub time_zone: Option<String>,
    pub consent: Consent,
}

/// An address as it is written to: trimmed, its domain in lower case. `None` for what is none (RFC 5321 within what mail
/// servers take: 64 letters before the `@`, 254 in all, a domain of at least two labels).
#[must_use]
pub fn address(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches("mailto:");
    let (local, domain) = text.rsplit_once('@')?;
    let fine = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(letter);
    let local_fine = (1..=64).contains(&local.len())
        && local.chars().all(fine)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let domain = domain.to_ascii_lowercase();
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last_is_name = domain
        .rsplit('.')
        .next()
        .is_some_and(|last| last.len() >= 2 && !last.bytes().all(|b| b.is_ascii_digit()));
    let domain_fine = domain.contains('.') && domain.split('.').all(label) && last_is_name;
    (local_fine && domain_fine && text.len() <= 254).then(|| format!("{local}@{domain}"))
}

/// What makes two addresses the same person: all in lower case.
#[must_use]
pub fn key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// What stands in a cell for yes and no; `None` for anything else.
#[must_use]
pub fn yes_or_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "ja" | "j" | "oui" | "o" | "sí" | "si" | "s" | "نعم" | "✓"
        | "opted in" | "subscribed" | "confirmed" | "granted" => Some(true),
        "no" | "n" | "false" | "0" | "nein" | "non" | "لا" | "opted out" | "unsubscribed" | "denied" => {
            Some(false)
        }
        _ => None,
    }
}

/// A day as files write it: `2026-11-28` with or without a time, `28.11.2026`, `28/11/2026`.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let head = text.split(['T', ' ']).next().unwrap_or(text);
    if let Ok(day) = head.parse::<Date>() {
        return Some(day);
    }
    let parts: Vec<&str> = head.split(['.', '/']).collect();
    let [d, m, y] = parts.as_slice() else { return None };
    Date::from_ymd_opt(
        y.parse().ok().filter(|year| (1990..=2200).contains(year))?,
        m.parse().ok()?,
        d.parse().ok()?,
    )
}

/// How files say where an agreement comes from.
#[must_use]
pub fn source(text: &str) -> Option<ConsentSource> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return None;
    }
    if let Some(known) = ConsentSource::parse(&text) {
        return Some(known);
    }
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    Some(if says(&["web", "form", "site", "online", "download"]) {
        ConsentSource::Form
    } else if says(&["event", "fair", "messe", "salon", "feria", "webinar", "expo"]) {
        ConsentSource::Event
    } else if says(&["customer", "kunde", "client", "cliente"]) {
        ConsentSource::Customer
    } else if says(&["paper", "papier", "papel", "card", "karte", "signed"]) {
        ConsentSource::Paper
    } else if says(&["phone", "call", "telefon", "verbal", "spoken"]) {
        ConsentSource::Spoken
    } else {
        ConsentSource::Other
    })
}

/// Judges the rows of one file, one after another.
pub struct Judge<'a> {
    columns: Vec<(ContactField, usize)>,
    /// What was said of the file as a whole.
    whole: Option<Consent>,
    today: Date,
    /// Keys of addresses nobody may write to.
    suppressed: &'a HashSet<String>,
    seen: HashSet<String>,
}

impl<'a> Judge<'a> {
    /// Of a file with these headings. Columns that the file does not have are as if they were not named.
    #[must_use]
    pub fn new(
        headings: &[String],
        mapping: &Mapping,
        whole: Option<Consent>,
        today: Date,
        suppressed: &'a HashSet<String>,
    ) -> Self {
        let at = |heading: &String| headings.iter().position(|known| known == heading);
        let columns = mapping.iter().filter_map(|(field, heading)| Some((*field, at(heading)?))).collect();
        Self { columns, whole, today, suppressed, seen: HashSet::new() }
    }

    /// Whether the file says where addresses are.
    #[must_use]
    pub fn has(&self, field: ContactField) -> bool {
        self.columns.iter().any(|(known, _)| *known == field)
    }

    /// The person of a row.
    ///
    /// # Errors
    /// Why the row is not taken.
    pub fn row(&mut self, cells: &[String]) -> Result<Person, RowFault> {
        let cell = |field: ContactField| {
            let at = self.columns.iter().find(|(known, _)| *known == field).map(|(_, at)| *at);
            at.and_then(|at| cells.get(at)).map_or("", |text| text.trim())
        };
        let given = cell(ContactField::Email);
        if given.is_empty() {
            return Err(RowFault::NoAddress);
        }
        let email = address(given).ok_or(RowFault::Malformed)?;
        let (mut first, mut last) = (cell(ContactField::FirstName), cell(ContactField::LastName));
        let full = cell(ContactField::FullName);
        if first.is_empty() && last.is_empty() {
            (first, last) = full.split_once(' ').unwrap_or((full, ""));
        }
        let company = cell(ContactField::Company);
        if [first, last, company].iter().any(|text| text.chars().count() > LONGEST) {
            return Err(RowFault::TooLong);
        }
        let consent = self.consent(&cell)?;
        let own_key = key(&email);
        if self.suppressed.contains(&own_key) {
            return Err(RowFault::Suppressed);
        }
        if !self.seen.insert(own_key) {
            return Err(RowFault::Doubled);
        }
        let zone = cell(ContactField::TimeZone);
        let is_zone = zone.contains('/') && zone.len() <= 64 && zone.is_ascii();
        Ok(Person {
            email,
            first_name: clean(first),
            last_name: clean(last),
            company: clean(company),
            time_zone: is_zone.then(|| zone.to_owned()),
            consent,
        })
    }

    /// What the row says of itself goes before what was said of the file as a whole; a no of the row is a no.
    fn consent<'c>(&self, cell: &impl Fn(ContactField) -> &'c str) -> Result<Consent, RowFault> {
        let own = cell(ContactField::Consent);
        // A column that is there must be filled: who is not named in it did not agree.
        if self.has(ContactField::Consent) && yes_or_no(own) != Some(true) {
            return Err(RowFault::NoConsent);
        }
        let source =
            source(cell(ContactField::ConsentSource)).or(self.whole.as_ref().map(|whole| whole.source));
        let said = cell(ContactField::ConsentOn);
        let on = if said.is_empty() { self.whole.as_ref().map(|whole| whole.on) } else { day(said) };
        let wording = match cell(ContactField::ConsentWording) {
            "" => self.whole.as_ref().map(|whole| whole.wording.clone()),
            own => Some(own.chars().take(1000).collect()),
        };
        let (Some(source), Some(on), Some(wording)) = (source, on, wording) else {
            return Err(RowFault::NoConsent);
        };
        if wording.trim().is_empty() {
            return Err(RowFault::NoConsent);
        }
        if on > self.today {
            return Err(RowFault::ConsentAhead);
        }
        let opt_in = match yes_or_no(cell(ContactField::DoubleOptIn)) {
            Some(true) => OptIn::Confirmed,
            Some(false) => OptIn::Pending,
            None => self.whole.as_ref().map_or(OptIn::Single, |whole| whole.opt_in),
        };
        Ok(Consent { source, on, wording: clean(&wording), opt_in })
    }
}

/// Without control characters: none of it ends a line of a mail's head.
fn clean(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(text: &str) -> Vec<String> {
        text.split('|').map(str::to_owned).collect()
    }

    fn whole() -> Consent {
        Consent {
            source: ConsentSource::Form,
            on: "2026-10-01".parse().unwrap(),
            wording: "Write to me about news.".to_owned(),
            opt_in: OptIn::Single,
        }
    }

    fn judged(
        headings: &str,
        consent: Option<Consent>,
        rows: &[&str],
        suppressed: &[&str],
    ) -> Vec<Result<Person, RowFault>> {
        let headings = cells(headings);
        let mapping = super::super::columns::guess(&headings, &[]);
        let suppressed: HashSet<String> = suppressed.iter().map(|one| (*one).to_owned()).collect();
        let mut judge = Judge::new(&headings, &mapping, consent, "2026-11-02".parse().unwrap(), &suppressed);
        rows.iter().map(|row| judge.row(&cells(row))).collect()
    }

    #[test]
    fn addresses_are_read_with_care() {
        assert_eq!(address(" Ana.Lind+x@North.Example "), Some("Ana.Lind+x@north.example".to_owned()));
        for odd in [
            "ana",
            "ana@",
            "@x.example",
            "a b@x.example",
            "a@b@c.example ",
            "a@x",
            "a..b@x.example",
            "a@-x.example",
            "a@1.2.3.4",
            "ana@x.example\nBcc: b@y.example",
        ] {
            assert_eq!(address(odd), None, "{odd}");
        }
    }

    #[test]
    fn each_reason_is_named() {
        let rows = [
            "ana@north.example|Ana Lind|yes|2026-09-01",
            "ANA@north.example|Ana again|yes|2026-09-01",
            "|Nobody|yes|2026-09-01",
            "no address|X|yes|2026-09-01",
            "bo@north.example|Bo|no|2026-09-01",
            "cy@north.example|Cy||2026-09-01",
            "di@north.example|Di|yes|2027-09-01",
            "ed@north.example|Ed|yes|2026-09-01",
        ];
        let all = judged("email|name|consent|consent date", Some(whole()), &rows, &["ed@north.example"]);
        let faults: Vec<_> = all.iter().map(|one| one.as_ref().err().copied()).collect();
        use RowFault::{ConsentAhead, Doubled, Malformed, NoAddress, NoConsent, Suppressed};
        let expected = [
            None,
            Some(Doubled),
            Some(NoAddress),
            Some(Malformed),
            Some(NoConsent),
            Some(NoConsent),
            Some(ConsentAhead),
            Some(Suppressed),
        ];
        assert_eq!(faults, expected);
        let ana = all[0].as_ref().unwrap();
        assert_eq!((ana.first_name.as_str(), ana.last_name.as_str()), ("Ana", "Lind"));
        assert_eq!(ana.consent.on.to_string(), "2026-09-01", "the row's own day goes before the file's");
    }

    #[test]
    fn without_a_word_about_consent_nobody_is_taken() {
        let all = judged("email", None, &["ana@north.example"], &[]);
        assert_eq!(all, [Err(RowFault::NoConsent)]);
        assert!(judged("email", Some(whole()), &["ana@north.example"], &[])[0].is_ok());
        let silent = Consent { wording: " ".into(), ..whole() };
        assert_eq!(judged("email", Some(silent), &["ana@north.example"], &[]), [Err(RowFault::NoConsent)]);
    }

    #[test]
    fn days_are_read_as_files_write_them() {
        for text in ["2026-11-28", "28.11.2026", "28/11/2026", "2026-11-28T10:00:00Z", "2026-11-28 10:00"] {
            assert_eq!(day(text), Some("2026-11-28".parse().unwrap()), "{text}");
        }
        assert_eq!(day("soon"), None);
    }

    proptest! {
        #[test]
        fn every_row_is_taken_or_refused_and_nobody_is_taken_twice(rows in proptest::collection::vec("[a-c]{0,2}@?x\\.example\\|(yes|no|)", 0..40)) {
            let texts: Vec<&str> = rows.iter().map(String::as_str).collect();
            let all = judged("email|consent", Some(whole()), &texts, &["b@x.example"]);
            prop_assert_eq!(all.len(), rows.len());
            let taken: Vec<_> = all.into_iter().flatten().map(|person| key(&person.email)).collect();
            let once: HashSet<_> = taken.iter().cloned().collect();
            prop_assert_eq!(taken.len(), once.len());
            prop_assert!(!once.contains("b@x.example"));
        }

        #[test]
        fn no_text_of_a_file_ends_a_line(text in ".*") {
            prop_assert!(!clean(&text).contains(['\n', '\r', '\0']));
        }
    }
}

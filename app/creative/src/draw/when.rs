//! Days and times of events as people read them, and as calendars do.
use chrono::{DateTime, Datelike, Duration, FixedOffset, Timelike, Utc};

/// When something begins, where it is held, and when it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct When {
    pub(super) starts: DateTime<FixedOffset>,
    pub(super) ends: DateTime<FixedOffset>,
}

impl When {
    /// Reads RFC 3339.
    pub(super) fn read(starts: &str, minutes: u16) -> Option<Self> {
        let starts = DateTime::parse_from_rfc3339(starts).ok()?;
        Some(Self { starts, ends: starts.checked_add_signed(Duration::minutes(i64::from(minutes)))? })
    }
}

const EN: [&str; 19] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DE: [&str; 19] = [
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
    "Sonntag",
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const FR: [&str; 19] = [
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const ES: [&str; 19] = [
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const AR: [&str; 19] = [
    "الاثنين",
    "الثلاثاء",
    "الأربعاء",
    "الخميس",
    "الجمعة",
    "السبت",
    "الأحد",
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];

/// `Thursday, 12 March 2026` in the language; the day as ISO 8601 in languages that are not known here.
pub(super) fn day(when: &When, language: &str) -> String {
    let at = when.starts;
    let (year, number) = (at.year(), at.day());
    let of = |names: &[&'static str; 19]| {
        (names[at.weekday().num_days_from_monday() as usize], names[6 + at.month() as usize])
    };
    match language.split('-').next().unwrap_or_default() {
        "en" => {
            let (day, month) = of(&EN);
            format!("{day}, {number} {month} {year}")
        }
        "de" => {
            let (day, month) = of(&DE);
            format!("{day}, {number}. {month} {year}")
        }
        "fr" => {
            let (day, month) = of(&FR);
            format!("{day} {number}{} {month} {year}", if number == 1 { "er" } else { "" })
        }
        "es" => {
            let (day, month) = of(&ES);
            format!("{day}, {number} de {month} de {year}")
        }
        "ar" => {
            let (day, month) = of(&AR);
            format!("{day}، {number} {month} {year}")
        }
        _ => at.format("%Y-%m-%d").to_string(),
    }
}

/// `15:00 (UTC+1)`: the time of the place where it is held.
pub(super) fn time(when: &When) -> String {
    let minutes = when.starts.offset().local_minus_utc() / 60;
    let zone = match (minutes, minutes.rem_euclid(60)) {
        (0, _) => "UTC".to_owned(),
        (_, 0) => format!("UTC{:+}", minutes / 60),
        _ => {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("UTC{sign}{}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
    };
    format!("{:02}:{:02} ({zone})", when.starts.hour(), when.starts.minute())
}

/// `20260312T140000Z`.
pub(super) fn utc(at: DateTime<FixedOffset>) -> String {
    at.with_timezone(&Utc).format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_in_each_language() {
        let when = When::read("2027-03-01T15:00:00+01:00", 45).unwrap();
        for (language, said) in [
            ("en", "Monday, 1 March 2027"),
            ("en-GB", "Monday, 1 March 2027"),
            ("de", "Montag, 1. März 2027"),
            ("fr", "lundi 1er mars 2027"),
            ("es", "lunes, 1 de marzo de 2027"),
            ("ar", "الاثنين، 1 مارس 2027"),
            ("ja", "2027-03-01"),
        ] {
            assert_eq!(day(&when, language), said);
        }
    }

    #[test]
    fn times_say_their_zone() {
        for (starts, said, calendar) in [
            ("2027-03-01T15:00:00+01:00", "15:00 (UTC+1)", "20270301T140000Z"),
            ("2027-03-01T15:05:00Z", "15:05 (UTC)", "20270301T150500Z"),
            ("2027-03-01T22:00:00-03:30", "22:00 (UTC-3:30)", "20270302T013000Z"),
        ] {
            let when = When::read(starts, 45).unwrap();
            assert_eq!((time(&when).as_str(), utc(when.starts).as_str()), (said, calendar));
        }
        assert!(When::read("tomorrow", 45).is_none());
    }
}

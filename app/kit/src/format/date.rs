//! Days, times of day and instants. An instant needs the reader's offset from UTC at that instant, in minutes.
use base::{Date, Datelike, Span, Timestamp};

use super::{Locale, TIE};

const MONTHS_EN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTHS_DE: [&str; 12] =
    ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."];
const MONTHS_FR: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
const MONTHS_ES: [&str; 12] =
    ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"];
const MONTHS_AR: [&str; 12] = [
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
const DAYS_FR: [&str; 7] = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."];
const DAYS_ES: [&str; 7] = ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"];
const DAYS_AR: [&str; 7] = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"];
const DAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAYS_DE: [&str; 7] = ["Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."];

/// A month's short name, 1 to 12.
#[must_use]
pub fn month(month: u32, language: Locale) -> &'static str {
    let place = (month.clamp(1, 12) - 1) as usize;
    match language {
        Locale::En => MONTHS_EN[place],
        Locale::De => MONTHS_DE[place],
        Locale::Fr => MONTHS_FR[place],
        Locale::Es => MONTHS_ES[place],
        Locale::Ar => MONTHS_AR[place],
    }
}

fn weekday(date: Date, language: Locale) -> &'static str {
    let place = date.weekday().num_days_from_monday() as usize;
    match language {
        Locale::En => DAYS_EN[place],
        Locale::De => DAYS_DE[place],
        Locale::Fr => DAYS_FR[place],
        Locale::Es => DAYS_ES[place],
        Locale::Ar => DAYS_AR[place],
    }
}

/// `30 Jun 2027`, in German `30. Juni 2027`.
#[must_use]
pub fn date(date: Date, language: Locale) -> String {
    format!("{}{TIE}{}", day_month(date, language), date.year())
}

/// `30 Jun`, in German `30. Juni`.
#[must_use]
pub fn day_month(date: Date, language: Locale) -> String {
    let dot = if language == Locale::De { "." } else { "" };
    format!("{}{dot}{TIE}{}", date.day(), month(date.month(), language))
}

/// `Tue 24 Nov`, in German `Di., 24. Nov.`
#[must_use]
pub fn weekday_date(date: Date, language: Locale) -> String {
    let comma = match language {
        Locale::De | Locale::Es => ",",
        Locale::Ar => "،",
        Locale::En | Locale::Fr => "",
    };
    format!("{}{comma} {}", weekday(date, language), day_month(date, language))
}

/// `Jun 2027`
#[must_use]
pub fn month_year(date: Date, language: Locale) -> String {
    format!("{}{TIE}{}", month(date.month(), language), date.year())
}

/// The day of an instant, where the reader is.
#[must_use]
pub fn local_date(at: Timestamp, offset_minutes: i32) -> Date {
    (at + Span::minutes(i64::from(offset_minutes))).date()
}

/// `14:30`
#[must_use]
pub fn time(at: Timestamp, offset_minutes: i32) -> String {
    let minutes = (at.0.div_euclid(60_000) + i64::from(offset_minutes)).rem_euclid(1440);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `14:32:08`
#[must_use]
pub fn time_seconds(at: Timestamp, offset_minutes: i32) -> String {
    format!("{}:{:02}", time(at, offset_minutes), at.0.div_euclid(1000).rem_euclid(60))
}

/// `14:30:07.412`, for the moments that order claims.
#[must_use]
pub fn time_exact(at: Timestamp, offset_minutes: i32) -> String {
    format!("{}.{:03}", time_seconds(at, offset_minutes), at.0.rem_euclid(1000))
}

/// `24 Nov 2026, 14:30`
#[must_use]
pub fn date_time(at: Timestamp, offset_minutes: i32, language: Locale) -> String {
    format!("{}, {}", date(local_date(at, offset_minutes), language), time(at, offset_minutes))
}

/// `Tue 24 Nov, 14:30`, for moments of the next days.
#[must_use]
pub fn weekday_time(at: Timestamp, offset_minutes: i32, language: Locale) -> String {
    format!("{}, {}", weekday_date(local_date(at, offset_minutes), language), time(at, offset_minutes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Locale::{De, En};

    fn plain(text: String) -> String {
        text.replace(TIE, " ")
    }

    #[test]
    fn days_read_naturally_in_every_language() {
        let day = Date::from_ymd_opt(2026, 11, 24).unwrap();
        assert_eq!(plain(date(day, En)), "24 Nov 2026");
        assert_eq!(plain(date(day, De)), "24. Nov. 2026");
        assert_eq!(plain(weekday_date(day, En)), "Tue 24 Nov");
        assert_eq!(plain(weekday_date(day, De)), "Di., 24. Nov.");
        assert_eq!(plain(month_year(day, De)), "Nov. 2026");
        assert_eq!(plain(weekday_date(day, Locale::Fr)), "mar. 24 nov.");
        assert_eq!(plain(weekday_date(day, Locale::Es)), "mar, 24 nov");
        assert_eq!(plain(date(day, Locale::Ar)), "24 نوفمبر 2026");
    }

    #[test]
    fn an_instant_falls_on_the_readers_day() {
        let at = Timestamp::parse("2026-11-24T23:30:07.412Z").unwrap();
        assert_eq!(plain(date_time(at, 0, En)), "24 Nov 2026, 23:30");
        assert_eq!(plain(date_time(at, 60, En)), "25 Nov 2026, 00:30");
        assert_eq!(plain(date_time(at, -600, De)), "24. Nov. 2026, 13:30");
        assert_eq!(time_exact(at, 60), "00:30:07.412");
        assert_eq!(time(Timestamp(-1), 0), "23:59");
    }
}

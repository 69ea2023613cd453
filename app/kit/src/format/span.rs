//! Spans of time, and how far away an instant is.
use base::{Span, Timestamp};

use super::{Locale, TIE};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A span in its two largest units, for countdowns: `1 h 52 min`, `6 days`, `45 s`. The sign is left to the words around it.
#[must_use]
pub fn span(span: Span, language: Locale) -> String {
    let seconds = span.0.saturating_abs() / 1000;
    match seconds {
        0..MINUTE => format!("{seconds}{TIE}{}", if language == Locale::De { "Sek." } else { "s" }),
        MINUTE..HOUR => minutes(seconds / MINUTE, language),
        HOUR..DAY => {
            let (whole, rest) = (hours(seconds / HOUR, language), seconds % HOUR / MINUTE);
            if rest == 0 { whole } else { format!("{whole} {}", minutes(rest, language)) }
        }
        _ => days(seconds / DAY, language),
    }
}

fn minutes(n: i64, language: Locale) -> String {
    format!("{n}{TIE}{}", if language == Locale::De { "Min." } else { "min" })
}

fn hours(n: i64, language: Locale) -> String {
    format!("{n}{TIE}{}", if language == Locale::De { "Std." } else { "h" })
}

fn days(n: i64, language: Locale) -> String {
    let word = match (language, n) {
        (Locale::En, 1) => "day",
        (Locale::En, _) => "days",
        (Locale::De, 1) => "Tag",
        (Locale::De, _) => "Tage",
    };
    format!("{n}{TIE}{word}")
}

/// How far an instant is from now, in one unit: `2 hours ago`, `in 6 days`, `just now`; in German `vor 2 Stunden`.
#[must_use]
pub fn relative(at: Timestamp, now: Timestamp, language: Locale) -> String {
    let distance = (at - now).0 / 1000;
    let size = distance.abs();
    if size < 45 {
        return match language {
            Locale::En => "just now".to_owned(),
            Locale::De => "gerade eben".to_owned(),
        };
    }
    let (count, unit) = match size {
        ..2700 => ((size + 30) / MINUTE, 0),
        2700..79_200 => ((size + HOUR / 2) / HOUR, 1),
        79_200..2_246_400 => ((size + DAY / 2) / DAY, 2),
        2_246_400..27_648_000 => ((size + 15 * DAY) / (30 * DAY), 3),
        _ => ((size + 182 * DAY) / (365 * DAY), 4),
    };
    let count = count.max(1);
    let word = unit_word(unit, count == 1, language);
    match (language, distance < 0) {
        (Locale::En, true) => format!("{count}{TIE}{word} ago"),
        (Locale::De, true) => format!("vor {count}{TIE}{word}"),
        (_, false) => format!("in {count}{TIE}{word}"),
    }
}

/// Dative in German, because "vor" and "in" ask for it.
const fn unit_word(unit: usize, one: bool, language: Locale) -> &'static str {
    const ENGLISH: [[&str; 2]; 5] =
        [["minutes", "minute"], ["hours", "hour"], ["days", "day"], ["months", "month"], ["years", "year"]];
    const GERMAN: [[&str; 2]; 5] = [
        ["Minuten", "Minute"],
        ["Stunden", "Stunde"],
        ["Tagen", "Tag"],
        ["Monaten", "Monat"],
        ["Jahren", "Jahr"],
    ];
    match language {
        Locale::En => ENGLISH[unit][one as usize],
        Locale::De => GERMAN[unit][one as usize],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Locale::{De, En};

    fn plain(text: String) -> String {
        text.replace(TIE, " ")
    }

    #[test]
    fn a_countdown_names_two_units_at_most() {
        assert_eq!(plain(span(Span(6_720_000), En)), "1 h 52 min");
        assert_eq!(plain(span(Span::hours(5), De)), "5 Std.");
        assert_eq!(plain(span(Span::days(6), De)), "6 Tage");
        assert_eq!(plain(span(Span::days(1), En)), "1 day");
        assert_eq!(plain(span(Span::seconds(-45), En)), "45 s");
    }

    #[test]
    fn distance_is_told_from_now_on_both_sides() {
        let now = Timestamp(1_000_000_000_000);
        let at = |span: Span| relative(now + span, now, En);
        assert_eq!(at(Span::seconds(-20)), "just now");
        assert_eq!(plain(at(Span::hours(-2))), "2 hours ago");
        assert_eq!(plain(at(Span::days(6))), "in 6 days");
        assert_eq!(plain(at(Span::minutes(-1))), "1 minute ago");
        assert_eq!(plain(at(Span::days(-400))), "1 year ago");
        assert_eq!(plain(relative(now - Span::days(3), now, De)), "vor 3 Tagen");
        assert_eq!(plain(relative(now - Span::hours(1), now, De)), "vor 1 Stunde");
    }
}

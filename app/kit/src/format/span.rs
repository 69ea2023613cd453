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
    let [second, minute, hour] = short_units(language);
    let short = |n: i64, unit: &str| format!("{n}{TIE}{unit}");
    match seconds {
        0..MINUTE => short(seconds, second),
        MINUTE..HOUR => short(seconds / MINUTE, minute),
        HOUR..DAY => {
            let (whole, rest) = (short(seconds / HOUR, hour), seconds % HOUR / MINUTE);
            if rest == 0 { whole } else { format!("{whole} {}", short(rest, minute)) }
        }
        _ => units(seconds / DAY, 2, language, false),
    }
}

/// Seconds, minutes and hours in few letters.
const fn short_units(language: Locale) -> [&'static str; 3] {
    match language {
        Locale::En | Locale::Fr | Locale::Es => ["s", "min", "h"],
        Locale::De => ["Sek.", "Min.", "Std."],
        Locale::Ar => ["ث", "د", "س"],
    }
}

/// How far an instant is from now, in one unit: `2 hours ago`, `in 6 days`, `just now`; in German `vor 2 Stunden`.
#[must_use]
pub fn relative(at: Timestamp, now: Timestamp, language: Locale) -> String {
    let distance = (at - now).0 / 1000;
    let size = distance.abs();
    if size < 45 {
        return match language {
            Locale::En => "just now",
            Locale::De => "gerade eben",
            Locale::Fr => "à l’instant",
            Locale::Es => "ahora mismo",
            Locale::Ar => "الآن",
        }
        .to_owned();
    }
    let (count, unit) = match size {
        ..2700 => ((size + 30) / MINUTE, 0),
        2700..79_200 => ((size + HOUR / 2) / HOUR, 1),
        79_200..2_246_400 => ((size + DAY / 2) / DAY, 2),
        2_246_400..27_648_000 => ((size + 15 * DAY) / (30 * DAY), 3),
        _ => ((size + 182 * DAY) / (365 * DAY), 4),
    };
    let far = units(count.max(1), unit, language, true);
    match (language, distance < 0) {
        (Locale::En, true) => format!("{far} ago"),
        (Locale::De, true) => format!("vor {far}"),
        (Locale::En | Locale::De, false) => format!("in {far}"),
        (Locale::Fr, true) => format!("il y a {far}"),
        (Locale::Fr, false) => format!("dans {far}"),
        (Locale::Es, true) => format!("hace {far}"),
        (Locale::Es, false) => format!("dentro de {far}"),
        (Locale::Ar, true) => format!("قبل {far}"),
        (Locale::Ar, false) => format!("بعد {far}"),
    }
}

/// So many minutes, hours, days, months or years (0 to 4). `after` a preposition, which asks for another case in German and
/// Arabic. Arabic says one and two by the word alone.
fn units(count: i64, unit: usize, language: Locale, after: bool) -> String {
    /// Forms in the order of [`Locale::form`].
    type Forms = [&'static [&'static str]; 5];
    const ENGLISH: Forms = [
        &["minute", "minutes"],
        &["hour", "hours"],
        &["day", "days"],
        &["month", "months"],
        &["year", "years"],
    ];
    const GERMAN: Forms = [
        &["Minute", "Minuten"],
        &["Stunde", "Stunden"],
        &["Tag", "Tagen"],
        &["Monat", "Monaten"],
        &["Jahr", "Jahren"],
    ];
    const FRENCH: Forms =
        [&["minute", "minutes"], &["heure", "heures"], &["jour", "jours"], &["mois", "mois"], &["an", "ans"]];
    const SPANISH: Forms =
        [&["minuto", "minutos"], &["hora", "horas"], &["día", "días"], &["mes", "meses"], &["año", "años"]];
    const ARABIC: Forms = [
        &["دقيقة", "دقيقة", "دقيقتين", "دقائق", "دقيقة", "دقيقة"],
        &["ساعة", "ساعة", "ساعتين", "ساعات", "ساعة", "ساعة"],
        &["يوم", "يوم", "يومين", "أيام", "يومًا", "يوم"],
        &["شهر", "شهر", "شهرين", "أشهر", "شهرًا", "شهر"],
        &["سنة", "سنة", "سنتين", "سنوات", "سنة", "سنة"],
    ];
    let forms = match language {
        Locale::En => ENGLISH,
        Locale::De => GERMAN,
        Locale::Fr => FRENCH,
        Locale::Es => SPANISH,
        Locale::Ar => ARABIC,
    }[unit];
    let word = match (language, count, after) {
        (Locale::De, 2.., false) if unit == 2 => "Tage",
        (Locale::Ar, 2, false) if unit == 2 => "يومان",
        _ => forms[language.form(count)],
    };
    if language == Locale::Ar && (1..=2).contains(&count) {
        word.to_owned()
    } else {
        format!("{count}{TIE}{word}")
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
        assert_eq!(plain(span(Span::days(6), Locale::Fr)), "6 jours");
        assert_eq!(plain(span(Span::days(2), Locale::Ar)), "يومان");
        assert_eq!(plain(span(Span::days(12), Locale::Ar)), "12 يومًا");
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
        assert_eq!(plain(relative(now - Span::hours(3), now, Locale::Fr)), "il y a 3 heures");
        assert_eq!(plain(relative(now + Span::days(1), now, Locale::Es)), "dentro de 1 día");
        assert_eq!(plain(relative(now - Span::hours(2), now, Locale::Ar)), "قبل ساعتين");
        assert_eq!(plain(relative(now + Span::days(5), now, Locale::Ar)), "بعد 5 أيام");
    }
}

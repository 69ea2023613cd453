//! Amounts of money, in the many ways in which people write them.
use base::{Currency, Money, places};

use super::Range;
use super::lines::{Kind, Line};
use super::words::{folded, mentions};

/// An amount with its place.
pub(super) struct Amount {
    pub(super) money: Money,
    pub(super) span: Range<usize>,
    weight: i32,
}

const SIGNS: [(&str, Currency); 30] = [
    ("€", Currency::EUR),
    ("eur", Currency::EUR),
    ("euro", Currency::EUR),
    ("euros", Currency::EUR),
    ("us$", Currency::USD),
    ("$", Currency::USD),
    ("usd", Currency::USD),
    ("dollars", Currency::USD),
    ("dollar", Currency::USD),
    ("£", Currency::GBP),
    ("gbp", Currency::GBP),
    ("pounds", Currency::GBP),
    ("chf", Currency::CHF),
    ("sfr", Currency::CHF),
    ("fr.", Currency::CHF),
    ("franken", Currency::CHF),
    ("¥", Currency::JPY),
    ("jpy", Currency::JPY),
    ("sek", Currency::SEK),
    ("nok", Currency::NOK),
    ("dkk", Currency::DKK),
    ("pln", Currency::PLN),
    ("zł", Currency::PLN),
    ("czk", Currency::CZK),
    ("kč", Currency::CZK),
    ("huf", Currency::HUF),
    ("cad", Currency::CAD),
    ("aud", Currency::AUD),
    ("inr", Currency::INR),
    ("aed", Currency::AED),
];

/// `TEUR 48`, `48 T€`, `k€ 48`: thousands in the sign.
const THOUSANDS: [(&str, Currency); 9] = [
    ("teur", Currency::EUR),
    ("t€", Currency::EUR),
    ("keur", Currency::EUR),
    ("k€", Currency::EUR),
    ("ke", Currency::EUR),
    ("k$", Currency::USD),
    ("kusd", Currency::USD),
    ("tchf", Currency::CHF),
    ("kchf", Currency::CHF),
];
const MILLIONS: [(&str, Currency); 5] = [
    ("meur", Currency::EUR),
    ("m€", Currency::EUR),
    ("mio€", Currency::EUR),
    ("m$", Currency::USD),
    ("mchf", Currency::CHF),
];

const TIMES: [(&str, i64); 20] = [
    ("k", 1_000),
    ("tsd", 1_000),
    ("tsd.", 1_000),
    ("tausend", 1_000),
    ("thousand", 1_000),
    ("t", 1_000),
    ("m", 1_000_000),
    ("mn", 1_000_000),
    ("mio", 1_000_000),
    ("mio.", 1_000_000),
    ("mill.", 1_000_000),
    ("million", 1_000_000),
    ("millions", 1_000_000),
    ("millionen", 1_000_000),
    ("mm", 1_000_000),
    ("mrd", 1_000_000_000),
    ("mrd.", 1_000_000_000),
    ("bn", 1_000_000_000),
    ("billion", 1_000_000_000),
    ("milliarden", 1_000_000_000),
];

/// What the deal is worth.
const FOR: [&str; 40] = [
    "budget",
    "value",
    "deal",
    "volume",
    "worth",
    "total",
    "order",
    "quote",
    "quotation",
    "offer",
    "contract",
    "project",
    "approved",
    "estimated",
    "estimate",
    "wert",
    "auftragswert",
    "auftragsvolumen",
    "volumen",
    "projektvolumen",
    "gesamt",
    "summe",
    "angebot",
    "vertragswert",
    "gesamtwert",
    "investition",
    "investitionssumme",
    "investment",
    "netto",
    "net",
    "amount",
    "betrag",
    "spend",
    "arr",
    "tcv",
    "acv",
    "opportunity",
    "montant",
    "projektbudget",
    "valore",
];
/// What it is not.
const AGAINST: [&str; 36] = [
    "per month",
    "a month",
    "/month",
    "monthly",
    "pro monat",
    "monatlich",
    "/monat",
    "per user",
    "pro user",
    "pro nutzer",
    "per seat",
    "je ",
    "each",
    "pro stueck",
    "per unit",
    "/user",
    "umsatz",
    "revenue",
    "turnover",
    "jahresumsatz",
    "stammkapital",
    "share capital",
    "capital social",
    "grundkapital",
    "discount",
    "rabatt",
    "fine",
    "fee",
    "shipping",
    "versand",
    "deposit",
    "anzahlung",
    "last year",
    "vorjahr",
    "currently pay",
    "zahlen derzeit",
];

/// The amount that the text most likely means.
pub(super) fn find(lines: &[Line<'_>], usual: Currency) -> Option<Amount> {
    let mut best: Option<Amount> = None;
    for line in lines.iter().filter(|line| matches!(line.kind, Kind::Text | Kind::Subject)) {
        for amount in of_line(line, usual) {
            let better = best.as_ref().is_none_or(|best| {
                (amount.weight, amount.money.amount_minor) > (best.weight, best.money.amount_minor)
            });
            if better {
                best = Some(amount);
            }
        }
    }
    best.filter(|amount| amount.weight > -3)
}

fn of_line(line: &Line<'_>, usual: Currency) -> Vec<Amount> {
    let text = line.text;
    let mut all = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
        let end = number_end(text, at);
        from = end;
        if let Some(mut amount) = around(text, at, end, usual) {
            let near = |back: usize, on: usize| {
                let mut first = amount.span.start.saturating_sub(back);
                while !text.is_char_boundary(first) {
                    first -= 1;
                }
                let mut last = (amount.span.end + on).min(text.len());
                while !text.is_char_boundary(last) {
                    last += 1;
                }
                folded(&text[first..last])
            };
            let (before, around) = (near(60, 24), near(26, 26));
            amount.weight += if mentions(&before, &FOR) { 2 } else { 0 };
            amount.weight -= if AGAINST.iter().any(|words| around.contains(words)) { 4 } else { 0 };
            amount.span = line.start + amount.span.start..line.start + amount.span.end;
            from = from.max(amount.span.end - line.start);
            all.push(amount);
        }
    }
    all
}

/// Digits with marks of thousands and decimals between them.
fn number_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let mut end = 0;
    let mut letters = rest.char_indices().peekable();
    while let Some((place, letter)) = letters.next() {
        if letter.is_ascii_digit() {
            end = place + 1;
            continue;
        }
        let next = letters.peek().map(|(_, next)| *next);
        let joins = matches!(letter, '.' | ',' | '\'' | '’' | '\u{a0}' | '\u{202f}' | ' ');
        // A space joins only groups of three.
        let spaced = !matches!(letter, ' ' | '\u{a0}' | '\u{202f}') || {
            let group = &rest[place + letter.len_utf8()..];
            let digits = group.bytes().take_while(u8::is_ascii_digit).count();
            digits == 3 && place <= 3 + 4 * (rest[..place].matches(letter).count())
        };
        if !(joins && spaced && next.is_some_and(|next| next.is_ascii_digit())) {
            break;
        }
    }
    at + end
}

/// The amount around a number: sign before or behind, thousands or millions.
fn around(text: &str, at: usize, end: usize, usual: Currency) -> Option<Amount> {
    let stuck = text[..at]
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() && !is_sign_letter(c) || matches!(c, '.' | '#' | '/' | '@'));
    let behind = &text[end..];
    let mut last = end;
    let mut times = 1;
    let mut currency = None;
    // Behind: at most two tokens, `mio. €`, `k EUR`, `€`.
    // `250.000,- €`
    let dashes =
        [",--", ",-", ".--", ".-"].into_iter().find(|dash| behind.starts_with(dash)).map_or(0, str::len);
    let behind = &behind[dashes..];
    last += dashes;
    let mut rest = behind;
    for _ in 0..2 {
        let skip = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
        if skip > 2 {
            break;
        }
        let token = token(&rest[skip..]);
        let plain = token.to_lowercase();
        let plain = plain.trim_end_matches([',', ')', ';', '!', '?']);
        let glued = skip == 0 && rest.len() == behind.len();
        if let Some((_, factor)) = TIMES.iter().find(|(name, _)| *name == plain)
            && times == 1
            && currency.is_none()
            // A lone letter must stand at the number: `48k`, not `48 t`.
            && (glued || plain.len() > 1 || plain == "k")
        {
            times = *factor;
        } else if let Some((found, factor)) = sign(plain)
            && currency.is_none()
        {
            currency = Some(found);
            times *= factor;
        } else {
            break;
        }
        let consumed = skip + plain.len();
        last += consumed;
        rest = &rest[consumed..];
    }
    // `1.2m$`, `48k€`: both in one token.
    if currency.is_none() && times == 1 {
        let token = token(behind).to_lowercase();
        if let Some((factor, found)) = TIMES.iter().find_map(|(name, factor)| {
            let rest = token.strip_prefix(name)?;
            sign(rest.trim_end_matches([',', '.', ')', ';'])).map(|(found, _)| (*factor, found))
        }) {
            (times, currency) = (factor, Some(found));
            last = end + dashes + token.trim_end_matches([',', '.', ')', ';']).len();
        }
    }
    let mut first = at;
    if currency.is_none() {
        let before = text[..at].trim_end_matches([' ', '\u{a0}']);
        if at - before.len() <= 2 {
            let from = before
                .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | ':' | '~' | '>' | '='))
                .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
            if let Some((found, factor)) = sign(&before[from..].to_lowercase()) {
                currency = Some(found);
                times *= factor;
                first = from;
            }
        }
    }
    let said = currency.is_some();
    if stuck && first == at {
        return None;
    }
    let number = &text[at..end];
    let currency = currency.unwrap_or(usual);
    let minor = minor(number, times, currency)?;
    // Without a sign, only thousands in words make it an amount.
    let weight = match (said, times > 1) {
        (true, _) => 2,
        (false, true) => 0,
        (false, false) => return None,
    };
    let small = minor < 100 * 10i64.pow(places(currency));
    let money = Money::new(minor, currency);
    Some(Amount { money, span: first..last.min(text.len()), weight: weight - if small { 3 } else { 0 } })
}

fn is_sign_letter(letter: char) -> bool {
    matches!(letter, '€' | '$' | '£' | '¥') || letter.is_alphabetic()
}

fn token(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '(' | '/' | '|')).unwrap_or(text.len());
    &text[..end]
}

fn sign(token: &str) -> Option<(Currency, i64)> {
    let token = if token == "fr." { token } else { token.trim_end_matches('.') };
    let of =
        |list: &[(&str, Currency)]| list.iter().find(|(name, _)| *name == token).map(|(_, found)| *found);
    of(&SIGNS)
        .map(|found| (found, 1))
        .or_else(|| of(&THOUSANDS).map(|found| (found, 1_000)))
        .or_else(|| of(&MILLIONS).map(|found| (found, 1_000_000)))
}

/// Minor units of a number as it is written: the last mark is a decimal one when it is the only one of its kind and not
/// three digits follow.
fn minor(number: &str, times: i64, currency: Currency) -> Option<i64> {
    let marks: Vec<(usize, char)> = number.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
    let decimal = match marks.last() {
        Some((at, mark @ ('.' | ','))) => {
            let digits = number.len() - at - 1;
            let several = marks.iter().filter(|(_, other)| other == mark).count() > 1;
            (!several && digits != 3).then_some(*at)
        }
        _ => None,
    };
    let whole: String =
        number[..decimal.unwrap_or(number.len())].chars().filter(char::is_ascii_digit).collect();
    let part = decimal.map_or("", |at| &number[at + 1..]);
    if whole.len() > 13 || part.len() > 6 {
        return None;
    }
    let places = places(currency);
    let unit = 10i128.pow(places);
    let whole: i128 = whole.parse().ok()?;
    let fraction: i128 = if part.is_empty() { 0 } else { part.parse().ok()? };
    let scale = 10i128.pow(part.len() as u32);
    let minor = (whole * scale + fraction) * unit * i128::from(times) / scale;
    // As much as a claim can be worth.
    (0 < minor && minor <= 1_000_000_000_000_000).then_some(minor as i64)
}

/// The amount of a cell of a table: a sign is not needed there.
pub(super) fn of_cell(text: &str, usual: Currency) -> Option<Money> {
    let line = Line { text, start: 0, kind: Kind::Text };
    if let Some(amount) = of_line(&line, usual).into_iter().next() {
        return Some(amount.money);
    }
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let end = number_end(text, at);
    let plain = text.trim().len() == end - at;
    plain.then(|| minor(&text[at..end], 1, usual)).flatten().map(|minor| Money::new(minor, usual))
}

/// The currency that a text names.
pub(super) fn currency(text: &str) -> Option<Currency> {
    sign(&text.trim().to_lowercase()).map(|(found, _)| found)
}

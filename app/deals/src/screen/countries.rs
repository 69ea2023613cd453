//! Countries by their ISO 3166-1 codes, named in the reader's language.
use kit::Choice;

use crate::t;

/// All codes that are offered, in upper case.
pub const COUNTRIES: [&str; 249] = [
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA",
    "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV",
    "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU",
    "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES",
    "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM",
    "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM", "HN", "HR", "HT", "HU", "ID", "IE",
    "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM",
    "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY",
    "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT",
    "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU",
    "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA",
    "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM",
    "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL",
    "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE",
    "VG", "VI", "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
];

/// A country's name; the code itself when it is not a known one.
#[must_use]
pub fn country_name(code: &str) -> String {
    t::lookup(&format!("country_{}", code.to_ascii_lowercase()))
        .map_or_else(|| code.to_owned(), str::to_owned)
}

/// The countries as choices, in the order of the reader's alphabet.
#[must_use]
pub fn choices() -> Vec<Choice> {
    let mut all: Vec<Choice> = COUNTRIES.iter().map(|code| Choice::new(*code, country_name(code))).collect();
    all.sort_by_key(|choice| folded(&choice.label));
    all
}

/// Umlauts and accents of country names stand with their base letter.
fn folded(name: &str) -> String {
    let base = |c: char| match c {
        'Ä' | 'Å' | 'ä' | 'å' | 'ã' | 'á' => 'a',
        'Ö' | 'ö' | 'ô' | 'ó' => 'o',
        'Ü' | 'ü' => 'u',
        'é' | 'É' => 'e',
        'ç' => 'c',
        'í' => 'i',
        c => c.to_ascii_lowercase(),
    };
    name.chars().map(base).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_that_is_offered_has_a_name() {
        assert!(COUNTRIES.iter().all(|code| country_name(code) != *code));
        assert_eq!(country_name("XX"), "XX");
    }
}

//! Registration numbers: what a register or tax office calls a company.

use crate::text::{fold, is_placeholder};

/// Shortest number that tells two companies apart, in letters and digits.
const SHORTEST: usize = 4;
const LONGEST: usize = 32;

/// Words written around a number that are no part of it.
const LABELS: [&str; 28] = [
    "no",
    "nr",
    "num",
    "number",
    "nummer",
    "reg",
    "registration",
    "register",
    "company",
    "companies",
    "house",
    "vat",
    "ust",
    "uid",
    "id",
    "idnr",
    "tax",
    "tin",
    "ein",
    "siren",
    "siret",
    "abn",
    "acn",
    "crn",
    "kvk",
    "org",
    "amtsgericht",
    "steuernummer",
];

/// Upper-case letters and digits of a register or tax number; `None` when it is too short, has no digit or is filler.
///
/// A leading country code is dropped when it is `country`'s, leading zeros always; a French SIRET becomes the SIREN of
/// the company it is a branch of. German court names stay: each court counts its own numbers.
pub fn registration_number(raw: &str, country: Option<&str>) -> Option<String> {
    let folded = fold(raw);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !LABELS.contains(word));
    let joined: String = words.collect::<String>().to_ascii_uppercase();
    let bare = country.and_then(|country| strip_country(&joined, country)).unwrap_or(&joined);
    let bare = bare.trim_start_matches('0');
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    let is_siret = country.is_some_and(|c| c.eq_ignore_ascii_case("FR")) && bare.len() == 14 && digits == 14;
    let number = if is_siret { &bare[..9] } else { bare };
    let long_enough = (SHORTEST..=LONGEST).contains(&number.len());
    (long_enough && digits > 0 && !is_placeholder(number)).then(|| number.to_owned())
}

fn strip_country<'a>(number: &'a str, country: &str) -> Option<&'a str> {
    let head = number.get(..2)?;
    let greek = country.eq_ignore_ascii_case("GR") && head == "EL";
    let rest = number.get(2..).filter(|rest| rest.bytes().any(|b| b.is_ascii_digit()))?;
    (greek || head.eq_ignore_ascii_case(country)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("DE 123 456 788", Some("DE"), Some("123456788"))]
    #[case("USt-IdNr. DE123456788", Some("DE"), Some("123456788"))]
    #[case("123.456.788", None, Some("123456788"))]
    #[case("01234568", Some("GB"), Some("1234568"))]
    #[case("Company No. SC123457", Some("GB"), Some("SC123457"))]
    #[case("Amtsgericht München HRB 6684", Some("DE"), Some("MUNCHENHRB6684"))]
    #[case("732 829 320 00074", Some("FR"), Some("732829320"))]
    #[case("EL094014201", Some("GR"), Some("94014201"))]
    #[case("n/a", None, None)]
    #[case("0000000", None, None)]
    #[case("12345678", None, None)]
    #[case("123", None, None)]
    #[case("", None, None)]
    fn a_number_is_read_without_its_label(
        #[case] raw: &str,
        #[case] country: Option<&str>,
        #[case] read: Option<&str>,
    ) {
        assert_eq!(registration_number(raw, country).as_deref(), read);
    }
}

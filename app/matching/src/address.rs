//! Addresses: postal code, city and street as far as two clerks would write them alike.

use crate::text::{code, fold, is_word, latin, meet_umlauts};

const LONGEST_POSTAL: usize = 12;
const LONGEST_LINE: usize = 120;

/// Upper-case letters and digits; without a country prefix (`D-80331`) and without the add-on of a US ZIP+4.
pub fn postal(raw: &str) -> Option<String> {
    let trimmed = raw.trim();
    let bare = match trimmed.split_once('-') {
        Some((prefix, rest)) if prefix.len() <= 3 && prefix.bytes().all(|b| b.is_ascii_alphabetic()) => rest,
        Some((zip, extra)) if zip.len() == 5 && extra.len() == 4 && code(zip).len() == 5 => zip,
        _ => trimmed,
    };
    let code = code(bare);
    (3..=LONGEST_POSTAL).contains(&code.len()).then_some(code)
}

/// Folded words of a city, its English name brought to the local one for the largest.
pub fn city(raw: &str) -> Option<String> {
    let words = words(raw);
    let joined = words.join(" ");
    let local = match joined.as_str() {
        "munich" => "munchen",
        "cologne" => "koln",
        "nuremberg" => "nurnberg",
        "vienna" => "wien",
        "zuerich" => "zurich",
        "geneva" | "genf" => "geneve",
        "milan" | "mailand" => "milano",
        "rome" | "rom" => "roma",
        "turin" => "torino",
        "florence" | "florenz" => "firenze",
        "venice" | "venedig" => "venezia",
        "naples" | "neapel" => "napoli",
        "brussels" | "brussel" => "bruxelles",
        "antwerp" => "antwerpen",
        "the hague" => "den haag",
        "prague" | "prag" => "praha",
        "warsaw" | "warschau" => "warszawa",
        "copenhagen" | "kopenhagen" => "kobenhavn",
        "gothenburg" => "goteborg",
        "lisbon" | "lissabon" => "lisboa",
        "moscow" | "moskau" => "moskva",
        "athens" | "athen" => "athina",
        "new york city" | "nyc" => "new york",
        other => other,
    };
    (!local.is_empty()).then(|| meet_umlauts(local))
}

/// Words and house numbers of a street line with the usual abbreviations, sorted so that `5 Main St` is `Main Street 5`.
/// What says between which other streets it lies is left out.
pub fn street(raw: &str) -> Option<String> {
    let words = words(raw);
    let own = words.iter().enumerate().take_while(|(at, word)| *at == 0 || *word != "between");
    let mut words: Vec<String> = own.map(|(_, word)| meet_umlauts(&short(word))).collect();
    words.sort_unstable();
    let line = words.join(" ");
    (!line.is_empty()).then_some(line)
}

fn words(raw: &str) -> Vec<String> {
    let line: String = fold(raw).chars().take(LONGEST_LINE).collect();
    line.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).map(latin).collect()
}

fn short(word: &str) -> String {
    let known = match word {
        "street" | "str" | "strasse" => "st",
        "first" => "1st",
        "second" => "2nd",
        "third" => "3rd",
        "fourth" => "4th",
        "fifth" => "5th",
        "sixth" => "6th",
        "seventh" => "7th",
        "eighth" => "8th",
        "ninth" => "9th",
        "tenth" => "10th",
        "northeast" => "ne",
        "northwest" => "nw",
        "southeast" => "se",
        "southwest" => "sw",
        "avenue" => "ave",
        "road" => "rd",
        "boulevard" => "blvd",
        "drive" => "dr",
        "lane" => "ln",
        "highway" => "hwy",
        "square" => "sq",
        "suite" => "ste",
        "floor" => "fl",
        "building" => "bldg",
        "north" => "n",
        "south" => "s",
        "east" => "e",
        "west" => "w",
        "platz" => "pl",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let stem =
        word.strip_suffix("strasse").or_else(|| word.strip_suffix("str")).filter(|stem| stem.len() > 2);
    stem.map_or_else(|| word.to_owned(), |stem| format!("{stem}st"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("D-80331", Some("80331"))]
    #[case("94107-1234", Some("94107"))]
    #[case("sw1a 1aa", Some("SW1A1AA"))]
    #[case("110-0001", Some("1100001"))]
    #[case("-", None)]
    fn a_postal_code_is_letters_and_digits(#[case] raw: &str, #[case] read: Option<&str>) {
        assert_eq!(postal(raw).as_deref(), read);
    }

    #[rstest]
    #[case("Hauptstraße 5", "Hauptstr. 5")]
    #[case("Lange Strasse 7a", "Lange Str. 7a")]
    #[case("221B Baker Street", "Baker St., 221b")]
    #[case("Müllerplatz 1", "Muellerplatz 1")]
    fn clerks_write_one_street_in_several_ways(#[case] one: &str, #[case] other: &str) {
        assert_eq!(street(one), street(other));
    }

    #[rstest]
    #[case("Munich", "München")]
    #[case("Muenchen", "münchen")]
    #[case("Zürich", "Zuerich")]
    fn a_city_has_names_in_two_languages(#[case] one: &str, #[case] other: &str) {
        assert_eq!(city(one), city(other));
    }

    #[test]
    fn nothing_is_no_address() {
        assert_eq!((postal(""), city(" ,. "), street("")), (None, None, None));
    }
}

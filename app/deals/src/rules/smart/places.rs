//! Countries: by name in English, German and their own language, by postal marks, by calling codes.
use super::Range;
use super::words::{folded, segments, squashed, words};

/// Names by code, folded; the first is English, then German, then others.
const NAMES: &str = "AE united arab emirates,vereinigte arabische emirate,uae|AL albania,albanien|AM armenia,armenien|AR argentina,argentinien|\
AT austria,oesterreich|AU australia,australien|AZ azerbaijan,aserbaidschan|BA bosnia and herzegovina,bosnien und herzegowina,bosnien|\
BE belgium,belgien,belgie,belgique|BG bulgaria,bulgarien|BH bahrain|BR brazil,brasilien,brasil|BY belarus|CA canada,kanada|\
CH switzerland,schweiz,suisse,svizzera|CL chile|CN china,volksrepublik china,pr china|CO colombia,kolumbien|CR costa rica|\
CY cyprus,zypern|CZ czech republic,tschechien,czechia,tschechische republik,ceska republika|DE germany,deutschland,allemagne|\
DK denmark,daenemark,danmark|DZ algeria,algerien|EC ecuador|EE estonia,estland,eesti|EG egypt,aegypten|ES spain,spanien,espana|\
FI finland,finnland,suomi|FR france,frankreich|GB united kingdom,vereinigtes koenigreich,uk,great britain,grossbritannien,england,scotland,schottland,wales,northern ireland|\
GR greece,griechenland|HK hong kong,hongkong|HR croatia,kroatien,hrvatska|HU hungary,ungarn,magyarorszag|\
ID indonesia,indonesien|IE ireland,irland|IL israel|IN india,indien|IS iceland,island|IT italy,italien,italia|JP japan|\
KE kenya,kenia|KR south korea,suedkorea,korea|KW kuwait|KZ kazakhstan,kasachstan|LI liechtenstein|LT lithuania,litauen,lietuva|\
LU luxembourg,luxemburg|LV latvia,lettland,latvija|MA morocco,marokko|MC monaco|MD moldova,moldau|ME montenegro|\
MK north macedonia,nordmazedonien|MT malta|MX mexico,mexiko|MY malaysia|NG nigeria|NL netherlands,niederlande,nederland,the netherlands,holland|\
NO norway,norwegen,norge|NZ new zealand,neuseeland|OM oman|PE peru|PH philippines,philippinen|PK pakistan|PL poland,polen,polska|\
PT portugal|QA qatar,katar|RO romania,rumaenien|RS serbia,serbien,srbija|RU russia,russland|SA saudi arabia,saudi-arabien|\
SE sweden,schweden,sverige|SG singapore,singapur|SI slovenia,slowenien,slovenija|SK slovakia,slowakei,slovensko|TH thailand|\
TN tunisia,tunesien|TR turkey,tuerkei,tuerkiye|TW taiwan|UA ukraine|US united states,vereinigte staaten,usa,u.s.a.,united states of america|\
UY uruguay|VN vietnam|ZA south africa,suedafrika";

/// Marks before a postal code: `D-80331`.
const MARKS: [(&str, &str); 20] = [
    ("D", "DE"),
    ("DE", "DE"),
    ("A", "AT"),
    ("AT", "AT"),
    ("CH", "CH"),
    ("F", "FR"),
    ("FR", "FR"),
    ("I", "IT"),
    ("IT", "IT"),
    ("B", "BE"),
    ("BE", "BE"),
    ("L", "LU"),
    ("NL", "NL"),
    ("DK", "DK"),
    ("S", "SE"),
    ("SE", "SE"),
    ("FI", "FI"),
    ("E", "ES"),
    ("PL", "PL"),
    ("CZ", "CZ"),
];

/// Calling codes (ITU-T E.164) that are one country's.
const CODES: [(&str, &str); 46] = [
    ("30", "GR"),
    ("31", "NL"),
    ("32", "BE"),
    ("33", "FR"),
    ("34", "ES"),
    ("351", "PT"),
    ("352", "LU"),
    ("353", "IE"),
    ("354", "IS"),
    ("356", "MT"),
    ("357", "CY"),
    ("358", "FI"),
    ("359", "BG"),
    ("36", "HU"),
    ("370", "LT"),
    ("371", "LV"),
    ("372", "EE"),
    ("380", "UA"),
    ("381", "RS"),
    ("385", "HR"),
    ("386", "SI"),
    ("39", "IT"),
    ("40", "RO"),
    ("41", "CH"),
    ("420", "CZ"),
    ("421", "SK"),
    ("423", "LI"),
    ("43", "AT"),
    ("44", "GB"),
    ("45", "DK"),
    ("46", "SE"),
    ("47", "NO"),
    ("48", "PL"),
    ("49", "DE"),
    ("52", "MX"),
    ("55", "BR"),
    ("61", "AU"),
    ("64", "NZ"),
    ("65", "SG"),
    ("81", "JP"),
    ("82", "KR"),
    ("86", "CN"),
    ("90", "TR"),
    ("91", "IN"),
    ("971", "AE"),
    ("972", "IL"),
];

const STATES: &str = " AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH \
    OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC ";

/// All codes of ISO 3166-1, for hosts' endings.
pub(super) fn is_code(code: &str) -> bool {
    code.len() == 2 && crate::COUNTRIES.contains(&code)
}

/// The country of a whole name or code.
pub(super) fn by_name(text: &str) -> Option<String> {
    let wanted = folded(text.trim().trim_matches(['.', ',', '(', ')']));
    let wanted = wanted.trim_start_matches("the ").to_owned();
    NAMES.split('|').find_map(|entry| {
        let (code, names) = entry.split_once(' ')?;
        names.split(',').any(|name| name == wanted).then(|| code.to_owned())
    })
}

/// A country that a line of an address says, with its place: by name, by the mark before a postal code, or by how
/// a postal code looks.
pub(super) fn in_address(text: &str, start: usize) -> Option<(String, Range<usize>)> {
    let parts = segments(text, start, true);
    for part in &parts {
        if let Some(code) = by_name(part.text) {
            return Some((code, part.start..part.end()));
        }
        // `8005 Zürich (Switzerland)`, `80331 München Germany`
        let all = words(part.text, part.start);
        let numbered = part.text.contains(|c: char| c.is_ascii_digit());
        if let (true, Some(last)) = (numbered && all.len() > 2, all.last())
            && let Some(code) = by_name(last.text)
        {
            return Some((code, last.start..last.end()));
        }
    }
    let all = words(text, start);
    for (place, word) in all.iter().enumerate() {
        if let Some((mark, digits)) = word.text.split_once('-')
            && (4..=5).contains(&digits.trim_end_matches(',').len())
            && digits.trim_end_matches(',').bytes().all(|b| b.is_ascii_digit())
            && let Some((_, code)) = MARKS.iter().find(|(one, _)| *one == mark)
        {
            return Some(((*code).to_owned(), word.start..word.end()));
        }
        let next = all.get(place + 1).map(|word| word.text.trim_matches([',', '.'])).unwrap_or_default();
        if is_state(word.text) && is_zip(next) {
            let end = all[place + 1].end();
            return Some(("US".to_owned(), word.start..end));
        }
        let (first, second) = (word.text.trim_matches([',', '.', '(']), next);
        if let Some(code) = island_or_canada(first, second) {
            let end = all[place + 1].end();
            return Some((code.to_owned(), word.start..end));
        }
    }
    None
}

/// `in Poland`, in a sentence.
pub(super) fn in_sentence(text: &str, start: usize) -> Option<(String, Range<usize>)> {
    let all = words(text, start);
    (0..all.len()).find_map(|at| {
        let leads = matches!(all[at].text.to_lowercase().as_str(), "in" | "aus" | "from" | "nach");
        let article = all.get(at + 1).is_some_and(|word| matches!(word.text, "the" | "den" | "der"));
        let name = super::words::bare(all.get(at + 1 + usize::from(article))?);
        let code = leads.then(|| by_name(name.text)).flatten()?;
        super::words::is_capital(name.text).then(|| (code, name.start..name.end()))
    })
}

/// The country of a telephone number that is written with its calling code.
pub(super) fn by_number(phone: &str) -> Option<String> {
    let text = phone.trim_start_matches(['(', ' ']);
    let digits: String = squashed(text.strip_prefix('+').or_else(|| text.strip_prefix("00"))?);
    (1..=3).rev().find_map(|length| {
        let code = digits.get(..length)?;
        CODES.iter().find(|(one, _)| *one == code).map(|(_, country)| (*country).to_owned())
    })
}

fn is_state(word: &str) -> bool {
    let word = word.trim_matches([',', '.']);
    word.len() == 2 && STATES.contains(&format!(" {word} "))
}

fn is_zip(word: &str) -> bool {
    let front = word.split('-').next().unwrap_or_default();
    front.len() == 5 && front.bytes().all(|b| b.is_ascii_digit())
}

/// `EC2A 4NE` is British, `M5V 2T6` Canadian.
fn island_or_canada(first: &str, second: &str) -> Option<&'static str> {
    let shape = |word: &str| -> String {
        word.chars()
            .map(|c| match c {
                'A'..='Z' => 'A',
                '0'..='9' => '9',
                _ => '?',
            })
            .collect()
    };
    match (shape(first).as_str(), shape(second).as_str()) {
        ("A9A", "9A9") => Some("CA"),
        ("A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A", "9AA") => Some("GB"),
        _ => None,
    }
}

//! Countries by their English short names (ISO 3166-1), and the other names that exports use for them.
use super::known::nearest;
use customers::rules::name_key;

const NAMES: &str = "\
AD Andorra|AE United Arab Emirates|AF Afghanistan|AG Antigua and Barbuda|AI Anguilla|AL Albania|AM Armenia|AO Angola|\
AR Argentina|AT Austria|AU Australia|AW Aruba|AZ Azerbaijan|BA Bosnia and Herzegovina|BB Barbados|BD Bangladesh|\
BE Belgium|BF Burkina Faso|BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin|BM Bermuda|BN Brunei Darussalam|BO Bolivia|\
BR Brazil|BS Bahamas|BT Bhutan|BW Botswana|BY Belarus|BZ Belize|CA Canada|CD Democratic Republic of the Congo|\
CF Central African Republic|CG Congo|CH Switzerland|CI Ivory Coast|CL Chile|CM Cameroon|CN China|CO Colombia|\
CR Costa Rica|CU Cuba|CV Cabo Verde|CW Curacao|CY Cyprus|CZ Czechia|DE Germany|DJ Djibouti|DK Denmark|DM Dominica|\
DO Dominican Republic|DZ Algeria|EC Ecuador|EE Estonia|EG Egypt|ER Eritrea|ES Spain|ET Ethiopia|FI Finland|FJ Fiji|\
FO Faroe Islands|FR France|GA Gabon|GB United Kingdom|GD Grenada|GE Georgia|GG Guernsey|GH Ghana|GI Gibraltar|\
GL Greenland|GM Gambia|GN Guinea|GQ Equatorial Guinea|GR Greece|GT Guatemala|GW Guinea-Bissau|GY Guyana|HK Hong Kong|\
HN Honduras|HR Croatia|HT Haiti|HU Hungary|ID Indonesia|IE Ireland|IL Israel|IM Isle of Man|IN India|IQ Iraq|IR Iran|\
IS Iceland|IT Italy|JE Jersey|JM Jamaica|JO Jordan|JP Japan|KE Kenya|KG Kyrgyzstan|KH Cambodia|KI Kiribati|KM Comoros|\
KP North Korea|KR South Korea|KW Kuwait|KY Cayman Islands|KZ Kazakhstan|LA Laos|LB Lebanon|LI Liechtenstein|\
LK Sri Lanka|LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg|LV Latvia|LY Libya|MA Morocco|MC Monaco|MD Moldova|\
ME Montenegro|MG Madagascar|MK North Macedonia|ML Mali|MM Myanmar|MN Mongolia|MO Macao|MR Mauritania|MT Malta|\
MU Mauritius|MV Maldives|MW Malawi|MX Mexico|MY Malaysia|MZ Mozambique|NA Namibia|NE Niger|NG Nigeria|NI Nicaragua|\
NL Netherlands|NO Norway|NP Nepal|NR Nauru|NZ New Zealand|OM Oman|PA Panama|PE Peru|PG Papua New Guinea|\
PH Philippines|PK Pakistan|PL Poland|PR Puerto Rico|PS Palestine|PT Portugal|PW Palau|PY Paraguay|QA Qatar|RO Romania|\
RS Serbia|RU Russia|RW Rwanda|SA Saudi Arabia|SB Solomon Islands|SC Seychelles|SD Sudan|SE Sweden|SG Singapore|\
SI Slovenia|SK Slovakia|SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia|SR Suriname|SS South Sudan|SV El Salvador|\
SY Syria|SZ Eswatini|TD Chad|TG Togo|TH Thailand|TJ Tajikistan|TL Timor-Leste|TM Turkmenistan|TN Tunisia|TO Tonga|\
TR Turkey|TT Trinidad and Tobago|TV Tuvalu|TW Taiwan|TZ Tanzania|UA Ukraine|UG Uganda|US United States|UY Uruguay|\
UZ Uzbekistan|VA Vatican City|VC Saint Vincent and the Grenadines|VE Venezuela|VN Vietnam|VU Vanuatu|WS Samoa|\
XK Kosovo|YE Yemen|ZA South Africa|ZM Zambia|ZW Zimbabwe";

/// Other names that mean one country beyond doubt.
const ALSO: &str = "\
US USA|US United States of America|US America|GB Great Britain|GB England|GB Scotland|GB Wales|GB Northern Ireland|\
KR Republic of Korea|KR Korea Republic of|KP Democratic People's Republic of Korea|RU Russian Federation|\
CZ Czech Republic|NL Holland|NL The Netherlands|TR Türkiye|VN Viet Nam|CI Côte d'Ivoire|AE UAE|CN PR China|\
CN People's Republic of China|SY Syrian Arab Republic|IR Islamic Republic of Iran|TZ United Republic of Tanzania|\
MD Republic of Moldova|BO Plurinational State of Bolivia|VE Bolivarian Republic of Venezuela|LA Lao PDR|\
BN Brunei|CV Cape Verde|SZ Swaziland|MK Macedonia|PS State of Palestine|TW Taiwan Province of China|DE Deutschland|\
AT Österreich|CH Schweiz|FR Frankreich|IT Italien|ES Spanien|PL Polen|BE Belgien|SE Schweden|NO Norwegen|DK Dänemark|\
US Vereinigte Staaten|GB Vereinigtes Königreich|NL Niederlande|CZ Tschechien|HU Ungarn|GR Griechenland";

/// Names that could mean two countries, of which one is meant almost always.
const ASSUMED: &str = "KR Korea|CG Republic of the Congo|IE Eire";

/// A country as a file writes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Country {
    /// Beyond doubt.
    Sure(&'static str),
    /// A misspelling or a loose name; said to the reader.
    Likely(&'static str),
    Unknown,
}

fn entries(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    list.split('|').filter_map(|entry| entry.split_once(' '))
}

/// The ISO 3166-1 alpha-2 code of a country's code or name.
pub(super) fn country(text: &str) -> Country {
    let code = matching::normalise::country(text);
    if let Some((code, _)) = entries(NAMES).find(|(known, _)| code.as_deref() == Some(known)) {
        return Country::Sure(code);
    }
    let key = name_key(text);
    let named = |list| entries(list).find(|(_, name)| name_key(name) == key).map(|(code, _)| code);
    if let Some(code) = named(NAMES).or_else(|| named(ALSO)) {
        return Country::Sure(code);
    }
    if let Some(code) = named(ASSUMED) {
        return Country::Likely(code);
    }
    let near = nearest(text, entries(NAMES).map(|(_, name)| name));
    let code = near.and_then(|near| entries(NAMES).find(|(_, name)| *name == near)).map(|(code, _)| code);
    code.map_or(Country::Unknown, Country::Likely)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_by_code_by_name_and_through_a_slip() {
        assert_eq!(country("us"), Country::Sure("US"));
        assert_eq!(country("United States"), Country::Sure("US"));
        assert_eq!(country("U.S.A."), Country::Sure("US"));
        assert_eq!(country("Philipines"), Country::Likely("PH"));
        assert_eq!(country("Korea"), Country::Likely("KR"));
        assert_eq!(country("ZZ"), Country::Unknown);
        assert_eq!(country("Narnia"), Country::Unknown);
        assert_eq!(country("Niger"), Country::Sure("NE"));
    }
}

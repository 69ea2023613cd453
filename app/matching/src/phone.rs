//! Telephone numbers: E.164 as far as it can be told without each country's numbering plan.

use crate::text::is_placeholder;
use std::sync::LazyLock;

/// Digits of a number with its country code (E.164 allows 15; fewer than 8 is a short or partial number).
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// `+` and digits of a telephone number; `country` (two letters) is needed when it is written the national way.
///
/// Extensions, `(0)` and trunk prefixes are dropped; partial, impossible and filler numbers are `None`.
pub fn phone(raw: &str, country: Option<&str>) -> Option<String> {
    let (digits, international) = dialled(raw)?;
    let whole = if international {
        calling_code(&digits)?;
        digits
    } else {
        let plan = plan(country?)?;
        let national = match plan.trunk {
            "" => digits.as_str(),
            trunk => digits.strip_prefix(trunk).unwrap_or(&digits),
        };
        format!("{}{national}", plan.code)
    };
    let code = calling_code(&whole)?;
    let subscriber = &whole[code.len()..];
    (DIGITS.contains(&whole.len()) && !is_placeholder(subscriber)).then(|| format!("+{whole}"))
}

/// The digits, and whether they begin with a country code.
fn dialled(raw: &str) -> Option<(String, bool)> {
    let lower = raw.trim().trim_start_matches("tel:").chars().take(64).collect::<String>().to_lowercase();
    let main = lower.split(['x', '#', ';', ',', 'e']).next().unwrap_or_default().replace("(0)", "");
    if main.chars().any(char::is_alphabetic) {
        return None;
    }
    let digits: String =
        main.chars().filter_map(|c| c.to_digit(10)).filter_map(|d| char::from_digit(d, 10)).collect();
    if main.trim_start_matches(['(', ' ']).starts_with('+') {
        return Some((digits.trim_start_matches('0').to_owned(), true));
    }
    match digits.strip_prefix("00") {
        Some(rest) => Some((rest.to_owned(), true)),
        None => Some((digits, false)),
    }
}

struct Plan {
    code: &'static str,
    trunk: &'static str,
}

fn plan(country: &str) -> Option<Plan> {
    let country = crate::country::country(country)?;
    let (code, _) = BY_CODE.iter().find(|(_, countries)| countries.contains(&country.as_str()))?;
    Some(Plan { code, trunk: trunk(&country, code) })
}

/// What is dialled before a national number and left out after the country code.
fn trunk(country: &str, code: &str) -> &'static str {
    match country {
        "RU" | "KZ" | "BY" | "TM" | "LT" => "8",
        "HU" => "06",
        "IT" | "SM" | "VA" | "ES" | "PT" | "GR" | "DK" | "NO" | "PL" | "CZ" | "LU" | "IS" | "EE" | "LV"
        | "MT" | "CY" | "LI" | "MC" | "AD" | "SG" | "HK" | "MO" | "QA" | "KW" | "BH" | "OM" | "CR" | "PA"
        | "GT" | "SV" | "HN" | "NI" | "CL" | "TN" | "GI" | "FO" | "GL" | "BO" => "",
        _ if code == "1" => "1",
        _ => "0",
    }
}

fn calling_code(digits: &str) -> Option<&'static str> {
    let listed = |length: usize| {
        let head = digits.get(..length)?;
        BY_CODE.iter().find(|(code, _)| *code == head).map(|(code, _)| *code)
    };
    listed(3).or_else(|| listed(2)).or_else(|| listed(1))
}

/// ITU-T E.164 country codes and the ISO countries that use them.
const CODES: &str = "
    1 US CA AG AI AS BB BM BS DM DO GD GU JM KN KY LC MP MS PR SX TC TT VC VG VI; 7 RU KZ; 20 EG; 27 ZA;
    30 GR; 31 NL; 32 BE; 33 FR; 34 ES; 36 HU; 39 IT VA; 40 RO; 41 CH; 43 AT; 44 GB GG IM JE; 45 DK;
    46 SE; 47 NO SJ; 48 PL; 49 DE; 51 PE; 52 MX; 53 CU; 54 AR; 55 BR; 56 CL; 57 CO; 58 VE; 60 MY;
    61 AU CC CX; 62 ID; 63 PH; 64 NZ; 65 SG; 66 TH; 81 JP; 82 KR; 84 VN; 86 CN; 90 TR; 91 IN; 92 PK;
    93 AF; 94 LK; 95 MM; 98 IR; 211 SS; 212 MA EH; 213 DZ; 216 TN; 218 LY; 220 GM; 221 SN; 222 MR;
    223 ML; 224 GN; 225 CI; 226 BF; 227 NE; 228 TG; 229 BJ; 230 MU; 231 LR; 232 SL; 233 GH; 234 NG;
    235 TD; 236 CF; 237 CM; 238 CV; 239 ST; 240 GQ; 241 GA; 242 CG; 243 CD; 244 AO; 245 GW; 246 IO;
    248 SC; 249 SD; 250 RW; 251 ET; 252 SO; 253 DJ; 254 KE; 255 TZ; 256 UG; 257 BI; 258 MZ; 260 ZM;
    261 MG; 262 RE YT; 263 ZW; 264 NA; 265 MW; 266 LS; 267 BW; 268 SZ; 269 KM; 290 SH; 291 ER; 297 AW;
    298 FO; 299 GL; 350 GI; 351 PT; 352 LU; 353 IE; 354 IS; 355 AL; 356 MT; 357 CY; 358 FI AX; 359 BG;
    370 LT; 371 LV; 372 EE; 373 MD; 374 AM; 375 BY; 376 AD; 377 MC; 378 SM; 380 UA; 381 RS; 382 ME;
    383 XK; 385 HR; 386 SI; 387 BA; 389 MK; 420 CZ; 421 SK; 423 LI; 500 FK GS; 501 BZ; 502 GT; 503 SV;
    504 HN; 505 NI; 506 CR; 507 PA; 508 PM; 509 HT; 590 GP BL MF; 591 BO; 592 GY; 593 EC; 594 GF; 595 PY;
    596 MQ; 597 SR; 598 UY; 599 CW BQ; 670 TL; 672 NF AQ; 673 BN; 674 NR; 675 PG; 676 TO; 677 SB; 678 VU;
    679 FJ; 680 PW; 681 WF; 682 CK; 683 NU; 685 WS; 686 KI; 687 NC; 688 TV; 689 PF; 690 TK; 691 FM;
    692 MH; 850 KP; 852 HK; 853 MO; 855 KH; 856 LA; 880 BD; 886 TW; 960 MV; 961 LB; 962 JO; 963 SY;
    964 IQ; 965 KW; 966 SA; 967 YE; 968 OM; 970 PS; 971 AE; 972 IL; 973 BH; 974 QA; 975 BT; 976 MN;
    977 NP; 992 TJ; 993 TM; 994 AZ; 995 GE; 996 KG; 998 UZ;";

static BY_CODE: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let rows = CODES.split(';').map(|row| row.split_whitespace());
    rows.filter_map(|mut row| row.next().map(|code| (code, row.collect()))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("+49 (0)89 636-00", None, Some("+498963600"))]
    #[case("089 / 636 00 123", Some("DE"), Some("+498963600123"))]
    #[case("0049 89 63600123", None, Some("+498963600123"))]
    #[case("(415) 555-2671", Some("US"), Some("+14155552671"))]
    #[case("1-415-555-2671 ext. 12", Some("US"), Some("+14155552671"))]
    #[case("+1 415 555 2671", Some("DE"), Some("+14155552671"))]
    #[case("06 6982 1234", Some("IT"), Some("+390669821234"))]
    #[case("8 (495) 123-45-67", Some("RU"), Some("+74951234567"))]
    #[case("tel:+44-20-7946-0958", None, Some("+442079460958"))]
    #[case("020 7946 0958", Some("uk"), Some("+442079460958"))]
    #[case("020 7946 0958", None, None)]
    #[case("000 000 0000", Some("US"), None)]
    #[case("12345", Some("DE"), None)]
    #[case("call me", Some("DE"), None)]
    #[case("+999 12345678", None, None)]
    #[case("", Some("DE"), None)]
    fn a_number_is_read_as_its_country_writes_it(
        #[case] raw: &str,
        #[case] country: Option<&str>,
        #[case] read: Option<&str>,
    ) {
        assert_eq!(phone(raw, country).as_deref(), read);
    }

    #[test]
    fn no_country_has_two_codes() {
        let mut countries: Vec<&str> = BY_CODE.iter().flat_map(|(_, countries)| countries.clone()).collect();
        let all = countries.len();
        countries.sort_unstable();
        countries.dedup();
        assert_eq!(countries.len(), all);
    }
}

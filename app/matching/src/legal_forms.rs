//! Legal forms: which words at the ends of a name say how a company is set up and not who it is.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Words in the longest form of the table.
const LONGEST_FORM: usize = 6;

/// Ends a word that was written as dotted letters: `S.p.A.` is a form even where `spa` is a word.
pub(crate) const DOTTED: &str = ".";

/// Countries (empty: nowhere else a word, so everywhere a form) and their forms as folded words.
const FORMS: &[(&str, &str)] = &[
    (
        "",
        "gmbh, ggmbh, gmbh and co, gmbh and co kg, gmbh co kg, gmbh u co kg, gmbh und co kg,
        gmbh and co kgaa, gmbh and co ohg, ag and co kg, ag und co kg, ag and co kgaa, ag and co ohg,
        se and co kg, se und co kg, se and co kgaa, ug and co kg, ug haftungsbeschrankt,
        ug haftungsbeschrankt and co kg, kgaa, mbh, partgmbb, gesellschaft mit beschrankter haftung,
        gesellschaft mbh, gesmbh, aktiengesellschaft, kommanditgesellschaft, eingetragener verein, inc,
        incorporated, corp, corporation, llc, llp, lllp, pllc, ltd, limited, plc, public limited company,
        limited liability company, pty ltd, pty limited, pty, proprietary limited, pte ltd, pte limited,
        pte, private limited, pvt ltd, pvt limited, pvt, company, and company, co, and co, co ltd,
        co limited, company limited, company ltd, co inc, co llc, ltda, limitada, lda, eireli, eirl,
        sarl, sa rl, sas, sasu, eurl, srl, srls, societe anonyme, societe par actions simplifiee,
        societe a responsabilite limitee, sociedad anonima, sociedad limitada, societa per azioni,
        societa a responsabilita limitata, sa de cv, sab de cv, sapi de cv, s de rl, s de rl de cv,
        besloten vennootschap, naamloze vennootschap, bvba, sprl, vzw, aktiebolag, aktieselskab,
        anpartsselskab, aksjeselskap, osakeyhtio, oyj, aps, ehf, sp z oo, sp zoo, spolka z oo,
        spolka z ograniczona odpowiedzialnoscia, spolka akcyjna, sro, spol sro, doo, dooel, jdoo, eood,
        ood, kft, zrt, nyrt, uab, ooo, zao, pao, jsc, ojsc, cjsc, pjsc, fze, fzco, fz llc, fzllc, dmcc,
        wll, sdn bhd, bhd, tbk, ltd sti, limited sirketi, anonim sirketi, kabushiki kaisha, godo kaisha,
        yugen kaisha, the, ооо, оао, зао, пао, нао, ао, тов, еоод, оод, αε, επε, ικε, בע מ, בעמ, 株, 有, 주",
    ),
    ("DE AT CH LI LU", "ag, kg, ohg, og, ug, gbr, ev, ek, eg, eu, und co, u co"),
    ("DE AT FR NL BE LU IE NO PL CZ SK ES IT FI SE DK", "se"),
    ("FR BE LU CH ES PT GR RO PL AR BR CL MX CO PE UY VE EC CR GT PA BO PY MA TN DZ SN CI CM MC", "sa"),
    ("FR BE LU IT CH MC", "sca, scs, snc, scp, sci, scop, gie"),
    ("ES AD", "sl, slu, sll, sau, scl"),
    ("BR", "me, epp, sa"),
    ("NL BE SR CW AW SX", "bv, nv, vof, cv"),
    ("IT SM", "spa, sapa, scarl, soc coop"),
    ("SE FI AX", "ab, hb, kb, oy, ky, ry, tmi"),
    ("NO", "as, asa, ans, ba, da"),
    ("DK GL FO", "as, is, ks, ivs, amba"),
    ("IS", "hf"),
    ("CZ SK", "as, ks, vos"),
    ("PL", "sk, sj, psa"),
    ("BG", "ad, ead, et"),
    ("HR SI RS BA ME MK", "dd, ad, dno"),
    ("HU", "bt, kkt"),
    ("LV", "sia, as"),
    ("EE", "ou, as"),
    ("LT", "ab"),
    ("GR CY", "ae, epe, ike"),
    ("TR", "as"),
    ("RU BY KZ", "ao, oao"),
    ("JP", "kk, gk, yk"),
    ("US", "na, pc, pa, lp"),
    ("CA GB SG", "lp"),
    ("CA", "ulc, ltee"),
    ("GB", "cic, cio"),
    ("IE", "dac, clg, teo, teoranta"),
    ("AU", "nl"),
    ("ZA", "cc, npc"),
];

/// Forms that are also everyday words: without a country they stay.
const WORDS_TOO: [&str; 14] =
    ["spa", "is", "me", "pa", "pc", "cc", "ba", "da", "na", "nl", "et", "ae", "eu", "ad"];

/// Forms that stand before the name.
const LEADING: &[(&str, &str)] = &[
    ("", "the, ооо, оао, зао, пао, ао, тов, ooo, 株, 有, 주"),
    ("RU BY KZ", "oao, zao, pao, ao"),
    ("ID", "pt"),
];

/// Forms written without a space, before or after the name.
const ATTACHED: &[&str] = &[
    "股份有限公司",
    "有限责任公司",
    "有限責任公司",
    "股份公司",
    "有限公司",
    "株式会社",
    "有限会社",
    "合同会社",
    "株式會社",
    "주식회사",
    "유한회사",
];

type Table = HashMap<&'static str, Vec<&'static str>>;

static AT_THE_END: LazyLock<Table> = LazyLock::new(|| table(FORMS));
static IN_FRONT: LazyLock<Table> = LazyLock::new(|| table(LEADING));

fn table(rows: &[(&'static str, &'static str)]) -> Table {
    let mut table = Table::new();
    for (countries, forms) in rows {
        for form in forms.split(',').map(str::trim) {
            table.entry(form).or_default().push(countries);
        }
    }
    table
}

fn counts(table: &Table, form: &str, country: Option<&str>) -> bool {
    table.get(form).is_some_and(|everywhere| {
        everywhere.iter().any(|countries| match country {
            _ if countries.is_empty() => true,
            Some(country) => countries.split(' ').any(|listed| listed.eq_ignore_ascii_case(country)),
            None => !WORDS_TOO.contains(&form),
        })
    })
}

/// Takes legal forms off both ends until none is left; the last word always stays.
pub(crate) fn strip(words: &mut Vec<String>, country: Option<&str>) {
    while strip_end(words, country) || strip_front(words, country) || strip_attached(words) {}
    for word in words {
        word.truncate(word.trim_end_matches(DOTTED).len());
    }
}

fn strip_end(words: &mut Vec<String>, country: Option<&str>) -> bool {
    let most = LONGEST_FORM.min(words.len().saturating_sub(1));
    let tail = words[words.len() - most..].join(" ").replace(DOTTED, "");
    let mut rest = tail.as_str();
    for length in (1..=most).rev() {
        if counts(&AT_THE_END, rest, country) || (length == 1 && rest == "and") {
            words.truncate(words.len() - length);
            return true;
        }
        rest = rest.split_once(' ').map_or("", |(_, rest)| rest);
    }
    let is_dotted_form =
        |word: &String| word.strip_suffix(DOTTED).is_some_and(|form| AT_THE_END.contains_key(form));
    let is_dotted = most > 0 && words.last().is_some_and(is_dotted_form);
    if is_dotted {
        words.pop();
    }
    is_dotted
}

fn strip_front(words: &mut Vec<String>, country: Option<&str>) -> bool {
    let leads = words.len() > 1 && counts(&IN_FRONT, words[0].trim_end_matches(DOTTED), country);
    if leads {
        words.remove(0);
    }
    leads
}

fn strip_attached(words: &mut [String]) -> bool {
    let ends = [0, words.len().saturating_sub(1)];
    for at in ends {
        let Some(word) = words.get_mut(at) else { return false };
        let bare =
            ATTACHED.iter().find_map(|form| word.strip_suffix(form).or_else(|| word.strip_prefix(form)));
        if let Some(bare) = bare.filter(|bare| !bare.is_empty()) {
            *word = bare.to_owned();
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(words: &str, country: Option<&str>) -> String {
        let mut words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        strip(&mut words, country);
        words.join(" ")
    }

    #[test]
    fn every_form_is_written_as_folding_leaves_it() {
        for form in AT_THE_END.keys().chain(IN_FRONT.keys()).chain(ATTACHED) {
            assert_eq!(crate::text::fold(form), **form);
            assert!(form.split(' ').count() <= LONGEST_FORM);
        }
    }

    #[test]
    fn every_everyday_word_is_a_form_somewhere() {
        assert!(WORDS_TOO.iter().all(|word| AT_THE_END.contains_key(word)));
    }

    #[test]
    fn forms_go_from_both_ends_but_never_all_of_the_name() {
        assert_eq!(stripped("acme holding gmbh and co kg", Some("DE")), "acme holding");
        assert_eq!(stripped("pt astra tbk", Some("ID")), "astra");
        assert_eq!(stripped("pt cruiser", Some("US")), "pt cruiser");
        assert_eq!(stripped("gmbh", None), "gmbh");
        assert_eq!(stripped("sa sa sa", None), "sa");
        assert_eq!(stripped("株式会社", None), "株式会社");
    }

    #[test]
    fn nothing_is_stripped_from_nothing() {
        let mut none = Vec::new();
        strip(&mut none, None);
        assert!(none.is_empty());
    }
}

//! Names of companies: by a label, by a legal form, by likeness to the host.
use super::Range;
use super::hosts;
use super::lines::{Kind, Line};
use super::words::{Word, bare, folded, is_capital, segments, squashed, tidy, words};

/// Legal forms as they end a name, folded and without dots.
const FORMS: &str = " gmbh ag kg ohg gbr ug se ev eg kgaa mbh ltd limited llc llp inc incorporated corp corporation co company plc \
    lp sa sas sarl srl spa snc sl slu bv nv vof cv oy oyj ab as asa aps a/s is ks kft zrt nyrt sro as sp zoo doo dd ood eood \
    oo tic pty pte sdn bhd kk gk ek jsc pjsc ooo lda eurl scs sca gesmbh gmbh&co cokg holding group gruppe groupe gruppo konzern ";

/// Forms that are ordinary words, too: they need another sign.
const WEAK: &str = " co company as is se group gruppe groupe gruppo holding limited sa ab dd oo eg sl sp tic cv is lp konzern ";

const LABELS: [&str; 20] = [
    "company",
    "company name",
    "customer",
    "end customer",
    "customer name",
    "account",
    "account name",
    "client",
    "prospect",
    "organisation",
    "organization",
    "firma",
    "firmenname",
    "kunde",
    "endkunde",
    "unternehmen",
    "societe",
    "entreprise",
    "azienda",
    "interessent",
];

fn form(word: &str) -> String {
    folded(word).chars().filter(|c| !matches!(c, '.' | ',' | '(' | ')' | ':' | ';')).collect()
}

pub(super) fn is_form(word: &str) -> bool {
    let form = form(word);
    !form.is_empty() && FORMS.contains(&format!(" {form} "))
}

fn is_strong(word: &str) -> bool {
    is_form(word) && !WEAK.contains(&format!(" {} ", form(word)))
        // `S.A.`, `B.V.`: the dots tell.
        || word.matches('.').count() > 1 && is_form(word)
}

/// A name with its place and how much speaks for it.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) span: Range<usize>,
    pub(super) said: bool,
}

/// What stands behind a label: `Customer: Acme GmbH`.
pub(super) fn labelled<'a>(lines: &[Line<'a>], labels: &[&str]) -> Option<Word<'a>> {
    lines.iter().filter(|line| line.kind == Kind::Text).find_map(|line| {
        let (key, value) = line.text.split_once(':')?;
        let key = folded(key.trim_matches(['*', '-', '•', ' ']));
        let value = tidy(value, line.start + line.text.len() - value.len());
        let value = tidy(value.text.trim_end_matches(['*', ',', ';']), value.start);
        (labels.contains(&key.as_str()) && !value.text.is_empty() && !value.text.starts_with("//"))
            .then_some(value)
    })
}

/// The customer's name, where the text says it; `host` is the customer's, `own` are the reader's hosts.
pub(super) fn find(lines: &[Line<'_>], host: Option<&str>, own: &[&str]) -> Option<Named> {
    if let Some(value) = labelled(lines, &LABELS) {
        let first = segments(value.text, value.start, false).into_iter().next().unwrap_or(value);
        let first = up_to_form(first);
        if !hosts_only(first.text) {
            return Some(Named { name: tidied(first.text), span: first.start..first.end(), said: true });
        }
    }
    let mut best: Option<(i32, Word<'_>)> = None;
    for line in
        lines.iter().filter(|line| matches!(line.kind, Kind::Text | Kind::From | Kind::To | Kind::Subject))
    {
        for part in segments(line.text, line.start, false) {
            let Some(name) = by_form(&part) else { continue };
            let mut weight = likeness(name.text, host);
            if own.iter().any(|own| likeness(name.text, Some(own)) > 0) {
                continue;
            }
            // A line of its own is a signature's; a sentence may speak of anybody.
            weight += if name.text.len() + 4 >= part.text.len() { 2 } else { 0 };
            weight += i32::from(line.kind == Kind::Text);
            if best.as_ref().is_none_or(|(most, _)| weight > *most) {
                best = Some((weight, name));
            }
        }
    }
    if let Some((weight, name)) = best
        && (weight > 1 || host.is_none())
    {
        return Some(Named { name: tidied(name.text), span: name.start..name.end(), said: true });
    }
    like_host(lines, host?)
}

fn hosts_only(text: &str) -> bool {
    hosts::host_of(text).is_some() && !text.contains(' ')
}

/// White space made single.
pub(super) fn tidied(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text cut behind its legal form, or, without one, at a comma.
fn up_to_form(text: Word<'_>) -> Word<'_> {
    match by_form(&text) {
        Some(name) if name.start == text.start => name,
        _ => {
            let end = text.text.find([',', '(']).unwrap_or(text.text.len());
            tidy(&text.text[..end], text.start)
        }
    }
}

/// The name that ends with a legal form in a part of a line.
fn by_form<'a>(part: &Word<'a>) -> Option<Word<'a>> {
    let all = words(part.text, part.start);
    let at = all.iter().enumerate().position(|(place, word)| {
        place > 0
            && (is_strong(word.text)
                || is_form(word.text)
                    && (place + 1 == all.len() || word.text.ends_with([',', ':', ';']))
                    && place < 5
                    && is_capital(word.text))
    })?;
    // `GmbH & Co. KG`, `Sp. z o.o.`, `Pty Ltd`
    let mut last = at;
    while let Some(next) = all.get(last + 1) {
        let joins =
            matches!(next.text, "&" | "und" | "and" | "+" | "z" | "mbH" | "Co.") || is_form(next.text);
        if !joins || all[last].text.ends_with(',') {
            break;
        }
        last += 1;
    }
    while last > at && matches!(all[last].text, "&" | "und" | "and" | "+") {
        last -= 1;
    }
    let mut first = at;
    while first > 0 && at - first < 6 {
        let word = all[first - 1].text;
        let ends = word.ends_with([',', ':', ';', '!', '?']) && !(first == at && word.ends_with(','));
        let joins =
            matches!(word, "&" | "und" | "and" | "+" | "de" | "van" | "of" | "für" | "et" | "e" | "z");
        // `Bank of Utopia Corp` is a name, `CIO of Acme Corp` begins with its last words.
        let office = word == "of" && first > 1 && super::people::is_title(all[first - 2].text);
        let fits = is_capital(word) || word.starts_with(|c: char| c.is_ascii_digit()) || joins && first > 1;
        let address = word.contains('@') || STOPS.contains(&folded(word).as_str());
        if ends || !fits || address || office {
            break;
        }
        first -= 1;
    }
    while first < at
        && matches!(
            all[first].text,
            "&" | "und" | "and" | "+" | "de" | "of" | "for" | "the" | "für" | "et" | "e"
        )
    {
        first += 1;
    }
    if first == at {
        return None;
    }
    let (from, to) = (all[first].start - part.start, all[last].end() - part.start);
    let text = part.text[from..to].trim_end_matches([',', ';', ':', ')']);
    // The dot of `S.A.` belongs to it, that of a sentence does not.
    let dotted = all[last].text.matches('.').count() > 1
        || matches!(form(all[last].text).as_str(), "inc" | "ltd" | "co" | "corp");
    let text = if dotted { text } else { text.trim_end_matches('.') };
    Some(tidy(text, all[first].start))
}

/// Words that begin a sentence, not a name.
const STOPS: [&str; 34] = [
    "the", "die", "der", "das", "bei", "wir", "we", "our", "mit", "with", "from", "von", "fuer", "for", "at",
    "hi", "hello", "hallo", "dear", "i", "ich", "and", "und", "firma", "company", "im", "in", "to", "an",
    "customer", "kunde", "client", "kunden", "dass",
];

/// How much a name is like a host: the label in the name, or the name's beginning in the label.
pub(super) fn likeness(name: &str, host: Option<&str>) -> i32 {
    let Some(label) = host.and_then(hosts::label_of) else { return 0 };
    let label: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
    let all: Vec<&str> = name.split_whitespace().collect();
    let squash = squashed(&all.concat());
    let core: String = all.iter().filter(|word| !is_form(word)).map(|word| squashed(word)).collect();
    if core.is_empty() || label.len() < 2 {
        return 0;
    }
    let initials: String =
        all.iter().filter(|word| is_capital(word)).filter_map(|word| word.chars().next()).collect();
    if squash.starts_with(&label) || label.starts_with(&core) || core.starts_with(&label) {
        return 6;
    }
    if squash.contains(&label) || label.len() > 2 && folded(&initials).starts_with(&label) {
        return 4;
    }
    let first = all.first().map(|word| squashed(word)).unwrap_or_default();
    if first.len() > 3 && label.contains(&first) { 4 } else { 0 }
}

/// Words of the text that are the host's label written out: `Helvetia Präzision` of `helvetia-praezision.ch`.
fn like_host(lines: &[Line<'_>], host: &str) -> Option<Named> {
    let label: String = hosts::label_of(host)?.chars().filter(|c| c.is_alphanumeric()).collect();
    for line in lines.iter().filter(|line| matches!(line.kind, Kind::Text | Kind::From | Kind::Subject)) {
        for part in segments(line.text, line.start, true) {
            let all: Vec<Word<'_>> = words(part.text, part.start).iter().map(bare).collect();
            for first in 0..all.len() {
                for last in first..all.len().min(first + 4) {
                    let from = all[first].start - part.start;
                    let text = &part.text[from..all[last].end() - part.start];
                    let plain = !text.contains(['@', '/']) && !text.contains("www.") && is_capital(text);
                    let spelt = |and: &str| squashed(&text.replace('&', and)) == label;
                    let like =
                        squashed(text) == label || text.contains('&') && (spelt("and") || spelt("und"));
                    if plain && like && !hosts_only(text) {
                        return Some(Named {
                            name: tidied(text),
                            span: all[first].start..all[last].end(),
                            said: true,
                        });
                    }
                }
            }
        }
    }
    None
}

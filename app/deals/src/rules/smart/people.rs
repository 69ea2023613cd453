//! Whose signature it is: name and title of the contact.
use super::Range;
use super::companies::is_form;
use super::lines::{Kind, Line};
use super::words::{Word, bare, folded, is_capital, mentions, segments, squashed, tidy, trimmed, words};

/// Words of job titles, folded.
const TITLES: [&str; 88] = [
    "manager",
    "director",
    "head",
    "lead",
    "leader",
    "chief",
    "officer",
    "president",
    "vp",
    "svp",
    "evp",
    "ceo",
    "cto",
    "cio",
    "cfo",
    "coo",
    "ciso",
    "cdo",
    "cmo",
    "founder",
    "owner",
    "partner",
    "engineer",
    "architect",
    "administrator",
    "analyst",
    "consultant",
    "buyer",
    "purchaser",
    "procurement",
    "purchasing",
    "specialist",
    "coordinator",
    "supervisor",
    "executive",
    "assistant",
    "developer",
    "planner",
    "controller",
    "secretary",
    "counsel",
    "principal",
    "leiter",
    "leiterin",
    "leitung",
    "geschaeftsfuehrer",
    "geschaeftsfuehrerin",
    "geschaeftsfuehrung",
    "inhaber",
    "inhaberin",
    "vorstand",
    "prokurist",
    "prokuristin",
    "einkauf",
    "einkaeufer",
    "einkaeuferin",
    "sachbearbeiter",
    "sachbearbeiterin",
    "referent",
    "referentin",
    "projektleiter",
    "projektleiterin",
    "it-leiter",
    "abteilungsleiter",
    "bereichsleiter",
    "beauftragter",
    "ingenieur",
    "ingenieurin",
    "teamleiter",
    "teamleiterin",
    "assistenz",
    "directeur",
    "directrice",
    "responsable",
    "chef",
    "gerant",
    "acheteur",
    "direttore",
    "responsabile",
    "amministratore",
    "acquisti",
    "gerente",
    "directora",
    "compras",
    "jefe",
    "inkoper",
    "manager,",
    "vice",
];

/// Endings of German titles: `Produktionsleiter`.
const ENDINGS: [&str; 13] = [
    "leiter",
    "leiterin",
    "leitung",
    "fuehrer",
    "fuehrerin",
    "manager",
    "managerin",
    "ingenieur",
    "einkaeufer",
    "einkaeuferin",
    "beauftragte",
    "entwickler",
    "chef",
];

/// Words before a name.
const FORMS: [&str; 22] = [
    "dr", "prof", "dipl-ing", "dipl-kfm", "dipl-inf", "ing", "mag", "mr", "mrs", "ms", "herr", "frau", "msc",
    "bsc", "mba", "ma", "phd", "dipl", "mme", "m", "sig", "eth",
];

/// What closes a mail.
const CLOSINGS: [&str; 36] = [
    "best regards",
    "kind regards",
    "regards",
    "warm regards",
    "many thanks",
    "thanks",
    "thank you",
    "cheers",
    "best",
    "best wishes",
    "sincerely",
    "yours sincerely",
    "all the best",
    "br",
    "mit freundlichen gruessen",
    "freundliche gruesse",
    "viele gruesse",
    "beste gruesse",
    "herzliche gruesse",
    "liebe gruesse",
    "schoene gruesse",
    "gruesse",
    "gruss",
    "mfg",
    "vg",
    "lg",
    "cordialement",
    "bien cordialement",
    "salutations",
    "cordiali saluti",
    "distinti saluti",
    "un saludo",
    "saludos",
    "met vriendelijke groet",
    "med vanlig halsning",
    "mit besten gruessen",
];

pub(super) fn is_title(text: &str) -> bool {
    let folded = folded(text);
    let count = text.split_whitespace().count();
    let ends = folded
        .split_whitespace()
        .any(|word| ENDINGS.iter().any(|end| word.len() > end.len() && word.ends_with(end)));
    count <= 8
        && (mentions(&folded, &TITLES) || ends)
        && !text.ends_with(['.', '?', '!'])
        && !text.contains(['@', '€', '$'])
}

/// Whether a text can be a person's name: two to four words with capitals, neither company nor title.
pub(super) fn is_name(text: &str) -> bool {
    let all: Vec<&str> = text.split_whitespace().filter(|word| !is_honour(word)).collect();
    let fine = |word: &&str| {
        let particle = matches!(
            *word,
            "von"
                | "van"
                | "de"
                | "der"
                | "den"
                | "di"
                | "da"
                | "del"
                | "la"
                | "le"
                | "zu"
                | "ten"
                | "bin"
                | "al"
        );
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
        letters && (particle || is_capital(word)) && !is_form(word)
    };
    let capitals = all.iter().filter(|word| is_capital(word)).count();
    (2..=5).contains(&all.len())
        && (2..=4).contains(&capitals)
        && all.iter().all(fine)
        && !is_title(text)
        && !CLOSINGS.contains(&folded(text).trim_end_matches(',').trim())
        && super::places::by_name(text).is_none()
}

fn is_honour(word: &str) -> bool {
    let plain: String = folded(word).chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
    FORMS.contains(&plain.trim_matches('-')) && (word.contains('.') || word.len() > 2 || word == "Dr")
}

/// Somebody with the places of name and title.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    pub(super) name: Option<(String, Range<usize>, bool)>,
    pub(super) title: Option<(String, Range<usize>)>,
}

/// The person of an address, or, without one, whoever signs.
pub(super) fn find(lines: &[Line<'_>], local: Option<&str>, line: Option<usize>) -> Person {
    let by_head = local.and_then(|local| in_head(lines, local));
    let signed = signature(lines, local, line);
    let name = match (&signed, by_head) {
        // The signature has what a head leaves out: `Dr.`
        (Some((name, _)), Some(head)) if squashed(name.text).contains(&squashed(&head.0)) => {
            Some((plain(name.text), name.start..name.end(), true))
        }
        (_, Some(head)) => Some(head),
        (Some((name, _)), None) => Some((plain(name.text), name.start..name.end(), true)),
        (None, None) => None,
    };
    let labelled = || {
        let value = super::companies::labelled(
            lines,
            &["contact", "contact person", "contact name", "kontakt", "ansprechpartner"],
        )?;
        let first = segments(value.text, value.start, true).into_iter().next()?;
        is_name(first.text).then(|| (plain(first.text), first.start..first.end(), true))
    };
    let name = name.or_else(labelled);
    let title = match &signed {
        Some((name, at)) => title_near(lines, *at, name),
        None => None,
    };
    Person { name, title }
}

fn plain(name: &str) -> String {
    super::companies::tidied(name.trim_matches(['"', '\'', '*', ',']))
}

/// The name that a mail's head gives an address: `Meier, Anna (IT) <anna.meier@acme.de>`.
fn in_head(lines: &[Line<'_>], local: &str) -> Option<(String, Range<usize>, bool)> {
    for line in lines {
        if !matches!(line.kind, Kind::From | Kind::To | Kind::Cut) {
            continue;
        }
        let Some(at) = folded_find(line.text, &format!("{local}@")) else { continue };
        let before = line.text[..at].trim_end_matches(['<', '[', ' ', '(', '"']).trim_end_matches("mailto:");
        let from = before.rfind([';', '>', ':']).map_or(0, |at| at + 1);
        let part =
            trimmed(&before[from..], line.start + from, |c: char| c.is_whitespace() || "\"'<[,*".contains(c));
        // `Am 3. Mai 2031 um 10:02 schrieb Anna Meier`
        let part = match part.text.rfind(" schrieb ") {
            Some(at) => tidy(&part.text[at + 9..], part.start + at + 9),
            None => last_after_comma_of_time(part),
        };
        let cut = part.text.find(['(', '[', '|']).unwrap_or(part.text.len());
        let part = tidy(&part.text[..cut], part.start);
        let name = match part.text.split_once(',') {
            Some((last, first)) if is_name(&format!("{} {}", first.trim(), last.trim())) => {
                format!("{} {}", first.trim(), last.trim())
            }
            _ => part.text.to_owned(),
        };
        if is_name(&name) {
            return Some((plain(&name), part.start..part.end(), true));
        }
    }
    None
}

/// `On Mon, May 3, 2031 at 10:02 AM Anna Meier` ends with the name.
fn last_after_comma_of_time(part: Word<'_>) -> Word<'_> {
    if !part.text.contains(|c: char| c.is_ascii_digit()) {
        return part;
    }
    let all = words(part.text, part.start);
    let first = all.iter().rposition(|word| {
        word.text.contains(|c: char| c.is_ascii_digit()) || matches!(word.text, "AM" | "PM" | "Uhr")
    });
    match first.and_then(|at| all.get(at + 1)) {
        Some(word) => tidy(&part.text[word.start - part.start..], word.start),
        None => part,
    }
}

fn folded_find(text: &str, wanted: &str) -> Option<usize> {
    text.char_indices().map(|(at, _)| at).find(|at| {
        text[*at..].len() >= wanted.len()
            && text.get(*at..*at + wanted.len()).is_some_and(|part| part.to_lowercase() == wanted)
    })
}

/// The name in the signature around an address or after a closing, with the number of its line.
fn signature<'a>(lines: &[Line<'a>], local: Option<&str>, line: Option<usize>) -> Option<(Word<'a>, usize)> {
    let of_local = |name: &Word<'_>| {
        local.is_some_and(|local| {
            let local: String = local.chars().filter(|c| c.is_alphabetic()).collect();
            let parts: Vec<String> =
                name.text.split_whitespace().map(squashed).filter(|part| part.len() > 1).collect();
            parts.last().is_some_and(|last| local.contains(last.as_str()))
                || parts.first().is_some_and(|first| first.len() > 2 && local.starts_with(first.as_str()))
        })
    };
    let all = || {
        lines.iter().enumerate().filter(|(_, line)| line.kind == Kind::Text).filter_map(|(at, line)| {
            let cut = segments(line.text, line.start, true);
            // `Anna Meier, Head of IT`; but not names in a sentence.
            let first = cut.first().copied().filter(|first| line.text.len() < 120 && is_name(first.text));
            first.map(|name| (name, at))
        })
    };
    // The name that belongs to the address, nearest to it.
    let near = |at: usize| line.map_or(0, |line| at.abs_diff(line));
    if let Some(found) = all().filter(|(name, _)| of_local(name)).min_by_key(|(_, at)| near(*at)) {
        return Some(found);
    }
    let above = |at: usize| line.is_none_or(|line| at < line && line - at <= 9 || at.abs_diff(line) <= 1);
    let closed = |at: usize| {
        (at.saturating_sub(3)..at).any(|before| {
            let text = folded(lines[before].text);
            CLOSINGS.contains(&text.trim_end_matches([',', '.', '!']).trim())
                || lines[before].kind == Kind::Cut
        })
    };
    let candidates: Vec<(Word<'a>, usize)> = all().filter(|(_, at)| above(*at)).collect();
    candidates
        .iter()
        .find(|(_, at)| closed(*at))
        .or_else(|| candidates.iter().find(|(name, at)| title_near(lines, *at, name).is_some()))
        .or_else(|| candidates.first().filter(|_| line.is_some()))
        .copied()
}

/// A title beside a name or on the lines below it.
fn title_near(lines: &[Line<'_>], at: usize, name: &Word<'_>) -> Option<(String, Range<usize>)> {
    let own = lines.get(at)?;
    let rest = name.end() - own.start;
    let beside = own.text.get(rest..).map(|rest| tidy(rest, name.end()));
    let beside = beside
        .map(|rest| trimmed(rest.text, rest.start, |c: char| c.is_whitespace() || ",|-–—·•/(".contains(c)));
    if let Some(rest) = beside.filter(|rest| !rest.text.is_empty()) {
        for part in segments(rest.text, rest.start, false) {
            let part = up_to_company(part);
            if is_title(part.text) {
                return Some((plain(part.text), part.start..part.end()));
            }
        }
    }
    for below in lines.iter().skip(at + 1).filter(|line| line.kind != Kind::Blank).take(2) {
        for part in segments(below.text, below.start, false) {
            let part = up_to_company(part);
            if below.kind == Kind::Text && is_title(part.text) && !part.text.contains(':') {
                return Some((plain(part.text), part.start..part.end()));
            }
        }
    }
    None
}

/// `Head of IT, Acme GmbH` and `Head of IT at Acme` end with the title.
fn up_to_company(part: Word<'_>) -> Word<'_> {
    let mut end = part.text.len();
    for (at, _) in part.text.match_indices(", ") {
        let rest = &part.text[at + 2..];
        let company =
            rest.split_whitespace().any(is_form) || rest.split_whitespace().count() == 1 && !is_title(rest);
        if company {
            end = end.min(at);
        }
    }
    for mark in [" at ", " bei ", " @ ", " chez "] {
        if let Some(at) = part.text.find(mark) {
            end = end.min(at);
        }
    }
    let cut = tidy(&part.text[..end], part.start);
    trimmed(cut.text, cut.start, |c: char| c.is_whitespace() || ",)".contains(c))
}

/// The words of a line without punctuation, for a cell of a table.
pub(super) fn is_person_cell(text: &str) -> bool {
    is_name(bare(&Word { text, start: 0 }).text)
}

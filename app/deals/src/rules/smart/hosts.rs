//! Hosts of websites and e-mail addresses, and what they say about a company.
use super::lines::Line;
use super::words::{Word, bare, words};

/// Hosts where anybody has an address, or a page: they say nothing about a company.
const SHARED: &str = " gmail.com googlemail.com outlook.com outlook.de outlook.fr hotmail.com hotmail.de hotmail.co.uk \
    hotmail.fr live.com live.de live.nl msn.com yahoo.com yahoo.de yahoo.fr yahoo.co.uk ymail.com icloud.com me.com mac.com \
    gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de aol.com proton.me protonmail.com pm.me posteo.de \
    mailbox.org bluewin.ch orange.fr free.fr wanadoo.fr laposte.net libero.it wp.pl o2.pl onet.pl seznam.cz qq.com 163.com \
    fastmail.com hey.com tutanota.com zoho.com mail.com mail.ru yandex.ru ";

/// Sites that stand in signatures and threads, and are nobody's own.
const OTHERS: &str = " linkedin.com xing.com facebook.com twitter.com x.com instagram.com youtube.com tiktok.com calendly.com \
    zoom.us teams.microsoft.com microsoft.com aka.ms office.com google.com goo.gl maps.app.goo.gl bit.ly github.com \
    whatsapp.com wa.me apple.com vimeo.com kununu.com dropbox.com wetransfer.com docusign.com safelinks.protection.outlook.com ";

/// Endings of two letters that are used everywhere, whatever country owns them.
const GENERIC: &str = " ai app cc co eu fm gg io ly me sh so to tv ws vc ";

/// Endings without a country that companies use.
const ENDINGS: &str = " com net org biz info dev app cloud tech group swiss berlin wien hamburg koeln bayern example software \
    solutions systems digital energy health agency consulting engineering industries global international ";

/// Endings that are words of a sentence as often as not: a bare `done.It` is no host.
const WORDS: &str = " is it in at to so me my no be am as by de la do my id im pm ";

/// Labels below a country's ending that are not names: `example.co.uk`.
const SECOND: &str = " ac co com edu gov gv ne net or org ltd plc ";

/// Mailboxes that are no person's.
const ROLES: &str = " info office contact kontakt mail hello hallo service support sales vertrieb einkauf procurement purchasing \
    noreply no-reply donotreply admin webmaster marketing newsletter billing invoice rechnung team empfang reception zentrale \
    jobs karriere datenschutz privacy ";

fn has(list: &str, word: &str) -> bool {
    !word.is_empty() && list.contains(&format!(" {word} "))
}

/// An e-mail address in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Email<'a> {
    pub(super) word: Word<'a>,
    /// In lower case.
    pub(super) local: String,
    /// In lower case.
    pub(super) host: String,
    /// Number of its line.
    pub(super) line: usize,
}

impl Email<'_> {
    pub(super) fn is_shared(&self) -> bool {
        is_shared(&self.host)
    }

    /// Whether it is a person's, as far as can be told.
    pub(super) fn is_personal(&self) -> bool {
        !has(ROLES, &self.local)
    }
}

/// A website in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Site<'a> {
    pub(super) word: Word<'a>,
    pub(super) host: String,
    pub(super) line: usize,
}

pub(super) fn is_shared(host: &str) -> bool {
    has(SHARED, host)
}

fn is_other(host: &str) -> bool {
    is_shared(host)
        || OTHERS
            .split_whitespace()
            .any(|other| host == other || host.strip_suffix(other).is_some_and(|front| front.ends_with('.')))
}

/// Whether a host is one of these or below one of them.
pub(super) fn is_of(host: &str, own: &[&str]) -> bool {
    own.iter().any(|own| {
        let own = own.to_lowercase();
        host == own || host.strip_suffix(&own).is_some_and(|front| front.ends_with('.'))
    })
}

/// All e-mail addresses.
pub(super) fn emails<'a>(lines: &[Line<'a>]) -> Vec<Email<'a>> {
    let mut all = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        for word in words(line.text, line.start) {
            // `<mailto:anna@acme.de>`, `[anna@acme.de]`, `E-Mail:anna@acme.de`
            let cuts = |letter: char| !(letter.is_alphanumeric() || "@._-+&'".contains(letter));
            let mut from = 0;
            let ends =
                word.text.match_indices(cuts).map(|(at, cut)| (at, cut.len())).chain([(word.text.len(), 0)]);
            for (end, cut) in ends {
                let part = &word.text[from..end];
                if let Some(email) = email(part, word.start + from, number) {
                    let again = all.iter().any(|known: &Email<'_>| {
                        known.line == number && known.local == email.local && known.host == email.host
                    });
                    if !again {
                        all.push(email);
                    }
                }
                from = end + cut;
            }
        }
    }
    all
}

fn email(text: &str, start: usize, line: usize) -> Option<Email<'_>> {
    let word = super::words::trimmed(text, start, |letter: char| ".'-&".contains(letter));
    let (local, host) = word.text.split_once('@')?;
    let host = host_of(host)?;
    let fine = !local.is_empty() && local.chars().all(|c| c.is_alphanumeric() || "._-+&'".contains(c));
    fine.then(|| Email { word, local: local.to_lowercase(), host, line })
}

/// All websites that can be a company's own.
pub(super) fn sites<'a>(lines: &[Line<'a>]) -> Vec<Site<'a>> {
    let mut all = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        for word in words(line.text, line.start) {
            let word = bare(&word);
            // `Web:www.acme.de`, `www.acme.de|Tel`
            let word = match word.text.find("www.").or_else(|| word.text.find("http")) {
                Some(at) => Word { text: &word.text[at..], start: word.start + at },
                None => word,
            };
            let end = word.text.find(['|', ',', '>', ')', ']']).unwrap_or(word.text.len());
            let word = bare(&Word { text: &word.text[..end], start: word.start });
            if word.text.contains('@') {
                continue;
            }
            let Some(host) = host_of(word.text).filter(|host| !is_other(host)) else { continue };
            let marked = word.text.starts_with("www.") || word.text.contains("://");
            if marked || is_told(word.text, &host) {
                all.push(Site { word, host, line: number });
            }
        }
    }
    all
}

/// Whether a bare host can be told from words without a space between them.
fn is_told(text: &str, host: &str) -> bool {
    let Some((front, ending)) = host.rsplit_once('.') else { return false };
    let written = text.rsplit('.').next().unwrap_or_default();
    let known = has(ENDINGS, ending) || is_country(ending) || has(GENERIC, ending);
    known && front.len() > 2 && !has(WORDS, ending) && !written.contains(char::is_uppercase)
        || known && has(" de it at be is ", ending) && front.len() > 2 && text == text.to_lowercase()
}

fn is_country(ending: &str) -> bool {
    ending == "uk" || super::places::is_code(&ending.to_ascii_uppercase())
}

/// The host of a URL or of what looks like one, in lower case and without `www.`.
pub(super) fn host_of(text: &str) -> Option<String> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.trim_end_matches('.').to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let ending = host.rsplit_once('.')?.1;
    let good = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let is_ending =
        ending.chars().count() > 1 && ending.chars().all(char::is_alphabetic) || ending.starts_with("xn--");
    (is_ending && host.len() < 254 && host.split('.').all(good)).then(|| host.to_owned())
}

/// The country that a host's ending names.
pub(super) fn country_of(host: &str) -> Option<String> {
    let ending = host.rsplit('.').next()?;
    if has(GENERIC, ending) {
        return None;
    }
    let code = if ending == "uk" { "GB".to_owned() } else { ending.to_ascii_uppercase() };
    super::places::is_code(&code).then_some(code)
}

/// The label that a company chose: `helvetia-praezision` of `shop.helvetia-praezision.co.uk`.
pub(super) fn label_of(host: &str) -> Option<&str> {
    let mut labels: Vec<&str> = host.split('.').collect();
    let ending = labels.pop()?;
    if ending.len() == 2 && labels.len() > 1 && labels.last().is_some_and(|label| has(SECOND, label)) {
        labels.pop();
    }
    labels.pop().filter(|label| !label.starts_with("xn--"))
}

/// The host that a company registered: label and ending.
pub(super) fn site_of(host: &str) -> &str {
    match label_of(host) {
        Some(label) => host.rfind(&format!("{label}.")).map_or(host, |at| &host[at..]),
        None => host,
    }
}

/// The label that a company chose, as words: `helvetia-praezision.ch` is "Helvetia Praezision".
pub(super) fn name_of(host: &str) -> Option<String> {
    let words: Vec<String> =
        label_of(host)?.split('-').filter(|word| !word.is_empty()).map(capital).collect();
    Some(words.join(" "))
}

/// Short words are taken for abbreviations.
fn capital(word: &str) -> String {
    if word.chars().count() <= 3 {
        return word.to_uppercase();
    }
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A name made from an address: `anna.meier` is "Anna Meier".
pub(super) fn of_local(local: &str) -> Option<String> {
    let parts: Vec<&str> = local.split(['.', '_']).filter(|part| !part.is_empty()).collect();
    let fine = parts.len() == 2
        && parts.iter().all(|part| part.len() > 1 && part.chars().all(|c| c.is_alphabetic() || c == '-'));
    let capital = |part: &str| -> String {
        part.split('-')
            .map(|word| {
                let mut letters = word.chars();
                letters
                    .next()
                    .map(|first| first.to_uppercase().chain(letters).collect::<String>())
                    .unwrap_or_default()
            })
            .collect::<Vec<_>>()
            .join("-")
    };
    fine.then(|| parts.iter().map(|part| capital(part)).collect::<Vec<_>>().join(" "))
}

//! Laws of mails to many: whose address is whose, what a refusal means, when to try again, what an opening says. Pure.
use base::{Span, Timestamp};

use crate::model::{RecordFinding, SenderState, Variant};

/// How many sender domains a partner or a brand has at most.
pub const MOST_SENDERS: usize = 10;
/// How long a record may be gone before mails go out in the shared name again.
pub const PATIENCE: Span = Span::days(3);
/// How long until a verified domain is looked at again.
pub const AGAIN: Span = Span::days(1);
/// How long until the DNS is asked again when it did not answer.
pub const SOON: Span = Span::hours(1);
/// A click so soon after sending is of a machine that looks for harm.
pub const TOO_SOON: Span = Span::seconds(2);
/// After so many tries a message is given up.
pub const TRIES: i64 = 12;

/// An address as it is compared: without white space around it, in lower case.
#[must_use]
pub fn key(address: &str) -> String {
    address.trim().to_lowercase()
}

/// What a vendor reads of the address of a partner's contact: `j…@example.com`.
#[must_use]
pub fn masked(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}…@{domain}")
}

/// Which subject a recipient gets: half of them each, the same one however often it is asked.
#[must_use]
pub fn variant(hash: &[u8], has_other: bool) -> Variant {
    if has_other && hash.last().is_some_and(|byte| byte & 1 == 1) { Variant::B } else { Variant::A }
}

/// Where in the conversation a mail server refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Greeting, encryption, sign-in, or the sender: nothing to do with this recipient.
    Before,
    Recipient,
    /// The message itself.
    Content,
}

/// What a refusal means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// There is no such mailbox: never again.
    NoSuchMailbox,
    /// This message will not be taken; the next one may be.
    Refused,
    /// Not now, and not for others of that domain either.
    Later,
    /// The operator has something to put right, or the mail server is unwell: nothing is sent for a while.
    Ours,
}

/// Reads a refusal: the code of the reply (RFC 5321) and the enhanced code in its text (RFC 3463), if there is one.
#[must_use]
pub fn meaning(stage: Stage, code: u16, text: &str) -> Meaning {
    let enhanced = enhanced(text);
    match (stage, code) {
        // 421: the server closes; 530, 535: it wants a sign-in.
        (Stage::Before, _) | (_, 421 | 530 | 534 | 535 | 538) => Meaning::Ours,
        (Stage::Recipient | Stage::Content, 400..=499) => Meaning::Later,
        (Stage::Recipient, 550 | 551 | 553) => match enhanced {
            Some((5, 0 | 1, _) | (5, 2, 1)) | None => Meaning::NoSuchMailbox,
            // Policy (5.7), such as relaying or a blocked sender, and others: they say nothing about the mailbox.
            Some(_) => Meaning::Refused,
        },
        (Stage::Recipient | Stage::Content, _) => match enhanced {
            Some((5, 1, 1 | 10)) => Meaning::NoSuchMailbox,
            _ => Meaning::Refused,
        },
    }
}

/// The first enhanced status code of a text: `5.1.1`.
#[must_use]
pub fn enhanced(text: &str) -> Option<(u8, u16, u16)> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.')).find_map(|word| {
        let mut parts = word.trim_matches('.').split('.');
        let class = parts.next().filter(|class| matches!(*class, "2" | "4" | "5"))?.parse().ok()?;
        let subject = parts.next().filter(|part| part.len() <= 3)?.parse().ok()?;
        let detail = parts.next().filter(|part| part.len() <= 3)?.parse().ok()?;
        parts.next().is_none().then_some((class, subject, detail))
    })
}

/// Whether a failed delivery, told by its status, is one of an address that will never work (RFC 3463). A full mailbox, a
/// message that is too large or one that a policy refused says nothing about the address.
#[must_use]
pub fn is_hard(status: (u8, u16, u16)) -> bool {
    match status {
        (5, 2, detail) => detail == 1,
        (5, 4, detail) => detail == 4 || detail == 3,
        (5, 3 | 5 | 6 | 7, _) => false,
        (class, ..) => class == 5,
    }
}

/// When a message that was not taken is tried again after so many tries; never after [`TRIES`]. A minute at first, then
/// twice as long each time, at most eight hours: a day in all.
#[must_use]
pub fn again_after(attempts: i64) -> Option<Span> {
    if attempts >= TRIES {
        return None;
    }
    let doublings = u32::try_from(attempts.max(1) - 1).unwrap_or(0).min(20);
    Some(Span(Span::minutes(1).0.saturating_mul(1 << doublings).min(Span::hours(8).0)))
}

/// Who loaded a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loader {
    /// A mail program that a person looks into, as far as can be told.
    Person,
    /// A service that loads pictures for many: Gmail's and Yahoo's when a mail is opened or before, Apple's Mail Privacy
    /// Protection whether anybody looks or not. Apple's names itself `Mozilla/5.0` and nothing else.
    Proxy,
}

/// Tells by what a loader says of itself.
#[must_use]
pub fn loader(user_agent: &str) -> Loader {
    const PROXIES: [&str; 6] =
        ["googleimageproxy", "yahoomailproxy", "ggpht", "duckduckgo", "mailprivacy", "protonmail"];
    let said = user_agent.trim().to_ascii_lowercase();
    if said.is_empty() || said == "mozilla/5.0" || PROXIES.iter().any(|name| said.contains(name)) {
        Loader::Proxy
    } else {
        Loader::Person
    }
}

/// An address with the tags by which web statistics know where a visitor came from. Those that it has stay. None for what is
/// neither of the web, nor a mail address, nor a telephone number.
#[must_use]
pub fn tagged(url: &str, source: &str, campaign: &str, content: &str) -> Option<String> {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase())?;
    match scheme.as_str() {
        "mailto" | "tel" => return Some(url.to_owned()),
        "http" | "https" => {}
        _ => return None,
    }
    let (rest, fragment) = url.split_once('#').map_or((url, None), |(rest, fragment)| (rest, Some(fragment)));
    let query = rest.split_once('?').map_or("", |(_, query)| query);
    let has = |name: &str| query.split('&').any(|pair| pair.split('=').next() == Some(name));
    let tags = [
        ("utm_source", source),
        ("utm_medium", "email"),
        ("utm_campaign", campaign),
        ("utm_content", content),
    ];
    let mut tagged = rest.to_owned();
    for (name, value) in tags.into_iter().filter(|(name, value)| !value.is_empty() && !has(name)) {
        tagged.push(if tagged.contains('?') { '&' } else { '?' });
        tagged.push_str(name);
        tagged.push('=');
        tagged.push_str(&base::escape(value));
    }
    if let Some(fragment) = fragment {
        tagged.push('#');
        tagged.push_str(fragment);
    }
    Some(tagged)
}

/// The language that a document says it is in (`<html lang="de">`); empty when it says none.
#[must_use]
pub fn language_of(html: &str) -> &str {
    let Some(at) = html.find("<html") else { return "" };
    let tag = html[at..].split_once('>').map_or("", |(tag, _)| tag);
    let Some((_, rest)) = tag.split_once("lang=\"") else { return "" };
    rest.split_once('"').map_or("", |(language, _)| language)
}

/// What a look at a sender domain's record changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Verified,
    Missed,
    FoundAgain,
    Lost,
}

/// Where a sender domain stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub state: SenderState,
    pub verified_at: Option<Timestamp>,
    pub failing_since: Option<Timestamp>,
}

impl Standing {
    /// Where it stands after a look, and what changed. A DNS that does not answer changes nothing.
    #[must_use]
    pub fn seen(self, found: RecordFinding, now: Timestamp) -> (Self, Option<Change>) {
        use RecordFinding::{Found, Missing, Other, Unanswered, Unknown};
        use SenderState::{Lost, Pending, Verified};
        match (self.state, found) {
            (_, Unanswered | Unknown) | (Pending | Lost, Missing | Other) => (self, None),
            (Pending | Lost, Found) => {
                let next = Self { state: Verified, verified_at: Some(now), failing_since: None };
                (next, Some(Change::Verified))
            }
            (Verified, Found) => match self.failing_since {
                Some(_) => (Self { failing_since: None, ..self }, Some(Change::FoundAgain)),
                None => (self, None),
            },
            (Verified, Missing | Other) => match self.failing_since {
                None => (Self { failing_since: Some(now), ..self }, Some(Change::Missed)),
                Some(since) if since + PATIENCE <= now => (Self { state: Lost, ..self }, Some(Change::Lost)),
                Some(_) => (self, None),
            },
        }
    }
}

/// What texts of the DNS say of a DKIM record with this key.
#[must_use]
pub fn read_dkim(texts: &[String], public_key: &str) -> RecordFinding {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '"').collect::<String>();
    let has = |text: &String| bare(text).split(';').any(|tag| tag.strip_prefix("p=") == Some(public_key));
    if texts.is_empty() {
        RecordFinding::Missing
    } else if texts.iter().any(has) {
        RecordFinding::Found
    } else {
        RecordFinding::Other
    }
}

/// Whether one of the texts begins like a record of this kind: `v=spf1`, `v=DMARC1`.
#[must_use]
pub fn read_version(texts: &[String], version: &str) -> RecordFinding {
    let is = |text: &&String| {
        text.trim_start_matches('"')
            .get(..version.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(version))
    };
    match texts.iter().filter(is).count() {
        0 => RecordFinding::Missing,
        1 => RecordFinding::Found,
        // Two of a kind are none: both standards say so.
        _ => RecordFinding::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_refusal_is_read_by_where_it_came_and_what_it_says() {
        use Meaning::{Later, NoSuchMailbox, Ours, Refused};
        for (stage, code, text, wanted) in [
            (Stage::Recipient, 550, "5.1.1 <x@y>: user unknown", NoSuchMailbox),
            (Stage::Recipient, 550, "No such user here", NoSuchMailbox),
            (Stage::Recipient, 550, "5.2.1 The account is disabled", NoSuchMailbox),
            (Stage::Recipient, 550, "5.7.1 relaying denied", Refused),
            (Stage::Recipient, 551, "User not local", NoSuchMailbox),
            (Stage::Recipient, 552, "5.2.2 mailbox full", Refused),
            (Stage::Recipient, 554, "5.7.1 blocked", Refused),
            (Stage::Recipient, 450, "4.2.0 greylisted", Later),
            (Stage::Recipient, 421, "4.7.0 closing", Ours),
            (Stage::Recipient, 530, "5.7.0 sign in first", Ours),
            (Stage::Content, 554, "5.7.1 looks like spam", Refused),
            (Stage::Content, 550, "5.1.1 no such user", NoSuchMailbox),
            (Stage::Content, 550, "rejected", Refused),
            (Stage::Content, 452, "4.3.1 no space", Later),
            (Stage::Before, 550, "sender refused", Ours),
        ] {
            assert_eq!(meaning(stage, code, text), wanted, "{code} {text}");
        }
    }

    #[test]
    fn an_enhanced_code_is_found_where_it_stands() {
        assert_eq!(enhanced("550-5.1.1 no"), Some((5, 1, 1)));
        assert_eq!(enhanced("said: 4.7.26."), Some((4, 7, 26)));
        for none in ["", "10.1.1.1", "5.1", "192.168.5.1", "version 3.1.4", "5.1000.1"] {
            assert_eq!(enhanced(none), None, "{none}");
        }
    }

    #[test]
    fn a_full_mailbox_is_not_a_dead_one() {
        for (status, hard) in [
            ((5, 1, 1), true),
            ((5, 0, 0), true),
            ((5, 2, 1), true),
            ((5, 2, 2), false),
            ((5, 7, 1), false),
            ((5, 4, 4), true),
            ((5, 4, 7), false),
            ((4, 4, 7), false),
        ] {
            assert_eq!(is_hard(status), hard, "{status:?}");
        }
    }

    #[test]
    fn tries_are_further_apart_each_time_and_end() {
        assert_eq!(again_after(1), Some(Span::minutes(1)));
        assert_eq!(again_after(4), Some(Span::minutes(8)));
        assert_eq!(again_after(11), Some(Span::hours(8)));
        assert_eq!(again_after(12), None);
        let all: i64 = (1..).map_while(again_after).map(|span| span.0).sum();
        assert!(all > Span::days(1).0 && all < Span::days(3).0, "{all}");
    }

    #[test]
    fn privacy_proxies_are_known_by_their_names() {
        for proxy in [
            "",
            "Mozilla/5.0",
            "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
            "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
        ] {
            assert_eq!(loader(proxy), Loader::Proxy, "{proxy}");
        }
        let apple =
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        assert_eq!(loader(apple), Loader::Person);
    }

    #[test]
    fn an_address_is_tagged_once_and_only_one_of_the_web() {
        let tag = |url: &str| tagged(url, "aurora", "spring sale", "step-1");
        assert_eq!(
            tag("https://a.example/x").unwrap(),
            "https://a.example/x?utm_source=aurora&utm_medium=email&utm_campaign=spring%20sale&utm_content=step-1"
        );
        assert_eq!(
            tag("https://a.example/x?utm_source=own&y=1#top").unwrap(),
            "https://a.example/x?utm_source=own&y=1&utm_medium=email&utm_campaign=spring%20sale&utm_content=step-1#top"
        );
        assert_eq!(tag("mailto:a@b.example").unwrap(), "mailto:a@b.example");
        for bad in ["javascript:alert(1)", "data:text/html,x", "//evil.example", "", "/l/x"] {
            assert_eq!(tag(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_document_says_its_language() {
        assert_eq!(language_of("<!doctype html><html dir=\"rtl\" lang=\"ar\"><head>"), "ar");
        for none in ["", "<html>", "<p lang=\"de\">", "<html lang=\"de"] {
            assert_eq!(language_of(none), "", "{none}");
        }
    }

    #[test]
    fn records_are_read_as_people_set_them() {
        let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(read_dkim(&[], "AbC"), RecordFinding::Missing);
        assert_eq!(read_dkim(&texts(&["v=DKIM1; k=rsa; p=Ab C"]), "AbC"), RecordFinding::Found);
        assert_eq!(read_dkim(&texts(&["\"v=DKIM1; p=AbC\""]), "AbC"), RecordFinding::Found);
        assert_eq!(read_dkim(&texts(&["v=DKIM1; p=AbCd"]), "AbC"), RecordFinding::Other);
        assert_eq!(read_version(&texts(&["google=1", "V=spf1 -all"]), "v=spf1"), RecordFinding::Found);
        assert_eq!(read_version(&texts(&["v=spf1 -all", "v=spf1 ~all"]), "v=spf1"), RecordFinding::Other);
        assert_eq!(read_version(&texts(&["ä"]), "v=spf1"), RecordFinding::Missing);
    }

    #[test]
    fn a_domain_is_lost_after_days_and_not_because_the_dns_is_down() {
        let now = Timestamp(1_793_610_000_000);
        let new = Standing { state: SenderState::Pending, verified_at: None, failing_since: None };
        let (verified, change) = new.seen(RecordFinding::Found, now);
        assert_eq!((verified.state, change), (SenderState::Verified, Some(Change::Verified)));
        let (missed, change) = verified.seen(RecordFinding::Missing, now);
        assert_eq!((missed.failing_since, change), (Some(now), Some(Change::Missed)));
        assert_eq!(missed.seen(RecordFinding::Unanswered, now + Span::days(9)), (missed, None));
        let (lost, change) = missed.seen(RecordFinding::Other, now + PATIENCE);
        assert_eq!((lost.state, change), (SenderState::Lost, Some(Change::Lost)));
    }

    proptest! {
        #[test]
        fn no_address_becomes_another_host_by_its_tags(path in "[a-z/?&=#.@:]{0,40}") {
            let url = format!("https://a.example/{path}");
            let made = tagged(&url, "s", "c", "x").unwrap();
            prop_assert!(made.starts_with("https://a.example/"));
        }

        #[test]
        fn whatever_a_server_says_is_read(code: u16, text in ".{0,200}") {
            let _ = (meaning(Stage::Recipient, code, &text), enhanced(&text), language_of(&text), masked(&text));
        }
    }
}

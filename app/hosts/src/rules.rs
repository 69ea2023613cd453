//! What follows from what the DNS says. Pure.
use base::{Span, Timestamp};

use crate::model::{CheckAnswer, Host, HostRecord, HostState};

/// How long a record may be gone before the name counts as lost.
pub const PATIENCE: Span = Span::days(3);
/// How long until a name that was shown is looked at again.
pub const AGAIN: Span = Span::days(1);
/// How long until the DNS is asked again when it did not answer.
pub const SOON: Span = Span::hours(1);
/// How many names a brand has at most.
pub const MOST: usize = 20;

/// The name of the record is the host's with this before it.
pub const LABEL: &str = "_rialto";
const MARK: &str = "rialto-host=";

/// The record that shows whose a name is.
#[must_use]
pub fn record(name: &str, token: &str) -> HostRecord {
    HostRecord { name: format!("{LABEL}.{name}"), value: format!("{MARK}{token}") }
}

/// What texts of the DNS say of a record: found, missing or other.
#[must_use]
pub fn read(texts: &[String], record: &HostRecord) -> CheckAnswer {
    // Some consoles keep the quotes that people copy with a value.
    let is_right = |text: &String| text.trim().trim_matches('"') == record.value;
    if texts.iter().any(is_right) {
        CheckAnswer::Found
    } else if texts.is_empty() {
        CheckAnswer::Missing
    } else {
        CheckAnswer::Other
    }
}

/// What a look at the DNS changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The name is the vendor's.
    Verified,
    /// The record is not there any more.
    Missed,
    /// It is there again, before the name was lost.
    FoundAgain,
    /// It has been gone for too long.
    Lost,
}

impl Change {
    /// The event that tells it.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Verified => "host.verified",
            Self::Missed => "host.missed",
            Self::FoundAgain => "host.found_again",
            Self::Lost => "host.lost",
        }
    }
}

impl Host {
    /// What the name is after a look, and what changed. A DNS that does not answer changes nothing: nobody loses a name
    /// because a server is down, ours or theirs.
    #[must_use]
    pub fn seen(self, answer: CheckAnswer, now: Timestamp) -> (Self, Option<Change>) {
        use CheckAnswer::{Found, Missing, Other, Taken, Unanswered};
        use HostState::{Lost, Pending, Verified};
        match (self.state, answer) {
            (_, Unanswered | Taken) | (Pending | Lost, Missing | Other) => (self, None),
            (Pending | Lost, Found) => {
                let next = Self { state: Verified, verified_at: Some(now), failing_since: None, ..self };
                (next, Some(Change::Verified))
            }
            (Verified, Found) => match self.failing_since {
                Some(_) => (Self { failing_since: None, ..self }, Some(Change::FoundAgain)),
                None => (self, None),
            },
            (Verified, Missing | Other) => match self.failing_since {
                None => (Self { failing_since: Some(now), ..self }, Some(Change::Missed)),
                Some(since) if since + PATIENCE <= now => {
                    (Self { state: Lost, is_primary: false, ..self }, Some(Change::Lost))
                }
                Some(_) => (self, None),
            },
        }
    }
}

/// Where a host is reached, by the address of the installation: with the same scheme and port.
#[must_use]
pub fn address_at(base_url: &str, host: &str) -> String {
    let (scheme, rest) = base_url.split_once("://").unwrap_or(("https", base_url));
    let authority = rest.split('/').next().unwrap_or_default();
    let is_port = |port: &&str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    match authority.rsplit_once(':').map(|(_, port)| port).filter(is_port) {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::HostId;
    use base::BrandId;

    const NOON: Timestamp = Timestamp(1_793_620_800_000);

    fn host(state: HostState) -> Host {
        Host {
            id: HostId(Default::default()),
            brand: BrandId(Default::default()),
            name: "portal.example.com".into(),
            shown: "portal.example.com".into(),
            state,
            is_primary: state == HostState::Verified,
            record: record("portal.example.com", "abc"),
            target: String::new(),
            added_at: NOON,
            added_by_name: "Olivia".into(),
            verified_at: None,
            failing_since: None,
            version: 1,
        }
    }

    #[test]
    fn a_name_is_shown_by_its_record_alone() {
        let record = record("portal.example.com", "abc");
        assert_eq!(record.name, "_rialto.portal.example.com");
        let read =
            |texts: &[&str]| read(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>(), &record);
        assert_eq!(read(&[]), CheckAnswer::Missing);
        assert_eq!(read(&["v=spf1 -all", "rialto-host=abcd", "rialto-host="]), CheckAnswer::Other);
        assert_eq!(read(&["v=spf1 -all", " \"rialto-host=abc\" "]), CheckAnswer::Found);
        let (after, change) = host(HostState::Pending).seen(CheckAnswer::Found, NOON);
        assert_eq!(
            (after.state, after.verified_at, change),
            (HostState::Verified, Some(NOON), Some(Change::Verified))
        );
        for answer in [CheckAnswer::Missing, CheckAnswer::Other, CheckAnswer::Unanswered, CheckAnswer::Taken]
        {
            assert_eq!(host(HostState::Pending).seen(answer, NOON), (host(HostState::Pending), None));
        }
    }

    #[test]
    fn a_name_is_lost_after_three_days_without_its_record() {
        let (gone, change) = host(HostState::Verified).seen(CheckAnswer::Missing, NOON);
        assert_eq!(
            (gone.state, gone.failing_since, change),
            (HostState::Verified, Some(NOON), Some(Change::Missed))
        );
        let later = NOON + PATIENCE - Span(1);
        assert_eq!(gone.clone().seen(CheckAnswer::Other, later), (gone.clone(), None));
        let (back, change) = gone.clone().seen(CheckAnswer::Found, later);
        assert_eq!((back.failing_since, change), (None, Some(Change::FoundAgain)));
        // A DNS that is down takes nothing away, however long.
        assert_eq!(gone.clone().seen(CheckAnswer::Unanswered, NOON + Span::days(90)), (gone.clone(), None));
        let (lost, change) = gone.seen(CheckAnswer::Missing, NOON + PATIENCE);
        assert_eq!((lost.state, lost.is_primary, change), (HostState::Lost, false, Some(Change::Lost)));
        let (again, change) = lost.seen(CheckAnswer::Found, NOON + Span::days(9));
        assert_eq!(
            (again.state, again.failing_since, change),
            (HostState::Verified, None, Some(Change::Verified))
        );
    }

    #[test]
    fn a_host_is_reached_like_the_installation() {
        for (base, address) in [
            ("https://partners.example", "https://portal.test"),
            ("https://partners.example:8443/", "https://portal.test:8443"),
            ("http://127.0.0.1:3000", "http://portal.test:3000"),
            ("http://[::1]", "http://portal.test"),
            ("http://[::1]:3000", "http://portal.test:3000"),
        ] {
            assert_eq!(address_at(base, "portal.test"), address, "{base}");
        }
    }
}

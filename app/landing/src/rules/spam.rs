//! What gives a machine away that fills forms, without asking people for anything.
use base::{Span, Timestamp, words};

words! {
    /// Why an answer is not taken as it is. Whoever sent it is told, and can send it again.
    Turned {
        /// A field was filled that people do not see.
        Trap = "trap",
        /// Nobody reads and writes so fast.
        TooFast = "too_fast",
        /// The page lay open for too long.
        Stale = "stale",
        /// The page that it came from was not ours, or its seal was changed.
        Forged = "forged",
        /// The same address was given too often.
        Flood = "flood",
        /// Too many answers came from one place, or to one campaign.
        Crowd = "crowd",
        /// What was sent is no form, or more than a form can hold.
        Unreadable = "unreadable",
    }
}

/// Sooner than this after the page was drawn nobody has filled it.
pub const SOONEST: Span = Span::seconds(2);
/// How long a page may lie open, or in a cache, before it is filled.
pub const LATEST: Span = Span::hours(24);
/// How far the clocks of our own machines may be apart.
const SKEW: Span = Span::seconds(5);
/// Answers of one address to one campaign within [`FLOOD_WITHIN`], at most.
pub const FLOOD: u64 = 3;
/// See [`FLOOD`].
pub const FLOOD_WITHIN: Span = Span::hours(24);
/// Links that an answer may hold.
const LINKS: usize = 2;

/// Whether the time between drawing a page and sending its form can be a person's. A page that was drawn for many lay
/// there before this person saw it, so that the shortest time says something of fresh pages only.
///
/// # Errors
/// `Forged` without a seal or with one from the future, `TooFast`, `Stale`.
pub fn pace(drawn: Option<Timestamp>, now: Timestamp) -> Result<(), Turned> {
    let drawn = drawn.filter(|drawn| *drawn <= now + SKEW).ok_or(Turned::Forged)?;
    match now - drawn {
        since if since < SOONEST => Err(Turned::TooFast),
        since if since > LATEST => Err(Turned::Stale),
        _ => Ok(()),
    }
}

/// Whether an address was given too often, with the answers that it sent before.
///
/// # Errors
/// `Flood`.
pub const fn flood(before: u64) -> Result<(), Turned> {
    if before >= FLOOD { Err(Turned::Flood) } else { Ok(()) }
}

/// Whether a name holds what no name holds.
#[must_use]
pub fn has_link(name: &str) -> bool {
    let name = name.to_lowercase();
    ["://", "www.", "<a", "[url", "href="].iter().any(|mark| name.contains(mark))
}

/// Whether an answer holds more links than people put into one.
#[must_use]
pub fn has_many_links(answer: &str) -> bool {
    let answer = answer.to_lowercase();
    answer.matches("://").count() > LINKS || answer.contains("[url") || answer.contains("<a ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_793_620_800_000);

    #[test]
    fn people_take_between_two_seconds_and_a_day() {
        assert_eq!(pace(None, NOON), Err(Turned::Forged));
        assert_eq!(pace(Some(NOON), NOON + Span(1999)), Err(Turned::TooFast));
        assert_eq!(pace(Some(NOON), NOON + Span::seconds(2)), Ok(()));
        assert_eq!(pace(Some(NOON), NOON + Span::hours(24)), Ok(()));
        assert_eq!(pace(Some(NOON), NOON + Span::hours(24) + Span(1)), Err(Turned::Stale));
        assert_eq!(pace(Some(NOON + Span::minutes(1)), NOON), Err(Turned::Forged), "not drawn yet");
        assert_eq!(pace(Some(NOON + Span::seconds(3)), NOON), Err(Turned::TooFast), "clocks differ a little");
    }

    #[test]
    fn names_hold_no_links_and_answers_few() {
        for odd in ["see http://x.test", "WWW.x.test", "<a href=x>", "[URL=x]"] {
            assert!(has_link(odd), "{odd}");
        }
        for name in [
            "Ada Arndt",
            "Haddad.io GmbH",
            "O’Neill & Söhne (Nord)",
            "محمد",
            "A://B".trim_start_matches("A://"),
        ] {
            assert!(!has_link(name), "{name}");
        }
        assert!(!has_many_links("We are https://a.test and https://b.test"));
        assert!(has_many_links("https://a.test https://b.test https://c.test"));
    }

    #[test]
    fn an_address_has_three_answers_a_day() {
        assert_eq!((flood(0), flood(2), flood(3)), (Ok(()), Ok(()), Err(Turned::Flood)));
    }
}

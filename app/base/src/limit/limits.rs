//! How much is let through of what, as the operator says it: `session=600+240 check=90+60 …`, or `off`.
use std::fmt;
use std::str::FromStr;

use super::Rate;

/// What is counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Calls and pages of one browser session.
    Session,
    /// Calls with one API key.
    Key,
    /// Calls and pages of one network address that nobody has signed in for, wrong keys among them.
    Address,
    /// Attempts to sign in, to set up and to choose a password, of one address.
    SignIn,
    /// Pre-checks of one person, whatever they come in with.
    Check,
    /// What one person has asked of other machines: websites read, the DNS asked.
    Fetch,
    /// Forms of landing pages that one network address has sent.
    Form,
    /// Forms that were sent to one campaign.
    Answers,
}

impl Class {
    const ALL: [Self; 8] = [
        Self::Session,
        Self::Key,
        Self::Address,
        Self::SignIn,
        Self::Check,
        Self::Fetch,
        Self::Form,
        Self::Answers,
    ];

    /// The name in the settings and in the answer's headers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Key => "key",
            Self::Address => "address",
            Self::SignIn => "sign_in",
            Self::Check => "check",
            Self::Fetch => "fetch",
            Self::Form => "form",
            Self::Answers => "answers",
        }
    }
}

/// The rates of all classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    rates: [Rate; 8],
    /// How many proxies stand in front of the server: the sender's address is the one that the outermost of them wrote
    /// down, so many places before the end of `X-Forwarded-For`. With none the header says nothing.
    pub proxies: usize,
    /// From how many pre-checks of one person and vendor in a day the vendor is told.
    pub unusual_checks: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rates: [
                Rate::new(600, 240),
                Rate::new(1200, 300),
                Rate::new(300, 120),
                Rate::new(30, 20),
                Rate::new(90, 60),
                Rate::new(12, 8),
                Rate::new(12, 12),
                Rate::new(120, 240),
            ],
            proxies: 0,
            unusual_checks: 200,
        }
    }
}

impl Limits {
    /// The rate of a class.
    #[must_use]
    pub const fn rate(&self, class: Class) -> Rate {
        self.rates[class as usize]
    }

    /// With another rate for a class.
    #[must_use]
    pub const fn with(mut self, class: Class, rate: Rate) -> Self {
        self.rates[class as usize] = rate;
        self
    }
}

/// A setting that cannot be read, with what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableLimit(String);

impl fmt::Display for UnreadableLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: write a limit like session=600+240 (a minute, and at once), or unusual_checks=200",
            self.0
        )
    }
}

impl std::error::Error for UnreadableLimit {}

impl FromStr for Limits {
    type Err = UnreadableLimit;

    /// Words by spaces or commas; what is not named keeps its default.
    fn from_str(text: &str) -> Result<Self, UnreadableLimit> {
        let mut limits = Self::default();
        for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
            limits = limits.read(word).ok_or_else(|| UnreadableLimit(word.to_owned()))?;
        }
        Ok(limits)
    }
}

impl Limits {
    fn read(mut self, word: &str) -> Option<Self> {
        let (name, value) = word.split_once('=')?;
        if name == "unusual_checks" {
            self.unusual_checks = value.parse().ok().filter(|number| *number > 0)?;
            return Some(self);
        }
        let class = Class::ALL.into_iter().find(|class| class.as_str() == name)?;
        let (per_minute, burst) = value.split_once('+')?;
        let (per_minute, burst) = (per_minute.parse().ok()?, burst.parse().ok()?);
        (per_minute > 0 && burst > 0).then(|| self.with(class, Rate::new(per_minute, burst)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_keeps_its_default() {
        let limits: Limits = "check=10+5, unusual_checks=50".parse().unwrap();
        assert_eq!(limits.rate(Class::Check), Rate::new(10, 5));
        assert_eq!(limits.unusual_checks, 50);
        assert_eq!(limits.rate(Class::Session), Limits::default().rate(Class::Session));
        assert_eq!("".parse(), Ok(Limits::default()));
    }

    #[test]
    fn a_word_that_says_nothing_is_refused() {
        for wrong in ["check", "check=10", "chekc=10+5", "check=0+5", "unusual_checks=0", "session=a+b"] {
            assert!(wrong.parse::<Limits>().is_err(), "{wrong}");
        }
    }
}

//! Counting visits without keeping who came: people of a day are told apart by a hash whose salt is forgotten with the day.
use std::collections::{HashMap, HashSet};

use base::{CampaignId, Date, Timestamp};
use sha2::{Digest, Sha256};

/// People of a day that are told apart at most; whoever comes after them counts as a visit alone.
const TOLD_APART: usize = 500_000;

/// Visits of a campaign on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub visits: u64,
    /// People, as far as address and browser tell them apart.
    pub visitors: u64,
}

/// What was counted since it was taken last.
pub struct Counter {
    day: Date,
    salt: [u8; 32],
    seen: HashSet<u64>,
    counts: HashMap<(CampaignId, Date), Counted>,
}

impl Counter {
    /// A counter that has seen nobody.
    #[must_use]
    pub fn new(now: Timestamp, salt: [u8; 32]) -> Self {
        Self { day: now.date(), salt, seen: HashSet::new(), counts: HashMap::new() }
    }

    /// Counts a visit. `salt` makes a new one: it is asked for when a day begins, and everybody of the day before is
    /// forgotten with the old one. Days are those of UTC.
    pub fn visit(
        &mut self,
        campaign: CampaignId,
        who: (&str, &str),
        now: Timestamp,
        salt: impl FnOnce() -> [u8; 32],
    ) {
        let day = now.date();
        if day != self.day {
            (self.day, self.salt) = (day, salt());
            self.seen.clear();
        }
        let is_new = self.seen.len() < TOLD_APART && self.seen.insert(self.mark(campaign, who));
        let counted = self.counts.entry((campaign, day)).or_default();
        counted.visits += 1;
        counted.visitors += u64::from(is_new);
    }

    fn mark(&self, campaign: CampaignId, (address, agent): (&str, &str)) -> u64 {
        let mut hash = Sha256::new();
        hash.update(self.salt);
        hash.update(campaign.0.as_bytes());
        hash.update([address.as_bytes(), b"\n", agent.as_bytes()].concat());
        let hash = hash.finalize();
        hash[..8].iter().fold(0, |mark, byte| mark << 8 | u64::from(*byte))
    }

    /// Takes what was counted, to be written down.
    pub fn take(&mut self) -> Vec<(CampaignId, Date, Counted)> {
        let counts = std::mem::take(&mut self.counts);
        counts.into_iter().map(|((campaign, day), counted)| (campaign, day, counted)).collect()
    }

    /// Puts back what could not be written down.
    pub fn put_back(&mut self, counts: Vec<(CampaignId, Date, Counted)>) {
        for (campaign, day, counted) in counts {
            let into = self.counts.entry((campaign, day)).or_default();
            into.visits += counted.visits;
            into.visitors += counted.visitors;
        }
    }
}

/// Whether a person looks, as far as the browser says: not a machine that reads for others, not a page that is only made
/// ready.
#[must_use]
pub fn is_person(agent: &str, purpose: &str) -> bool {
    const MACHINES: [&str; 10] =
        ["bot", "crawl", "spider", "preview", "externalhit", "slurp", "curl", "wget", "python", "monitor"];
    let agent = agent.to_lowercase();
    !agent.is_empty() && !MACHINES.iter().any(|word| agent.contains(word)) && !purpose.contains("prefetch")
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Span;

    const NOON: Timestamp = Timestamp(1_793_620_800_000);
    const ONE: CampaignId = CampaignId(base::reexport::uuid::Uuid::from_bytes([1; 16]));
    const TWO: CampaignId = CampaignId(base::reexport::uuid::Uuid::from_bytes([2; 16]));

    #[test]
    fn people_are_told_apart_within_a_day_and_a_campaign() {
        let mut counter = Counter::new(NOON, [1; 32]);
        let never = || unreachable!("the day goes on");
        for (campaign, who) in [(ONE, ("a", "x")), (ONE, ("a", "x")), (ONE, ("a", "y")), (TWO, ("a", "x"))] {
            counter.visit(campaign, who, NOON, never);
        }
        let mut all = counter.take();
        all.sort_by_key(|(campaign, ..)| *campaign);
        assert_eq!(all[0], (ONE, NOON.date(), Counted { visits: 3, visitors: 2 }));
        assert_eq!(all[1], (TWO, NOON.date(), Counted { visits: 1, visitors: 1 }));
        assert_eq!(counter.take(), [], "taken is taken");
        counter.visit(ONE, ("a", "x"), NOON, never);
        counter.put_back(all);
        let whole: u64 = counter.take().iter().map(|(.., counted)| counted.visits).sum();
        assert_eq!(whole, 5);
    }

    #[test]
    fn a_new_day_forgets_everybody() {
        let mut counter = Counter::new(NOON, [1; 32]);
        counter.visit(ONE, ("a", "x"), NOON, || unreachable!("the day goes on"));
        let marks = counter.seen.clone();
        counter.visit(ONE, ("a", "x"), NOON + Span::days(1), || [2; 32]);
        assert!(counter.seen.is_disjoint(&marks), "nobody is known again");
        let visitors: u64 = counter.take().iter().map(|(.., counted)| counted.visitors).sum();
        assert_eq!(visitors, 2);
    }

    #[test]
    fn machines_do_not_count() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert!(is_person(firefox, ""));
        assert!(!is_person(firefox, "prefetch;prerender"));
        for agent in ["", "Googlebot/2.1", "facebookexternalhit/1.1", "curl/8", "Slackbot-LinkExpanding"] {
            assert!(!is_person(agent, ""), "{agent}");
        }
    }
}

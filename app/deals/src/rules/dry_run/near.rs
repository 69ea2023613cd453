//! Who is compared with whom: by shared keys, never everybody with everybody.
use std::collections::HashMap;

use matching::{BlockingKey, Company, Matcher, Profile, Score, Verdict, keys, probes};
use programs::NamedAccount;

use super::{Beside, Record, Registration};
use crate::rules::profile;

/// Records that are compared at most, like in a screening; those that share the most keys come first.
const MOST: usize = 60;

/// Places of profiles by their keys.
#[derive(Default)]
struct Index(HashMap<String, Vec<usize>>);

impl Index {
    fn add(&mut self, place: usize, keys: &[BlockingKey]) {
        for key in keys {
            self.0.entry(key.as_str().to_owned()).or_default().push(place);
        }
    }

    /// The places that share a key, those with most in common first.
    fn near(&self, probes: &[BlockingKey]) -> Vec<usize> {
        let mut shared: HashMap<usize, u32> = HashMap::new();
        for probe in probes {
            let Some(places) = self.0.get(probe.as_str()) else { continue };
            if probe.is_broad() && places.len() > matching::MOST_PER_BROAD_KEY {
                continue;
            }
            for place in places {
                *shared.entry(*place).or_default() += probe.weight();
            }
        }
        let mut found: Vec<(usize, u32)> = shared.into_iter().collect();
        found.sort_by(|(one, a), (other, b)| b.cmp(a).then(one.cmp(other)));
        found.truncate(MOST);
        found.into_iter().map(|(place, _)| place).collect()
    }
}

/// For each registration the earlier ones and the records that look alike, with their scores.
pub(super) fn compare(
    registrations: &[Registration],
    records: &[Record],
    near: &[&[usize]],
    matcher: &Matcher,
) -> Vec<Vec<(Beside, Score)>> {
    let mut profiles: Vec<Profile> = Vec::with_capacity(registrations.len());
    let mut index = Index::default();
    let mut alike = Vec::with_capacity(registrations.len());
    for (place, registration) in registrations.iter().enumerate() {
        let profile = profile(registration.claim(), matcher);
        let earlier = index.near(&probes(&profile)).into_iter();
        let earlier =
            earlier.map(|other| (Beside::Registration(other), matcher.score(&profile, &profiles[other])));
        let beside = near.get(place).copied().unwrap_or_default().iter();
        let beside =
            beside.map(|other| (Beside::Record(*other), matcher.score(&profile, &records[*other].profile)));
        alike.push(earlier.chain(beside).filter(|(_, score)| score.verdict > Verdict::Clear).collect());
        index.add(place, &keys(&profile));
        profiles.push(profile);
    }
    alike
}

/// The companies that rules name, found by their keys.
pub struct Named {
    profiles: Vec<(Profile, bool)>,
    index: Index,
}

impl Named {
    pub(super) fn new(accounts: &[NamedAccount], matcher: &Matcher) -> Self {
        let mut index = Index::default();
        let mut profiles = Vec::with_capacity(accounts.len());
        for (place, account) in accounts.iter().enumerate() {
            let company = Company {
                name: account.name.clone(),
                website: account.website.clone(),
                ..Company::default()
            };
            let profile = matcher.profile(&company);
            index.add(place, &keys(&profile));
            profiles.push((profile, account.website.is_none()));
        }
        Self { profiles, index }
    }

    /// Whether a company is one of them; what [`is_named_account`](crate::rules::is_named_account) says of one claim.
    pub(super) fn holds(&self, claimed: &Profile, matcher: &Matcher) -> bool {
        if self.profiles.is_empty() {
            return false;
        }
        self.index.near(&probes(claimed)).into_iter().any(|place| {
            let (named, only_name) = &self.profiles[place];
            let same_name = *only_name && claimed.name().is_some() && claimed.name() == named.name();
            same_name || matcher.score(claimed, named).verdict == Verdict::Match
        })
    }
}

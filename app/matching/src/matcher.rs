//! What one vendor knows about telling companies apart, put to use.

use crate::company::{Company, Profile};
use crate::domain::Aliases;
use crate::evidence::Score;
use crate::weights::Weights;

/// Other names and domains, and what agreement is worth: whoever compares records of a vendor does it by these.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matcher {
    pub aliases: Aliases,
    pub weights: Weights,
}

impl Matcher {
    /// The profile of a company under all that it is known by.
    pub fn profile(&self, company: &Company) -> Profile {
        Profile::new(company, &self.aliases)
    }

    /// How alike two profiles are, see [`crate::score`].
    pub fn score(&self, left: &Profile, right: &Profile) -> Score {
        crate::score(left, right, &self.weights)
    }

    /// What a decision cites: the version of the weights.
    pub fn version(&self) -> &str {
        &self.weights.version
    }
}

//! Who is this company: two descriptions of a customer go in, an explained verdict comes out.
//!
//! Pure: no clock, no database, no screens. The way through it:
//!
//! 1. [`normalise`] makes names, domains, telephone numbers and the rest comparable.
//! 2. [`Profile::new`] does so once for a [`Company`].
//! 3. [`keys`] says under which short strings a profile is stored, [`probes`] under which it is looked for;
//!    records that share none are not compared.
//! 4. [`score`] weighs what agrees and what does not, [`Score::explanation`] says it without naming anybody.
//! 5. [`fit`] estimates the weights from a vendor's own pairs, [`Aliases`] carry what a vendor knows besides; a
//!    [`Matcher`] holds both.
//!
//! The browser compiles the light half only (feature `ssr` off): text normalisation and the types of an answer.

mod abbreviations;
mod address;
mod country;
mod domain;
mod evidence;
mod explain;
mod legal_forms;
mod name;
pub mod normalise;
mod phone;
mod registration;
mod text;

#[cfg(feature = "ssr")]
mod company;
#[cfg(feature = "ssr")]
mod compare;
mod fit;
#[cfg(feature = "ssr")]
pub mod index;
#[cfg(feature = "ssr")]
mod keys;
#[cfg(feature = "ssr")]
mod matcher;
#[cfg(feature = "ssr")]
mod score;
#[cfg(feature = "ssr")]
mod similarity;
#[cfg(feature = "ssr")]
mod sound;
mod weights;

pub use evidence::{Evidence, Feature, Grade, Score, Verdict};
pub use explain::{Explanation, Reason};
pub use name::CompanyName;

#[cfg(feature = "ssr")]
pub use company::{Company, Profile};
#[cfg(feature = "ssr")]
pub use domain::Aliases;
pub use fit::{FEWEST_PAIRS, FitFault, Fitted, Observed, Pattern, fit};
#[cfg(feature = "ssr")]
pub use keys::{BlockingKey, MOST_PER_BROAD_KEY, identities, keys, probes};
#[cfg(feature = "ssr")]
pub use matcher::Matcher;
#[cfg(feature = "ssr")]
pub use score::score;
pub use weights::{Odds, Thresholds, Weights, WeightsFault};

//! Kits that are ready to be taken over: words in English and German, zones, pictures drawn in the brand's colours.
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::{Asset, BrandRules, Topic};

/// A kit that a vendor takes over and makes its own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ReadyKit {
    /// For good: `webinar`.
    pub key: &'static str,
    /// By language.
    pub name: BTreeMap<String, String>,
    /// What it is for, by language.
    pub about: BTreeMap<String, String>,
    pub topic: Topic,
    pub assets: Vec<Asset>,
    pub rules: BrandRules,
}

const FILES: [&str; 4] = [
    include_str!("../ready/launch.json"),
    include_str!("../ready/meet.json"),
    include_str!("../ready/keep.json"),
    include_str!("../ready/reach.json"),
];

static KITS: LazyLock<Vec<ReadyKit>> = LazyLock::new(|| {
    let read = |text: &'static str| serde_json::from_str::<Vec<ReadyKit>>(text).expect("a ready kit is JSON");
    let mut kits: Vec<_> = FILES.into_iter().flat_map(read).collect();
    kits.sort_by_key(|kit| kit.topic);
    kits
});

/// All ready kits, in the order of their topics.
#[must_use]
pub fn kits() -> Vec<ReadyKit> {
    KITS.clone()
}

/// One of them.
#[must_use]
pub fn kit(key: &str) -> Option<ReadyKit> {
    KITS.iter().find(|kit| kit.key == key).cloned()
}

#[cfg(test)]
mod tests;

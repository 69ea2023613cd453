//! Counted colours, put together where they look almost the same, the most telling first.

use super::{MOST, Proposal};
use crate::oklab::Oklab;
use crate::{Oklch, Rgb};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Edge of a bin in OKLab: the whole of sRGB has about a thousand of them.
const BIN: f64 = 0.05;
/// Bins nearer than this (ΔE OK) are one colour: a gradient, a shadow, the soft edge of a letter.
const SAME: f64 = 0.1;
/// Chroma below which a colour counts as grey.
const GREY: f64 = 0.035;
/// A colour with a smaller share says nothing: dust, fringes of letters (basis points).
const LEAST_SHARE: u64 = 20;

/// Colours that lie together.
#[derive(Clone, Copy, Debug)]
struct Cluster {
    centre: Oklab,
    count: u64,
    /// The colour that was counted most often, and how often.
    most: (Rgb, u64),
}

/// Up to [`MOST`] proposals, ranked by how often a colour was counted times its chroma. Greys (also black and white)
/// are proposed only where there is nothing else, and then by count alone.
pub(super) fn ranked(counted: &BTreeMap<Rgb, u64>) -> Vec<Proposal> {
    let all: u64 = counted.values().sum();
    let (grey, coloured): (Vec<_>, Vec<_>) =
        counted.iter().map(|(colour, count)| (*colour, *count)).partition(|(colour, _)| is_grey(*colour));
    let share = |cluster: &Cluster| (cluster.count * 10_000).checked_div(all).unwrap_or(0);
    let mut found = clusters(&coloured);
    found.retain(|cluster| share(cluster) >= LEAST_SHARE);
    let chroma = |cluster: &Cluster| Oklch::from(cluster.most.0).c;
    found.sort_by(|one, other| {
        let weight = |cluster| share(cluster) as f64 * chroma(cluster);
        weight(other).total_cmp(&weight(one)).then(one.most.0.cmp(&other.most.0))
    });
    if found.is_empty() {
        found = clusters(&grey);
    }
    let proposal =
        |cluster: &Cluster| Proposal { colour: cluster.most.0, share: share(cluster).min(10_000) as u16 };
    found.iter().take(MOST).map(proposal).collect()
}

fn is_grey(colour: Rgb) -> bool {
    Oklch::from(colour).c < GREY
}

/// Bins in OKLab first, then the fullest bins draw their neighbours in. Every step has one order only.
fn clusters(counted: &[(Rgb, u64)]) -> Vec<Cluster> {
    let mut bins: BTreeMap<[i32; 3], Cluster> = BTreeMap::new();
    for (colour, count) in counted {
        let lab = Oklab::from(*colour);
        let bin = [lab.l, lab.a, lab.b].map(|value| libm::floor(value / BIN) as i32);
        let alone = Cluster { centre: lab, count: *count, most: (*colour, *count) };
        bins.entry(bin).and_modify(|bin| bin.take(&alone)).or_insert(alone);
    }
    let mut bins: Vec<Cluster> = bins.into_values().collect();
    let fullest_first = |cluster: &Cluster| (Reverse(cluster.count), cluster.most.0);
    bins.sort_by_key(fullest_first);
    let mut clusters: Vec<Cluster> = Vec::new();
    for bin in bins {
        let apart = |cluster: &Cluster| Oklab::from(cluster.most.0).distance(bin.centre);
        let nearest = clusters.iter_mut().min_by(|one, other| apart(one).total_cmp(&apart(other)));
        match nearest.filter(|cluster| apart(cluster) < SAME) {
            Some(cluster) => cluster.take(&bin),
            None => clusters.push(bin),
        }
    }
    clusters.sort_by_key(fullest_first);
    clusters
}

impl Cluster {
    fn take(&mut self, other: &Self) {
        let (own, more) = (self.count as f64, other.count as f64);
        let mean = |one: f64, other: f64| (one * own + other * more) / (own + more);
        self.centre = Oklab {
            l: mean(self.centre.l, other.centre.l),
            a: mean(self.centre.a, other.centre.a),
            b: mean(self.centre.b, other.centre.b),
        };
        self.count = self.count.saturating_add(other.count);
        if other.most.1 > self.most.1 {
            self.most = other.most;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(colours: &[(&str, u64)]) -> BTreeMap<Rgb, u64> {
        colours.iter().map(|(colour, count)| (colour.parse().unwrap(), *count)).collect()
    }

    #[test]
    fn a_strong_colour_goes_before_a_pale_one_of_the_same_share() {
        let found = ranked(&counted(&[("#9fb4c7", 500), ("#e11d48", 500)]));
        assert_eq!(found[0].colour.to_string(), "#e11d48");
        assert_eq!(found.iter().map(|found| found.share).collect::<Vec<_>>(), [5_000, 5_000]);
    }

    #[test]
    fn shades_that_look_the_same_are_one_and_the_usual_one_speaks_for_them() {
        let found = ranked(&counted(&[("#2563eb", 900), ("#2664ec", 50), ("#2a66e6", 50)]));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].colour.to_string().as_str(), found[0].share), ("#2563eb", 10_000));
        // Neighbours in different bins.
        assert_eq!(ranked(&counted(&[("#2563eb", 900), ("#3b7af0", 100)])).len(), 1);
    }

    #[test]
    fn greys_are_proposed_only_where_there_is_nothing_else() {
        let both = ranked(&counted(&[("#ffffff", 9_000), ("#111111", 900), ("#16a34a", 100)]));
        assert_eq!(both.iter().map(|found| found.colour.to_string()).collect::<Vec<_>>(), ["#16a34a"]);
        let none = ranked(&counted(&[("#ffffff", 900), ("#111111", 100)]));
        assert_eq!(none.iter().map(|found| found.share).collect::<Vec<_>>(), [9_000, 1_000]);
        assert_eq!(ranked(&BTreeMap::new()), []);
    }

    #[test]
    fn dust_is_no_colour_of_a_brand() {
        let found = ranked(&counted(&[("#111111", 9_990), ("#ff00ff", 10)]));
        assert_eq!(found[0].colour.to_string(), "#111111");
    }
}

//! How one compares with peers, without saying who they are.
use serde::{Deserialize, Serialize};

/// A quarter of the peers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Band {
    Top,
    UpperMiddle,
    LowerMiddle,
    Bottom,
}

impl Band {
    /// The wire form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Top => "top",
            Self::UpperMiddle => "upper_middle",
            Self::LowerMiddle => "lower_middle",
            Self::Bottom => "bottom",
        }
    }
}

/// With fewer peers a band would say too much about each of them.
pub const PEERS_NEEDED: usize = 8;

/// The quarter in which a value lies among those of its peers (its own is not among them); none with fewer than
/// [`PEERS_NEEDED`], or when all are alike.
///
/// By percentile rank: the share of peers below, those with the same value counted half, so that equal values are in one
/// band whatever their order.
#[must_use]
pub fn band(own: i64, peers: &[i64]) -> Option<Band> {
    if peers.len() < PEERS_NEEDED || peers.iter().all(|peer| *peer == own) {
        return None;
    }
    let below = peers.iter().filter(|peer| **peer < own).count();
    let same = peers.iter().filter(|peer| **peer == own).count();
    // In quarters of a half: no rounding.
    let rank = (2 * below + same) * 4;
    Some(match rank / (2 * peers.len()) {
        0 => Band::Bottom,
        1 => Band::LowerMiddle,
        2 => Band::UpperMiddle,
        _ => Band::Top,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn eight_peers_are_two_in_each_quarter() {
        let peers = [10, 20, 30, 40, 50, 60, 70, 80];
        let of = |own| band(own, &peers);
        assert_eq!(
            [of(5), of(25), of(45), of(65)],
            [Some(Band::Bottom), Some(Band::LowerMiddle), Some(Band::UpperMiddle), Some(Band::Top)]
        );
        assert_eq!(band(65, &peers[1..]), None, "seven would be too few");
        assert_eq!(band(7, &[7; 20]), None, "all alike");
    }

    proptest! {
        #[test]
        fn more_is_never_a_lower_band(own in 0_i64..100, more in 0_i64..50, peers in prop::collection::vec(0_i64..100, 8..60)) {
            let place = |band: Option<Band>| {
                band.map(|band| [Band::Bottom, Band::LowerMiddle, Band::UpperMiddle, Band::Top].iter().position(|one| *one == band))
            };
            let (now, then) = (place(band(own, &peers)), place(band(own + more, &peers)));
            if let (Some(now), Some(then)) = (now, then) {
                prop_assert!(then >= now);
            }
        }
    }
}
